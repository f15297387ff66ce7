# Quién entra, con qué rol, y si se le puede enviar.

stranger-unknown =
    👋 Soy la central de despacho. Aquí solo entran personas registradas.
    Envía /{ command-start.name } y avisaré a los administradores. Si tienes un enlace de invitación, ábrelo.
stranger-pending = ⏳ Tu solicitud ya está con los administradores. Te aviso apenas respondan.
stranger-disabled = ⛔ No tienes acceso. Si es un error, habla con la administración de tu equipo.
person-nameless = (sin nombre)
press-unknown = Este botón es para personas registradas. Pide acceso escribiéndome en privado.
press-pending = Tu solicitud ya está con los administradores. Te aviso apenas respondan.
press-disabled = No tienes acceso. Si es un error, habla con la administración de tu equipo.
press-nowhere = Ese botón no es de este mensaje, o ya no está en él: no hice nada. Usa los que se ven ahora.
press-nowhere-help = Ese botón no es de este mensaje: no hice nada. Si necesitas ayuda: /{ command-emergency.name }
press-foreign = Ese botón es de otra persona: pide el tuyo con tu propio mensaje.
start-in-private = 👋 Para pedir acceso, escríbeme en privado: { $link }

access-requested =
    📨 Envié tu solicitud a los administradores.
    Te aviso apenas respondan; no hace falta que la repitas.
requests-many =
    { $count ->
        [one] 🙋 <b>Una persona pide acceso</b>
       *[other] 🙋 <b>{ $count } personas piden acceso</b>
    }
requests-too-many = 🙋 <b>Más de { $count } personas piden acceso</b>
requests-newest = La última: { $who }
requests-none = 🙋 Nadie espera respuesta.
button-requests = Ver quiénes piden acceso
access-request =
    🙋 <b>Pide acceso</b>
    { $who }
    Id de Telegram: <code>{ $id }</code>

    ¿Con qué rol entra?
access-alike-active = ⚠️ Se parece a { $who }, que ya está ({ $role }). Mira bien quién pide antes de responder.
access-alike-disabled = ⚠️ Se parece a { $who }, que ya no tiene acceso. Puede ser la misma persona con otra cuenta.
access-alike-pending = ⚠️ Se parece a { $who }, que también espera respuesta.
button-same-person = Es la misma persona
same-person-sure =
    ¿Es la misma persona? { $who } ({ $role }) sigue con la cuenta nueva: su rol, su unidad, su turno y su trabajo abierto pasan a ella.
    Cuenta de ahora: <code>{ $was }</code>, queda fuera al instante.
    Cuenta nueva: <code>{ $account }</code>

    Comprueba por otra vía quién pide.
button-same-person-sure = Sí, es la misma
same-person-again =
    ¿Es la misma persona? { $who } ya no tiene acceso: entra otra vez con la cuenta nueva, su historial y el rol que elijas.
    Cuenta de antes: <code>{ $was }</code>, sigue fuera.
    Cuenta nueva: <code>{ $account }</code>

    Comprueba por otra vía quién pide.
button-same-person-as = Sí, como { $role }
same-person-done =
    🔁 { $who } ({ $role }) sigue con otra cuenta: <code>{ $account }</code>. La anterior quedó fuera.
    Lo decidió { $by }, { $at }.
access-same-person = 🔁 Es la misma persona: { $who } sigue con esta cuenta. Lo decidió { $by }, { $at }.
access-already-same = Nada cambió: ya se decidió que es la misma persona, con otra cuenta.
access-admitted = ✅ { $who } entra con el rol de { $role }. Lo decidió { $by }, { $at }.
access-entered = ✅ { $who } ya entró con el rol de { $role }, { $at }.
access-rejected = ⛔ { $who } no entra. Lo decidió { $by }, { $at }.
access-decided = Lo decidió { $by }, { $at }.
access-already-in = Nada cambió: <b>{ $who }</b> ya entró, con el rol de { $role }.
access-already-out = Nada cambió: a <b>{ $who }</b> ya se le negó el acceso. Puedes dárselo desde /{ command-users.name }.
access-still-waiting = Nada cambió: <b>{ $who }</b> todavía espera respuesta.
button-admit-agent = Agente
button-admit-supervisor = Supervisor
button-admit-admin = Administrador
button-reject = Rechazar

welcome = ✅ <b>{ $who }, estás dentro.</b> Tu rol: { $role }.
welcome-agent =
    🚨 /{ command-emergency.name } pide ayuda ya mismo
    📋 /{ command-new.name } reporta un trabajo
    🗂 /{ command-mytasks.name } muestra lo tuyo
    📍 Comparte tu ubicación para que te lleguen las emergencias cercanas

    /{ command-help.name } muestra todo lo demás.
welcome-supervisor =
    🚨 Las alertas te llegan aquí: <b>{ button-acknowledge }</b> dice que te haces cargo
    📋 /{ command-tasks.name } muestra el trabajo abierto
    👥 /{ command-team.name } muestra quién está disponible
    ➡️ /{ command-assign.name } y /{ command-escalate.name } mueven una tarea

    /{ command-help.name } muestra todo lo demás.
welcome-admin =
    📊 /{ command-status.name } muestra cómo va la central
    👤 /{ command-users.name } da roles y accesos
    ✉️ /{ command-invite.name } crea un enlace de entrada
    🙋 Las solicitudes de acceso te llegan aquí

    /{ command-help.name } muestra todo lo demás.
membership-promoted = 🔄 <b>Tu rol cambió.</b> Ahora es: { $role }.
membership-rejected = ⛔ Tu solicitud de acceso no fue aceptada. Si es un error, habla con la administración de tu equipo.
membership-relinked = ✅ <b>{ $who }, sigues con esta cuenta.</b> Tu rol: { $role }. Tu unidad, tu turno y tu trabajo abierto siguen contigo.
membership-replaced = ⛔ Tu acceso a la central pasó a otra cuenta, y esta quedó fuera. Si no fuiste tú, avisa ya a tu equipo.
membership-disabled = ⛔ La administración cerró tu acceso a la central. Si es un error, habla con tu equipo.

invitation =
    ✉️ <b>Invitación de un solo uso</b> · rol: { $role }
    { $link }

    Reenvíala a esa persona. Sirve hasta { $until }.
    También puede enviarme: <code>/{ command-start.name } { $token }</code>
invitation-which-role = 🔗 ¿Con qué rol entra?
button-invitations = 📋 Ver las abiertas
open-links = 🔗 <b>Invitaciones abiertas</b>
open-links-none = 🔗 No hay invitaciones abiertas.
open-link = { $number }. { $role } · la hizo { $by } · hasta { $until }
open-link-dead = { $number }. { $role } · ya no sirve: { $by } no puede darla
button-revoke = Anular { $number }
the-machine = la máquina (gad invite)

risen-came-in = 🔑 { $who } ya entró con el rol de { $role }, { $at }.
risen-role = 🔑 { $who } es ahora { $role }, { $at }.
risen-by-link = Entró con una invitación de { $by }. Si no la esperabas, abre su ficha.
risen-by-machine = Entró con una invitación hecha en la máquina (gad invite). Si no la esperabas, abre su ficha.
risen-by-configuration = Lo nombra la configuración, y no había nadie en la administración.

rise-promote = 🔐 <b>Segunda confirmación</b>: { $asker } quiere que { $who } sea administrador.
rise-admit = 🔐 <b>Segunda confirmación</b>: { $asker } quiere que { $who } entre como administrador.
rise-again = 🔐 <b>Segunda confirmación</b>: { $asker } quiere que { $who } vuelva a entrar, como administrador.
rise-move = 🔐 <b>Segunda confirmación</b>: { $asker } quiere que { $who }, que es administrador, siga con otra cuenta.
rise-invite = 🔐 <b>Segunda confirmación</b>: { $asker } hizo una invitación de administrador.
rise-sure =
    No vale hasta que otra persona de administración lo confirme. Comprueba por otra vía que es verdad.
    Se puede confirmar hasta { $until }.
rise-asked = ⏳ Pedí a las demás personas de administración que una lo confirme. Hasta entonces no vale; te aviso.
rise-confirmed = ✅ Lo confirmó { $by }, { $at }.
rise-refused = ⛔ Lo rechazó { $by }, { $at }: no cambió nada.
button-confirm-rise = Confirmar
button-refuse-rise = Rechazar
said-aside = 🔒 Te respondí en privado.

roster =
    👥 <b>{ $group }</b>
    Toca a una persona para ver su ficha.
roster-empty =
    👥 <b>{ $group }</b>
    No hay nadie aquí.
roster-unknown = No conozco a «{ $who }». Escribe <code>/{ command-users.name } @nombre</code>, o /{ command-users.name } para ver las listas.
group-agentes = Agentes
group-supervisores = Supervisores
group-administradores = Administradores
group-pendientes = Esperan respuesta
group-fuera = Sin acceso
button-group-agentes = Agentes
button-group-supervisores = Supervisores
button-group-administradores = Admins
button-group-pendientes = Pendientes
button-group-fuera = Sin acceso
button-next-page = Más »
button-first-page = « Inicio
button-back-to-list = « Lista

person-called = <b>{ $who }</b>
person-called-known = <b>{ $who }</b> · @{ $username }
person-head = 👤 { $who }
person-active = Rol: { $role }
person-pending = ⏳ Espera respuesta: elige con qué rol entra.
person-disabled = ⛔ Sin acceso. Para que vuelva, elige con qué rol.
person-availability = Está: { $availability }
person-placed = 📍 Última ubicación, { $at }
person-unplaced = 📍 Sin ubicación
person-hold = 🚨 Tiene la emergencia <code>{ $code }</code>
person-unreachable = 🔕 Bloqueó el bot: nada le llega.
person-id = Id de Telegram: <code>{ $id }</code>
person-silenced = 🔕 { $who } bloqueó el bot. Las alertas no le llegan: pasan a la siguiente persona.
person-silenced-holding = 🔕 { $who } bloqueó el bot. Las alertas no le llegan: pasan a la siguiente persona. Además estaba en { $code }: mira si alguien más tiene que ir.
button-silenced-task = Ver { $code }
button-make-agent = → Agente
button-make-supervisor = → Supervisor
button-make-admin = → Administrador
button-disable = Quitar acceso
disable-sure = ¿Quitarle el acceso a { $who }? Ya no podrá usar la central ni recibirá alertas.
reject-sure = ¿Negarle el acceso a { $who }?
button-sure = Sí, sin acceso
button-not-sure = No, volver

presence-available = 🟢 Estás <b>disponible</b>.
presence-offers = Te llegarán las emergencias cercanas.
presence-place-needed = 📍 No sé dónde estás ahora. Para que te lleguen las emergencias cercanas, comparte tu ubicación con 📎 → Ubicación; en vivo es mejor.
presence-off-duty = ⚫ Estás <b>fuera de servicio</b>.
presence-no-offers = No te llegarán emergencias hasta que envíes /{ command-available.name }.
presence-alerts-still = Las alertas te siguen llegando. Para volver: /{ command-available.name }
presence-already-available = Ya estabas disponible; nada cambió.
presence-already-off-duty = Ya estabas fuera de servicio; nada cambió. Para volver: /{ command-available.name }
presence-alone = Nada cambió: /{ $name } va solo, sin más palabras, y vale para ti.
key-send-place = 📍 Enviar mi ubicación
presence-placed = 📍 Guardé dónde estás.
presence-live = 📡 Compartes tu ubicación en vivo: sabré dónde estás hasta que termine.
presence-placed-off-duty = Ahora no te llegan emergencias. Para recibirlas: /{ command-available.name }
presence-forwarded = Esa ubicación es reenviada, así que no sé si estás ahí. Envía la tuya con 📎 → Ubicación.
presence-venue = Ese es un lugar, no tu posición. Envía la tuya con 📎 → Ubicación.
