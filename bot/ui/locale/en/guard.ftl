# The guard: turns, covers, absences, swaps and hand-overs.

guard = 🛡 <b>Guard</b>
guard-no-units = 🛡 There are no units yet: an administrator makes them in /unidades.
guard-unit = 🏢 <b>{ $unit }</b> · { $now }
guard-nobody = ⚪ Nobody is on duty now.
guard-turn = 🟢 { $who } · until { $until }
guard-turn-next = 🟢 { $who } · until { $until } → { $following }
guard-turn-open = 🟢 { $who }
guard-besides = 🟢 { $who } · besides, until { $until }
guard-by-hand = 🟢 { $who } · by themselves since { $since }
guard-not-relieved = ⏳ { $who } still answers for it: { $incoming } has not pressed Acknowledge.
guard-not-taken = ⏳ { $who } has not pressed Acknowledge.
guard-rotation = 🔁 <b>Rotation { $number }</b>: { $names }
guard-rotation-shape = Changes { $length } · { $hours }
guard-turn-line = { $when } · { $who }
guard-turn-line-now = now, until { $until } · { $who }
guard-turn-line-open = from { $since }, with no end in sight · { $who }
guard-cover = 🔄 { $who } stands in: { $when }
guard-absence = 🏖 { $who } is away: { $when }
guard-at = 🏢 <b>{ $unit }</b> · { $when }: { $names }
guard-at-nobody = 🏢 <b>{ $unit }</b> · { $when }: nobody is on duty
guard-when = I don't understand «{ $words }». Write, for example: <code>/guardia sunday 03:00</code> or <code>/guardia 8/3 19:00 North</code>
guard-add-rotation = ➕ Rotation
guard-edit-rotation = ✏️ Rotation { $number }
guard-drop-rotation = 🗑 Rotation { $number }
guard-drop-sure = Take rotation { $number } ({ $names }) away? Its turns will be no more.
guard-drop-yes = Yes, take away
guard-drop-no = No, back
guard-add-cover = 🔄 Cover
guard-add-absence = 🏖 Absence
guard-withdraw = ↩️ Take back: { $who }
guard-back = « Guard

every-day = every day
every-week = every week
every-days = every { $number } days
every-hours = every { $number } h
every-minutes = every { $number } min
hours-always = always

rota-form = 🔁 <b>Rotation</b> · { $unit } · Step { $step } of { $of }
rota-ask-gente = Who takes turns, and in which order? Tap each in their order, then <b>Done</b>.
rota-ask-dura = How long is each turn? Tap, or write for example <code>3 days</code> or <code>8 h</code>.
rota-ask-desde = When does the first turn begin? Tap, or write for example <code>monday 07:00</code> ({ $zone } time).
rota-ask-horas = In which hours is somebody wanted? Tap, or write for example <code>mon-fri 08:00-18:00; sat 9-13</code>.
rota-ask-resumen = Is this right? The next turns:
rota-answer-people = People: <b>{ $names }</b>
rota-answer-length = Changes: <b>{ $length }</b>
rota-answer-begins = First turn: <b>{ $when }</b>
rota-answer-hours = Hours: <b>{ $hours }</b>
rota-again-gente = Tap the people in their order, or write a user name with an @; then tap <b>Done</b>.
rota-again-dura = Tap a button, or write how long it is, for example <code>weekly</code>, <code>3 days</code> or <code>8 h</code>.
rota-again-desde = Tap a button, or write day and time, for example <code>monday 07:00</code> or <code>8/3 19:00</code>.
rota-again-horas = Tap a button, or write days and hours, for example <code>mon-fri 08:00-18:00</code>.
rota-again-resumen = Tap <b>Confirm</b>, <b>Back</b> or <b>Cancel</b>.
rota-less = ⌫ Take the last away
rota-done = Done
rota-length-diaria = A day
rota-length-semanal = A week
rota-length-medio = 12 hours
rota-hours-siempre = Always
rota-hours-laboral = Mon–Fri 08–18
rota-hours-noche = Nights 19–07
rota-hours-finde = Sat and Sun
rota-saved = ✅ The guard of <b>{ $unit }</b> is up to date. It is in /guardia.
rotation-set = 📅 You are on the guard of <b>{ $unit }</b>. Your turns are in /turno.
rotation-set-now =
    📅 You are on the guard of <b>{ $unit }</b>.
    It is your turn now, until { $until }. The others are in /turno.
rotation-set-turn =
    📅 You are on the guard of <b>{ $unit }</b>.
    Your next turn: { $when }. The others are in /turno.

relief-form-cover = 🔄 <b>Cover</b> · { $unit }
relief-form-absence = 🏖 <b>Absence</b> · { $unit }
relief-ask-turno = In which rotation?
relief-ask-cover-quien = Who stands in? Tap, or write a user name with an @.
relief-ask-absence-quien = Who is away? Tap, or write a user name with an @.
relief-ask-desde = From when? Tap, or write for example <code>sunday 07:00</code> ({ $zone } time).
relief-ask-hasta = Until when? Tap, or write for example <code>monday 07:00</code> ({ $zone } time).
relief-ask-resumen = Is this right?
relief-answer-rotation = Rotation { $number }: <b>{ $names }</b>
relief-answer-besides = <b>Besides</b> whoever's turn it is
relief-answer-who = Who: <b>{ $who }</b>
relief-answer-start = From: <b>{ $when }</b>
relief-answer-end = Until: <b>{ $when }</b>
relief-again-turno = Tap a rotation.
relief-again-desde = Tap a button, or write day and time, for example <code>sunday 07:00</code>.
relief-again-hasta = Tap a button, or write day and time, for example <code>monday 07:00</code>.
relief-again-resumen = Tap <b>Confirm</b>, <b>Back</b> or <b>Cancel</b>.
relief-besides = ➕ Besides
relief-now = Now
relief-saved-cover = ✅ The cover is on the guard of <b>{ $unit }</b>.
relief-saved-absence = ✅ The absence is on the guard of <b>{ $unit }</b>.
cover-set = 🔄 Guard of <b>{ $unit }</b>: you stand in, { $when }.
cover-besides = 🔄 Guard of <b>{ $unit }</b>: you are on duty besides, { $when }.
cover-relieves = 🔄 Guard of <b>{ $unit }</b>: { $who } stands in for you, { $when }.
absence-set = 🏖 Guard of <b>{ $unit }</b>: you are put down as away, { $when }.
entry-withdrawn = ↩️ Guard of <b>{ $unit }</b>: a cover or an absence of yours was taken back. See your turns in /turno.

shift-which = I don't understand «{ $word }». Write <code>/turno inicio</code> or <code>/turno fin</code>; /turno alone shows your turns.
shift-started = 🟢 <b>Your shift has begun.</b> When you are done: <code>/turno fin</code>
shift-started-alone =
    🟢 <b>Your shift has begun.</b> When you are done: <code>/turno fin</code>
    You have no unit yet: an administrator can put you into one.
shift-ended = 🏁 <b>Your shift is over.</b> Have a rest.
shift-ended-planned = 🏁 <b>Your shift is over</b>, but by the rota it goes on: see /turno.
shift-by-hand = 🟢 On shift by yourself since { $since }. To end it: <code>/turno fin</code>
shift-planned = 📅 <b>Your turns</b> · { $unit } ({ $zone } time)
shift-none-planned = 📅 You have no turns on the guard of <b>{ $unit }</b>.
shift-line = { $when }
shift-line-now = 🟢 now, until { $until }
shift-line-open = 🟢 from { $since }, with no end in sight
shift-how-begin = To begin a shift by yourself: <code>/turno inicio</code>
shift-swap = 🔄 Swap a turn

swap-no-turns = You have no turns ahead that could be swapped.
swap-form = 🔄 <b>Swap of turns</b> · { $unit }
swap-ask-mio = Which of your turns?
swap-ask-quien = Whom do you ask?
swap-ask-suyo = Which of theirs would you take?
swap-ask-resumen = Shall I ask?
swap-answer-mine = Your turn: <b>{ $when }</b>
swap-answer-who = Whom: <b>{ $who }</b>
swap-answer-theirs = You would take: <b>{ $when }</b>
swap-answer-nothing = You would take: <b>nothing</b>
swap-for-nothing = Nothing
swap-press = Use the buttons of the last message, or /cancelar.
swap-asked = 🔄 <b>{ $asker } asks you to swap turns</b> · { $unit }
swap-sent = 📨 I asked { $asked } about the swap · { $unit }
swap-taken = ✅ <b>You took the swap</b> · { $unit }
swap-accepted = ✅ <b>{ $asked } took the swap</b> · { $unit }
swap-news = 🔄 Swap of turns in <b>{ $unit }</b>: { $asker } and { $asked }
swap-declined = ❌ { $asked } can't swap · { $unit }
swap-closed = ✖️ That swap is not open any more · { $unit }
swap-gives = { $asked } would take the turn of { $asker }: { $when }
swap-takes = { $asker } would take the turn of { $asked }: { $when }
swap-gives-agreed = { $asked } will take the turn of { $asker }: { $when }
swap-takes-agreed = { $asker } will take the turn of { $asked }: { $when }
swap-yes = I accept
swap-no = I can't
swap-take-back = Take back
swap-taken-back = ↩️ You took the question back: nothing changed.

watch-yours = 🛡 <b>Your guard begins</b> · { $unit }
watch-until = Until { $until }.
watch-yours-after = { $outgoing } answers for it until you press <b>Acknowledge</b>.
watch-no-tasks = There is no open work.
watch-tasks = <b>Open work:</b>
watch-task = { $sign } <code>{ $code }</code> { $title } · { $state }
watch-more-tasks = … and there is more.
watch-take = Acknowledge
watch-taken = ✅ <b>You have the guard</b> · { $unit }, { $at }
watch-still-yours = 🛡 Guard of <b>{ $unit }</b>: you answer for it until { $incoming } presses <b>Acknowledge</b>.
watch-off-you = 🏁 { $incoming } has the guard of <b>{ $unit }</b>. Have a rest.
watch-relieved = 🏁 Your guard of <b>{ $unit }</b> is over.
watch-begins = 🛡 The guard of <b>{ $unit }</b> begins: { $incoming }.
watch-changes = 🛡 Change of guard in <b>{ $unit }</b>: { $outgoing } → { $incoming }.
watch-group-taken = ✅ { $incoming } has the guard of <b>{ $unit }</b>.
watch-late =
    ⏰ <b>The guard of { $unit } is not taken</b>
    { $incoming } has not pressed Acknowledge. { $outgoing } still answers for it.
watch-late-nobody =
    ⏰ <b>The guard of { $unit } is not taken</b>
    { $incoming } has not pressed Acknowledge, and nobody was there before. You can put down a cover in /guardia.
