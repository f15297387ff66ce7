# Emergencies: the place.

call-numero = ☎️ A number to call back, and a name? For example <code>0991234567 Ana Ruiz</code>. If you know what happens already, write it: the alert leaves at once.
call-lugar = 📍 Where is it? Street and landmark, coordinates or a point on the map.
call-que = 🚨 What happens?
call-mas = 📝 Anything else? What you write goes as a note to the same card.
call-over = ☎️ Done.
emergency-sent = 🚨 The alert <code>{ $code }</code> is out.
emergency-where = 📍 <b>Where is it?</b> Tap the button below, send a point on the map (📎) or write the address. The alert <code>{ $code }</code> is out already.
emergency-where-group = 📍 <b>Where is it?</b> Reply to this message with your location (📎 → Location) or with the address. The alert <code>{ $code }</code> is out already.
emergency-where-anew = 📍 <b>Where is it, then?</b> Tap the button below, send a point on the map (📎) or write the address: those who attend to <code>{ $code }</code> will see it. To leave it as it is: /{ command-cancel.name }
emergency-place-corrected = 📍 Place corrected in <code>{ $code }</code>: those who attend to it see it now.
emergency-place-left = 📍 The alert <code>{ $code }</code> goes on. You can say where it is at any time, with the button on its card.
emergency-place-kept = 📍 Thank you: the place is in <code>{ $code }</code> now.
emergency-place-forwarded = That location was forwarded and does not say where you are: send yours with the button, or write the address of <code>{ $code }</code>.
emergency-place-missing = The place of <code>{ $code }</code> is missing: send your location or write the address.
button-call = 🚨 Call for help now
call-wanted = 🚨 <b>Is it an emergency?</b> Press the button: the alert goes out at once, with what you sent.
call-forwarded = 🚨 That was forwarded. <b>Is the emergency yours?</b> Press the button, and the alert goes out in your name.
call-foreign = That button belongs to whoever wrote it. If you need help yourself: /{ command-emergency.name }
place-far = 📍 <code>{ $place }</code> is { $distance } from the other places. <b>Which one is it?</b>
place-nowhere = 📍 <code>{ $place }</code> is not on the earth. <b>Is it this one?</b>
place-zero = 📍 <code>{ $place }</code> is a point in the sea: a phone without a signal says so. <b>Is it there?</b> If not, send another place.
button-there = Yes, it is there
critical-is-emergency = 🚨 Critical work is an emergency: the alert <code>{ $code }</code> is out, to those who are near. If it is work for somebody: name them with @.

# Several emergencies of one person.

emergency-joined = ➕ <b>It joined <code>{ $code }</code></b>, which is still open: those who handle it see this too. If it is something else, a supervisor takes it out with <b>{ button-take-out }</b>.
report-joined = ➕ <b>{ $who } reported another emergency</b>: it joined <code>{ $code }</code>, because they have several open. Is it something else? Tap <b>{ button-take-out }</b>.
reports-head = ➕ <b>What { $who } added to <code>{ $code }</code></b> ({ $count }):
reports-line = <b>{ $number }.</b> { $at }
reports-none = Nothing so far.
button-take-out = 🚨 It is another
button-take-out-of = 🚨 It is another · { $number }
button-reports = ➕ Joined ({ $count })
button-close-all = Close all of { $who }
close-all-sure =
    { $count ->
        [one] Close the open emergency of <b>{ $who }</b>?
       *[other] Close the { $count } open emergencies of <b>{ $who }</b>?
    }
close-all-yes = Yes, close ({ $count })
close-all-no = No
not-closed-all = They stay open.
closed-all = All emergencies of <b>{ $who }</b> are closed.
closed-all-undone = ↩️ Undone: they go on as before.
