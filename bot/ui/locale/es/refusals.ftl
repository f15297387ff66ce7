# Por qué no, en una frase, y qué hacer.

refusal-unknown-task = No existe la tarea <code>{ $code }</code>. Mira tus códigos con /{ command-mytasks.name }.
refusal-unknown-person = No conozco a esa persona. Escribe su usuario con arroba, por ejemplo <code>@beto</code>.
refusal-above-role = Eso solo lo hace quien tiene el rol de { $role }: pídelo a alguien que lo tenga.
refusal-not-yours = La tarea <code>{ $code }</code> no es tuya: la ven quienes participan en ella y los supervisores.
refusal-closed = La tarea <code>{ $code }</code> ya está { $state }: no cambié nada.
refusal-stale = Eso cambió mientras tanto y no hice nada. Mira cómo está ahora y vuelve a tocar.
refusal-taken = Ya lo tomó { $who }, { $at }.
refusal-not-offered = Nadie te pidió ir a <code>{ $code }</code>: alguien de supervisión te la puede asignar.
refusal-offer-over = Ya no hace falta tu respuesta sobre <code>{ $code }</code>. Gracias.
refusal-already = Eso ya estaba hecho: no cambié nada.
refusal-wrong-state = La tarea <code>{ $code }</code> está { $state }, y así no se puede hacer eso.
refusal-acknowledged = { $who } ya se hizo cargo, { $at }.
refusal-nothing-to-acknowledge = La tarea <code>{ $code }</code> no es una alerta: no hay nada que recibir.
refusal-agent-busy = { $who } ya está en otra emergencia.
refusal-in-emergency = Ya tienes otra emergencia, <code>{ $code }</code>: primero contéstala, entrégala o termínala.
refusal-agent-unfit = { $who } no está disponible o no recibe mensajes: elige a otra persona.
refusal-twin = Ya recibí ese mismo reporte hace un momento: es <code>{ $code }</code>.
refusal-empty = Falta el texto: envíalo en el mismo mensaje.
refusal-too-long = Es demasiado largo: envíalo en { $limit } caracteres como mucho.
refusal-off-earth = Esas coordenadas no existen: la latitud va de −90 a 90 y la longitud de −180 a 180.
refusal-invitation-over = Esa invitación ya se usó o venció: pide otra a alguien de administración, o envía /{ command-start.name } y les aviso.
refusal-needs-person = Una emergencia la responde o la cierra una persona: el programa tiene que decir en nombre de quién.
refusal-unreachable = { $who } no recibe mensajes: no se puede actuar en su nombre.
refusal-disabled = Ese acceso está cerrado: alguien de administración lo puede abrir.
refusal-pending = Tu solicitud ya está con los administradores: te aviso apenas respondan.
refusal-self = No puedes cambiar tu propio acceso: pídeselo a otra persona de administración.
refusal-unchanged = Ya estaba así: no cambié nada.
refusal-holding = Primero hay que terminar o entregar la tarea en curso. { $code }
refusal-offer-waits = { $code } espera tu respuesta: contesta <b>{ button-accept }</b> o <b>{ button-decline }</b> y vuelve a intentarlo.
refusal-nobody-free = ⏳ Nadie está libre todavía: sigo buscando.
refusal-answered = ✅ Eso ya no hace falta: alguien respondió.
refusal-unknown-unit = Esa unidad no existe. Mira las que hay con /{ command-units.name }.
refusal-not-your-unit = Esa unidad la dirige otra persona: pídeselo a alguien de supervisión de la unidad o a alguien de administración.
refusal-name-taken = Ya hay una unidad con ese nombre: elige otro.
refusal-unknown-zone = No conozco esa zona horaria. Escribe una de la base IANA, por ejemplo <code>America/Guayaquil</code>.
refusal-group-taken = Este grupo ya es de otra unidad: primero hay que desvincularlo allí.
refusal-not-in-unit = { $who } no es de esta unidad: alguien de administración le da una en /{ command-units.name }.
refusal-in-rota = { $who } está en la guardia de su unidad: primero quita a esa persona de la rotación en /{ command-oncall.name }.
refusal-no-people = Falta la gente: una guardia necesita al menos una persona.
refusal-twice = { $who } está dos veces: nombra a cada persona una sola vez.
refusal-too-many = Son demasiados: { $limit } como mucho.
refusal-bad-length = Cada turno dura de 1 hora a 366 días, en minutos enteros.
refusal-bad-hours = No entiendo ese horario. Escribe, por ejemplo: <code>lun-vie 08:00-18:00</code>
refusal-lost-time =
    🕳 Esa hora no existe en { $zone }: ahí el reloj la salta.
    Escribe una de las dos: <code>{ $early }</code> o <code>{ $late }</code>.
refusal-double-time =
    ♊ Esa hora pasa dos veces en { $zone }: ahí el reloj retrocede.
    Di cuál de las dos: <code>{ $early }</code> o <code>{ $late }</code>.
refusal-too-far = Esa fecha queda demasiado lejos: elige una de estos dos años.
refusal-backwards = El final tiene que ser después del comienzo.
refusal-past = Eso ya pasó: elige un final que esté por venir.
refusal-overlap = Se cruza con otro reemplazo o ausencia de { $who }: quita ese primero.
refusal-away = { $who } tiene anotada una ausencia en esas horas.
refusal-covered = Ese turno de { $who } ya está en un reemplazo: no se puede cambiar otra vez.
refusal-unmanned = Así no quedaría nadie de guardia: anota primero quién reemplaza.
refusal-swap-over = Ese cambio ya no se puede hacer: la guardia es otra ahora.
refusal-not-your-swap = Ese cambio es entre otras personas.
refusal-not-your-turn = Ahora no te toca recibir la guardia. Mira tus turnos con /{ command-shift.name }.
refusal-planned = Tu turno está en la guardia: si no puedes, pide un cambio con /{ command-shift.name } o habla con tu supervisor.
refusal-not-on-duty = No tienes un turno en marcha. Para empezar uno: <code>/{ command-shift.name } inicio</code>
refusal-drill = Es un simulacro: nadie tiene que moverse. Solo responde.
refusal-drill-over = El simulacro ya terminó. Para otro: /{ command-drill.name }
refusal-undo-over = Ya pasaron los segundos para deshacer en <code>{ $code }</code>: no cambié nada.
refusal-not-your-act = Eso lo deshace solo quien lo hizo, en los primeros segundos. Quien reportó <code>{ $code }</code> y los supervisores pueden reabrirla en su ficha.
refusal-reopen-over = La tarea <code>{ $code }</code> se cerró hace más de un día: repórtala de nuevo con /{ command-new.name }, o con /{ command-emergency.name } si es urgente.
