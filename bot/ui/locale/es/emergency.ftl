# Emergencias: el lugar.

call-numero = ☎️ ¿Número para devolver la llamada, y nombre? Ejemplo: <code>0991234567 Ana Ruiz</code>. Si ya sabes qué pasa, escríbelo: la alerta sale enseguida.
call-lugar = 📍 ¿Dónde es? Calle y referencia, coordenadas o un punto en el mapa.
call-que = 🚨 ¿Qué pasa?
call-mas = 📝 ¿Algo más? Lo que escribas va como nota a la misma ficha.
call-over = ☎️ Listo.
emergency-sent = 🚨 La alerta <code>{ $code }</code> ya salió.
emergency-where = 📍 <b>¿Dónde es?</b> Toca el botón de abajo, envía un punto del mapa (📎) o escribe la dirección. La alerta <code>{ $code }</code> ya salió.
emergency-where-group = 📍 <b>¿Dónde es?</b> Responde a este mensaje con tu ubicación (📎 → Ubicación) o con la dirección. La alerta <code>{ $code }</code> ya salió.
emergency-where-anew = 📍 <b>¿Dónde es, entonces?</b> Toca el botón de abajo, envía un punto del mapa (📎) o escribe la dirección: lo verán quienes atienden <code>{ $code }</code>. Para dejarlo como está: /{ command-cancel.name }
emergency-place-corrected = 📍 Lugar corregido en <code>{ $code }</code>: ya lo ven quienes la atienden.
emergency-place-left = 📍 La alerta <code>{ $code }</code> sigue en marcha. El lugar lo puedes decir cuando quieras, con el botón de su ficha.
emergency-place-kept = 📍 Gracias: el lugar ya está en <code>{ $code }</code>.
emergency-place-forwarded = Esa ubicación es reenviada y no dice dónde estás tú: envía la tuya con el botón, o escribe la dirección de <code>{ $code }</code>.
emergency-place-missing = Falta el lugar de <code>{ $code }</code>: envía tu ubicación o escribe la dirección.
button-call = 🚨 Pedir ayuda ya
call-wanted = 🚨 <b>¿Es una emergencia?</b> Toca el botón: la alerta sale ya, con lo que enviaste.
call-forwarded = 🚨 Eso es reenviado. <b>¿La emergencia es tuya?</b> Toca el botón y la alerta sale ya, en tu nombre.
call-foreign = Ese botón es de quien lo escribió. Si tú necesitas ayuda: /{ command-emergency.name }
place-far = 📍 <code>{ $place }</code> queda a { $distance } de los demás lugares. <b>¿Cuál es?</b>
place-nowhere = 📍 <code>{ $place }</code> no está en la Tierra. <b>¿Es este?</b>
place-zero = 📍 <code>{ $place }</code> es un punto en medio del mar: lo da un teléfono sin señal. <b>¿Es ahí?</b> Si no, envía otro lugar.
button-there = Sí, es ahí
critical-is-emergency = 🚨 Lo crítico es una emergencia: la alerta <code>{ $code }</code> ya salió, a quienes están cerca. Si es un trabajo para alguien: nómbralo con @.

# Varias emergencias de una misma persona.

emergency-joined = ➕ <b>Se sumó a <code>{ $code }</code></b>, que sigue abierta: quienes la atienden ya lo ven. Si es otra cosa, quien supervisa la separa con <b>{ button-take-out }</b>.
report-joined = ➕ <b>{ $who } reportó otra emergencia</b>: se sumó a <code>{ $code }</code>, porque ya tiene varias abiertas. ¿Es otra cosa? Toca <b>{ button-take-out }</b>.
reports-head = ➕ <b>Lo que { $who } sumó a <code>{ $code }</code></b> ({ $count }):
reports-line = <b>{ $number }.</b> { $at }
reports-none = Nada por ahora.
button-take-out = 🚨 Es otra
button-take-out-of = 🚨 Es otra · { $number }
button-reports = ➕ Sumadas ({ $count })
button-close-all = Cerrar todas las de { $who }
close-all-sure =
    { $count ->
        [one] ¿Cerrar la emergencia abierta de <b>{ $who }</b>?
       *[other] ¿Cerrar las { $count } emergencias abiertas de <b>{ $who }</b>?
    }
close-all-yes = Sí, cerrar ({ $count })
close-all-no = No
not-closed-all = Siguen abiertas.
closed-all = Cerradas todas las emergencias de <b>{ $who }</b>.
closed-all-undone = ↩️ Deshecho: siguen como antes.
