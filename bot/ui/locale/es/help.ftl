# La ayuda y el menú. Las líneas command-… son texto simple: Telegram las muestra en su menú.

help-title = ❓ <b>Lo que puedes hacer</b> · rol: { $role }
help-group-agent = <b>Tu trabajo</b>
help-group-supervisor = <b>Coordinar</b>
help-group-admin = <b>Administrar</b>
help-line = /{ $name } · { $what }
help-foot = Los botones bajo cada tarea hacen lo mismo con un toque.
unknown-command = No conozco /{ $word }. En /ayuda está todo lo que puedes enviar.
unknown-command-near = No conozco /{ $word }. ¿Quisiste decir /{ $nearest }?
edited = ✏️ Lo que editas no cambia nada: mándalo otra vez, en un mensaje nuevo.
hint =
    No esperaba eso. Si es urgente, toca /emergencia: la alerta sale ya. Para reportar un trabajo: /nueva.
    Para sumar algo a una tarea: <code>/nota T-12</code> y tu texto. Todo lo demás: /ayuda

command-start = Pedir acceso
command-ayuda = Qué puedes hacer aquí
command-emergencia = Pedir ayuda urgente, ya mismo
command-nueva = Reportar un trabajo
command-mistareas = Lo que tienes pendiente
command-tarea = Ver una tarea por su código
command-finalizar = Dar por terminada una tarea
command-nota = Agregar una nota a una tarea
command-disponible = Entrar en servicio
command-fuera = Salir de servicio
command-historial = Tus tareas anteriores
command-buscar = Buscar tareas por palabras
command-cancelar = Dejar lo que estabas llenando
command-tareas = Todas las tareas abiertas
command-asignar = Enviar a alguien a una tarea
command-escalar = Subir una alerta con un motivo
command-equipo = Agentes y su disponibilidad
command-estado = La central en números
command-usuarios = Personas, roles y accesos
command-invitar = Crear un enlace de invitación
command-turno = Empezar o terminar tu turno, y ver los que vienen
command-guardia = Quién está de guardia y hasta cuándo
command-vincular = Vincular este grupo a tu unidad
command-unidades = Unidades y su gente
command-plan = Ver a quién se avisaría y cuándo
command-porque = Por qué se avisó a cada quien
command-simulacro = Probar la cadena de avisos con un simulacro
