# Quien trabaja solo: controles, palabra de auxilio, alarmas; y lo que llega tarde.

check-in-every = 🛡 <b>Control cada { $minutes } min</b>
check-in-task = Mientras dure <code>{ $code }</code>.
check-in-answered = ✅ Estás bien, { $at }.
check-in-due = Toca <b>{ button-fine }</b> antes de { $at }.
check-in-asked-late = ❓ <b>¿Estás bien?</b> Es la hora de tu control.
check-in-asked-lost = ❓ <b>¿Estás bien?</b> Ya no compartes tu ubicación.
check-in-asked-still = ❓ <b>¿Estás bien?</b> Llevas { $minutes } min sin moverte.
check-in-asked-round = ❓ <b>¿Estás bien?</b> Pasamos lista en <code>{ $code }</code>.
check-in-or-else = Si no respondes en { $grace }, abro una emergencia en tu nombre.
check-in-alarm =
    🚨 <b>Hay una emergencia en tu nombre:</b> <code>{ $code }</code>
    Si estás bien, toca <b>{ button-fine }</b> y cancélala en su ficha. El control sigue.
check-in-over = 🛡 Control terminado. Otro: <code>/{ command-checkin.name } 30</code>
button-check-in = 🛡 Cada { $minutes } min
check-in-none = 🛡 No tienes ningún control en marcha. ¿Cada cuánto te pregunto?
check-in-noted = ✅ Anotado: estás bien. El próximo, antes de { $at }.
check-in-fine-words = estoy bien, todo bien, bien, ok
check-in-leaving = 🛡 Tienes un control en marcha. Si sales de servicio, termina. ¿Sales?
check-in-stays = 🛡 Sigues en servicio, y el control sigue.
check-in-ended = 🛡 <b>{ $who } terminó su control</b>, { $at }. Si no lo esperabas, comprueba que está bien.
check-in-ended-at = 📍 Última ubicación: <code>{ $point }</code> (hace { $age })
check-in-left = 🛡 Sales de servicio: el control termina.
button-fine = Estoy bien
button-need-help = Necesito ayuda
button-stop-check-in = Terminar control
button-stay = No, seguir
button-leave = Sí, salir

duress-wanted =
    🔑 <b>Palabra de auxilio</b>
    Escríbela en un mensaje y recuérdala: la guardo de modo que nadie la lea, y borro tu mensaje y esta explicación.
    Cuando la escribas aquí, sola, todo se verá como siempre, y los supervisores sabrán que estás en peligro.
duress-kept = ✅ Guardada.
duress-unfit = ✖️ Esa no sirve: elige una de 4 a 40 letras que no se te escape por casualidad.
duress-in-private = 🔑 Eso va en privado: escríbeme ahí <code>/{ command-checkin.name } clave</code>.
duress-was-read = 🔑 Esa palabra ya la leyeron otros: elige una distinta y envíala en privado con <code>/{ command-checkin.name } clave</code>.

alarm-late = No respondió a su control
alarm-lost = Dejó de compartir su ubicación y no responde
alarm-still = No se mueve y no responde
alarm-help = Pide ayuda
alarm-duress = Alarma silenciosa
alarm-mayday = Mayday
alarm-on-task = 🔗 Estaba en <code>{ $code }</code>
mayday-sent = 🆘 <b>Tu Mayday ya salió</b>, con tu última ubicación. Avisé a quienes van contigo y a los supervisores. Si puedes, comparte tu ubicación en vivo.
alarm-round = No contestó la lista
alarm-who = 🆘 En peligro: <b>{ $who }</b>, { $at }
alarm-silent = 🤫 No llames ni escribas a esa persona, y no lo comentes en grupos: puede estar bajo amenaza.
alarm-in-your-name = 👤 La abrí en tu nombre, { $at }
alarm-in-the-name = 👤 En nombre de { $who }, { $at }
alarm-track = 🧭 Estuvo en:
alarm-track-line = • { $at } · <code>{ $point }</code>
news-silent = 🤫 <b>ALARMA SILENCIOSA</b>

round-called =
    📋 <b>Lista de</b> <code>{ $code }</code>: pregunté si están bien a { $names }.
    La ficha muestra quién contesta; si alguien no contesta, te aviso.
round-unanswered = ❗ <b>{ $who } no contesta la lista de</b> <code>{ $code }</code>. Se lo pregunté otra vez; si tampoco contesta, abro una emergencia en su nombre.
round-or-else = Si no respondes en { $grace }, te lo pregunto otra vez y aviso a tu supervisor.
round-left = 📋 La lista de <code>{ $code }</code> terminó para ti.
card-round = 📋 Lista, { $at }: { $answers }
round-asked = ⏳ { $who }
round-well = ✅ { $who } { $at }
round-missed = ❗ { $who } { $at }
round-danger = 🆘 { $who } { $at }
round-ended = ⏹ { $who }

stale = ⏱ <code>{ $code }</code> la enviaste hace { $age } y llegó recién ahora. La alerta ya salió. <b>¿Sigue activa?</b>
stale-on = 👍 <code>{ $code }</code> sigue activa.
answered-in-time = contestó a tiempo
stale-over = 🚫 <code>{ $code }</code> cancelada.
stale-note = Sigue activa
stale-reason = quien la envió dice que ya no está activa
button-still-on = Sí, sigue
button-not-any-more = Ya no

refusal-no-check-in = No tienes ningún control en marcha. Para empezar uno: <code>/{ command-checkin.name } 30</code>
refusal-bad-interval = El control va de 1 a 720 minutos. Escribe, por ejemplo: <code>/{ command-checkin.name } 30</code>
refusal-silent = Esa alarma es silenciosa: ahí no se pasa lista, un teléfono que suena puede hacer daño.
refusal-nobody-on-scene = Nadie ha tocado <b>{ button-arrive }</b> ahí: no hay a quién pasar lista.
refusal-endangered = { $who } es quien está en peligro: elige a otra persona.
