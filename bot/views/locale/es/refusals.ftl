# Por qué no, en una frase, y qué hacer.

refusal-unknown-task = No existe la tarea <code>{ $code }</code>. Mira tus códigos con /mistareas.
refusal-unknown-person = No conozco a esa persona. Escribe su usuario con arroba, por ejemplo <code>@beto</code>.
refusal-above-role = Eso solo lo hace un { $role }. Pídeselo a uno.
refusal-not-yours = La tarea <code>{ $code }</code> no es tuya: la ven quienes participan en ella y los supervisores.
refusal-closed = La tarea <code>{ $code }</code> ya está { $state }: no cambié nada.
refusal-stale = Eso cambió mientras tanto y no hice nada. Mira cómo está ahora y vuelve a tocar.
refusal-taken = Ya lo tomó { $who }, { $at }.
refusal-not-offered = Nadie te pidió ir a <code>{ $code }</code>: un supervisor te la puede asignar.
refusal-offer-over = Ya no hace falta tu respuesta sobre <code>{ $code }</code>. Gracias.
refusal-already = Eso ya estaba hecho: no cambié nada.
refusal-wrong-state = La tarea <code>{ $code }</code> está { $state }, y así no se puede hacer eso.
refusal-acknowledged = { $who } ya se hizo cargo, { $at }.
refusal-nothing-to-acknowledge = La tarea <code>{ $code }</code> no es una alerta: no hay nada que recibir.
refusal-agent-busy = { $who } ya está en otra emergencia.
refusal-agent-unfit = { $who } está fuera de servicio o no recibe mensajes: elige a otra persona.
refusal-twin = Ya recibí ese mismo reporte hace un momento: es <code>{ $code }</code>.
refusal-empty = Falta el texto: mándalo en el mismo mensaje.
refusal-too-long = Es demasiado largo: mándalo en { $limit } caracteres como mucho.
refusal-off-earth = Esas coordenadas no existen: la latitud va de −90 a 90 y la longitud de −180 a 180.
refusal-invitation-over = Esa invitación ya se usó o venció: pide otra a un administrador.
refusal-disabled = Ese acceso está cerrado: un administrador lo puede abrir.
refusal-pending = Tu pedido ya está con los administradores: te aviso cuando respondan.
refusal-self = No puedes cambiar tu propio acceso: pídeselo a otro administrador.
refusal-unchanged = Ya estaba así: no cambié nada.
refusal-holding = Primero hay que terminar o entregar la tarea en curso. { $code }
