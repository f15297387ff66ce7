# Lo que dice el propio canal: avisos de reenvío, de fallos y de mensajes apartados.

resent = (reenvío)
file-not-shown = 📎 Aquí no pude mostrar el archivo: si hace falta, pide que lo envíen otra vez.
alarms-waiting = 🚨 <b>{ $count } alertas a la vez</b>: toca <b>Ver</b> para abrir una.
alarm-code = <code>{ $code }</code>
button-see = Ver { $code }
update-failed =
    ⚠️ No pude procesar tu último mensaje. Los administradores ya lo saben.
    Si es urgente, escribe /{ command-emergency.name } otra vez.
parked-update =
    ⚠️ Una actualización no se pudo procesar después de { $tries ->
        [one] un intento
       *[other] { $tries } intentos
    } y quedó apartada.
    Número: <code>{ $name }</code>
    Causa: <code>{ $why }</code>
parked-message =
    ⚠️ Un mensaje no se pudo entregar y quedó apartado.
    Número: <code>{ $name }</code>
    Chat: <code>{ $chat }</code>
    Causa: <code>{ $why }</code>
tail-caption = 📄 Aquí sigue el mensaje de arriba.
tail-file = sigue.txt
stand-by = ⏳ Ahora mismo no puedo guardar nada, pero tu mensaje no se pierde y lo atenderé apenas pueda; si es urgente, avisa también por radio o teléfono.
guest-link =
    👋 Este grupo no es de la central: aquí no muestro nada.
    Para vincularlo, escribe /{ command-link.name } antes de { $minutes } minutos. Si no, me voy.
guest-farewell = 👋 Este grupo no es de la central, así que me voy. Alguien de supervisión puede agregarme y escribir /{ command-link.name }.
hidden-emergency =
    🚨 <b>Todavía no salió ninguna alerta:</b> aquí Telegram oculta quién escribe.
    Toca el botón y envía el mensaje: la alerta sale al instante.
button-hidden-emergency = 🚨 Enviar la emergencia
hidden-command = 🕶 Aquí Telegram oculta quién escribe, y sin saberlo no puedo hacerlo. Toca el botón y envíamelo en privado.
button-hidden-command = ✉️ Enviar en privado
