# Forms, and what to send when something is missing.

form-title = 📝 <b>New task</b> · Step { $step } of { $of }
form-answer-tipo = Type: <b>{ $answer }</b>
form-answer-titulo = What: <b>{ $answer }</b>
form-answer-prioridad = Priority: { $sign } <b>{ $answer }</b>
form-answer-lugar = Place: <b>{ $answer }</b>
form-answer-quien = Who: <b>{ $answer }</b>
form-none = no place
form-nobody = nobody yet
form-tipo = What kind of work is it?
form-titulo = What is there to do? Write it in a message.
form-prioridad = What priority has it?
form-lugar = Where is it? Send a location or write the address.
form-quien = Who does it? Choose, or write their @username.
form-resumen = Is this right?
form-cambiar = What do you want to change?
form-reply = Reply to this message, so that I see it.
form-place-key = 👇 This button sends your location.
form-place-left = 📍 Done.
form-tipo-again = Press one of the buttons, or write the type, like <code>patrol</code>.
form-titulo-again = Write in a message what there is to do.
form-prioridad-again = Press one of the buttons, or write the priority, like <code>high</code>.
form-lugar-again = Send a location, write the address, or press <b>{ form-button-omitir }</b>.
form-quien-again = Press one of the buttons, or write the user name with the at sign, like <code>@beto</code>.
form-resumen-again = Press <b>{ form-button-confirmar }</b>, <b>{ form-button-editar }</b> or <b>{ form-button-cancelar }</b>.
form-cambiar-again = Press what you want to change.
form-button-atras = Back
form-button-omitir = Skip
form-button-cancelar = Cancel
form-button-confirmar = Confirm
form-button-editar = Edit
form-button-myself = Me
form-field-tipo = Type
form-field-titulo = What
form-field-prioridad = Priority
form-field-lugar = Place
form-field-quien = Who
form-cancelled = ✖️ Cancelled: nothing was kept.
form-over = That form is over. Begin another with /{ command-new.name }.
form-step-over = You have answered that: go on in the form's last message.
form-foreign = That form is somebody else's. Yours begins with /{ command-new.name }.
nothing-to-cancel = There is nothing to cancel.

key-location = 📍 Send my location
task-created = ✅ Task created: <code>{ $code }</code>
task-completed = 🏁 <code>{ $code }</code> completed.
task-completed-as = 🏁 <code>{ $code }</code> completed: <b>{ $how }</b>.
kind-ask = 🏷 What is <code>{ $code }</code>? The alert has left already.
kind-said = 🏷 <code>{ $code }</code> is <b>{ $kind }</b>: { $seats ->
        [one] one person goes.
       *[other] { $seats } people go.
    }
disposition-ask = How did it end?
disposition-resolved = Resolved
disposition-false-alarm = False alarm
disposition-moved = Moved
disposition-referred = Referred
task-escalated = ⏫ <code>{ $code }</code> escalated.
task-cancelled = 🚫 <code>{ $code }</code> cancelled.
task-declined = ✖️ You said that you can't go to <code>{ $code }</code>.
task-undone = ↩️ Undone: <code>{ $code }</code> is as it was.
undo-hint = A slip? Press <b>{ button-undo }</b> within { $seconds ->
        [one] a second
       *[other] { $seconds } seconds
    }.
undo-ask =
    { $why }
    Its reporter and supervisors can reopen it: tell one of them.
task-not-cancelled = 👍 The task stays as it was.
cancel-sure =
    { $sign } Cancel <code>{ $code }</code> ({ $state })?
    <b>{ $title }</b>
cancel-changed =
    { $sign } <code>{ $code }</code> changed while you decided and is { $state } now. Cancel it?
    <b>{ $title }</b>
cancel-no = No, keep it
cancel-yes = Yes, cancel

code-unreadable = “{ $word }” is no code of a task. Write, for example: <code>{ $example }</code>
code-alone = Send just the code, for example: <code>{ $example }</code>
reason-missing = The reason is missing. Write, for example: <code>{ $example }</code>
title-missing = It does not say what there is to do. Write, for example: <code>{ $example }</code>
priority-unknown = I don't know the priority “{ $word }”: use !low, !medium, !high, !urgent or !critical.
priority-one = Give one priority: !low, !medium, !high, !urgent or !critical.
who-missing = Whom? Write their user name with the at sign, like <code>@beto</code>.
who-one = Name one person.
who-unknown = I don't know { $who }: check the user name, or ask them to write /{ command-start.name } to the bot.
who-unknown-nameless = That person is not at this desk: ask them to write /{ command-start.name } to the bot.
who-which = Whom do you mean? By that name it may be:
who-which-more = Whom do you mean? Many people have that name; these are the first. If theirs is not here, write the full name or the user name with an @.
list-foreign = Somebody else asked for that list: ask for yours.

example-task = /{ command-task.name } T-000123
example-complete = /{ command-complete.name } T-000123
example-note = /{ command-note.name } T-000123 nobody is here
example-assign = /{ command-assign.name } T-000123 @beto
example-round = /{ command-round.name } T-000123
example-radio = /{ command-radio.name } @beto arrived T-000123
example-escalate = /{ command-escalate.name } T-000123 nobody answers
example-new = /{ command-new.name } Patrol in the north !high @beto

note-wanted = 📝 Note for <code>{ $code }</code>: send a text, a photo, a video, an audio, a contact or a document.
note-wanted-group = 📝 Note for <code>{ $code }</code>: reply to this message with a text, a photo, a video, an audio, a contact or a document.
note-answered = 📝 Note for <code>{ $code }</code>:
note-kept = 📝 Note kept in <code>{ $code }</code>.
note-taken-up = 📝 Added to <code>{ $code }</code>: those who attend to it read it.
note-afterwards = 📝 <code>{ $code }</code> is closed. It was passed on to those who had it and to the supervisors. <b>Does it go on?</b> Press <b>Reopen</b>.
note-no-such = I can't keep that in <code>{ $code }</code>: send a text, a photo, a video, an audio, a contact or a document.
note-album-over = The note for <code>{ $code }</code> is kept already. For another, press <b>{ button-note }</b>.
example-why = /{ command-why.name } T-000123
button-of = { $label } · { $code }
button-note-of = 📝 { $who } · { $code }
button-add-to = 📝 Add to { $code }
button-as-work = ➕ Report as work
said-step = Press it, so that it is noted:
taken-as-work = ➕ New work:
note-gone = I can't find what you sent any more: send it again.
code-none = There is no task for that now. With the code of one: <code>{ $example }</code>
code-which = Which one? Press a task, or write its code: <code>{ $example }</code>
