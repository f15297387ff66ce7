# La ficha de una tarea.

card-title = { $sign } <b>{ $title }</b>
card-meta-task = <code>{ $code }</code> · { $dot } { $priority } · { $type } · { $state }
card-meta-emergency = <code>{ $code }</code> · { $dot } { $priority } · { $state }

card-kind = 🏷 { $kind }
card-answer-within = 🎯 Alguien va en { $time }
card-arrive-within = 🎯 Llegada en { $time }
card-brings = 🧰 { $capability }: { $who }
card-wanted-asked = 🧰 Falta { $capability }: ya pregunté a quien puede
card-wanted-nobody = ⚠️ Falta { $capability }: nadie libre lo tiene
card-to-do = ☐ { $line }
card-proof = 📷 Para finalizar falta una foto, una voz o una nota
card-place = 📍 { $where }
card-place-aged = 📍 { $where } (según su ubicación, { $at })
card-place-missing = 📍 Falta el lugar: envíalo cuanto antes.
card-place-unknown = 📍 Lugar desconocido todavía
card-place-zero = ⚠️ Lugar dudoso: es un punto en medio del mar. Pregunta dónde es.
card-place-far = ⚠️ Lugar dudoso: queda a { $distance } de los demás. Pregunta dónde es.
card-place-swapped = ⚠️ Lugar dudoso: queda a { $distance } de los demás. ¿Será <code>{ $point }</code>?
card-distance = 📏 A { $distance } de ti
card-distance-aged = 📏 A { $distance } de ti (según tu ubicación, { $at })
card-outside = ☎️ Llamaron por teléfono, { $at }
card-call-back = 📞 { $who }: <code>{ $number }</code>
outside-nameless = Devolver la llamada
card-reported = 👤 Reportó { $who }, { $at }
card-reporter-out = 🚪 Quien la reportó ya no tiene acceso
card-reported-you = 👤 La reportaste tú, { $at }
card-late-on = ⏱ Enviada hace { $age } al llegar y sigue activa
card-late = ⏱ Enviada hace { $age } al llegar. ¿Sigue activa?

card-yours = 🏃 La tienes tú desde { $at }
card-yours-gone = 🏃 La tienes tú desde { $at } · { $state }
card-taken = ✋ Lo tomó { $who }, { $at }
card-you-offered = ❓ ¿Puedes ir?
card-you-declined = ✖️ Dijiste que no puedes, { $at }. Si cambias de idea, toca <b>{ button-accept }</b>.
card-you-expired = ⌛ No respondiste a tiempo. Si puedes ir, toca <b>{ button-accept }</b>.
card-you-not-needed = ✋ Ya no hace falta que vayas. Gracias.
card-you-released = ✋ Se le preguntó a otra persona. Si haces falta, te preguntaremos otra vez.
card-owner = 🏃 La tiene { $who } desde { $at }
card-owner-gone = 🏃 La tiene { $who } desde { $at } · { $state }
card-going = 🏃 Vas tú desde { $at }
card-going-gone = 🏃 Vas tú desde { $at } · { $state }
card-crew = 👥 { $crew } de { $seats } { $crew ->
        [one] va
       *[other] van
    }: { $who }
card-crew-none = 👥 Hacen falta { $seats }: todavía no va nadie
card-crew-completed = 🏃 Atendida por { $who }
card-crew-cancelled = 🏃 Estaba asignada a { $who }
card-crew-you = tú
card-crew-lead = a cargo
card-crew-name = { $who } ({ $words })
card-full = ✋ Ya van { $seats }, los que hacen falta. Si puedes, toca <b>{ button-accept }</b> y quedas en reserva.
card-you-reserve = 🕐 Estás en reserva: te preguntaremos primero si falta alguien.
card-had-completed = 🏃 La atendió { $who }
card-had-you-completed = 🏃 La atendiste tú
card-had-cancelled = 🏃 La tenía { $who }
card-had-you-cancelled = 🏃 La tenías tú
card-asked = 👥 Preguntados:
card-asked-line = • { $who }: { $answer }, { $at }
card-asked-line-far = • { $who } (a { $distance }): { $answer }, { $at }
card-asked-more = • y { $count } más
card-nobody-overseer = ⚠️ Nadie la tiene: toca <b>{ button-assign }</b>.
card-nobody-reporter = ⚠️ Todavía no va nadie. Los supervisores lo saben.
card-acknowledged = 👁 Recibido: { $who }, { $at }
card-unacknowledged = ⏳ Nadie ha dicho «{ button-acknowledge }»
card-escalated =
    { $count ->
        [one] ⏫ Escalada una vez
       *[other] ⏫ Escalada { $count } veces
    }
card-joined =
    { $count ->
        [one] ➕ Se sumó otro reporte de la misma persona
       *[other] ➕ Se sumaron { $count } reportes de la misma persona
    }
card-taken-from = ➕ Estaba sumada a <code>{ $code }</code>
card-quiet = 🔕 Quien la reportó está de baja: no suena para nadie más
card-notes =
    { $count ->
        [one] 📝 Una nota
       *[other] 📝 { $count } notas
    }
card-completed = 🏁 Finalizada, { $at }
card-completed-as = 🏁 Finalizada, { $at } · { $how }
card-cancelled = 🚫 Cancelada, { $at }
card-no-access = 🔒 Ya no tienes acceso.
card-goes-on = ⬇️ <code>{ $code }</code> sigue en un mensaje más nuevo.

news-opened-reporter-emergency = 🚨 <b>Alerta enviada</b>
news-opened-reporter-task = ✅ <b>Tarea creada</b>
news-opened-other-emergency = 🚨 <b>EMERGENCIA</b>
news-opened-other-task = 🆕 <b>Tarea nueva</b>
news-offered-emergency = 🚨 <b>EMERGENCIA: te necesitan</b>
news-offered-task = 📨 <b>Te piden una tarea</b>
news-escalated-nobody = 🚨 <b>No queda ningún agente a quien preguntar</b>
news-escalated-by-hand = ⏫ <b>Escalada por { $who }</b>
news-escalated-time = ⏫ <b>Nadie ha respondido</b>
news-escalated-silenced = ⏫ <b>A quien se avisó no le llegan los mensajes</b>
news-escalated-unacknowledged = ⏫ <b>La recibieron y no ha avanzado</b>
news-escalated-lost = ⏫ <b>Quien debía responder ya no tiene acceso o cambió de rol o de unidad</b>
news-escalated-back = ⏫ <b>Quien la reportó tiene acceso otra vez: vuelve a sonar</b>
news-escalated-reopened = 🔁 <b>EMERGENCIA REABIERTA por { $who }</b>
news-broadcast = 📣 <b>AVISO A TODOS LOS MANDOS: nadie ha respondido</b>
news-located = 📍 <b>{ $who } corrigió el lugar</b>
news-located-words = 📍 <b>{ $who } corrigió el lugar: el punto del mapa de antes ya no vale</b>
news-accepted = ✅ <b>{ $who } va</b>
news-accepted-of = ✅ <b>{ $who } va ({ $crew } de { $seats })</b>
news-mayday = 🆘 <b>MAYDAY de { $who }</b>: está en peligro, <code>{ $code }</code>
news-called = 🆘 <b>{ $who } pide refuerzo</b>
news-on-scene = 📍 <b>{ $who } llegó al lugar</b>
news-declined = ✖️ <b>{ $who } no puede ir</b>
news-gave-up = ✖️ <b>{ $who } dijo que iba y ya no puede ir</b>
news-relieved = 🔁 <b>{ $by } relevó a { $who }, que ya no va</b>
news-relieved-you = 🔁 <b>{ $by } te relevó: ya no hace falta que vayas</b>
news-released-you = 🔁 <b>Ya no hace falta que vayas: se le preguntó a otra persona</b>
news-released = 🔁 <b>{ $who } ya no va: se le preguntó a otra persona</b>
news-expired = ⌛ <b>{ $who } no respondió</b>
news-reached = 🔔 <b>Sigue esperando tu respuesta</b>
news-vacated-held = 🚪 <b>{ $who } ya no tiene acceso: hay que asignarla de nuevo</b>
news-vacated-asked = 🚪 <b>{ $who } ya no tiene acceso y no va a responder</b>
of-another-unit = { $who }, de otra unidad,
news-acknowledged = 👁 <b>{ $who } se hizo cargo</b>
news-completed = 🏁 <b>Finalizada por { $who }</b>
news-answered-in-time = 👍 <b>{ $who } contestó a tiempo: no es una emergencia</b>
news-cancelled = 🚫 <b>Cancelada por { $who }</b>
news-acknowledged-in-your-name = 👁 <b>{ $program } dio el recibido en tu nombre: quedas a cargo</b>
news-released-in-your-name = 🔁 <b>{ $program } relevó a { $who } en tu nombre</b>
news-seats-set-in-your-name = 👥 <b>{ $program } dijo en tu nombre que vayan menos</b>
news-disposed-in-your-name = 📋 <b>{ $program } dijo en tu nombre cómo terminó</b>
news-completed-in-your-name = 🏁 <b>{ $program } la finalizó en tu nombre</b>
news-cancelled-in-your-name = 🚫 <b>{ $program } la canceló en tu nombre</b>
news-reopened = 🔁 <b>Reabierta por { $who }</b>
news-undone = ↩️ <b>Sigue abierta: { $who } deshizo el cierre</b>
news-decline-undone = ↩️ <b>{ $who } se equivocó de botón: deshizo su «{ button-decline }»</b>

button-accept = Voy
button-decline = No puedo
button-depart = En camino
button-arrive = Llegué
button-start = Iniciar
button-pause = Pausar
button-resume = Reanudar
button-complete = Finalizar
button-note = Nota
button-locate = 📍 Decir el lugar
button-relocate = 📍 Corregir lugar
button-acknowledge = Recibido
button-assign = Asignar
button-escalate = Escalar
button-cancel-task = Cancelar tarea
button-undo = Deshacer
button-reopen = 🔁 Reabrir
button-mayday = 🆘 Mayday
button-kind = 🏷 Clase
button-round = 📋 Lista
button-reinforce = 🆘 Pido refuerzo
reinforce-to = Que vayan { $seats }
reinforce-with = Con { $capability }
reinforced-without = ⚠️ Nadie libre tiene { $capability }: pregunté sin eso, y los supervisores lo ven en su ficha.
reinforced = 🆘 Pediste refuerzo en <code>{ $code }</code>: { $crew } de { $seats } { $crew ->
        [one] va
       *[other] van
    }. { $asked ->
        [0] Nadie más está libre: los supervisores lo saben y sigo buscando.
        [one] Ya le pregunté a uno.
       *[other] Ya les pregunté a { $asked }.
    }
button-history = Historia

note-header = 📝 { $who } en <code>{ $code }</code>:
note-header-afterwards = 📝 { $who } sigue en <code>{ $code }</code>, que ya está cerrada:
