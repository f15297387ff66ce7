# The help.

help-title = ❓ <b>What you can do</b> · role: { $role }
help-group-agent = <b>Your work</b>
help-group-supervisor = <b>Coordinate</b>
help-group-admin = <b>Administer</b>
help-line = /{ $name } · { $what }
help-foot = The buttons under each task do the same with one tap.
unknown-command = I don't know /{ $word }. /{ command-help.name } has all that you can send.
unknown-command-near = I don't know /{ $word }. Did you mean /{ $nearest }?
edited = ✏️ What you edit changes nothing: send it again, in a new message.
hint =
    I did not expect that. What is it? If it is urgent, press the first button: the alert goes out at once.
    You can also send /{ command-emergency.name }, /{ command-new.name }, <code>/{ command-note.name } T-12</code> and your text, or /{ command-help.name }.
