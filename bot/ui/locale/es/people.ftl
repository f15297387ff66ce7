# Quién entra, con qué rol, y si se le puede enviar.

stranger-unknown =
    👋 Soy la central de despacho. Aquí solo entran personas registradas.
    Envía /{ command-start.name } y avisaré a los administradores. Si tienes un enlace de invitación, ábrelo.
stranger-pending = ⏳ Tu solicitud ya está con los administradores. Te aviso apenas respondan.
stranger-disabled = ⛔ No tienes acceso. Si es un error, habla con la administración de tu equipo.
stranger-frozen = 🧊 Tu acceso está congelado: desde este teléfono no puedo mostrar ni hacer nada hasta que la administración lo decida. Habla con tu equipo por otra vía.
stranger-frozen-called = 🆘 Avisé a quienes están a cargo: pides ayuda desde aquí. Tu acceso está congelado, así que <b>no abrí una emergencia</b>: llama ya por teléfono o radio a tu equipo o al número de emergencias.
person-nameless = (sin nombre)
press-unknown = Este botón es para personas registradas. Pide acceso escribiéndome en privado.
press-pending = Tu solicitud ya está con los administradores. Te aviso apenas respondan.
press-disabled = No tienes acceso. Si es un error, habla con la administración de tu equipo.
press-frozen = Tu acceso está congelado hasta que la administración lo decida.
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
access-alike-frozen = ⚠️ Se parece a { $who }, que tiene el acceso congelado. Puede ser la misma persona con otra cuenta.
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
access-already-frozen = Nada cambió: <b>{ $who }</b> tiene el acceso congelado. Se decide desde su ficha, en /{ command-users.name }.
access-still-waiting = Nada cambió: <b>{ $who }</b> todavía espera respuesta.
access-already-erased = Nada cambió: los datos de esa persona se borraron.
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
membership-frozen = 🧊 <b>Tu acceso está congelado.</b> Desde este teléfono no se ve ni se hace nada más aquí hasta que la administración lo decida. Si es un error, habla con tu equipo.
membership-thawed = ✅ <b>{ $who }, tu acceso está abierto otra vez.</b> Tu rol: { $role }. Lo que tenías asignado pasó a otras personas; para recibir trabajo o tomar tu turno, dilo como siempre.

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
risen-out = ⛔ { $who }, que era administrador, ya no tiene acceso, { $at }.
risen-by-link = Entró con una invitación de { $by }. Si no la esperabas, abre su ficha.
risen-by-machine = Entró con una invitación hecha en la máquina (gad invite). Si no la esperabas, abre su ficha.
risen-by-configuration = Lo nombra la configuración, y no había nadie en la administración.

rise-promote = 🔐 <b>Segunda confirmación</b>: { $asker } quiere que { $who } sea administrador.
rise-admit = 🔐 <b>Segunda confirmación</b>: { $asker } quiere que { $who } entre como administrador.
rise-again = 🔐 <b>Segunda confirmación</b>: { $asker } quiere que { $who } vuelva a entrar, como administrador.
rise-move = 🔐 <b>Segunda confirmación</b>: { $asker } quiere que { $who }, que es administrador, siga con otra cuenta.
rise-invite = 🔐 <b>Segunda confirmación</b>: { $asker } hizo una invitación de administrador.
rise-erase = 🗑 { $who } pide que se borren sus datos.
rise-sure-erase =
    Si lo confirmas, pierde el acceso y se borran su nombre, su cuenta, sus lugares y lo que escribió. No se puede deshacer.
    Se puede confirmar hasta { $until }.
rise-sure =
    No vale hasta que otra persona de administración lo confirme. Comprueba por otra vía que es verdad.
    Se puede confirmar hasta { $until }.
rise-asked = ⏳ Pedí a las demás personas de administración que una lo confirme. Hasta entonces no vale; te aviso.
rise-confirmed = ✅ Lo confirmó { $by }, { $at }.
rise-refused = ⛔ Lo rechazó { $by }, { $at }: no cambió nada.

button-freeze = 🧊 Congelar
button-freeze-sure = 🧊 Sí, congelar
button-cut = ⛔ Confirmar la baja
button-thaw = Descongelar
freeze-whom = 🧊 ¿A quién? Escribe <code>/{ command-freeze.name } @nombre</code> o su nombre completo, o responde con /{ command-freeze.name } a un mensaje suyo.
freeze-sure =
    🧊 ¿Congelar el acceso de { $who }? Pierde al instante lo que ve y lo que tiene; su trabajo pasa a otras personas.
    La administración lo confirma o lo deshace.
freeze-done = 🧊 El acceso de { $who } está congelado. La administración ya lo sabe: lo confirma o lo deshace.
freeze-asked = 🧊 <b>Acceso congelado</b>: { $who } · { $role }. Lo congeló { $by }, { $at }.
freeze-asked-word = 🧊 <b>Acceso congelado</b>: { $who } · { $role }. Lo congeló con su propia clave desde la cuenta { $account }, { $at }.
freeze-undecided = 🧊 <b>Sigue congelado desde hace un día</b>: { $who } · { $role }. Falta tu decisión.
freeze-called = 🆘 <b>Pide ayuda desde un teléfono congelado</b>: { $who } · { $role }, { $at }.
freeze-called-words = Escribió: «{ $words }»
freeze-called-nothing = solo el botón de ayuda
freeze-ask = Desde ese teléfono no se abre ninguna emergencia. Comprueba por otra vía quién lo tiene, y decide:
freeze-confirmed = ⛔ { $who } se queda sin acceso. Lo decidió { $by }, { $at }.
freeze-lifted = ✅ { $who } tiene acceso otra vez. Lo decidió { $by }, { $at }. No vuelven solos: sus turnos (/{ command-units.name }), su trabajo, su control y sus enlaces (/{ command-invite.name }).
member-unit = Unidad: { $unit }
freeze-how = 🧊 ¿Perdiste tu teléfono? Escribe <code>/{ command-freeze.name } tu nombre y tu clave</code>: tu nombre, tu @usuario o el número de tu cuenta, y la palabra que elegiste con /{ command-word.name }. Si no tienes clave, pídelo a alguien de supervisión.
freeze-by-word = 🧊 <b>Listo: el acceso de { $who } está congelado.</b> Ese teléfono ya no ve ni hace nada en la central. La administración ya lo sabe.
word-tried = ⚠️ Desde la cuenta { $account } probaron { $count } claves para congelar el acceso de { $who }. Ninguna era: no cambió nada.
word-tried-yours = ⚠️ Desde la cuenta { $account } probaron { $count } claves para congelar tu acceso. Ninguna era: no cambió nada. Si fuiste tú y no la recuerdas, pídelo a alguien de supervisión.
word-wanted = 🔑 Elige una clave para congelar tu acceso desde cualquier otro teléfono si pierdes este: una sola palabra de 6 letras o más, que no sea tu nombre. La borro apenas la leo.
word-unfit = 🔑 Esa no sirve: una sola palabra, de 6 a 40 letras o cifras, que no sea de tu nombre. Envía otra.
word-kept = 🔑 Guardé tu clave, y borré el mensaje. Si pierdes este teléfono, escribe desde otro: <code>/{ command-freeze.name } tu nombre y tu clave</code>. La anterior, si había, sirve siete días más.
word-in-private = 🔑 Eso va en privado: escríbeme ahí <code>/{ command-word.name }</code>.
word-was-read = 🔑 Esa palabra ya la leyeron otros: elige una distinta y envíala en privado con <code>/{ command-word.name }</code>.
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
group-congelados = Acceso congelado
group-fuera = Sin acceso
button-group-agentes = Agentes
button-group-supervisores = Supervisores
button-group-administradores = Admins
button-group-pendientes = Pendientes
button-group-congelados = Congelados
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
person-frozen = 🧊 Acceso congelado · { $role }. Falta confirmar la baja o descongelar.
person-forgotten = 🗑 Sus datos se borraron.
person-availability = Está: { $availability }
person-placed = 📍 Última ubicación, { $at }
person-unplaced = 📍 Sin ubicación
person-capabilities = 🧰 { $capabilities }
button-equip = ➕ { $capability }
button-unequip = ➖ { $capability }
person-hold = 🚨 Tiene la emergencia <code>{ $code }</code>
person-unreachable = 🔕 Bloqueó el bot: nada le llega.
person-id = Id de Telegram: <code>{ $id }</code>
person-silenced = 🔕 { $who } bloqueó el bot. Las alertas no le llegan: pasan a la siguiente persona.
person-silenced-holding = 🔕 { $who } bloqueó el bot. Las alertas no le llegan: pasan a la siguiente persona. Además estaba en { $code }: mira si alguien más tiene que ir.
person-never-silenced = 🔔 { $who } no bloqueó el bot: Telegram falló un momento. Las alertas le llegan.
person-reached = 🔔 { $who } recibe mensajes otra vez. Las alertas le llegan.
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
