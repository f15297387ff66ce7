# Seeing it before and after: /plan, /why and drills.

plan-now = 🔭 <b>If somebody calls for help now</b> ({ $at }) and nobody answers:
plan-then = 🔭 <b>If somebody calls for help on { $when }</b> and nobody answers:
plan-open = 🔭 <b>{ $code }</b>: what follows from { $at } on if nobody does anything:
plan-unit = 🏢 Unit: { $unit }
plan-group = 💬 The supervisors' group hears of every alert.
plan-agents =
    { $count ->
        [one] 🚓 The agent who is free and nearest at that moment is asked.
       *[other] 🚓 The { $count } agents who are free and nearest at that moment are asked.
    }
plan-step = <b>{ $when }</b> · { $what }
plan-at-once = now
plan-after = +{ $time }
plan-asked = asked whether they can go: { $who }
plan-again = asked again, until somebody goes: { $who }
plan-told = { $step }: { $who }
plan-told-chat = { $step }
plan-passed-empty = { $step }: there is nobody, the next one
plan-passed-off-duty = { $step }: nobody is on duty, the next one
plan-passed-unreachable = { $step }: no message reaches them, the next one
plan-everybody = 📣 everybody in charge, and then again every { $every } until somebody presses <b>{ button-acknowledge }</b>: { $who }
plan-everybody-once = 📣 everybody in charge: { $who }
plan-nobody = nobody whom a message reaches
round-takes = ⏱️ Sending { $count } messages takes { $span }: the bot sends { $pace } a second.
round-leaders = ⏱️ Alerting the { $count } supervisors and administrators takes { $span }: the bot sends { $pace } a second.
round-shorter = It takes less with a group for alerts, with steps that name fewer people, or with a second bot.
plan-nothing-answered = ✅ Nobody else will be told: somebody has it.
plan-nothing-closed = 🏁 Nobody will be told: it is closed.
plan-nothing-ladder = Nobody will be told by itself. To tell somebody now: /{ command-escalate.name }
plan-when = I don't understand “{ $words }”. Write <code>/{ command-plan.name }</code>, <code>/{ command-plan.name } T-12</code> or <code>/{ command-plan.name } sunday 03:00 North</code>
plan-past = That moment has passed. To see what was done about a task: <code>/{ command-why.name } T-12</code>

target-assignee = whoever has it or was asked
target-unit-supervisors-on-duty = the unit's supervisors on duty
target-supervisors-on-duty = supervisors on duty
target-supervisors = supervisors
target-admins = administrators
target-group = a group
agent-far = { $who } ({ $distance } away)
names-many-more = { $names } and many more
names-more =
    { $count ->
        [one] { $names } and one more
       *[other] { $names } and { $count } more
    }

because = 🧭 <b>{ $code }: why each person was told</b>
because-older = … and { $count } before
because-line = <b>{ $at }</b> { $what }
because-reported = { $by } reported it.
because-nearest =
    { $count ->
        [one] { $who } was asked: nobody free was nearer.
       *[other] { $who } were asked: nobody free was nearer than they.
    }
because-unplaced = { $who } was asked: there was no point on the map, and whoever was seen last comes first.
because-unseen =
    { $count ->
        [one] { $who } was asked: it was not known where they were, and nobody free was left of whom it was.
       *[other] { $who } were asked: it was not known where they were, and nobody free was left of whom it was.
    }
because-declined = { $who } was asked because { $by } can't go.
because-expired = { $who } was asked because { $by } did not answer in time.
because-vacated = { $who } was asked because { $by } has lost access.
because-place = { $who } was asked because the place became known and they are near.
because-free = { $who } was asked because nobody was going and they were free by then.
because-hand = { $by } chose { $who } by hand.
because-told = Step { $number } ({ $step }): { $who } was told
because-climbed-opened = { $notified }, because the alert was opened.
because-climbed-time = { $notified }, because nobody had answered in time.
because-climbed-nobody = { $notified }, because no agent was left to ask.
because-climbed-silenced = { $notified }, because no message reaches those who were told before.
because-climbed-unacknowledged = { $notified }, because it was taken charge of and nothing followed.
because-climbed-lost = { $notified }, because whoever had to answer has lost access, or changed role or unit.
because-climbed-back = { $notified }, because whoever reported it is in again.
because-climbed-reopened = { $notified }, because it was reopened.
because-climbed-by-hand = { $notified }, because { $by } escalated it.
because-climbed-by-hand-why = { $notified }, because { $by } escalated it: “{ $reason }”.
because-everybody = Everybody in charge was told ({ $who }), because nobody had answered.
because-everybody-again = Everybody in charge was told ({ $who }) { $count } times, the last time at { $until }, because nobody answered.
because-passed-empty = Step { $number } ({ $step }): there was nobody, it was passed.
because-passed-off-duty = Step { $number } ({ $step }): nobody was on duty, it was passed.
because-passed-unreachable = Step { $number } ({ $step }): no message reaches them, it was passed.
because-taken = { $who } was not asked any more because { $by } goes.
because-reassigned = { $who } was not wanted any more because { $by } chose somebody else.
because-in-danger = { $who } was not asked any more because they called for help.
because-closed = { $who } was not asked any more because { $by } closed it.
because-reopened = { $by } reopened it.
because-undone = { $by } took the end back.
because-undeclined = { $by } took their “Can't go” back.
because-accepted = It stopped climbing: { $by } said they go.
because-gave-up = It began again: { $by } was going and can't any more.
because-shut-out = It began again: { $by } was going and has lost access.
because-reporter-out = It goes on though { $by }, who reported it, has lost access.
because-reporter-back = { $by }, who reported it, has access again.
because-acknowledged = It stopped climbing: { $by } took charge.
because-called = { $by } asked for reinforcement.
because-more = { $who } was asked because { $by } asked for reinforcement.
because-reserved = { $by } could go as well: in reserve.
because-relieved = { $by } relieved { $who }.

drill-title = Drill
drill-title-unit = Drill in { $unit }
drill-sure =
    🧪 <b>Shall we begin?</b> { $title }
    Everybody is told through the real chain, marked as a drill. Nobody has to move. It ends by itself after { $length }, and you get a report on each person.
drill-begin = 🧪 Yes, begin
drill-leave = No
drill-left = 👍 No drill was begun.
drill-begun = 🧪 <code>{ $code }</code> is under way.
drill-report =
    🧪 <b>Report on { $title }</b> · <code>{ $code }</code>
    It lasted { $lasted }
drill-sum = Told: { $notified } · answered: { $pressed } · silent: { $silent } · blocked the bot: { $blocked }
drill-pressed = ✅ { $who }: “{ $answer }” after { $after } (Telegram took it in { $taken })
drill-not-taken = a moment
drill-silent = 🔇 { $who }: Telegram took it in { $taken }, no answer in { $after }
drill-blocked = 🔕 { $who }: has blocked the bot, nothing arrives
drill-unsent = ⏳ { $who }: the message never left
drill-nobody = Nobody was told.
drill-more = … and { $count } more
button-end-drill = 🧪 End the drill
card-drill = 🧪 <b>DRILL</b>: answer as if it were real, but nobody moves.
news-drill = 🧪 DRILL · { $what }
sign-drill = 🧪
