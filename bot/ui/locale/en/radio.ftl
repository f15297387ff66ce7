# What somebody said by radio or telephone, noted by a supervisor.

button-radio = 📻 By radio
radio-who = 📻 Who said it? Write, for example: <code>{ $example }</code>
radio-which = 📻 <b>{ $code }</b>: what did they tell you by radio?
radio-what = 📻 What did { $who } tell you by radio?
radio-nobody = 📻 There is nobody to note anything for in <code>{ $code }</code>: nobody goes, and no question waits for an answer.
radio-nothing = 📻 { $who } has nothing open for which to note that.
radio-quoted =
    { $question }
    <blockquote>{ $words }</blockquote>
radio-button-of = { $who }: { $label }
radio-noted = 📻 Noted by radio: <b>{ $who } { $what }</b> · <code>{ $code }</code>
radio-noted-alone = 📻 Noted by radio: <b>{ $who } { $what }</b>
radio-said-go = is going
radio-said-decline = can’t go
radio-said-depart = is on the way
radio-said-arrive = has arrived
radio-said-start = has started
radio-said-pause = has paused
radio-said-resume = goes on
radio-said-complete = has finished
radio-said-fine = is fine
radio-said-undo = stays as before
radio-noted-for-you = 📻 { $who } already noted what you said by radio, { $at }: I changed nothing. This is how it stands:
radio-no-check-in = 📻 { $who } has no check-in to answer: I noted nothing.
radio-not-asked = 📻 I noted nothing: nobody asked { $who } to go to <code>{ $code }</code>.
radio-ask = Assign { $who }
radio-not-needed = 📻 I noted nothing: the answer of { $who } about <code>{ $code }</code> is not needed any more.
radio-in-emergency = 📻 I noted nothing: { $who } already has another emergency, <code>{ $code }</code>.
