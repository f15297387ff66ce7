# What is kept: the seal of the record and the backups, for the administrators.

seal-published =
    🔏 Seal of the record · { $at }
    Events: { $events }
    <code>{ $seal }</code>
    Do not delete this message: it proves that nobody has changed what came before.
backup-failed =
    ⚠️ The backup could not be made.
    Cause: <code>{ $why }</code>
    Last good one: { $last }
backup-none = none
condition-ill =
    ⚠️ { $what }
    Cause: <code>{ $why }</code>
condition-was =
    ℹ️ It is over, but could not be told in the meantime: { $what }
    Cause: <code>{ $why }</code>
condition-hold = Telegram asked for a long wait: messages leave late.
condition-updates = What people send does not arrive: whoever asks for help by Telegram is not heard until it is mended.
condition-clock = The machine's clock is wrong: due times may come early or late.
condition-limits = The shared limits fail: messages may leave more slowly.
condition-loop = A part of the system has stopped.
condition-group = The alert group gets no messages: check that the bot is in the group and may write.
condition-reach = Many people at once can't be reached.
condition-waiting = An emergency has waited too long for its next alert.
