# Los datos personales: el aviso, lo que se guarda de cada uno, y las palabras de ese archivo.

privacy-notice =
    🔐 <b>Tus datos en esta central</b>
    <blockquote expandable>Se guardan tu nombre, tu cuenta de Telegram, lo que escribes aquí y, si la compartes, tu ubicación: para enviar ayuda y para que conste lo que pasó.
    Tu ubicación se borra { $places } después de la última vez que se supo de ti; los mensajes enviados, después de { $messages }. Lo que se escribe y envía en una tarea se borra { $evidence } después de su cierre; queda qué pasó y cuándo.
    Responde por los datos: { $controller }.
    Con acceso, /{ $mydata } te da lo que se guarda de ti.</blockquote>
privacy-hours = { $count ->
    [one] una hora
   *[other] { $count } horas
}
privacy-days = { $count ->
    [one] un día
   *[other] { $count } días
}
privacy-years = { $count ->
    [one] un año
   *[other] { $count } años
}
privacy-controller-unnamed = la administración de este equipo
mydata =
    🗂 <b>Lo que esta central guarda de ti</b>
    El archivo que sigue tiene tus datos, lo que te pasó aquí y { $tasks ->
        [0] ninguna tarea
        [one] tu tarea más reciente
       *[other] tus { $tasks } tareas más recientes
    }. Es solo tuyo: nadie más lo recibe. Que lo pediste queda en el registro.
mydata-older =
    🗂 El archivo que sigue tiene { $tasks ->
        [0] ninguna tarea más
        [one] una tarea anterior
       *[other] { $tasks } tareas anteriores
    }.
mydata-file = mis-datos
mydata-caption = 🗂 Lo que esta central guarda de ti
button-mydata-more = Trabajo anterior »
button-erase-data = 🗑 Borrar mis datos
erase-sure =
    🗑 <b>Borrar mis datos</b>
    Se van tu nombre, tu usuario, tu cuenta, tus lugares, y todo lo que escribiste o enviaste: también el título y el lugar de lo que reportaste. Pierdes el acceso.
    Queda qué pasó y cuándo, con un número en vez de tu nombre: el registro prueba quién atendió a quién, y lo que otros escribieron es de ellos.
    Lo aprueba otra persona de administración. No se puede deshacer.
button-ask-erasure = Sí, pedir que se borren
erase-asked = ⏳ Lo pedí a la administración. Cuando alguien lo apruebe pierdes el acceso y se borra; te aviso.
erase-done = 🗑 Tus datos se borraron. Si un día vuelves, empiezas de cero con /{ command-start.name }.
erase-done-of = 🗑 Los datos de la persona { $number } se borraron. El registro dice que lo aprobaste tú.

data-made-at = hecho_el
data-person = persona
data-number = número
data-name = nombre
data-username = usuario
data-account = cuenta_de_telegram
data-role = rol
data-availability = disponibilidad
data-unit = unidad
data-on-duty-since = de_turno_desde
data-last-place = último_lugar
data-live-until = comparte_ubicación_hasta
data-reachable = recibe_mensajes
data-check-in = control
data-every-minutes = cada_minutos
data-due-at = vence_el
data-track = recorrido
data-happened = lo_que_pasó
data-tasks = tareas
data-code = código
data-title = título
data-state = estado
data-opened-at = abierta_el
data-closed-at = cerrada_el
data-reported-by-me = la_reporté_yo
data-place = lugar
data-address = dirección
data-my-part = mi_parte
data-what-i-did = lo_que_hice
data-at = cuando
data-by = por
data-via = vía
data-reason = motivo
data-event = evento
data-latitude = latitud
data-longitude = longitud
data-accuracy = precisión_en_metros
