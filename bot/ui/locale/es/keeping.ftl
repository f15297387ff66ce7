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
