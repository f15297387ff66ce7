# /estado: the desk in numbers.

board-title = 📊 <b>Status</b> · { $at }
board-no-alerts = ✅ No alert waits for an answer
board-alerts = 🚨 <b>Alerts not received: { $count }</b> · the oldest, { $age } ago
board-tasks = <b>Open tasks: { $count }</b>
board-priority = { $sign } { $priority }: { $states }
board-tasks-scheduled = { $count } scheduled
board-tasks-in_progress = { $count } in progress
board-tasks-paused = { $count } paused
board-agents = <b>Agents: { $count }</b>
board-line = { $what }: { $count }
board-queues = <b>Queues</b>
board-queue = { $what }: { $count } · { $age }
board-lane-emergency = emergencies
board-lane-action = notices
board-lane-routine = routine
board-inbox = messages to handle
board-parked = set aside: { $updates } received, { $messages } to send
board-health = <b>Parts</b>
health-ok = 🟢 { $part }
health-down = 🔴 { $part }: does not answer
health-off = ⚪ { $part }: not used
part-storage = Database
part-telegram = Telegram
part-redis = Redis
board-version = Version { $version } · running for { $uptime }
button-refresh = 🔄 Refresh
