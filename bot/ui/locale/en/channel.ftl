# What the channel itself says: resent messages, failures, messages that were set aside.

resent = (sent again)
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
channel = I can't take orders here: in a channel I don't know who writes. Write to me in private or in a group.
stand-by = ⏳ I can’t keep anything right now, but your message is not lost and I will see to it as soon as I can; if it is urgent, call by radio or telephone too.
