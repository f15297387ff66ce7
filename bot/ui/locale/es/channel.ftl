# Lo que dice el propio canal: avisos de reenvío, de fallos y de mensajes apartados.

resent = (reenvío)
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
channel = Aquí no puedo atender órdenes: en un canal no sé quién escribe. Escríbeme en privado o en un grupo.
stand-by = ⏳ Ahora mismo no puedo guardar nada, pero tu mensaje no se pierde y lo atenderé apenas pueda; si es urgente, avisa también por radio o teléfono.
