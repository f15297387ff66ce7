# Lo que se guarda: el sello del registro y las copias de seguridad, para los administradores.

seal-published =
    🔏 Sello del registro · { $at }
    Eventos: { $events }
    <code>{ $seal }</code>
    No borres este mensaje: con él se prueba que nadie ha cambiado lo anterior.
backup-failed =
    ⚠️ La copia de seguridad no se pudo hacer.
    Causa: <code>{ $why }</code>
    Última copia buena: { $last }
backup-none = ninguna
condition-ill =
    ⚠️ { $what }
    Causa: <code>{ $why }</code>
condition-was =
    ℹ️ Ya pasó, pero mientras tanto no se podía avisar: { $what }
    Causa: <code>{ $why }</code>
condition-hold = Telegram pidió una espera larga: hay mensajes que salen tarde.
condition-updates = No llega lo que la gente envía: quien pida ayuda por Telegram no será escuchado hasta que se arregle.
condition-clock = El reloj de la máquina no va bien: los plazos pueden cumplirse antes o después.
condition-limits = Los límites compartidos fallan: los mensajes pueden salir más despacio.
condition-loop = Una parte del sistema se detuvo.
condition-group = El grupo de alertas no recibe mensajes: revisen que el bot esté en el grupo y pueda escribir.
condition-reach = Hay muchas personas a la vez que no reciben mensajes.
condition-waiting = Una emergencia espera demasiado su próximo aviso.
