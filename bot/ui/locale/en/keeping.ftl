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
