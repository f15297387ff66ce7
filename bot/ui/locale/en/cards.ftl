# The card of a task.

card-title = { $sign } <b>{ $title }</b>
card-meta-task = <code>{ $code }</code> · { $dot } { $priority } · { $type } · { $state }
card-meta-emergency = <code>{ $code }</code> · { $dot } { $priority } · { $state }

card-kind = 🏷 { $kind }
card-answer-within = 🎯 Somebody goes within { $time }
card-arrive-within = 🎯 Arrival within { $time }
card-brings = 🧰 { $capability }: { $who }
card-wanted-asked = 🧰 { $capability } is missing: whoever can was asked
card-wanted-nobody = ⚠️ { $capability } is missing: nobody who is free has it
card-to-do = ☐ { $line }
card-proof = 📷 A photo, a voice message or a note is needed to complete it
card-place = 📍 { $where }
card-place-aged = 📍 { $where } (from their position, { $at })
card-place-missing = 📍 The place is missing: send it as soon as you can.
card-place-unknown = 📍 Place not known yet
card-place-zero = ⚠️ Place in doubt: it is a point in the sea. Ask where it is.
card-place-far = ⚠️ Place in doubt: it is { $distance } from the others. Ask where it is.
card-place-swapped = ⚠️ Place in doubt: it is { $distance } from the others. Is it <code>{ $point }</code>?
card-distance = 📏 { $distance } from you
card-distance-aged = 📏 { $distance } from you (from your position, { $at })
card-outside = ☎️ Somebody called by telephone, { $at }
card-call-back = 📞 { $who }: <code>{ $number }</code>
outside-nameless = Call back
card-reported = 👤 Reported by { $who }, { $at }
card-reporter-out = 🚪 Whoever reported it has lost access
card-reported-you = 👤 Reported by you, { $at }
card-late-on = ⏱ Sent { $age } before it arrived, and still going on
card-late = ⏱ Sent { $age } before it arrived. Is it still going on?

card-yours = 🏃 Yours since { $at }
card-yours-gone = 🏃 Yours since { $at } · { $state }
card-taken = ✋ { $who } took it, { $at }
card-you-offered = ❓ Can you go?
card-you-declined = ✖️ You said that you can't, { $at }. If you change your mind, press <b>{ button-accept }</b>.
card-you-expired = ⌛ You did not answer in time. If you can go, press <b>{ button-accept }</b>.
card-you-not-needed = ✋ You are no longer needed. Thank you.
card-you-released = ✋ Somebody else was asked. If you are needed, you will be asked again.
card-owner = 🏃 { $who } has it since { $at }
card-owner-gone = 🏃 { $who } has it since { $at } · { $state }
card-going = 🏃 You go since { $at }
card-going-gone = 🏃 You go since { $at } · { $state }
card-crew = 👥 { $crew } of { $seats } { $crew ->
        [one] goes
       *[other] go
    }: { $who }
card-crew-none = 👥 { $seats } are needed: nobody goes yet
card-crew-completed = 🏃 Done by { $who }
card-crew-cancelled = 🏃 It was assigned to { $who }
card-crew-you = you
card-crew-lead = leads
card-crew-name = { $who } ({ $words })
card-full = ✋ { $seats } go, as many as are needed. If you can, press <b>{ button-accept }</b> to be in reserve.
card-you-reserve = 🕐 You are in reserve: you are asked first when somebody is missing.
card-had-completed = 🏃 Done by { $who }
card-had-you-completed = 🏃 Done by you
card-had-cancelled = 🏃 It was { $who }’s
card-had-you-cancelled = 🏃 It was yours
card-asked = 👥 Asked:
card-asked-line = • { $who }: { $answer }, { $at }
card-asked-line-far = • { $who } ({ $distance } away): { $answer }, { $at }
card-asked-more = • and { $count } more
card-nobody-overseer = ⚠️ Nobody has it: press <b>{ button-assign }</b>.
card-nobody-reporter = ⚠️ Nobody is going yet. The supervisors know.
card-acknowledged = 👁 Acknowledged: { $who }, { $at }
card-unacknowledged = ⏳ Nobody has acknowledged it
card-escalated =
    { $count ->
        [one] ⏫ Escalated once
       *[other] ⏫ Escalated { $count } times
    }
card-joined =
    { $count ->
        [one] ➕ One more report of the same person joined
       *[other] ➕ { $count } more reports of the same person joined
    }
card-taken-from = ➕ It had joined <code>{ $code }</code>
card-quiet = 🔕 Whoever reported it was put out: it rings nobody more
card-notes =
    { $count ->
        [one] 📝 One note
       *[other] 📝 { $count } notes
    }
card-completed = 🏁 Completed, { $at }
card-completed-as = 🏁 Completed, { $at } · { $how }
card-cancelled = 🚫 Cancelled, { $at }
card-no-access = 🔒 You no longer have access.
card-goes-on = ⬇️ <code>{ $code }</code> goes on in a newer message.

news-opened-reporter-emergency = 🚨 <b>Alert sent</b>
news-opened-reporter-task = ✅ <b>Task created</b>
news-opened-other-emergency = 🚨 <b>EMERGENCY</b>
news-opened-other-task = 🆕 <b>New task</b>
news-offered-emergency = 🚨 <b>EMERGENCY: you are needed</b>
news-offered-task = 📨 <b>You are asked to do a task</b>
news-escalated-nobody = 🚨 <b>No agent is left to ask</b>
news-escalated-by-hand = ⏫ <b>Escalated by { $who }</b>
news-escalated-time = ⏫ <b>Nobody has answered</b>
news-escalated-silenced = ⏫ <b>Those who were told get no messages</b>
news-escalated-unacknowledged = ⏫ <b>It was acknowledged and nothing has happened</b>
news-escalated-lost = ⏫ <b>Whoever had to answer has lost access, or changed role or unit</b>
news-escalated-back = ⏫ <b>Whoever reported it is in again: it rings again</b>
news-escalated-reopened = 🔁 <b>EMERGENCY REOPENED by { $who }</b>
news-broadcast = 📣 <b>TO EVERYBODY IN CHARGE: nobody has answered</b>
news-located = 📍 <b>{ $who } corrected the place</b>
news-located-words = 📍 <b>{ $who } corrected the place: the earlier point on the map is wrong</b>
news-accepted = ✅ <b>{ $who } is going</b>
news-accepted-of = ✅ <b>{ $who } goes ({ $crew } of { $seats })</b>
news-mayday = 🆘 <b>MAYDAY from { $who }</b>: in danger, <code>{ $code }</code>
news-called = 🆘 <b>{ $who } asks for reinforcement</b>
news-on-scene = 📍 <b>{ $who } is on the scene</b>
news-declined = ✖️ <b>{ $who } can't go</b>
news-gave-up = ✖️ <b>{ $who } was coming and can’t any more</b>
news-relieved = 🔁 <b>{ $by } relieved { $who }, who no longer goes</b>
news-relieved-you = 🔁 <b>{ $by } relieved you: you need not go any more</b>
news-released-you = 🔁 <b>You need not go any more: somebody else was asked</b>
news-released = 🔁 <b>{ $who } no longer goes: somebody else was asked</b>
news-expired = ⌛ <b>{ $who } did not answer</b>
news-reached = 🔔 <b>It still waits for your answer</b>
news-vacated-held = 🚪 <b>{ $who } has lost access: it needs somebody else</b>
news-vacated-asked = 🚪 <b>{ $who } has lost access and will not answer</b>
of-another-unit = { $who }, of another unit,
news-acknowledged = 👁 <b>{ $who } has taken charge</b>
news-completed = 🏁 <b>Completed by { $who }</b>
news-answered-in-time = 👍 <b>{ $who } answered in time: it is no emergency</b>
news-cancelled = 🚫 <b>Cancelled by { $who }</b>
news-acknowledged-in-your-name = 👁 <b>{ $program } acknowledged it in your name: you are in charge</b>
news-released-in-your-name = 🔁 <b>{ $program } relieved { $who } in your name</b>
news-seats-set-in-your-name = 👥 <b>{ $program } said in your name that fewer go</b>
news-disposed-in-your-name = 📋 <b>{ $program } said in your name how it ended</b>
news-completed-in-your-name = 🏁 <b>{ $program } completed it in your name</b>
news-cancelled-in-your-name = 🚫 <b>{ $program } cancelled it in your name</b>
news-reopened = 🔁 <b>Reopened by { $who }</b>
news-undone = ↩️ <b>Still open: { $who } took the end back</b>
news-decline-undone = ↩️ <b>{ $who } pressed the wrong button and took “Can't go” back</b>

button-accept = I'm going
button-decline = I can't
button-depart = On my way
button-arrive = I'm here
button-start = Start
button-pause = Pause
button-resume = Resume
button-complete = Complete
button-note = Note
button-locate = 📍 Say where it is
button-relocate = 📍 Correct the place
button-acknowledge = Acknowledge
button-assign = Assign
button-escalate = Escalate
button-cancel-task = Cancel task
button-undo = Undo
button-reopen = 🔁 Reopen
button-mayday = 🆘 Mayday
button-kind = 🏷 Kind
button-round = 📋 Round
button-reinforce = 🆘 Reinforcement
reinforce-to = Make it { $seats }
reinforce-with = With { $capability }
reinforced-without = ⚠️ Nobody who is free has { $capability }: others were asked, and supervisors see it on their card.
reinforced = 🆘 You asked for reinforcement at <code>{ $code }</code>: { $crew } of { $seats } { $crew ->
        [one] goes
       *[other] go
    }. { $asked ->
        [0] Nobody else is free: the supervisors know, and I keep looking.
        [one] One more is asked.
       *[other] { $asked } are asked.
    }
button-history = History

note-header = 📝 { $who } on <code>{ $code }</code>:
note-header-afterwards = 📝 { $who } goes on about <code>{ $code }</code>, which is closed:
