# The commands: each one's line in the menu, in plain text, and its name in this language.
# The names of every language work in all of them: lower case, digits and underscores, and no name for two commands.
# "also" are other names of the same command, which no menu shows.

command-start = Ask for access
    .name = start

command-help = What you can do here
    .name = help

command-emergency = Ask for urgent help, right now
    .name = emergency
    .also = urgent, sos, panic

command-mayday = You are in danger: an alert in your name, now
    .name = mayday

command-call = Somebody is on the telephone: report it
    .name = call

command-new = Report work
    .name = new

command-mytasks = What you have to do
    .name = mytasks

command-task = See a task by its code
    .name = task

command-complete = Say that a task is done
    .name = complete

command-note = Add a note to a task
    .name = note

command-available = Go on duty
    .name = available

command-off = Go off duty
    .name = off

command-history = Your earlier tasks
    .name = history

command-search = Find tasks by words
    .name = search

command-cancel = Leave what you were filling in
    .name = cancel

command-tasks = All open tasks
    .name = tasks

command-assign = Send somebody to a task
    .name = assign

command-round = Ask everybody whether they are well
    .name = round

command-radio = Note what somebody said by radio
    .name = radio

command-escalate = Raise an alert, with a reason
    .name = escalate

command-team = Agents and whether they are free
    .name = team

command-status = The desk in numbers
    .name = status

command-users = People, roles and access
    .name = users

command-freeze = Freeze the access of a lost phone
    .name = freeze

command-word = Choose the word that freezes your access
    .name = word

command-invite = Make an invitation link
    .name = invite

command-shift = Begin or end your shift, and see those ahead
    .name = shift

command-oncall = Who is on duty, and until when
    .name = oncall

command-link = Link this group to your unit
    .name = link

command-units = Units and their people
    .name = units

command-plan = See who would be told and when
    .name = plan

command-why = Why each person was told
    .name = why

command-drill = Try the chain of alerts with a drill
    .name = drill

command-checkin = Say every so often that you are well
    .name = checkin

command-mydata = What this desk keeps of you
    .name = mydata
