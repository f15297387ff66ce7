# La ayuda.

help-title = ❓ <b>Lo que puedes hacer</b> · rol: { $role }
help-group-agent = <b>Tu trabajo</b>
help-group-supervisor = <b>Coordinar</b>
help-group-admin = <b>Administrar</b>
help-line = /{ $name } · { $what }
help-foot = Los botones bajo cada tarea hacen lo mismo con un toque.
unknown-command = No conozco /{ $word }. En /{ command-help.name } está todo lo que puedes enviar.
unknown-command-near = No conozco /{ $word }. ¿Quisiste decir /{ $nearest }?
edited = ✏️ Lo que editas no cambia nada: envíalo otra vez, en un mensaje nuevo.
hint =
    No esperaba eso. ¿Qué es? Si es urgente, toca el primer botón: la alerta sale ya.
    También puedes enviar /{ command-emergency.name }, /{ command-new.name }, <code>/{ command-note.name } T-12</code> y tu texto, o /{ command-help.name }.
