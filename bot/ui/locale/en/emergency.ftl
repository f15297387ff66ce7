# Emergencies: the place.

emergency-sent = 🚨 The alert <code>{ $code }</code> is out.
emergency-where = 📍 <b>Where is it?</b> Press the key below, send a point on the map (📎) or write the address. The alert <code>{ $code }</code> is out already.
emergency-where-group = 📍 <b>Where is it?</b> Reply to this message with your location (📎 → Location) or with the address. The alert <code>{ $code }</code> is out already.
emergency-where-anew = 📍 <b>Where is it, then?</b> Press the key below, send a point on the map (📎) or write the address: those who attend to <code>{ $code }</code> will see it. To leave it as it is: /{ command-cancel.name }
emergency-place-corrected = 📍 Place corrected in <code>{ $code }</code>: those who attend to it see it now.
emergency-place-left = 📍 The alert <code>{ $code }</code> goes on. You can say where it is at any time, with the button on its card.
emergency-place-kept = 📍 Thank you: the place is in <code>{ $code }</code> now.
emergency-place-forwarded = That location was forwarded and does not say where you are: send yours with the key, or write the address of <code>{ $code }</code>.
emergency-place-missing = The place of <code>{ $code }</code> is missing: send your location or write the address.
button-call = 🚨 Call for help now
call-wanted = 🚨 <b>Is it an emergency?</b> Press the button: the alert goes out at once, with what you sent.
call-forwarded = 🚨 That was forwarded. <b>Is the emergency yours?</b> Press the button, and the alert goes out in your name.
call-foreign = That button belongs to whoever wrote it. If you need help yourself: /{ command-emergency.name }
