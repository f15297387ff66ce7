# /estado: la central en números.

board-title = 📊 <b>Estado</b> · { $at }
board-no-alerts = ✅ Ninguna alerta espera respuesta
board-alerts = 🚨 <b>Alertas sin recibir: { $count }</b> · la más antigua, hace { $age }
board-tasks = <b>Tareas abiertas: { $count }</b>
board-priority = { $sign } { $priority }: { $states }
board-tasks-searching = { $count } buscando agente
board-tasks-scheduled =
    { $count ->
        [one] 1 programada
       *[other] { $count } programadas
    }
board-tasks-in_progress = { $count } en curso
board-tasks-paused =
    { $count ->
        [one] 1 pausada
       *[other] { $count } pausadas
    }
board-agents = <b>Agentes: { $count }</b>
board-line = { $what }: { $count }
board-in-danger = { sign-in-danger } con una emergencia abierta: { $count }
board-queues = <b>Colas</b>
board-queue = { $what }: { $count } · { $age }
board-lane-emergency = emergencias
board-lane-action = avisos
board-lane-routine = rutina
board-inbox = mensajes por atender
board-parked = mensajes que nadie pudo leer: { $updates } · que no se pudieron entregar: { $messages }
board-parked-update = · { $count } × sin leer: <code>{ $cause }</code>
board-parked-message = · { $count } × sin entregar: <code>{ $cause }</code>
board-parked-more = · y otras causas: <code>gad deadletters list</code>
board-health = <b>Estado de los servicios</b>
health-ok = 🟢 { $part }
health-down = 🔴 { $part }: no responde
health-off = ⚪ { $part }: no se usa
part-storage = Base de datos
part-telegram = Telegram
part-redis = Redis
board-version = Versión { $version } · en marcha hace { $uptime }
button-refresh = 🔄 Actualizar
