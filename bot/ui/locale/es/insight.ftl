# Verlo antes y después: /plan, /porque y los simulacros.

plan-now = 🔭 <b>Si alguien pide ayuda ahora</b> ({ $at }) y nadie responde:
plan-then = 🔭 <b>Si alguien pide ayuda el { $when }</b> y nadie responde:
plan-open = 🔭 <b>{ $code }</b>: lo que sigue desde { $at } si nadie hace nada:
plan-unit = 🏢 Unidad: { $unit }
plan-group = 💬 El grupo de supervisores se entera de cada aviso.
plan-agents =
    { $count ->
        [one] 🚓 Se pregunta al agente que esté libre y más cerca en ese momento.
       *[other] 🚓 Se pregunta a los { $count } agentes que estén libres y más cerca en ese momento.
    }
plan-step = <b>{ $when }</b> · { $what }
plan-at-once = ahora
plan-after = +{ $time }
plan-asked = se pregunta si puede ir: { $who }
plan-again = se vuelve a preguntar, hasta que alguien vaya: { $who }
plan-told = { $step }: { $who }
plan-told-chat = { $step }
plan-passed-empty = { $step }: no hay nadie, se pasa al siguiente
plan-passed-off-duty = { $step }: no hay nadie de guardia, se pasa al siguiente
plan-passed-unreachable = { $step }: no les llegan los mensajes, se pasa al siguiente
plan-everybody = 📣 todos los mandos, y luego otra vez cada { $every } hasta que alguien toque <b>{ button-acknowledge }</b>: { $who }
plan-everybody-once = 📣 todos los mandos: { $who }
plan-nobody = nadie a quien le lleguen mensajes
round-takes = ⏱️ Enviar { $count } mensajes toma { $span }: el bot envía { $pace } por segundo.
round-leaders = ⏱️ Avisar a los { $count } supervisores y administradores toma { $span }: el bot envía { $pace } por segundo.
round-shorter = Tarda menos con un grupo de alertas, con pasos que nombren a menos personas o con otro bot.
plan-nothing-answered = ✅ No se avisará a nadie más: alguien ya la tiene.
plan-nothing-closed = 🏁 No se avisará a nadie: ya está cerrada.
plan-nothing-ladder = No se avisará a nadie por sí solo. Para avisar ya: /{ command-escalate.name }
plan-when = No entiendo «{ $words }». Escribe <code>/{ command-plan.name }</code>, <code>/{ command-plan.name } T-12</code> o <code>/{ command-plan.name } domingo 03:00 Norte</code>
plan-past = Ese momento ya pasó. Para ver qué se hizo en una tarea: <code>/{ command-why.name } T-12</code>

target-assignee = quien la tiene o a quien se preguntó
target-unit-supervisors-on-duty = supervisores de guardia de la unidad
target-supervisors-on-duty = supervisores de guardia
target-supervisors = supervisores
target-admins = administradores
target-group = un grupo
agent-far = { $who } (a { $distance })
names-many-more = { $names } y muchas personas más
names-more =
    { $count ->
        [one] { $names } y una persona más
       *[other] { $names } y { $count } más
    }

because = 🧭 <b>{ $code }: por qué se avisó a cada quien</b>
because-older = … y { $count } antes
because-line = <b>{ $at }</b> { $what }
because-reported = La reportó { $by }.
because-nearest =
    { $count ->
        [one] Se preguntó a { $who }: nadie libre estaba más cerca.
       *[other] Se preguntó a { $who }: nadie libre estaba más cerca que ellos.
    }
because-unplaced = Se preguntó a { $who }: no había un punto en el mapa, y se empieza por quien se vio hace menos.
because-unseen =
    { $count ->
        [one] Se preguntó a { $who }: no se sabía dónde estaba, y no quedaba nadie libre de quien se supiera.
       *[other] Se preguntó a { $who }: no se sabía dónde estaban, y no quedaba nadie libre de quien se supiera.
    }
because-declined = Se preguntó a { $who } porque { $by } no puede.
because-expired = Se preguntó a { $who } porque { $by } no respondió a tiempo.
because-vacated = Se preguntó a { $who } porque { $by } ya no tiene acceso.
because-place = Se preguntó a { $who } porque se supo el lugar y está cerca.
because-free = Se preguntó a { $who } porque nadie iba y ya estaba libre.
because-hand = { $by } eligió a mano a { $who }.
because-told = Paso { $number } ({ $step }): se avisó a { $who }
because-climbed-opened = { $notified }, porque se abrió la alerta.
because-climbed-time = { $notified }, porque nadie había respondido a tiempo.
because-climbed-nobody = { $notified }, porque no quedaba ningún agente a quien preguntar.
because-climbed-silenced = { $notified }, porque a quienes se avisó antes no les llegan los mensajes.
because-climbed-unacknowledged = { $notified }, porque la recibieron y no avanzó.
because-climbed-lost = { $notified }, porque quien debía responder ya no tiene acceso o cambió de rol o de unidad.
because-climbed-back = { $notified }, porque quien la reportó tiene acceso otra vez.
because-climbed-reopened = { $notified }, porque se reabrió.
because-climbed-by-hand = { $notified }, porque { $by } la escaló.
because-climbed-by-hand-why = { $notified }, porque { $by } la escaló: «{ $reason }».
because-everybody = Se avisó a todos los mandos ({ $who }), porque nadie había respondido.
because-everybody-again = Se avisó a todos los mandos ({ $who }) { $count } veces, la última a { $until }, porque nadie respondía.
because-passed-empty = Paso { $number } ({ $step }): no había nadie, se pasó al siguiente.
because-passed-off-duty = Paso { $number } ({ $step }): no había nadie de guardia, se pasó al siguiente.
because-passed-unreachable = Paso { $number } ({ $step }): no les llegan los mensajes, se pasó al siguiente.
because-taken = Se retiró la pregunta a { $who } porque { $by } va.
because-reassigned = Se retiró a { $who } porque { $by } eligió a otra persona.
because-in-danger = Se retiró la pregunta a { $who } porque pidió ayuda.
because-closed = Se retiró la pregunta a { $who } porque { $by } la cerró.
because-reopened = { $by } la reabrió.
because-undone = { $by } deshizo el cierre.
because-undeclined = { $by } deshizo su «{ button-decline }».
because-accepted = Dejó de subir: { $by } dijo que va.
because-gave-up = Volvió a empezar: { $by } iba y ya no puede.
because-shut-out = Volvió a empezar: { $by } iba y ya no tiene acceso.
because-reporter-out = Sigue aunque { $by }, que la reportó, ya no tiene acceso.
because-reporter-back = { $by }, que la reportó, tiene acceso otra vez.
because-acknowledged = Dejó de subir: { $by } se hizo cargo.
because-called = { $by } pidió refuerzo.
because-more = Se preguntó a { $who } porque { $by } pidió refuerzo.
because-reserved = { $by } también puede ir: quedó en reserva.
because-relieved = { $by } relevó a { $who }.

drill-title = Simulacro
drill-title-unit = Simulacro en { $unit }
drill-sure =
    🧪 <b>¿Empezamos?</b> { $title }
    Se avisa a todos por la cadena de verdad, con la marca de simulacro. Nadie tiene que moverse. Termina solo en { $length } y te llega un informe por persona.
drill-begin = 🧪 Sí, empezar
drill-leave = No
drill-left = 👍 No se empezó ningún simulacro.
drill-begun = 🧪 <code>{ $code }</code> está en marcha.
drill-report =
    🧪 <b>Informe de { $title }</b> · <code>{ $code }</code>
    Duró { $lasted }
drill-sum = Avisados: { $notified } · respondieron: { $pressed } · en silencio: { $silent } · bloquearon el bot: { $blocked }
drill-pressed = ✅ { $who }: «{ $answer }» después de { $after } (Telegram lo tomó en { $taken })
drill-not-taken = un momento
drill-silent = 🔇 { $who }: Telegram lo tomó en { $taken } y no respondió en { $after }
drill-blocked = 🔕 { $who }: bloqueó el bot, no le llega nada
drill-unsent = ⏳ { $who }: el aviso no llegó a salir
drill-nobody = No se avisó a nadie.
drill-more = … y { $count } más
button-end-drill = 🧪 Terminar simulacro
card-drill = 🧪 <b>SIMULACRO</b>: responde como si fuera real, pero nadie se mueve.
news-drill = 🧪 SIMULACRO · { $what }
sign-drill = 🧪
