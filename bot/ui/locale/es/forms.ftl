# Formularios, y lo que hay que enviar cuando falta algo.

form-title = 📝 <b>Nueva tarea</b> · Paso { $step } de { $of }
form-answer-tipo = Tipo: <b>{ $answer }</b>
form-answer-titulo = Qué: <b>{ $answer }</b>
form-answer-prioridad = Prioridad: { $sign } <b>{ $answer }</b>
form-answer-lugar = Lugar: <b>{ $answer }</b>
form-answer-quien = Quién: <b>{ $answer }</b>
form-none = sin lugar
form-nobody = sin asignar
form-tipo = ¿De qué tipo es?
form-titulo = ¿Qué hay que hacer? Escríbelo en un mensaje.
form-prioridad = ¿Qué prioridad tiene?
form-lugar = ¿Dónde es? Envía una ubicación o escribe la dirección.
form-quien = ¿Quién la hace? Elige, o escribe su @usuario.
form-resumen = ¿Está bien así?
form-cambiar = ¿Qué quieres cambiar?
form-reply = Responde a este mensaje para que lo vea.
form-place-key = 👇 Con este botón envías tu ubicación.
form-place-left = 📍 Listo.
form-tipo-again = Toca uno de los botones, o escribe el tipo, por ejemplo <code>patrullaje</code>.
form-titulo-again = Escribe en un mensaje qué hay que hacer.
form-prioridad-again = Toca uno de los botones, o escribe la prioridad, por ejemplo <code>alta</code>.
form-lugar-again = Envía una ubicación, escribe la dirección, o toca <b>{ form-button-omitir }</b>.
form-quien-again = Toca uno de los botones, o escribe el usuario con arroba, por ejemplo <code>@beto</code>.
form-resumen-again = Toca <b>{ form-button-confirmar }</b>, <b>{ form-button-editar }</b> o <b>{ form-button-cancelar }</b>.
form-cambiar-again = Toca lo que quieres cambiar.
form-button-atras = Atrás
form-button-omitir = Omitir
form-button-cancelar = Cancelar
form-button-confirmar = Confirmar
form-button-editar = Editar
form-button-myself = Yo
form-field-tipo = Tipo
form-field-titulo = Qué
form-field-prioridad = Prioridad
form-field-lugar = Lugar
form-field-quien = Quién
form-cancelled = ✖️ Cancelado: no se guardó nada.
form-over = Ese formulario ya terminó. Empieza otro con /{ command-new.name }.
form-step-over = Eso ya lo respondiste: sigue en el último mensaje del formulario.
form-foreign = Ese formulario es de otra persona. El tuyo empieza con /{ command-new.name }.
nothing-to-cancel = No hay nada que cancelar.

key-location = 📍 Enviar mi ubicación
task-created = ✅ Tarea creada: <code>{ $code }</code>
task-completed = 🏁 <code>{ $code }</code> finalizada.
task-completed-as = 🏁 <code>{ $code }</code> finalizada: <b>{ $how }</b>.
kind-ask = 🏷 ¿Qué es <code>{ $code }</code>? La alerta ya salió.
kind-said = 🏷 <code>{ $code }</code> es <b>{ $kind }</b>: { $seats ->
        [one] va una persona.
       *[other] van { $seats } personas.
    }
disposition-ask = ¿Cómo terminó?
disposition-resolved = Resuelto
disposition-false-alarm = Falsa alarma
disposition-moved = Trasladado
disposition-referred = Derivado
task-escalated = ⏫ <code>{ $code }</code> escalada.
task-cancelled = 🚫 <code>{ $code }</code> cancelada.
task-declined = ✖️ Dijiste que no puedes ir a <code>{ $code }</code>.
task-undone = ↩️ Deshecho: <code>{ $code }</code> sigue como antes.
undo-hint = ¿Fue sin querer? Toca <b>{ button-undo }</b> { $seconds ->
        [one] en el próximo segundo
       *[other] en los próximos { $seconds } segundos
    }.
undo-ask =
    { $why }
    Quien la reportó y los supervisores pueden reabrirla: díselo a uno de ellos.
task-not-cancelled = 👍 La tarea sigue como estaba.
cancel-sure =
    { $sign } ¿Cancelar <code>{ $code }</code> ({ $state })?
    <b>{ $title }</b>
cancel-changed =
    { $sign } <code>{ $code }</code> cambió mientras decidías y ahora está { $state }. ¿Cancelarla?
    <b>{ $title }</b>
cancel-no = No, dejarla
cancel-yes = Sí, cancelar

code-unreadable = «{ $word }» no es un código de tarea. Escribe, por ejemplo: <code>{ $example }</code>
code-alone = Envía solo el código, por ejemplo: <code>{ $example }</code>
reason-missing = Falta el motivo. Escribe, por ejemplo: <code>{ $example }</code>
title-missing = Falta decir qué hay que hacer. Escribe, por ejemplo: <code>{ $example }</code>
priority-unknown = No conozco la prioridad «{ $word }»: usa !baja, !media, !alta, !urgente o !crítica.
priority-one = Pon una sola prioridad: !baja, !media, !alta, !urgente o !crítica.
who-missing = Falta a quién: escribe su usuario con arroba, por ejemplo <code>@beto</code>.
who-one = Nombra a una sola persona.
who-unknown = No conozco a { $who }: revisa el usuario, o pídele que escriba /{ command-start.name } al bot.
who-unknown-nameless = Esa persona no está en la central: pídele que escriba /{ command-start.name } al bot.
who-which = ¿A quién te refieres? Con ese nombre puede ser:
who-which-more = ¿A quién te refieres? Hay muchas personas con ese nombre; estas son las primeras. Si no está, escribe el nombre completo o su usuario con arroba.
list-foreign = Esa lista la pidió otra persona: pide la tuya.

example-task = /{ command-task.name } T-000123
example-complete = /{ command-complete.name } T-000123
example-note = /{ command-note.name } T-000123 no hay nadie
example-assign = /{ command-assign.name } T-000123 @beto
example-round = /{ command-round.name } T-000123
example-radio = /{ command-radio.name } @beto llegó T-000123
example-escalate = /{ command-escalate.name } T-000123 nadie contesta
example-new = /{ command-new.name } Patrullaje zona norte !alta @beto

note-wanted = 📝 Nota para <code>{ $code }</code>: envía un texto, una foto, un video, un audio, un contacto o un documento.
note-wanted-group = 📝 Nota para <code>{ $code }</code>: responde a este mensaje con un texto, una foto, un video, un audio, un contacto o un documento.
note-answered = 📝 Nota para <code>{ $code }</code>:
note-kept = 📝 Nota guardada en <code>{ $code }</code>.
note-taken-up = 📝 Lo sumé a <code>{ $code }</code>: lo leen quienes la atienden.
note-afterwards = 📝 <code>{ $code }</code> ya está cerrada. Se lo pasé a quienes la tuvieron y a los supervisores. <b>¿Sigue?</b> Toca <b>Reabrir</b>.
note-no-such = Eso no lo puedo guardar en <code>{ $code }</code>: envía un texto, una foto, un video, un audio, un contacto o un documento.
note-album-over = La nota de <code>{ $code }</code> ya está guardada. Para otra, toca <b>{ button-note }</b>.
example-why = /{ command-why.name } T-000123
button-of = { $label } · { $code }
button-note-of = 📝 { $who } · { $code }
button-add-to = 📝 Sumar a { $code }
button-as-work = ➕ Reportar como trabajo
said-step = Tócalo para que quede anotado:
taken-as-work = ➕ Nuevo trabajo:
note-gone = Ya no encuentro lo que enviaste: envíalo otra vez.
code-none = No hay ninguna tarea para eso ahora. Con el código de una: <code>{ $example }</code>
code-which = ¿Cuál? Toca una tarea, o escribe su código: <code>{ $example }</code>
