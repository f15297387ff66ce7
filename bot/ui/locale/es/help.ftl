# La ayuda.

help-title = ❓ <b>Lo que puedes hacer</b> · rol: { $role }
help-group-agent = <b>Tu trabajo</b>
help-group-supervisor = <b>Coordinar</b>
help-group-admin = <b>Administrar</b>
help-line = /{ $name } · { $what }
help-foot = Los botones bajo cada tarea hacen lo mismo con un toque.
unknown-command = No conozco /{ $word }. En /{ command-help.name } está todo lo que puedes enviar.
unknown-command-near = No conozco /{ $word }. ¿Quisiste decir /{ $nearest }?
edited = ✏️ Lo que editas no cambia nada: mándalo otra vez, en un mensaje nuevo.
hint =
    No esperaba eso. Si es urgente, toca /{ command-emergency.name }: la alerta sale ya. Para reportar un trabajo: /{ command-new.name }.
    Para sumar algo a una tarea: <code>/{ command-note.name } T-12</code> y tu texto. Todo lo demás: /{ command-help.name }
