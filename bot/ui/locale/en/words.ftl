# The words of the desk: states, roles, priorities, types.

state-scheduled = scheduled
state-in_progress = in progress
state-paused = paused
state-completed = completed
state-cancelled = cancelled
state-searching = looking for an agent
state-unassigned = nobody has it

role-agent = agent
role-supervisor = supervisor
role-admin = administrator

priority-low = low
priority-medium = medium
priority-high = high
priority-urgent = urgent
priority-critical = critical
priority-sign-low = ⚪
priority-sign-medium = 🔵
priority-sign-high = 🟡
priority-sign-urgent = 🟠
priority-sign-critical = 🔴

type-patrol = patrol
type-investigation = investigation
type-surveillance = surveillance
type-intervention = intervention
type-administrative = administrative
type-training = training

availability-available = available
availability-on_task = on a task
availability-off_duty = off duty
availability-unavailable = unavailable

assignment-offered = no answer yet
assignment-accepted = said yes
assignment-declined = can't
assignment-expired = did not answer
assignment-en_route = on the way
assignment-on_scene = on the scene
assignment-released = no longer needed

sign-task = 📋
sign-emergency = 🚨
somebody = somebody
the-desk = the desk
by-program = { $program } (API)
by-program-for = { $program } (API) on behalf of { $who }
untitled = No description
clock-hour =
    { $hour ->
       *[other] { $at }
    }
clock-day = { $at }
as-typed = { $text }
coordinates = <code>{ $point }</code>
unreachable = gets no messages
in-danger = has an emergency of their own
asked-already = has not answered a question yet
sign-in-danger = 🆘
sign-unreachable = 🔕
sign-asked-already = 🟡
availability-sign-available = 🟢
availability-sign-on_task = 🟠
availability-sign-off_duty = ⚫
availability-sign-unavailable = ⚪
which-open = open
which-closed = closed
which-all = all
