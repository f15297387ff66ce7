"""The kinds of chats: private ones, and groups with their members; and the bounded history of them all."""

from __future__ import annotations

from collections import deque
from enum import StrEnum

from emulator import wire
from emulator.messages import Chat, Message
from emulator.people import Account, Bot, Person


class Status(StrEnum):
    """Status of an account in a group or a channel."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = frozenset({Status.CREATOR, Status.ADMINISTRATOR, Status.MEMBER})
LEADING = frozenset({Status.CREATOR, Status.ADMINISTRATOR})


class History:
    """The latest messages of every chat together, so that memory stays flat however long a world runs."""

    def __init__(self, *, per_chat: int, in_all: int) -> None:
        self.per_chat = per_chat
        self.in_all = in_all
        self._latest: deque[Message] = deque()

    def keep(self, message: Message) -> None:
        messages = message.chat.messages
        messages[message.id] = message
        messages.pop(message.id - self.per_chat, None)
        self._latest.append(message)
        if len(self._latest) > self.in_all:
            old = self._latest.popleft()
            old.chat.messages.pop(old.id, None)


class PrivateChat(Chat):
    """One person and one bot. The bot may write once the person has (``started``) and until they block it."""

    def __init__(self, person: Person, bot: Bot) -> None:
        about = wire.Chat(person.id, "private", None, person.username, person.first_name, person.last_name)
        super().__init__(person.id, person.full_name, about)
        self.person = person
        self.bot = bot
        self.started = False
        self.blocked = False


class Topic:
    """One topic of a forum. ``id`` is that of the message that created it; None: General."""

    def __init__(self, topic_id: int | None, name: str) -> None:
        self.id = topic_id
        self.name = name
        self.closed = False


class Group(Chat):
    """A group, a supergroup or a channel, by ``kind``; ids are negative.

    ``topics`` has General and the others of a forum, by id; it is empty in any other group. ``anonymous`` are the
    leaders who post as the group, ``muted`` the members who may not write, ``discussion`` is the group into which a
    channel's posts are forwarded.
    """

    def __init__(
        self, chat_id: int, title: str, kind: str, username: str | None = None, *, forum: bool = False
    ) -> None:
        super().__init__(chat_id, title, wire.Chat(chat_id, kind, title, username, is_forum=forum or None))
        self.username = username
        self.topics: dict[int | None, Topic] = {None: Topic(None, "General")} if forum else {}
        self.last_id = int(forum)  # 1 is General's own number
        self.anonymous: set[int] = set()
        self.muted: set[int] = set()
        self.discussion: Group | None = None
        self.statuses: dict[int, Status] = {}
        self.accounts: dict[int, Account] = {}
        self.bots: list[Bot] = []
        self.migrated_to: Group | None = None
        self.last_bot: Bot | None = None

    def status(self, account: Account) -> Status:
        return self.statuses.get(account.id, Status.LEFT)

    def has(self, account: Account) -> bool:
        return self.statuses.get(account.id) in PRESENT

    def led_by(self, account: Account) -> bool:
        return self.statuses.get(account.id) in LEADING

    def set_status(self, account: Account, status: Status) -> None:
        self.accounts[account.id] = account
        self.statuses[account.id] = status
        self.bots = [member for member in self.members if isinstance(member, Bot)]

    @property
    def members(self) -> list[Account]:
        """Everybody who is in it, bots too, in order of arrival."""
        return [account for account in self.accounts.values() if self.has(account)]
