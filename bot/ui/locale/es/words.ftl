# Las palabras de la central: estados, roles, prioridades, tipos.

state-scheduled = programada
state-in_progress = en curso
state-paused = pausada
state-completed = finalizada
state-cancelled = cancelada
state-searching = buscando agente
state-unassigned = sin asignar

role-agent = agente
role-supervisor = supervisor
role-admin = administrador

priority-low = baja
priority-medium = media
priority-high = alta
priority-urgent = urgente
priority-critical = crítica
priority-sign-low = ⚪
priority-sign-medium = 🔵
priority-sign-high = 🟡
priority-sign-urgent = 🟠
priority-sign-critical = 🔴

type-patrol = patrullaje
type-investigation = investigación
type-surveillance = vigilancia
type-intervention = intervención
type-administrative = administrativa
type-training = entrenamiento

availability-available = disponible
availability-on_task = en tarea
availability-off_duty = fuera de servicio
availability-unavailable = no disponible

assignment-offered = sin respuesta aún
assignment-accepted = aceptó
assignment-declined = no puede
assignment-expired = no respondió
assignment-en_route = en camino
assignment-on_scene = en el lugar
assignment-released = ya no hace falta

sign-task = 📋
sign-emergency = 🚨
somebody = alguien
the-desk = la central
by-program = { $program } (API)
by-program-for = { $program } (API) en nombre de { $who }
untitled = Sin descripción
clock-hour =
    { $hour ->
        [1] la { $at }
       *[other] las { $at }
    }
clock-day = el { $at }
as-typed = { $text }
coordinates = <code>{ $point }</code>
unreachable = no recibe mensajes
in-danger = tiene una emergencia abierta
asked-already = tiene una pregunta sin responder
sign-in-danger = 🆘
sign-unreachable = 🔕
sign-asked-already = 🟡
availability-sign-available = 🟢
availability-sign-on_task = 🟠
availability-sign-off_duty = ⚫
availability-sign-unavailable = ⚪
which-open = activas
which-closed = finalizadas
which-all = todas
