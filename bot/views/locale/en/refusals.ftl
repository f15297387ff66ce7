# Why not, in one sentence, and what to do.

refusal-unknown-task = There is no task <code>{ $code }</code>. See your codes with /mytasks.
refusal-unknown-person = I don't know that person. Write their user name with the at sign, like <code>@beto</code>.
refusal-above-role = Only a { $role } does that. Ask one.
refusal-not-yours = Task <code>{ $code }</code> is not yours: those who take part in it see it, and supervisors.
refusal-closed = Task <code>{ $code }</code> is { $state } already: I changed nothing.
refusal-stale = That has changed meanwhile and I did nothing. See how it stands now and press again.
refusal-taken = { $who } took it already, { $at }.
refusal-not-offered = Nobody asked you to go to <code>{ $code }</code>: a supervisor can assign it to you.
refusal-offer-over = Your answer about <code>{ $code }</code> is no longer needed. Thank you.
refusal-already = That was done already: I changed nothing.
refusal-wrong-state = Task <code>{ $code }</code> is { $state }, and so that can't be done.
refusal-acknowledged = { $who } has taken charge already, { $at }.
refusal-nothing-to-acknowledge = Task <code>{ $code }</code> is no alert: there is nothing to acknowledge.
refusal-agent-busy = { $who } is on another emergency already.
refusal-agent-unfit = { $who } is off duty or gets no messages: choose somebody else.
refusal-twin = I got that same report a moment ago: it is <code>{ $code }</code>.
refusal-empty = The text is missing: send it in the same message.
refusal-too-long = That is too long: send it in { $limit } characters at most.
refusal-off-earth = There are no such coordinates: latitude goes from −90 to 90, longitude from −180 to 180.
refusal-invitation-over = That invitation was used or is over: ask an administrator for another.
refusal-disabled = That access is closed: an administrator can open it.
refusal-pending = Your request is with the administrators: I'll tell you when they answer.
refusal-self = You can't change your own access: ask another administrator.
refusal-unchanged = It was so already: I changed nothing.
refusal-holding = The task in hand must be completed or given back first. { $code }
