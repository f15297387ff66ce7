# Listas de tareas y de agentes.

list-abiertas = 📋 <b>Tareas abiertas</b>
list-abiertas-empty = No hay ninguna tarea abierta.
list-mias = 📋 <b>Tus tareas</b>
list-mias-empty = No tienes nada pendiente.
list-todo = 🗂 <b>Historial: { $which }</b>
list-todo-empty = Todavía no hay ninguna.
list-busca = 🔎 <b>{ $words }</b>
list-busca-empty = No encontré ninguna tarea con esas palabras.
list-equipo = 👥 <b>Agentes</b>
list-equipo-empty = No hay agentes.

list-line = { $sign }{ $dot } <code>{ $code }</code> { $title } · { $state }
list-line-owned = { $sign }{ $dot } <code>{ $code }</code> { $title } · { $state } · { $who }
list-crew = { $who } ({ $crew } de { $seats })
list-door = { $sign } { $code }
list-more = Más »
list-first = « Inicio
list-which-open = Activas
list-which-closed = Finalizadas
list-which-all = Todas
restored = ⏪ Ese botón es de antes de la restauración: no hice nada. Mira lo que está abierto ahora.
button-open-now = Ver lo abierto
list-too-many = Hay más: busca con menos palabras para pasar de página.

search-nothing = 🔎 ¿Qué busco? Escribe una palabra o varias: farmacia
search-nothing-group = 🔎 ¿Qué busco? Responde a este mensaje con una palabra o varias.
search-answered = 🔎 Encontré esto:
history-unknown = No conozco «{ $word }». Escribe <code>/{ command-history.name } activas</code>, <code>finalizadas</code> o <code>todas</code>.

picker = 👥 <b>¿A quién envío a { $code }?</b>
picker-line =
    { $dot } { $who } · { $availability } · { $count ->
        [0] sin tareas
        [one] una tarea
       *[other] { $count } tareas
    }
picker-line-far =
    { $dot } { $who } · a { $distance } · { $availability } · { $count ->
        [0] sin tareas
        [one] una tarea
       *[other] { $count } tareas
    }
picker-choice = { $who }
picker-choice-far = { $who } · { $distance }
picker-part = { " " }· <b>{ $part }</b>
picker-reported = la reportó
picker-by-name = Por nombre
picker-nearest = Más cercanos
picker-done = ✅ Le pregunté a { $who } por <code>{ $code }</code>.
picker-added = Nadie quedó fuera: { $crew } de { $seats } { $crew ->
        [one] va
       *[other] van
    }. Si va en lugar de alguien, releva a esa persona.
button-relieve = Relevar a { $who }
relieved = 🔁 { $who } ya no va a <code>{ $code }</code>.

history = 🕘 <b>Historia de { $code }</b>
history-older = … y { $count } antes
history-line = <b>{ $at }</b> { $what }
history-line-why = <b>{ $at }</b> { $what }. Motivo: { $why }
history-line-words = <b>{ $at }</b> { $what }: «{ $why }»
history-by-radio = { $what } (por radio, anotó { $noter })
history-opened = { $by } la reportó
history-offered = se le preguntó a { $who }
history-accepted = { $who } dijo que va
history-declined = { $who } no puede
history-expired = { $who } no respondió a tiempo
history-released = { $who } ya no hace falta
history-seats-set = { $by } cambió cuántas personas van: { $text }
history-mayday-heard = { $who } llamó Mayday: { $text }
history-classified = { $by } dijo qué es: { $text }
history-round-called = { $by } pasó lista: { $text } en el lugar
history-round-well = { $who } contestó la lista: está bien
history-round-missed = { $who } no contestó la lista; avisé a su supervisor
history-round-danger = { $who } no está bien: se abrió una emergencia en su nombre
history-round-ended = { $who } salió de la lista
history-seats-called = { $by } pidió refuerzo: { $text } en total
history-reserved = { $who } quedó en reserva
history-reached = { $who } vuelve a recibir mensajes y se le avisó
history-reporter-out = { $who } la reportó y ya no tiene acceso: sigue
history-reporter-back = { $who } la reportó y tiene acceso otra vez
history-vacated = { $who } ya no tiene acceso: la deja libre
history-en-route = { $who } va en camino
history-on-scene = { $who } llegó
history-started = { $by } la inició
history-paused = { $by } la pausó
history-resumed = { $by } la reanudó
history-completed = { $by } la finalizó
history-completed-as = { $by } la finalizó: { $text }
history-disposed = { $by } dijo cómo terminó: { $text }
history-cancelled = { $by } la canceló
history-reopened = { $by } la reabrió
history-close-undone = { $by } deshizo el cierre
history-decline-undone = { $who } deshizo su «{ button-decline }»
history-acknowledged = { $by } se hizo cargo
history-escalated-opened = se dio el aviso
history-escalated-time = nadie respondió y subió
history-escalated-by-hand = { $by } la escaló
history-escalated-nobody = no quedaba a quién preguntar y subió
history-escalated-silenced = a quien se avisó no le llegan los mensajes y subió
history-escalated-unacknowledged = no avanzó y subió
history-escalated-lost = quien debía responder ya no tiene acceso o cambió de rol o de unidad, y subió
history-escalated-back = quien la reportó tiene acceso otra vez, y volvió a sonar
history-escalated-reopened = se dio el aviso otra vez
history-notified = se avisó a más personas del mismo paso
history-passed = se saltó un paso: no llegaba a nadie
history-report-joined = { $by } reportó otra emergencia, que se sumó: { $text }
history-report-taken-out = { $by } separó uno de los reportes sumados
history-share-counted = cambió su lugar entre las de quien la reportó
history-noted = 📝 { $by }: { $text }
history-noted-photo = 📷 { $by }: foto { $text }
history-noted-video = 🎬 { $by }: video { $text }
history-noted-voice = 🎤 { $by }: voz { $text }
history-noted-video-note = 🎥 { $by }: video redondo { $text }
history-noted-audio = 🎵 { $by }: audio { $text }
history-noted-animation = 🎞 { $by }: animación { $text }
history-noted-document = 📎 { $by }: documento { $text }
history-located = { $by } dijo dónde es: { $text }
history-relocated = { $by } corrigió el lugar: { $text }
history-revised = { $by } la cambió: { $text }
history-revised-priority = { $by } cambió la prioridad
