# The help and the menu. The lines command-… are plain text: Telegram shows them in its menu.

help-title = ❓ <b>What you can do</b> · role: { $role }
help-group-agent = <b>Your work</b>
help-group-supervisor = <b>Coordinate</b>
help-group-admin = <b>Administer</b>
help-line = /{ $name } · { $what }
help-foot = The buttons under each task do the same with one tap.
unknown-command = I don't know /{ $word }. /ayuda has all that you can send.
unknown-command-near = I don't know /{ $word }. Did you mean /{ $nearest }?
edited = ✏️ What you edit changes nothing: send it again, in a new message.
hint =
    I did not expect that. If it is urgent, press /emergencia: the alert goes out at once. To report work: /nueva.
    To add something to a task: <code>/nota T-12</code> and your text. Everything else: /ayuda

command-start = Ask for access
command-ayuda = What you can do here
command-emergencia = Ask for urgent help, right now
command-nueva = Report work
command-mistareas = What you have to do
command-tarea = See a task by its code
command-finalizar = Say that a task is done
command-nota = Add a note to a task
command-disponible = Go on duty
command-fuera = Go off duty
command-historial = Your earlier tasks
command-buscar = Find tasks by words
command-cancelar = Leave what you were filling in
command-tareas = All open tasks
command-asignar = Send somebody to a task
command-escalar = Raise an alert, with a reason
command-equipo = Agents and whether they are free
command-estado = The desk in numbers
command-usuarios = People, roles and access
command-invitar = Make an invitation link
command-turno = Begin or end your shift, and see those ahead
command-guardia = Who is on duty, and until when
command-vincular = Link this group to your unit
command-unidades = Units and their people
command-plan = See who would be told and when
command-porque = Why each person was told
command-simulacro = Try the chain of alerts with a drill
