# Who comes in, with which role, and whether they can be sent.

stranger-unknown =
    👋 I am the dispatch desk. Only registered people come in here.
    Send /{ command-start.name } and I will tell the administrators. If you have an invitation link, open it.
stranger-pending = ⏳ Your request is with the administrators. I will tell you as soon as they answer.
stranger-disabled = ⛔ You have no access. If that is a mistake, talk to an administrator of your team.
stranger-frozen = 🧊 Your access is frozen: this phone can show and do nothing until an administrator decides. Talk to your team in another way.
stranger-frozen-called = 🆘 I told those in charge that you call for help from here. Your access is frozen, so <b>I opened no emergency</b>: call your team or the emergency number now, by telephone or radio.
person-nameless = (no name)
press-unknown = This button is for registered people. Ask for access by writing to me in private.
press-pending = Your request is with the administrators. I will tell you as soon as they answer.
press-disabled = You have no access. If that is a mistake, talk to an administrator of your team.
press-frozen = Your access is frozen until an administrator decides.
press-nowhere = That button is not of this message, or not any more: I did nothing. Use those that are there now.
press-nowhere-help = That button is not of this message: I did nothing. If you need help: /{ command-emergency.name }
press-foreign = That button is somebody else's: ask for your own with a message of yours.
start-in-private = 👋 To ask for access, write to me in private: { $link }

access-requested =
    📨 I sent your request to the administrators.
    I will tell you as soon as they answer; no need to send it again.
requests-many =
    { $count ->
        [one] 🙋 <b>One person asks for access</b>
       *[other] 🙋 <b>{ $count } people ask for access</b>
    }
requests-too-many = 🙋 <b>More than { $count } people ask for access</b>
requests-newest = The latest: { $who }
requests-none = 🙋 Nobody waits for an answer.
button-requests = See who asks for access
access-request =
    🙋 <b>Asks for access</b>
    { $who }
    Telegram id: <code>{ $id }</code>

    With which role do they come in?
access-alike-active = ⚠️ Looks like { $who }, who is in already ({ $role }). Make sure who asks before you answer.
access-alike-disabled = ⚠️ Looks like { $who }, who has no access any more. It may be the same person with another account.
access-alike-frozen = ⚠️ Looks like { $who }, whose access is frozen. It may be the same person with another account.
access-alike-pending = ⚠️ Looks like { $who }, who waits for an answer too.
button-same-person = It is the same person
same-person-sure =
    Is it the same person? { $who } ({ $role }) goes on with the new account: their role, unit, shift and open work go along.
    Account until now: <code>{ $was }</code>, out at once.
    New account: <code>{ $account }</code>

    Make sure who asks, by another way.
button-same-person-sure = Yes, the same
same-person-again =
    Is it the same person? { $who } has no access any more: they come in again with the new account, their history and the role that you choose.
    Account of before: <code>{ $was }</code>, stays out.
    New account: <code>{ $account }</code>

    Make sure who asks, by another way.
button-same-person-as = Yes, as { $role }
same-person-done =
    🔁 { $who } ({ $role }) goes on with another account: <code>{ $account }</code>. The former one is out.
    Decided by { $by }, { $at }.
access-same-person = 🔁 It is the same person: { $who } goes on with this account. Decided by { $by }, { $at }.
access-already-same = Nothing changed: it was decided already that it is the same person, with another account.
access-admitted = ✅ { $who } comes in as { $role }. Decided by { $by }, { $at }.
access-entered = ✅ { $who } came in as { $role }, { $at }.
access-rejected = ⛔ { $who } does not come in. Decided by { $by }, { $at }.
access-decided = Decided by { $by }, { $at }.
access-already-in = Nothing changed: <b>{ $who }</b> is in already, as { $role }.
access-already-out = Nothing changed: <b>{ $who }</b> was turned down already. You can let them in from /{ command-users.name }.
access-already-frozen = Nothing changed: <b>{ $who }</b> is frozen. That is decided on their page, in /{ command-users.name }.
access-still-waiting = Nothing changed: <b>{ $who }</b> still waits for an answer.
access-already-erased = Nothing changed: the data of that person are erased.
button-admit-agent = Agent
button-admit-supervisor = Supervisor
button-admit-admin = Administrator
button-reject = Reject

welcome = ✅ <b>{ $who }, you are in.</b> Your role: { $role }.
welcome-agent =
    🚨 /{ command-emergency.name } asks for help right now
    📋 /{ command-new.name } reports work
    🗂 /{ command-mytasks.name } shows what is yours
    📍 Share your location to be told of emergencies nearby

    /{ command-help.name } shows everything else.
welcome-supervisor =
    🚨 Alerts come to you here: <b>{ button-acknowledge }</b> says that you take charge
    📋 /{ command-tasks.name } shows the open work
    👥 /{ command-team.name } shows who is available
    ➡️ /{ command-assign.name } and /{ command-escalate.name } move a task

    /{ command-help.name } shows everything else.
welcome-admin =
    📊 /{ command-status.name } shows how the desk is doing
    👤 /{ command-users.name } gives roles and access
    ✉️ /{ command-invite.name } makes a link to come in
    🙋 Requests for access come to you here

    /{ command-help.name } shows everything else.
membership-promoted = 🔄 <b>Your role changed.</b> It is now: { $role }.
membership-rejected = ⛔ Your request for access was turned down. If that is a mistake, talk to an administrator of your team.
membership-relinked = ✅ <b>{ $who }, you go on with this account.</b> Your role: { $role }. Your unit, your shift and your open work stay yours.
membership-replaced = ⛔ Your access to the desk went to another account, and this one is out. If that was not you, tell your team now.
membership-disabled = ⛔ An administrator closed your access to the desk. If that is a mistake, talk to your team.
membership-frozen = 🧊 <b>Your access is frozen.</b> This phone sees and does nothing more here until an administrator decides. If that is a mistake, talk to your team.
membership-thawed = ✅ <b>{ $who }, you have access again.</b> Your role: { $role }. What you had been given went to others; to get work or begin a shift, say so as always.

invitation =
    ✉️ <b>Invitation for one use</b> · role: { $role }
    { $link }

    Forward it to that person. It works until { $until }.
    They can also send me: <code>/{ command-start.name } { $token }</code>
invitation-which-role = 🔗 Which role do they get?
button-invitations = 📋 See the open ones
open-links = 🔗 <b>Open invitations</b>
open-links-none = 🔗 There are no open invitations.
open-link = { $number }. { $role } · made by { $by } · until { $until }
open-link-dead = { $number }. { $role } · works no more: { $by } may not give it
button-revoke = Revoke { $number }
the-machine = the machine (gad invite)

risen-came-in = 🔑 { $who } is in, with the role: { $role }, { $at }.
risen-role = 🔑 { $who } has another role now: { $role }, { $at }.
risen-out = ⛔ { $who }, who was an administrator, has no access any more, { $at }.
risen-by-link = They came in with an invitation of { $by }. If you did not expect it, open their page.
risen-by-machine = They came in with an invitation made on the machine (gad invite). If you did not expect it, open their page.
risen-by-configuration = The configuration names them, and there was no administrator.

rise-promote = 🔐 <b>Second confirmation</b>: { $asker } wants { $who } to be an administrator.
rise-admit = 🔐 <b>Second confirmation</b>: { $asker } wants { $who } to come in as an administrator.
rise-again = 🔐 <b>Second confirmation</b>: { $asker } wants { $who } to come in again, as an administrator.
rise-move = 🔐 <b>Second confirmation</b>: { $asker } wants { $who }, who is an administrator, to go on with another account.
rise-invite = 🔐 <b>Second confirmation</b>: { $asker } made an invitation for an administrator.
rise-erase = 🗑 { $who } asks for their data to be erased.
rise-sure-erase =
    If you confirm it, they lose their access, and their name, account, places and words are erased. It can't be undone.
    It can be confirmed until { $until }.
rise-sure =
    It does not count until another administrator confirms it. Check in another way that it is true.
    It can be confirmed until { $until }.
rise-asked = ⏳ I asked the other administrators to confirm it. Until one does it does not count; I tell you.
rise-confirmed = ✅ { $by } confirmed it, { $at }.
rise-refused = ⛔ { $by } refused it, { $at }: nothing changed.

button-freeze = 🧊 Freeze
button-freeze-sure = 🧊 Yes, freeze
button-cut = ⛔ Confirm: out
button-thaw = Unfreeze
freeze-whom = 🧊 Whom? Write <code>/{ command-freeze.name } @name</code> or their full name, or answer a message of theirs with /{ command-freeze.name }.
freeze-sure =
    🧊 Freeze the access of { $who }? They lose at once what they see and have; their work goes to others.
    An administrator confirms or undoes it.
freeze-done = 🧊 The access of { $who } is frozen. The administrators know: they confirm or undo it.
freeze-asked = 🧊 <b>Access frozen</b>: { $who } · { $role }. Frozen by { $by }, { $at }.
freeze-asked-word = 🧊 <b>Access frozen</b>: { $who } · { $role }. Frozen with their own word from the account { $account }, { $at }.
freeze-undecided = 🧊 <b>Frozen for a day</b>: { $who } · { $role }. It waits for your decision.
freeze-called = 🆘 <b>A frozen phone calls for help</b>: { $who } · { $role }, { $at }.
freeze-called-words = They wrote: “{ $words }”
freeze-called-nothing = just the button for help
freeze-ask = That phone opens no emergency. Find out in another way who has it, and decide:
freeze-confirmed = ⛔ { $who } stays out. Decided by { $by }, { $at }.
freeze-lifted = ✅ { $who } has access again. Decided by { $by }, { $at }. What does not come back by itself: turns (/{ command-units.name }), work, check-in and links (/{ command-invite.name }).
member-unit = Unit: { $unit }
freeze-how = 🧊 Lost your phone? Write <code>/{ command-freeze.name } your name and your word</code>: your name, @username or the number of your account, and the word that you chose with /{ command-word.name }. Without a word, ask a supervisor.
freeze-by-word = 🧊 <b>Done: the access of { $who } is frozen.</b> That phone sees and does nothing more at the desk. The administrators know.
word-tried = ⚠️ The account { $account } tried { $count } words to freeze the access of { $who }. None was right: nothing changed.
word-tried-yours = ⚠️ The account { $account } tried { $count } words to freeze your access. None was right: nothing changed. If it was you and you don't remember it, ask a supervisor.
word-wanted = 🔑 Choose a word that freezes your access from any other phone if you lose this one: one word of 6 letters or more that is not your name. I delete it as soon as I have read it.
word-unfit = 🔑 That won't do: one word of 6 to 40 letters or digits that is not part of your name. Send another.
word-kept = 🔑 I kept your word, and deleted the message. If you lose this phone, write from another: <code>/{ command-freeze.name } your name and your word</code>. The one before, if there was one, works for seven days more.
word-in-private = 🔑 That is for our private chat: send me <code>/{ command-word.name }</code> there.
word-was-read = 🔑 Others have read that word: choose another one and send it in private with <code>/{ command-word.name }</code>.
button-confirm-rise = Confirm
button-refuse-rise = Refuse
said-aside = 🔒 I answered you in private.

roster =
    👥 <b>{ $group }</b>
    Tap a person to see their page.
roster-empty =
    👥 <b>{ $group }</b>
    Nobody is here.
roster-unknown = I know nobody called “{ $who }”. Write <code>/{ command-users.name } @name</code>, or /{ command-users.name } for the lists.
group-agentes = Agents
group-supervisores = Supervisors
group-administradores = Administrators
group-pendientes = Waiting for an answer
group-congelados = Frozen
group-fuera = Without access
button-group-agentes = Agents
button-group-supervisores = Supervisors
button-group-administradores = Admins
button-group-pendientes = Waiting
button-group-congelados = Frozen
button-group-fuera = Without access
button-next-page = More »
button-first-page = « Start
button-back-to-list = « List

person-called = <b>{ $who }</b>
person-called-known = <b>{ $who }</b> · @{ $username }
person-head = 👤 { $who }
person-active = Role: { $role }
person-pending = ⏳ Waits for an answer: choose the role.
person-disabled = ⛔ Without access. To let them in again, choose a role.
person-frozen = 🧊 Frozen · { $role }. Confirm that they are out, or unfreeze them.
person-forgotten = 🗑 Their data are erased.
person-availability = Is: { $availability }
person-placed = 📍 Last position, { $at }
person-unplaced = 📍 No location
person-capabilities = 🧰 { $capabilities }
button-equip = ➕ { $capability }
button-unequip = ➖ { $capability }
person-hold = 🚨 Has the emergency <code>{ $code }</code>
person-unreachable = 🔕 Blocked the bot: nothing reaches them.
person-id = Telegram id: <code>{ $id }</code>
person-silenced = 🔕 { $who } blocked the bot. Alerts do not reach them: they go to the next person.
person-silenced-holding = 🔕 { $who } blocked the bot. Alerts do not reach them: they go to the next person. They were on { $code } too: see whether somebody else has to go.
person-never-silenced = 🔔 { $who } did not block the bot: Telegram failed for a moment. Alerts reach them.
person-reached = 🔔 { $who } receives messages again. Alerts reach them.
button-silenced-task = See { $code }
button-make-agent = → Agent
button-make-supervisor = → Supervisor
button-make-admin = → Administrator
button-disable = Take access away
disable-sure = Take access away from { $who }? They can't use the desk any more and get no alerts.
reject-sure = Turn { $who } down?
button-sure = Yes, no access
button-not-sure = No, go back

presence-available = 🟢 You are <b>available</b>.
presence-offers = Emergencies nearby will reach you.
presence-place-needed = 📍 I don't know where you are now. To be told of emergencies nearby, share your location with 📎 → Location; live is better.
presence-off-duty = ⚫ You are <b>off duty</b>.
presence-no-offers = No emergency will reach you until you send /{ command-available.name }.
presence-alerts-still = Alerts still reach you. To come back: /{ command-available.name }
presence-already-available = You were available already; nothing changed.
presence-already-off-duty = You were off duty already; nothing changed. To come back: /{ command-available.name }
presence-alone = Nothing changed: /{ $name } stands alone, without other words, and is about you.
key-send-place = 📍 Send my location
presence-placed = 📍 I noted where you are.
presence-live = 📡 You share your live location: I will know where you are until it ends.
presence-placed-off-duty = No emergency reaches you now. To get them: /{ command-available.name }
presence-forwarded = That location is forwarded, so I can't tell whether you are there. Send your own with 📎 → Location.
presence-venue = That is a place, not your position. Send your own with 📎 → Location.
