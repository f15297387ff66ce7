# What the channel itself says: resent messages, failures, messages that were set aside.

resent = (sent again)
file-not-shown = 📎 The file could not be shown here: where it is needed, ask for it to be sent again.
alarms-waiting = 🚨 <b>{ $count } alerts at once</b>: press <b>Show</b> to open one.
alarm-code = <code>{ $code }</code>
button-see = Show { $code }
update-failed =
    ⚠️ I could not process your last message. The administrators have been told.
    If it is urgent, send /{ command-emergency.name } again.
parked-update =
    ⚠️ An update could not be processed after { $tries ->
        [one] one try
       *[other] { $tries } tries
    } and was set aside.
    Number: <code>{ $name }</code>
    Cause: <code>{ $why }</code>
parked-message =
    ⚠️ A message could not be delivered and was set aside.
    Number: <code>{ $name }</code>
    Chat: <code>{ $chat }</code>
    Cause: <code>{ $why }</code>
tail-caption = 📄 The message above goes on here.
tail-file = goes-on.txt
stand-by = ⏳ I can’t keep anything right now, but your message is not lost and I will see to it as soon as I can; if it is urgent, call by radio or telephone too.
guest-link =
    👋 This group is not one of the desk's: I show nothing here.
    To link it, write /{ command-link.name } within { $minutes } minutes. If not, I leave.
guest-farewell = 👋 This group is not one of the desk's, so I leave. A supervisor can add me and write /{ command-link.name }.
hidden-emergency =
    🚨 <b>No alert has gone out yet:</b> Telegram hides who writes here.
    Press the button and send the message: the alert goes out at once.
button-hidden-emergency = 🚨 Send the emergency
hidden-command = 🕶 Telegram hides who writes here, and without knowing it I can't do that. Press the button and send it to me in private.
button-hidden-command = ✉️ Send in private
