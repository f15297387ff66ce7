# Why not, in one sentence, and what to do.

refusal-unknown-task = There is no task <code>{ $code }</code>. See your codes with /{ command-mytasks.name }.
refusal-unknown-person = I don't know that person. Write their user name with the at sign, like <code>@beto</code>.
refusal-above-role = That takes the role of { $role }: ask somebody who has it.
refusal-not-yours = Task <code>{ $code }</code> is not yours: those who take part in it see it, and supervisors.
refusal-closed = Task <code>{ $code }</code> is { $state } already: I changed nothing.
refusal-stale = That has changed meanwhile and I did nothing. See how it stands now and press again.
refusal-taken = { $who } took it already, { $at }.
refusal-not-offered = Nobody asked you to go to <code>{ $code }</code>: a supervisor can assign it to you.
refusal-offer-over = Your answer about <code>{ $code }</code> is no longer needed. Thank you.
refusal-already = That was done already: I changed nothing.
refusal-wrong-state = Task <code>{ $code }</code> is { $state }, and so that can't be done.
refusal-acknowledged = { $who } has taken charge already, { $at }.
refusal-nothing-to-acknowledge = Task <code>{ $code }</code> is no alert: there is nothing to acknowledge.
refusal-agent-busy = { $who } is on another emergency already.
refusal-in-emergency = You have another emergency, <code>{ $code }</code>: answer it, hand it over or finish it first.
refusal-agent-unfit = { $who } is off duty or gets no messages: choose somebody else.
refusal-twin = I got that same report a moment ago: it is <code>{ $code }</code>.
refusal-empty = The text is missing: send it in the same message.
refusal-too-long = That is too long: send it in { $limit } characters at most.
refusal-off-earth = There are no such coordinates: latitude goes from −90 to 90, longitude from −180 to 180.
refusal-invitation-over = That invitation was used or is over: ask an administrator for another, or send /{ command-start.name } and I tell them.
refusal-needs-person = A person answers or ends an emergency: the program has to say in whose name.
refusal-unreachable = { $who } gets no messages: nobody can act in their name.
refusal-disabled = That access is closed: an administrator can open it.
refusal-pending = Your request is with the administrators: I'll tell you when they answer.
refusal-self = You can't change your own access: ask another administrator.
refusal-unchanged = It was so already: I changed nothing.
refusal-holding = The task in hand must be completed or given back first. { $code }
refusal-offer-waits = { $code } waits for your answer: press <b>{ button-accept }</b> or <b>{ button-decline }</b> and try again.
refusal-nobody-free = ⏳ Nobody is free yet: the search goes on.
refusal-answered = ✅ That is no longer needed: somebody answered.
refusal-unknown-unit = There is no such unit. See which there are with /{ command-units.name }.
refusal-not-your-unit = Somebody else leads that unit: ask one of its supervisors or an administrator.
refusal-name-taken = There is a unit of that name: choose another.
refusal-unknown-zone = I don't know that time zone. Write one of the IANA database, such as <code>America/Guayaquil</code>.
refusal-group-taken = This group belongs to another unit: unlink it there first.
refusal-not-in-unit = { $who } is not in this unit: an administrator gives them one in /{ command-units.name }.
refusal-in-rota = { $who } is on their unit's rota: take them out of the rotation in /{ command-oncall.name } first.
refusal-no-people = There is nobody: a rota needs one person at least.
refusal-twice = { $who } is there twice: name them once.
refusal-too-many = Those are too many: { $limit } at most.
refusal-bad-length = A turn lasts from 1 hour to 366 days, in whole minutes.
refusal-bad-hours = I don't understand those hours. Write, for example: <code>mon-fri 08:00-18:00</code>
refusal-lost-time =
    🕳 That time does not exist in { $zone }: the clocks jump over it.
    Write one of the two: <code>{ $early }</code> or <code>{ $late }</code>.
refusal-double-time =
    ♊ That time comes twice in { $zone }: the clocks go back.
    Say which of the two: <code>{ $early }</code> or <code>{ $late }</code>.
refusal-too-far = That date is too far away: choose one within two years.
refusal-backwards = The end must come after the beginning.
refusal-past = That is over: choose an end that is still to come.
refusal-overlap = It overlaps another cover or absence of { $who }: cancel that one first.
refusal-away = { $who } is away at that time.
refusal-covered = That turn of { $who } is part of a cover already: it can't be swapped again.
refusal-unmanned = Nobody would be left on duty: first say who stands in.
refusal-swap-over = That swap can't be done any more: the rota is another now.
refusal-not-your-swap = That swap is between others.
refusal-not-your-turn = It is not your turn to take over now. See your turns with /{ command-shift.name }.
refusal-planned = Your turn is on the rota: if you can't, ask for a swap with /{ command-shift.name } or talk to your supervisor.
refusal-not-on-duty = You have no shift under way. To begin one: <code>/{ command-shift.name } start</code>
refusal-drill = It is a drill: nobody has to move. Just answer.
refusal-drill-over = The drill is over. For another one: /{ command-drill.name }
refusal-undo-over = The seconds for undoing in <code>{ $code }</code> are over: nothing was changed.
refusal-not-your-act = Only whoever did that takes it back, in the first seconds. Its reporter and supervisors can reopen <code>{ $code }</code> on its card.
refusal-reopen-over = Task <code>{ $code }</code> was closed more than a day ago: report it again with /{ command-new.name }, or with /{ command-emergency.name } if it is urgent.
