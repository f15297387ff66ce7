# Unidades: quién es de cuál, y su grupo.

units =
    🏢 <b>Unidades</b>
    Toca una para ver su ficha.
units-none =
    🏢 <b>Unidades</b>
    Todavía no hay ninguna.
unit-new = ➕ Nueva unidad
unit-head = 🏢 <b>{ $unit }</b>
unit-zone = 🕒 Zona horaria: { $zone }
unit-linked = 🔗 Tiene un grupo vinculado.
unit-not-linked = 🔗 Sin grupo. Para vincular uno, escribe /{ command-link.name } dentro del grupo.
unit-oncall = 🛡 Guardia
unit-back = « Unidades
unit-page = « Ficha
unit-button-gente = 👥 Personas
unit-button-nombre = ✏️ Nombre
unit-button-zona = 🕒 Zona
unit-button-suelta = ✂️ Desvincular grupo
unit-button-suma = ➕ Agregar
unit-people = 👥 <b>{ $unit }</b>
unit-people-none =
    👥 <b>{ $unit }</b>
    No hay nadie todavía: toca <b>{ unit-button-suma }</b>.
unit-member = { $sign } { $who } · { $role }
unit-whom = ➕ <b>{ $unit }</b>: ¿a quién agrego? · { $role }
unit-out-sure = ¿Sacar a { $who } de { $unit }?
unit-out-yes = Sí, sacar
unit-out-no = No, volver
unit-ask-nombre = ✏️ ¿Cómo se llama la unidad? Escríbelo en un mensaje.
unit-ask-zona = 🕒 ¿En qué zona horaria trabaja? Toca esta, o escribe otra, por ejemplo <code>Pacific/Galapagos</code>.
unit-enrolled = 🏢 Ahora eres de la unidad <b>{ $unit }</b>. Tus turnos están en /{ command-shift.name }.
unit-dismissed = 🏢 Ya no eres de la unidad <b>{ $unit }</b>.
link-in-group = Escribe /{ command-link.name } dentro del grupo de tu unidad, no aquí.
link-no-unit = Todavía no eres de ninguna unidad, y cada grupo es de la suya. Pide a alguien de administración que te ponga en una con /{ command-units.name }.
link-which = 🔗 ¿De qué unidad es este grupo?
link-done = 🔗 Este grupo es ahora el de la unidad <b>{ $unit }</b>: aquí verán los cambios de guardia.

group-linked-told =
    🔗 { $by } vinculó el grupo «{ $group }» (<code>{ $id }</code>) a la unidad { $unit }.
    Si no lo esperabas: /{ command-units.name } → { $unit } → ✂️ Desvincular grupo.
group-unlinked-told = 🔗 { $by } quitó el grupo de la unidad { $unit }.
group-nameless = sin nombre
