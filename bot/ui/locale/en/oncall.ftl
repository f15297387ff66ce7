# On call: turns, covers, absences, swaps and hand-overs.

oncall = 🛡 <b>On call</b>
oncall-no-units = 🛡 There are no units yet: an administrator makes them in /{ command-units.name }.
oncall-unit = 🏢 <b>{ $unit }</b> · { $now }
oncall-nobody = ⚪ Nobody is on duty now.
oncall-turn = 🟢 { $who } · until { $until }
oncall-turn-next = 🟢 { $who } · until { $until } → { $following }
oncall-turn-open = 🟢 { $who }
oncall-besides = 🟢 { $who } · extra, until { $until }
oncall-by-hand = 🟢 { $who } · by themselves since { $since }
oncall-not-relieved = ⏳ { $who } still answers for it: { $incoming } has not pressed <b>{ button-acknowledge }</b>.
oncall-not-taken = ⏳ { $who } has not pressed <b>{ button-acknowledge }</b>.
oncall-rotation = 🔁 <b>Rotation { $number }</b>: { $names }
oncall-rotation-shape = Changes { $length } · { $hours }
oncall-left-out =
    ⚠️ { $names } { $count ->
        [one] has
       *[other] have
    } no turn at all: this rotation counts the days without hours too. Edit it and confirm to share the turns among all.
oncall-turn-line = { $when } · { $who }
oncall-turn-line-now = now, until { $until } · { $who }
oncall-turn-line-open = from { $since }, with no end in sight · { $who }
oncall-unmet = ⚠️ In the next 7 days everybody is away and nobody covers: { $hours }
uncovered-found =
    ⚠️ <b>On-call of { $unit }: hours with nobody</b>
    { $hours }
uncovered-open = 📅 Open the rota
oncall-cover = 🔄 { $who } stands in: { $when }
oncall-absence = 🏖 { $who } is away: { $when }
oncall-at = 🏢 <b>{ $unit }</b> · { $when }: { $names }
oncall-at-nobody = 🏢 <b>{ $unit }</b> · { $when }: nobody is on duty
oncall-when = I don't understand «{ $words }». Write, for example: <code>/{ command-oncall.name } sunday 03:00</code> or <code>/{ command-oncall.name } march 8 7pm North</code>. Of 3/8 I ask which day is meant.
which-day = 📅 Which day do you mean?
oncall-add-rotation = ➕ Rotation
oncall-edit-rotation = ✏️ Rotation { $number }
oncall-drop-rotation = 🗑 Rotation { $number }
oncall-drop-sure = Take rotation { $number } ({ $names }) away? Its turns will be no more.
oncall-drop-yes = Yes, take away
oncall-drop-no = No, back
oncall-add-cover = 🔄 Cover
oncall-add-absence = 🏖 Absence
oncall-withdraw = ↩️ Cancel: { $who }
oncall-back = « On call

every-day = every day
every-week = every week
every-days = every { $number } days
every-month = every month
every-months = every { $number } months
every-hours = every { $number } h
every-minutes = every { $number } min
hours-one-day-of = one day of { $number }
hours-always = always

rota-form = 🔁 <b>Rotation</b> · { $unit } · Step { $step } of { $of }
rota-ask-gente = Who takes turns, and in which order? Tap each in their order, then <b>{ rota-done }</b>.
rota-ask-dura = How long is each turn? Tap, or write for example <code>3 days</code>, <code>2 months</code> or <code>8 h</code>.
rota-ask-desde = When does the first turn begin? Tap, or write for example <code>monday 07:00</code> ({ $zone } time).
rota-ask-horas = In which hours is somebody wanted? Tap, or write for example <code>mon-fri 08:00-18:00; sat 9-13</code>, or <code>every 3 days 08:00-20:00</code>.
rota-ask-resumen = Is this right? The next turns:
rota-answer-people = People: <b>{ $names }</b>
rota-answer-length = Changes: <b>{ $length }</b>
rota-answer-begins = First turn: <b>{ $when }</b>
rota-answer-hours = Hours: <b>{ $hours }</b>
rota-again-gente = Tap the people in their order, or write a user name with an @; then tap <b>{ rota-done }</b>.
rota-again-dura = Tap a button, or write how long it is, for example <code>weekly</code>, <code>3 days</code>, <code>2 months</code> or <code>8 h</code>.
rota-again-desde = Tap a button, or write day and time, for example <code>monday 07:00</code> or <code>8/3 19:00</code>.
rota-again-horas = Tap a button, or write days and hours, for example <code>mon-fri 08:00-18:00</code>.
rota-again-resumen = Tap <b>{ form-button-confirmar }</b>, <b>{ form-button-atras }</b> or <b>{ form-button-cancelar }</b>.
rota-less = ⌫ Take the last away
rota-done = Done
rota-length-diaria = A day
rota-length-semanal = A week
rota-length-mensual = A month
rota-length-medio = 12 hours
rota-hours-siempre = Always
rota-hours-laboral = Mon–Fri 08–18
rota-hours-noche = Nights 19–07
rota-hours-finde = Sat and Sun
rota-loses = ✖️ The cover of { $who } would end: { $when }
rota-open-hours = ⚠️ In the first week nobody would be on duty: { $hours }
rota-saved = ✅ The rota of <b>{ $unit }</b> is up to date. It is in /{ command-oncall.name }.
rotation-set = 📅 You are on the rota of <b>{ $unit }</b>. Your turns are in /{ command-shift.name }.
rotation-set-now =
    📅 You are on the rota of <b>{ $unit }</b>.
    It is your turn now, until { $until }. The others are in /{ command-shift.name }.
rotation-set-turn =
    📅 You are on the rota of <b>{ $unit }</b>.
    Your next turn: { $when }. The others are in /{ command-shift.name }.

relief-form-cover = 🔄 <b>Cover</b> · { $unit }
relief-form-absence = 🏖 <b>Absence</b> · { $unit }
relief-ask-turno = In which rotation?
relief-ask-cover-quien = Who stands in? Tap, or write a user name with an @.
relief-ask-absence-quien = Who is away? Tap, or write a user name with an @.
relief-ask-desde = From when? Tap, or write for example <code>sunday 07:00</code> ({ $zone } time).
relief-ask-hasta = Until when? Tap, or write for example <code>monday 07:00</code> ({ $zone } time).
relief-ask-resumen = Is this right?
relief-answer-rotation = Rotation { $number }: <b>{ $names }</b>
relief-answer-besides = <b>Extra</b>, beside whoever is on duty
relief-answer-who = Who: <b>{ $who }</b>
relief-answer-start = From: <b>{ $when }</b>
relief-answer-end = Until: <b>{ $when }</b>
relief-again-turno = Tap a rotation.
relief-again-desde = Tap a button, or write day and time, for example <code>sunday 07:00</code>.
relief-again-hasta = Tap a button, or write day and time, for example <code>monday 07:00</code>.
relief-again-resumen = Tap <b>{ form-button-confirmar }</b>, <b>{ form-button-atras }</b> or <b>{ form-button-cancelar }</b>.
relief-besides = ➕ Extra person
relief-now = Now
relief-saved-cover = ✅ The cover is on the rota of <b>{ $unit }</b>.
relief-saved-absence = ✅ The absence is on the rota of <b>{ $unit }</b>.
cover-set = 🔄 Rota of <b>{ $unit }</b>: you stand in, { $when }.
cover-besides = 🔄 Rota of <b>{ $unit }</b>: you are the extra person, { $when }.
cover-relieves = 🔄 Rota of <b>{ $unit }</b>: { $who } stands in for you, { $when }.
absence-set = 🏖 Rota of <b>{ $unit }</b>: you are put down as away, { $when }.
entry-withdrawn = ↩️ Rota of <b>{ $unit }</b>: a cover or an absence of yours was cancelled. See your turns in /{ command-shift.name }.

button-shift-inicio = 🟢 Begin shift
button-shift-fin = 🏁 End shift
shift-which = I don't understand «{ $word }». Write <code>/{ command-shift.name } start</code> or <code>/{ command-shift.name } end</code>; /{ command-shift.name } alone shows your turns.
shift-started = 🟢 <b>Your shift has begun.</b> When you are done: <code>/{ command-shift.name } end</code>
shift-started-alone =
    🟢 <b>Your shift has begun.</b> When you are done: <code>/{ command-shift.name } end</code>
    You have no unit yet: an administrator can put you into one.
shift-ended = 🏁 <b>Your shift is over.</b> Have a rest.
shift-ended-planned = 🏁 <b>Your shift is over</b>, but by the rota it goes on: see /{ command-shift.name }.
shift-by-hand = 🟢 On shift by yourself since { $since }. To end it: <code>/{ command-shift.name } end</code>
shift-planned = 📅 <b>Your turns</b> · { $unit } ({ $zone } time)
shift-none-planned = 📅 You have no turns on the rota of <b>{ $unit }</b>.
shift-line = { $when }
shift-line-now = 🟢 now, until { $until }
shift-line-open = 🟢 from { $since }, with no end in sight
shift-how-begin = To begin a shift by yourself: <code>/{ command-shift.name } start</code>
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
swap-press = Use the buttons of the last message, or /{ command-cancel.name }.
swap-asked = 🔄 <b>{ $asker } asks you to swap turns</b> · { $unit }
swap-sent = 📨 I asked { $asked } about the swap · { $unit }
swap-taken = ✅ <b>You took the swap</b> · { $unit }
swap-accepted = ✅ <b>{ $asked } took the swap</b> · { $unit }
swap-news = 🔄 Swap of turns in <b>{ $unit }</b>: { $asker } and { $asked }
swap-declined = ❌ { $asked } can't swap · { $unit }
swap-closed = ✖️ That swap is not open any more · { $unit }
swap-left = { $who } is not in the unit any more: the turns stay as they were.
swap-gives = { $asked } would take the turn of { $asker }: { $when }
swap-takes = { $asker } would take the turn of { $asked }: { $when }
swap-gives-agreed = { $asked } will take the turn of { $asker }: { $when }
swap-takes-agreed = { $asker } will take the turn of { $asked }: { $when }
swap-yes = I accept
swap-no = I can't
swap-take-back = Withdraw
swap-taken-back = ↩️ You withdrew the question: nothing changed.
swap-ask-everybody = Shall I offer it to the whole unit?
swap-answer-everybody = Whom: <b>the whole unit</b>
swap-everybody = 🙋 Who takes it? Ask the whole unit
swap-offered = 🙋 <b>{ $asker } offers a turn: who takes it?</b> · { $unit }
swap-offer-sent = 📨 I asked the whole unit who takes it · { $unit }
swap-offer-taken = ✅ <b>{ $asked } has taken it</b> · { $unit }
swap-offer-nobody = ✖️ <b>Nobody took your turn: it is still yours</b> · { $unit }
swap-offer-turn = Turn of { $asker }: { $when }
swap-take = I take it

watch-yours = 🛡 <b>You are on call</b> · { $unit }
watch-until = Until { $until }.
watch-yours-after = { $outgoing } answers for it until you press <b>{ button-acknowledge }</b>.
watch-no-tasks = { $unit } has no open work.
watch-tasks = <b>Open work:</b>
watch-task = { $sign } <code>{ $code }</code> { $title } · { $state }
watch-more-tasks = … and there is more.
watch-take = { button-acknowledge }
watch-taken = ✅ <b>You are on call</b> · { $unit }, { $at }
watch-still-yours = 🛡 On call for <b>{ $unit }</b>: you answer for it until { $incoming } presses <b>{ button-acknowledge }</b>.
watch-off-you = 🏁 { $incoming } is on call for <b>{ $unit }</b>. Have a rest.
watch-relieved = 🏁 You are no longer on call for <b>{ $unit }</b>.
watch-begins = 🛡 On call for <b>{ $unit }</b> from now on: { $incoming }.
watch-changes = 🛡 Handover in <b>{ $unit }</b>: { $outgoing } → { $incoming }.
watch-group-taken = ✅ { $incoming } is on call for <b>{ $unit }</b>.
watch-late =
    ⏰ <b>Nobody has taken over in { $unit }</b>
    { $incoming } has not pressed <b>{ button-acknowledge }</b>. { $outgoing } still answers for it.
watch-late-nobody =
    ⏰ <b>Nobody has taken over in { $unit }</b>
    { $incoming } has not pressed <b>{ button-acknowledge }</b>, and nobody was there before. You can put down a cover in /{ command-oncall.name }.
