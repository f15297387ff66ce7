# Lo que alguien dijo por radio o teléfono, y lo anota quien supervisa.

button-radio = 📻 Por radio
radio-who = 📻 ¿Quién lo dijo? Escribe, por ejemplo: <code>{ $example }</code>
radio-which = 📻 <b>{ $code }</b>: ¿qué te dijeron por radio?
radio-what = 📻 ¿Qué te dijo { $who } por radio?
radio-nobody = 📻 En <code>{ $code }</code> no hay a quién anotarle nada: nadie va ni tiene una pregunta sin contestar.
radio-nothing = 📻 { $who } no tiene nada abierto de lo que anotar eso.
radio-quoted =
    { $question }
    <blockquote>{ $words }</blockquote>
radio-button-of = { $who }: { $label }
radio-noted = 📻 Anotado por radio: <b>{ $who } { $what }</b> · <code>{ $code }</code>
radio-noted-alone = 📻 Anotado por radio: <b>{ $who } { $what }</b>
radio-said-go = va
radio-said-decline = no puede
radio-said-depart = va en camino
radio-said-arrive = llegó
radio-said-start = empezó
radio-said-pause = hizo una pausa
radio-said-resume = siguió
radio-said-complete = finalizó
radio-said-fine = está bien
radio-said-undo = se queda como estaba
radio-noted-for-you = 📻 { $who } ya anotó por radio lo que dijiste, { $at }: no cambié nada. Así está ahora:
radio-no-check-in = 📻 { $who } no tiene un control que contestar: no anoté nada.
radio-not-asked = 📻 No anoté nada: nadie le pidió a { $who } ir a <code>{ $code }</code>.
radio-ask = Asignar a { $who }
radio-not-needed = 📻 No anoté nada: ya no hace falta la respuesta de { $who } sobre <code>{ $code }</code>.
radio-in-emergency = 📻 No anoté nada: { $who } ya tiene otra emergencia, <code>{ $code }</code>.
