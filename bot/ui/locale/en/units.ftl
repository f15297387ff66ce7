# Units: who belongs to which, and its group.

units =
    🏢 <b>Units</b>
    Tap one to see its page.
units-none =
    🏢 <b>Units</b>
    There are none yet.
unit-new = ➕ New unit
unit-head = 🏢 <b>{ $unit }</b>
unit-zone = 🕒 Time zone: { $zone }
unit-linked = 🔗 It has a linked group.
unit-not-linked = 🔗 No group. To link one, write /{ command-link.name } in the group.
unit-oncall = 🛡 On call
unit-back = « Units
unit-page = « Page
unit-button-gente = 👥 People
unit-button-nombre = ✏️ Name
unit-button-zona = 🕒 Zone
unit-button-suelta = ✂️ Unlink the group
unit-button-suma = ➕ Add
unit-people = 👥 <b>{ $unit }</b>
unit-people-none =
    👥 <b>{ $unit }</b>
    There is nobody yet: tap <b>{ unit-button-suma }</b>.
unit-member = { $sign } { $who } · { $role }
unit-whom = ➕ <b>{ $unit }</b>: whom shall I add? · { $role }
unit-out-sure = Take { $who } out of { $unit }?
unit-out-yes = Yes, take out
unit-out-no = No, back
unit-ask-nombre = ✏️ What is the unit called? Write it in a message.
unit-ask-zona = 🕒 In which time zone does it work? Tap this one, or write another, such as <code>Pacific/Galapagos</code>.
unit-enrolled = 🏢 You belong to the unit <b>{ $unit }</b> now. Your turns are in /{ command-shift.name }.
unit-dismissed = 🏢 You don't belong to the unit <b>{ $unit }</b> any more.
link-in-group = Write /{ command-link.name } in your unit's group, not here.
link-no-unit = You are in no unit yet, and each group is its unit's. Ask an administrator to put you in one with /{ command-units.name }.
link-which = 🔗 Which unit's group is this?
link-done = 🔗 This is the group of the unit <b>{ $unit }</b> now: handovers are told here.

group-linked-told =
    🔗 { $by } linked the group “{ $group }” (<code>{ $id }</code>) to the unit { $unit }.
    If you did not expect it: /{ command-units.name } → { $unit } → ✂️ Unlink the group.
group-unlinked-told = 🔗 { $by } took the group of the unit { $unit } away.
group-nameless = without a name
