# Personal data: the notice, what is kept of each person, and the words of that file.

privacy-notice =
    🔐 <b>Your data at this desk</b>
    <blockquote expandable>Your name, your Telegram account, what you write here and, if you share it, your location are kept: to send help, and so that what happened is on record.
    Your location is deleted { $places } after you were last heard of; messages that were sent, after { $messages }. What is written and sent in a task is erased { $evidence } after it closes; what happened and when stays.
    Who answers for the data: { $controller }.
    With access, /{ $mydata } gives you what is kept of you.</blockquote>
privacy-hours = { $count ->
    [one] an hour
   *[other] { $count } hours
}
privacy-days = { $count ->
    [one] a day
   *[other] { $count } days
}
privacy-years = { $count ->
    [one] a year
   *[other] { $count } years
}
privacy-controller-unnamed = the administrators of this team
mydata =
    🗂 <b>What this desk keeps of you</b>
    The file that follows has your data, what happened to you here and { $tasks ->
        [0] no task
        [one] your newest task
       *[other] your { $tasks } newest tasks
    }. It is yours alone: nobody else gets it. That you asked for it is in the record.
mydata-older =
    🗂 The file that follows has { $tasks ->
        [0] no more tasks
        [one] one earlier task
       *[other] { $tasks } earlier tasks
    }.
mydata-file = my-data
mydata-caption = 🗂 What this desk keeps of you
button-mydata-more = Earlier work »
button-erase-data = 🗑 Erase my data
erase-sure =
    🗑 <b>Erase my data</b>
    Your name, user name, account and places go, and all that you wrote or sent: the title and place of what you reported too. You lose your access.
    What happened and when stays, with a number in place of your name: the record proves who helped whom, and what others wrote is theirs.
    Another person, an administrator, approves it. It can't be undone.
button-ask-erasure = Yes, ask for it
erase-asked = ⏳ I asked the administrators. Once one approves it you lose your access and it is erased; I tell you.
erase-done = 🗑 Your data are erased. If you come back one day, you begin anew with /{ command-start.name }.
erase-done-of = 🗑 The data of person { $number } are erased. The record says that you approved it.

data-made-at = made_at
data-person = person
data-number = number
data-name = name
data-username = username
data-account = telegram_account
data-role = role
data-availability = availability
data-unit = unit
data-on-duty-since = on_duty_since
data-last-place = last_place
data-live-until = shares_location_until
data-reachable = gets_messages
data-check-in = check_in
data-every-minutes = every_minutes
data-due-at = due_at
data-track = track
data-happened = what_happened
data-tasks = tasks
data-code = code
data-title = title
data-state = state
data-opened-at = opened_at
data-closed-at = closed_at
data-reported-by-me = reported_by_me
data-place = place
data-address = address
data-my-part = my_part
data-what-i-did = what_i_did
data-at = at
data-by = by
data-via = via
data-reason = reason
data-event = event
data-latitude = latitude
data-longitude = longitude
data-accuracy = accuracy_in_metres
