# Whoever works alone: check-ins, duress word, alarms; and what comes late.

check-in-every = 🛡 <b>Check-in every { $minutes } min</b>
check-in-task = For as long as <code>{ $code }</code> lasts.
check-in-answered = ✅ You are well, { $at }.
check-in-due = Tap <b>{ button-fine }</b> before { $at }.
check-in-asked-late = ❓ <b>Are you well?</b> It is time for your check-in.
check-in-asked-lost = ❓ <b>Are you well?</b> You no longer share your location.
check-in-asked-still = ❓ <b>Are you well?</b> You have not moved for { $minutes } min.
check-in-asked-round = ❓ <b>Are you well?</b> This is a round of <code>{ $code }</code>.
check-in-or-else = If you don't answer within { $grace }, I open an emergency in your name.
check-in-alarm =
    🚨 <b>There is an emergency in your name:</b> <code>{ $code }</code>
    If you are well, tap <b>{ button-fine }</b> and cancel it on its card. The check-in goes on.
check-in-over = 🛡 Check-in over. Another: <code>/{ command-checkin.name } 30</code>
button-check-in = 🛡 Every { $minutes } min
check-in-none = 🛡 You have no check-in running. How often should I ask?
check-in-noted = ✅ Noted: you are well. The next one, before { $at }.
check-in-fine-words = i am well, i'm well, fine, i am fine, i'm fine, ok
check-in-leaving = 🛡 You have a check-in running. If you go off duty, it ends. Do you go?
check-in-stays = 🛡 You stay on duty, and the check-in goes on.
check-in-ended = 🛡 <b>{ $who } ended their check-in</b>, { $at }. If you did not expect it, make sure that they are well.
check-in-ended-at = 📍 Last seen at <code>{ $point }</code> ({ $age } ago)
check-in-left = 🛡 The check-in ended with your duty.
button-fine = I am well
button-need-help = I need help
button-stop-check-in = End check-in
button-stay = No, stay
button-leave = Yes, go

duress-wanted =
    🔑 <b>Duress word</b>
    Write it in one message and remember it: it is kept so that nobody can read it, and your message and this text go away.
    When you write it here, alone, everything will look as always, and supervisors will know that you are in danger.
duress-kept = ✅ Kept.
duress-unfit = ✖️ That won't do: choose one of 4 to 40 letters that you would not say by chance.
duress-in-private = 🔑 That belongs in private: write to me there <code>/{ command-checkin.name } word</code>.
duress-was-read = 🔑 Others have read that word: choose another and send it in private with <code>/{ command-checkin.name } word</code>.

alarm-late = Did not answer a check-in
alarm-lost = Stopped sharing the location and does not answer
alarm-still = Does not move and does not answer
alarm-help = Asks for help
alarm-duress = Silent alarm
alarm-mayday = Mayday
alarm-on-task = 🔗 Was on <code>{ $code }</code>
mayday-sent = 🆘 <b>Your Mayday is out</b>, with where you were last. Those on the task with you and the supervisors know. If you can, share your live location.
alarm-round = Did not answer the round
alarm-who = 🆘 In danger: <b>{ $who }</b>, { $at }
alarm-silent = 🤫 Don't call or write to them, and don't speak of it in groups: they may be under threat.
alarm-in-your-name = 👤 I opened it in your name, { $at }
alarm-in-the-name = 👤 In the name of { $who }, { $at }
alarm-track = 🧭 Was at:
alarm-track-line = • { $at } · <code>{ $point }</code>
news-silent = 🤫 <b>SILENT ALARM</b>

round-called =
    📋 <b>Round of</b> <code>{ $code }</code>: I asked { $names } whether they are well.
    The card shows who answers; whoever does not, you hear of.
round-unanswered = ❗ <b>{ $who } does not answer the round of</b> <code>{ $code }</code>. I asked once more; without an answer I open an emergency in their name.
round-or-else = Without an answer in { $grace }, I ask once more and tell your supervisor.
round-left = 📋 The round of <code>{ $code }</code> is over for you.
card-round = 📋 Round, { $at }: { $answers }
round-asked = ⏳ { $who }
round-well = ✅ { $who } { $at }
round-missed = ❗ { $who } { $at }
round-danger = 🆘 { $who } { $at }
round-ended = ⏹ { $who }

stale = ⏱ You sent <code>{ $code }</code> { $age } ago and it arrived only now. The alert is out. <b>Is it still on?</b>
stale-on = 👍 <code>{ $code }</code> is still on.
answered-in-time = answered in time
stale-over = 🚫 <code>{ $code }</code> cancelled.
stale-note = Still on
stale-reason = whoever sent it says that it is over
button-still-on = Yes, still on
button-not-any-more = Not any more

refusal-no-check-in = You have no check-in running. To begin one: <code>/{ command-checkin.name } 30</code>
refusal-bad-interval = A check-in takes 1 to 720 minutes. Write, for example: <code>/{ command-checkin.name } 30</code>
refusal-silent = That alarm is silent: no round is called there, a phone that rings can do harm.
refusal-nobody-on-scene = Nobody has pressed <b>{ button-arrive }</b> there: there is nobody to ask.
refusal-endangered = { $who } is the one in danger: choose somebody else.
