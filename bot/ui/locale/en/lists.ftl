# Lists of tasks and of agents.

list-abiertas = 📋 <b>Open tasks</b>
list-abiertas-empty = There is no open task.
list-mias = 📋 <b>Your tasks</b>
list-mias-empty = You have nothing to do.
list-todo = 🗂 <b>History: { $which }</b>
list-todo-empty = There are none yet.
list-busca = 🔎 <b>{ $words }</b>
list-busca-empty = I found no task with these words.
list-equipo = 👥 <b>Agents</b>
list-equipo-empty = There are no agents.

list-line = { $sign }{ $dot } <code>{ $code }</code> { $title } · { $state }
list-line-owned = { $sign }{ $dot } <code>{ $code }</code> { $title } · { $state } · { $who }
list-crew = { $who } ({ $crew } of { $seats })
list-door = { $sign } { $code }
list-more = More »
list-first = « Start
list-which-open = Open
list-which-closed = Closed
list-which-all = All
restored = ⏪ That button is from before the restore: I did nothing. See what is open now.
button-open-now = See what is open
list-too-many = There are more: search with fewer words to turn the page.

search-nothing = 🔎 What should I look for? Write one word or more: pharmacy
search-nothing-group = 🔎 What should I look for? Reply to this message with one word or more.
search-answered = 🔎 This is what I found:
history-unknown = I don't know “{ $word }”. Write <code>/{ command-history.name } open</code>, <code>closed</code> or <code>all</code>.

picker = 👥 <b>Whom shall I send to { $code }?</b>
picker-line =
    { $dot } { $who } · { $availability } · { $count ->
        [0] no tasks
        [one] one task
       *[other] { $count } tasks
    }
picker-line-far =
    { $dot } { $who } · { $distance } away · { $availability } · { $count ->
        [0] no tasks
        [one] one task
       *[other] { $count } tasks
    }
picker-choice = { $who }
picker-choice-far = { $who } · { $distance }
picker-part = { " " }· <b>{ $part }</b>
picker-reported = reported it
picker-by-name = By name
picker-nearest = Nearest
picker-done = ✅ I asked { $who } about <code>{ $code }</code>.
picker-added = Nobody was taken off: { $crew } of { $seats } { $crew ->
        [one] goes
       *[other] go
    }. If it is in somebody’s place, relieve them.
button-relieve = Relieve { $who }
relieved = 🔁 { $who } need not go to <code>{ $code }</code> any more.

history = 🕘 <b>History of { $code }</b>
history-older = … and { $count } before
history-line = <b>{ $at }</b> { $what }
history-line-why = <b>{ $at }</b> { $what }. Reason: { $why }
history-line-words = <b>{ $at }</b> { $what }: “{ $why }”
history-by-radio = { $what } (by radio, noted by { $noter })
history-opened = { $by } reported it
history-offered = { $who } was asked
history-accepted = { $who } is going
history-declined = { $who } can't
history-expired = { $who } did not answer in time
history-released = { $who } is no longer needed
history-seats-set = { $by } changed how many go: { $text }
history-mayday-heard = { $who } called Mayday: { $text }
history-classified = { $by } said what it is: { $text }
history-round-called = { $by } called a round: { $text } on scene
history-round-well = { $who } answered the round: well
history-round-missed = { $who } did not answer the round; their supervisor knows
history-round-danger = { $who } is not well: an emergency was opened in their name
history-round-ended = { $who } left the round
history-seats-called = { $by } asked for reinforcement: { $text } in all
history-reserved = { $who } is in reserve
history-reached = { $who } gets messages again and was told
history-reporter-out = { $who } reported it and has lost access: it goes on
history-reporter-back = { $who } reported it and has access again
history-vacated = { $who } has lost access: the task is free again
history-en-route = { $who } is on the way
history-on-scene = { $who } arrived
history-started = { $by } started it
history-paused = { $by } paused it
history-resumed = { $by } resumed it
history-completed = { $by } completed it
history-completed-as = { $by } completed it: { $text }
history-disposed = { $by } said how it ended: { $text }
history-cancelled = { $by } cancelled it
history-reopened = { $by } reopened it
history-close-undone = { $by } took the end back
history-decline-undone = { $who } took their “can't” back
history-acknowledged = { $by } took charge
history-escalated-opened = the alert went out
history-escalated-time = nobody answered and it climbed
history-escalated-by-hand = { $by } escalated it
history-escalated-nobody = nobody was left to ask and it climbed
history-escalated-silenced = those who were told get no messages and it climbed
history-escalated-unacknowledged = nothing happened and it climbed
history-escalated-lost = whoever had to answer has lost access, or changed role or unit, and it climbed
history-escalated-back = whoever reported it is in again, and it rings again
history-escalated-reopened = the alert went out again
history-notified = more people of the same step were told
history-passed = that step reached nobody
history-report-joined = { $by } reported another emergency, which joined: { $text }
history-report-taken-out = { $by } took one of the joined reports out
history-share-counted = its place among those of its reporter changed
history-noted = 📝 { $by }: { $text }
history-noted-photo = 📷 { $by }: photo { $text }
history-noted-video = 🎬 { $by }: video { $text }
history-noted-voice = 🎤 { $by }: voice { $text }
history-noted-video-note = 🎥 { $by }: round video { $text }
history-noted-audio = 🎵 { $by }: audio { $text }
history-noted-animation = 🎞 { $by }: animation { $text }
history-noted-document = 📎 { $by }: document { $text }
history-located = { $by } said where it is: { $text }
history-relocated = { $by } corrected the place: { $text }
history-revised = { $by } changed it: { $text }
history-revised-priority = { $by } changed the priority
