# La guardia: turnos, reemplazos, ausencias, cambios y entregas.

oncall = 🛡 <b>Guardia</b>
oncall-no-units = 🛡 Todavía no hay unidades: alguien de administración las crea en /{ command-units.name }.
oncall-unit = 🏢 <b>{ $unit }</b> · { $now }
oncall-nobody = ⚪ Nadie de guardia ahora.
oncall-turn = 🟢 { $who } · hasta { $until }
oncall-turn-next = 🟢 { $who } · hasta { $until } → { $following }
oncall-turn-open = 🟢 { $who }
oncall-besides = 🟢 { $who } · refuerzo hasta { $until }
oncall-by-hand = 🟢 { $who } · por su cuenta desde { $since }
oncall-not-relieved = ⏳ { $who } sigue a cargo: { $incoming } no ha tocado <b>{ button-acknowledge }</b>.
oncall-not-taken = ⏳ { $who } no ha tocado <b>{ button-acknowledge }</b>.
oncall-rotation = 🔁 <b>Rotación { $number }</b>: { $names }
oncall-rotation-shape = Cambia { $length } · { $hours }
oncall-left-out =
    ⚠️ { $names } no { $count ->
        [one] tiene
       *[other] tienen
    } ningún turno: esta rotación cuenta también los días sin horario. Edítala y confirma para repartir los turnos entre todos.
oncall-turn-line = { $when } · { $who }
oncall-turn-line-now = ahora, hasta { $until } · { $who }
oncall-turn-line-open = desde { $since }, sin fin previsto · { $who }
oncall-unmet = ⚠️ En los próximos 7 días faltan todos y nadie reemplaza: { $hours }
uncovered-found =
    ⚠️ <b>Guardia de { $unit }: horas sin nadie</b>
    { $hours }
uncovered-open = 📅 Abrir la guardia
oncall-cover = 🔄 { $who } cubre: { $when }
oncall-absence = 🏖 { $who } ausente: { $when }
oncall-at = 🏢 <b>{ $unit }</b> · { $when }: { $names }
oncall-at-nobody = 🏢 <b>{ $unit }</b> · { $when }: nadie de guardia
oncall-when = No entiendo «{ $words }». Escribe, por ejemplo: <code>/{ command-oncall.name } domingo 03:00</code> o <code>/{ command-oncall.name } 8/3 19:00 Norte</code> (día/mes)
which-day = 📅 ¿Qué día quieres decir?
oncall-add-rotation = ➕ Rotación
oncall-edit-rotation = ✏️ Rotación { $number }
oncall-drop-rotation = 🗑 Rotación { $number }
oncall-drop-sure = ¿Quitar la rotación { $number } ({ $names })? Sus turnos dejan de existir.
oncall-drop-yes = Sí, quitar
oncall-drop-no = No, volver
oncall-add-cover = 🔄 Reemplazo
oncall-add-absence = 🏖 Ausencia
oncall-withdraw = ↩️ Anular: { $who }
oncall-back = « Guardia

every-day = cada día
every-week = cada semana
every-days = cada { $number } días
every-month = cada mes
every-months = cada { $number } meses
every-hours = cada { $number } h
every-minutes = cada { $number } min
hours-one-day-of = un día de cada { $number }
hours-always = siempre

rota-form = 🔁 <b>Rotación</b> · { $unit } · Paso { $step } de { $of }
rota-ask-gente = ¿Quiénes se turnan, y en qué orden? Toca a cada persona en su orden, y luego <b>{ rota-done }</b>.
rota-ask-dura = ¿Cuánto dura cada turno? Toca, o escribe por ejemplo <code>3 días</code>, <code>2 meses</code> u <code>8 h</code>.
rota-ask-desde = ¿Cuándo empieza el primer turno? Toca, o escribe por ejemplo <code>lunes 07:00</code> (hora de { $zone }).
rota-ask-horas = ¿En qué horario hace falta alguien? Toca, o escribe por ejemplo <code>lun-vie 08:00-18:00; sáb 9-13</code>, o <code>cada 3 días 08:00-20:00</code>.
rota-ask-resumen = ¿Está bien así? Los próximos turnos:
rota-answer-people = Personas: <b>{ $names }</b>
rota-answer-length = Cambia: <b>{ $length }</b>
rota-answer-begins = Primer turno: <b>{ $when }</b>
rota-answer-hours = Horario: <b>{ $hours }</b>
rota-again-gente = Toca a las personas en su orden, o escribe su usuario con arroba; luego toca <b>{ rota-done }</b>.
rota-again-dura = Toca un botón, o escribe cuánto dura, por ejemplo <code>semanal</code>, <code>3 días</code>, <code>2 meses</code> u <code>8 h</code>.
rota-again-desde = Toca un botón, o escribe día y hora, por ejemplo <code>lunes 07:00</code> o <code>8/3 19:00</code>.
rota-again-horas = Toca un botón, o escribe días y horas, por ejemplo <code>lun-vie 08:00-18:00</code>.
rota-again-resumen = Toca <b>{ form-button-confirmar }</b>, <b>{ form-button-atras }</b> o <b>{ form-button-cancelar }</b>.
rota-less = ⌫ Quitar último
rota-done = Listo
rota-length-diaria = Un día
rota-length-semanal = Una semana
rota-length-mensual = Un mes
rota-length-medio = 12 horas
rota-hours-siempre = Siempre
rota-hours-laboral = Lun–vie 08–18
rota-hours-noche = Noches 19–07
rota-hours-finde = Sáb y dom
rota-loses = ✖️ Deja de valer el reemplazo de { $who }: { $when }
rota-open-hours = ⚠️ La primera semana no habría nadie de guardia: { $hours }
rota-saved = ✅ Guardia de <b>{ $unit }</b> actualizada. Está en /{ command-oncall.name }.
rotation-set = 📅 Estás en la guardia de <b>{ $unit }</b>. Tus turnos están en /{ command-shift.name }.
rotation-set-now =
    📅 Estás en la guardia de <b>{ $unit }</b>.
    Tu turno es ahora, hasta { $until }. Los demás, en /{ command-shift.name }.
rotation-set-turn =
    📅 Estás en la guardia de <b>{ $unit }</b>.
    Tu próximo turno: { $when }. Los demás, en /{ command-shift.name }.

relief-form-cover = 🔄 <b>Reemplazo</b> · { $unit }
relief-form-absence = 🏖 <b>Ausencia</b> · { $unit }
relief-ask-turno = ¿En qué rotación?
relief-ask-cover-quien = ¿Quién cubre? Toca, o escribe su usuario con arroba.
relief-ask-absence-quien = ¿Quién falta? Toca, o escribe su usuario con arroba.
relief-ask-desde = ¿Desde cuándo? Toca, o escribe por ejemplo <code>domingo 07:00</code> (hora de { $zone }).
relief-ask-hasta = ¿Hasta cuándo? Toca, o escribe por ejemplo <code>lunes 07:00</code> (hora de { $zone }).
relief-ask-resumen = ¿Está bien así?
relief-answer-rotation = Rotación { $number }: <b>{ $names }</b>
relief-answer-besides = <b>Refuerzo</b>, además de quien esté de turno
relief-answer-who = Quién: <b>{ $who }</b>
relief-answer-start = Desde: <b>{ $when }</b>
relief-answer-end = Hasta: <b>{ $when }</b>
relief-again-turno = Toca una rotación.
relief-again-desde = Toca un botón, o escribe día y hora, por ejemplo <code>domingo 07:00</code>.
relief-again-hasta = Toca un botón, o escribe día y hora, por ejemplo <code>lunes 07:00</code>.
relief-again-resumen = Toca <b>{ form-button-confirmar }</b>, <b>{ form-button-atras }</b> o <b>{ form-button-cancelar }</b>.
relief-besides = ➕ Refuerzo
relief-now = Ahora
relief-saved-cover = ✅ Reemplazo anotado en la guardia de <b>{ $unit }</b>.
relief-saved-absence = ✅ Ausencia anotada en la guardia de <b>{ $unit }</b>.
cover-set = 🔄 Guardia de <b>{ $unit }</b>: te toca cubrir: { $when }.
cover-besides = 🔄 Guardia de <b>{ $unit }</b>: vas de refuerzo: { $when }.
cover-relieves = 🔄 Guardia de <b>{ $unit }</b>: { $who } te cubre: { $when }.
absence-set = 🏖 Guardia de <b>{ $unit }</b>: quedó anotada tu ausencia, { $when }.
entry-withdrawn = ↩️ Guardia de <b>{ $unit }</b>: se anuló un reemplazo o una ausencia tuya. Mira tus turnos en /{ command-shift.name }.

button-shift-inicio = 🟢 Empezar turno
button-shift-fin = 🏁 Terminar turno
shift-which = No entiendo «{ $word }». Escribe <code>/{ command-shift.name } inicio</code> o <code>/{ command-shift.name } fin</code>; solo /{ command-shift.name } muestra tus turnos.
shift-started = 🟢 <b>Turno iniciado.</b> Cuando termines: <code>/{ command-shift.name } fin</code>
shift-started-alone =
    🟢 <b>Turno iniciado.</b> Cuando termines: <code>/{ command-shift.name } fin</code>
    No tienes unidad todavía: alguien de administración te puede poner en una.
shift-ended = 🏁 <b>Turno terminado.</b> Descansa.
shift-ended-planned = 🏁 <b>Turno terminado</b>, pero según la guardia sigues: mira /{ command-shift.name }.
shift-by-hand = 🟢 En turno por tu cuenta desde { $since }. Para terminar: <code>/{ command-shift.name } fin</code>
shift-planned = 📅 <b>Tus turnos</b> · { $unit } (hora de { $zone })
shift-none-planned = 📅 No tienes turnos en la guardia de <b>{ $unit }</b>.
shift-line = { $when }
shift-line-now = 🟢 ahora, hasta { $until }
shift-line-open = 🟢 desde { $since }, sin fin previsto
shift-how-begin = Para entrar de turno por tu cuenta: <code>/{ command-shift.name } inicio</code>
shift-swap = 🔄 Cambiar un turno

swap-no-turns = No tienes turnos por venir que se puedan cambiar.
swap-form = 🔄 <b>Cambio de turno</b> · { $unit }
swap-ask-mio = ¿Cuál de tus turnos?
swap-ask-quien = ¿A quién se lo pides?
swap-ask-suyo = ¿Cuál de los suyos harías tú?
swap-ask-resumen = ¿Se lo pido?
swap-answer-mine = Tu turno: <b>{ $when }</b>
swap-answer-who = A quién: <b>{ $who }</b>
swap-answer-theirs = Tú harías: <b>{ $when }</b>
swap-answer-nothing = Tú harías: <b>nada a cambio</b>
swap-for-nothing = Nada a cambio
swap-press = Usa los botones del último mensaje, o /{ command-cancel.name }.
swap-asked = 🔄 <b>{ $asker } te pide un cambio de turno</b> · { $unit }
swap-sent = 📨 Le pregunté a { $asked } por el cambio · { $unit }
swap-taken = ✅ <b>Aceptaste el cambio</b> · { $unit }
swap-accepted = ✅ <b>{ $asked } aceptó el cambio</b> · { $unit }
swap-news = 🔄 Cambio de turno en <b>{ $unit }</b>: { $asker } y { $asked }
swap-declined = ❌ { $asked } no puede con el cambio · { $unit }
swap-closed = ✖️ Ese cambio ya no está pendiente · { $unit }
swap-left = { $who } ya no es de la unidad: los turnos quedan como estaban.
swap-gives = { $asked } haría el turno de { $asker }: { $when }
swap-takes = { $asker } haría el turno de { $asked }: { $when }
swap-gives-agreed = { $asked } hará el turno de { $asker }: { $when }
swap-takes-agreed = { $asker } hará el turno de { $asked }: { $when }
swap-yes = Acepto
swap-no = No puedo
swap-take-back = Retirar
swap-taken-back = ↩️ Retiraste la pregunta: nada cambió.
swap-ask-everybody = ¿Lo ofrezco a toda la unidad?
swap-answer-everybody = A quién: <b>toda la unidad</b>
swap-everybody = 🙋 ¿Quién lo toma? A toda la unidad
swap-offered = 🙋 <b>{ $asker } ofrece un turno: ¿quién lo toma?</b> · { $unit }
swap-offer-sent = 📨 Le pregunté a toda la unidad quién lo toma · { $unit }
swap-offer-taken = ✅ <b>Ya lo tomó { $asked }</b> · { $unit }
swap-offer-nobody = ✖️ <b>Nadie tomó tu turno: sigue siendo tuyo</b> · { $unit }
swap-offer-turn = Turno de { $asker }: { $when }
swap-take = Yo lo tomo

watch-yours = 🛡 <b>Empieza tu guardia</b> · { $unit }
watch-until = Hasta { $until }.
watch-yours-after = { $outgoing } sigue a cargo hasta que toques <b>{ button-acknowledge }</b>.
watch-no-tasks = { $unit } no tiene trabajo abierto.
watch-tasks = <b>Trabajo abierto:</b>
watch-task = { $sign } <code>{ $code }</code> { $title } · { $state }
watch-more-tasks = … y hay más.
watch-take = { button-acknowledge }
watch-taken = ✅ <b>Guardia recibida</b> · { $unit }, { $at }
watch-still-yours = 🛡 Guardia de <b>{ $unit }</b>: sigues a cargo hasta que { $incoming } toque <b>{ button-acknowledge }</b>.
watch-off-you = 🏁 { $incoming } recibió la guardia de <b>{ $unit }</b>. Descansa.
watch-relieved = 🏁 Terminó tu guardia de <b>{ $unit }</b>.
watch-begins = 🛡 Empieza la guardia de <b>{ $unit }</b>: { $incoming }.
watch-changes = 🛡 Cambio de guardia en <b>{ $unit }</b>: { $outgoing } → { $incoming }.
watch-group-taken = ✅ { $incoming } tiene la guardia de <b>{ $unit }</b>.
watch-late =
    ⏰ <b>Guardia de { $unit } sin recibir</b>
    { $incoming } no ha tocado <b>{ button-acknowledge }</b>. Sigue a cargo { $outgoing }.
watch-late-nobody =
    ⏰ <b>Guardia de { $unit } sin recibir</b>
    { $incoming } no ha tocado <b>{ button-acknowledge }</b>, y no hay nadie antes. Puedes anotar un reemplazo en /{ command-oncall.name }.
