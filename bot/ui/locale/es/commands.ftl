# Los comandos: la línea de cada uno en el menú, en texto simple, y su nombre en este idioma.
# Los nombres de todos los idiomas sirven en todos: minúsculas, cifras y guion bajo, y ninguno de dos comandos.
# «also» son otros nombres del mismo comando, que nadie ve en el menú.

command-start = Pedir acceso
    .name = start

command-help = Qué puedes hacer aquí
    .name = ayuda

command-emergency = Pedir ayuda urgente, ya mismo
    .name = emergencia
    .also = urgencia, auxilio, socorro, sos, panico

command-mayday = Estás en peligro: alerta en tu nombre, ya
    .name = mayday

command-call = Alguien llama por teléfono: reportarlo
    .name = llamada

command-new = Reportar un trabajo
    .name = nueva

command-mytasks = Lo que tienes pendiente
    .name = mistareas

command-task = Ver una tarea por su código
    .name = tarea

command-complete = Dar por terminada una tarea
    .name = finalizar

command-note = Agregar una nota a una tarea
    .name = nota

command-available = Entrar en servicio
    .name = disponible

command-off = Salir de servicio
    .name = fuera

command-history = Tus tareas anteriores
    .name = historial

command-search = Buscar tareas por palabras
    .name = buscar

command-cancel = Dejar lo que estabas llenando
    .name = cancelar

command-tasks = Todas las tareas abiertas
    .name = tareas

command-assign = Enviar a alguien a una tarea
    .name = asignar

command-round = Preguntar a todos si están bien
    .name = lista

command-radio = Anotar lo que alguien dijo por radio
    .name = radio

command-escalate = Subir una alerta con un motivo
    .name = escalar

command-team = Agentes y su disponibilidad
    .name = equipo

command-status = La central en números
    .name = estado

command-users = Personas, roles y accesos
    .name = usuarios

command-freeze = Congelar el acceso de un teléfono perdido
    .name = congelar

command-word = Elegir la clave que congela tu acceso
    .name = clave

command-invite = Crear un enlace de invitación
    .name = invitar

command-shift = Empezar o terminar tu turno, y ver los que vienen
    .name = turno

command-oncall = Quién está de guardia y hasta cuándo
    .name = guardia

command-link = Vincular este grupo a tu unidad
    .name = vincular

command-units = Unidades y su gente
    .name = unidades

command-plan = Ver a quién se avisaría y cuándo
    .name = plan

command-why = Por qué se avisó a cada quien
    .name = porque

command-drill = Probar la cadena de avisos con un simulacro
    .name = simulacro

command-checkin = Avisar cada tanto que estás bien
    .name = control

command-mydata = Lo que esta central guarda de ti
    .name = misdatos
