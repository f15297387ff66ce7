"""A database that is full enough for the planner of PostgreSQL to choose as it would in years."""

MANY, FEW = 20_000, 1_000

# Nearly all of what is kept is over: what is open, waits or is due is a hundredth of it.
ROWS = {
    "person": (
        "telegram_id, name, username, role, membership, availability, lat, lon, cell, seen_at, hold, unit, shift_since,"
        " reachable, live_until",
        "n, 'Persona ' || n, 'p' || n, CASE WHEN n % 10 = 1 THEN 2 ELSE 1 END, 'active',"
        " CASE WHEN n % 20 = 0 THEN 'available' ELSE 'off_duty' END, -2.1, -79.9, n * 1000, n,"
        " CASE WHEN n % 10 = 0 THEN NULL ELSE n END, n % 200, CASE WHEN n % 20 = 0 THEN n END, 1,"
        " CASE WHEN n % 400 = 0 THEN n ELSE 0 END",
        MANY,
    ),
    "task": (
        "id, kind, type, priority, title, state, version, opened_at, sent_at, reporter, unit, rung, lap, told, doubted,"
        " stranded, drill, escalations, notes, open, alerting, searching",
        "n, CASE WHEN n % 97 = 0 THEN 'emergency' ELSE 'task' END, 'patrol', 3, 'Asunto ' || n, 'completed', 1, n, n,"
        " n % 5000, n % 200, 0, 0, '[]', 0, 0, 0, 0, 0,"
        " CASE WHEN n % 100 = 0 THEN 1 ELSE 0 END, CASE WHEN n % 1000 = 0 THEN 1 ELSE 0 END,"
        " CASE WHEN n % 1000 = 0 THEN 1 ELSE 0 END",
        MANY,
    ),
    "assignment": (
        "task, agent, position, state, since, by_hand, standing, engaged",
        "n, n % 5000, 0, 'released', n, 0, CASE WHEN n % 100 = 0 THEN 1 ELSE 0 END, 0",
        MANY,
    ),
    "task_word": ("word, task", "'palabra' || n % 3000, n", MANY),
    "event": (
        "at, task, person, unit, by, via, reason, body, chain, link, hash, salt, whose",
        "n, CASE WHEN n % 2 = 0 THEN n / 2 END, CASE WHEN n % 3 = 0 THEN n % 5000 END, NULL, 7, 'chat', '', '{}', 1, n,"
        " md5(n::text), CASE WHEN n % 3 = 0 THEN md5(n::text) END, CASE WHEN n % 3 = 0 THEN n % 5000 END",
        MANY,
    ),
    "picture": (
        "chat, album, message, media, attachment, words, at",
        "n % 500, 'a' || n / 10, n, 'photo', 'f', '', n",
        MANY,
    ),
    "answer": ("key, at, body", "'update:' || n, n, ''", MANY),
    "card": ("card, chat, message_id, digest", "'task:' || n, n % 5000, n, ''", MANY),
    "timer": ("kind, task, person, unit, due_at, urgent", "'reminder', n, 0, 0, n, n % 2", FEW),
    "form": ("person, chat, kind, step, data, at", "n, n, 'new', 'title', '{}', n", FEW),
    "counter": ("name, value", "'total.' || n, n", FEW),
    "unit": ("name, folded, chat, version, rota, watch_until", "'U' || n, 'u' || n, n, 1, '[]', n", FEW),
    "duty": ("unit, person, role", "n % 200, n, CASE WHEN n % 50 = 0 THEN 2 ELSE 1 END", FEW),
    "told": ("task, person, climb, at", "n, n % 5000, 2, n", MANY),
    "announcement": ("task, events, but, stage, climb, said", "n, '[]', '[]', 'quiet', 2, 25", FEW),
    "circular": (
        "person, unit, circle, of_unit, of_card, but, after, screen, lane, card, notify, turn",
        "n, 0, 'admins', NULL, '', '[]', 0, '{}', 2, CASE WHEN n % 2 = 0 THEN 'access:' || n END, 1, 0",
        FEW,
    ),
    "inbox": (
        "update_id, line, rank, state, due_at, attempts, ended_at, received_at, payload",
        "n, (n % 5000)::text, 2, CASE WHEN n % 200 = 0 THEN n / 200 % 3 WHEN n % 199 = 0 THEN 4 ELSE 3 END, n, 1,"
        " CASE WHEN n % 200 = 0 THEN NULL ELSE n END, n, ''",
        MANY,
    ),
    "outbox": (
        "line, rank, state, due_at, attempts, ended_at, created_at, chat, method, payload, card, ring, uncertain",
        "(n % 5000) || ':2', 1 + n % 3, CASE WHEN n % 200 = 0 THEN n / 200 % 3 WHEN n % 199 = 0 THEN 4 ELSE 3 END, n,"
        " 1, CASE WHEN n % 200 = 0 THEN NULL ELSE n END, n, n % 5000, 'sendMessage', '', 'task:' || n, n % 2, 0",
        MANY,
    ),
    "room": ("chat, told", "n, 0", FEW),
    "topic_form": ("person, chat, topic, kind, step, data, at", "n, n, n, 'new', 'title', '{}', n", FEW),
    "moved_chat": ('chat, "to"', "n, n + 1", FEW),
    "rise": (
        "way, person, asked_by, asked_with, due_at, decided_at, confirmed",
        "'promote', n, n, n, n, n, 0",
        FEW,
    ),
    "invitation": ("digest, role, expires_at", "md5(n::text), 1, n", FEW),
    "check_in": ("telegram_id, body", "n, '{}'", FEW),
    "duress": ("person, salt, digest", "n, '', ''", MANY),
    "lost_word": ("person, salt, digest", "n, '', ''", MANY),
    "guess": ("whose, wrong, since", "'account:' || n, 1, n", MANY),
    "chain": ("chain, events, hash", "n, n, ''", FEW),
}


def fill() -> list[str]:
    """The statements that do it."""
    return [
        *(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM generate_series(1, {rows}) n"  # noqa: S608
            for table, (columns, values, rows) in ROWS.items()
        ),
        "VACUUM ANALYZE",
    ]
