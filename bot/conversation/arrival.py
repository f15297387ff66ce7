"""An update in hand: what was read of it before its turn begins, and what comes of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import Struct, field
from telegram import Message, Update

from bot.config.live import LiveConfig
from bot.config.privacy import Privacy
from bot.config.schema import Config
from bot.conversation.heard_texts import HeardTexts
from bot.conversation.standings import Stand
from bot.conversation.user_rate_limit import UserRateLimit
from bot.transport.pressed import Pressed
from bot.ui.epoch import Epoch
from bot.ui.process_status import ProcessStatus
from bot.ui.texts import Texts
from core.desk.desk import Desk
from core.desk.ports import OutgoingMessage
from core.queries.queries import Queries
from core.rules.situation import Rules
from core.state.checkins import CheckIn, Sighting
from core.state.person import Person
from core.vocabulary.destinations import Destination
from storage.queues.addressed_call import GENERAL, destination_at
from storage.queues.rooms import Guest, Room
from storage.repositories.albums import Picture
from storage.repositories.forms import Form

PressWords = Callable[[Pressed, Person | None, Stand], str]
"""The words for somebody (None: a stranger) whose press does nothing, by how it stands; empty: it may do something."""


def _no_words(_: Pressed, __: Person | None, ___: Stand) -> str:
    return ""


class Services(Struct, frozen=True, kw_only=True):
    """The tools of every turn: the desk, its queries, the catalogue, the configuration, what the bot knows of itself.

    ``press_words`` is what a press that goes no further is answered with.
    """

    desk: Desk
    queries: Queries
    texts: Texts
    process_status: Callable[[], ProcessStatus]
    user_rate_limit: UserRateLimit
    epoch: Epoch = field(default_factory=Epoch)
    press_words: PressWords = _no_words
    heard: HeardTexts = field(default_factory=HeardTexts)
    correction: Callable[[], timedelta] = timedelta  # from Telegram's dates to the desk's
    live: LiveConfig = field(default_factory=lambda: LiveConfig(Config()))
    pace: int = 0  # messages a second to a crowd, 0: no limit

    @property
    def rules(self) -> Rules:
        """The numbers that the desk decides by now."""
        return self.desk.rules

    @property
    def rooms(self) -> frozenset[int]:
        """The groups of the configuration."""
        return self.live.rooms

    @property
    def privacy(self) -> Privacy:
        """How long things are kept, and whom to ask about it."""
        return self.live.now.privacy


class CardWanted(Struct, frozen=True):
    """The card of a task is to be shown to its reader.

    In a new message, or (without ``notify``) in the one that shows it already.
    """

    task: int
    reader: Person
    notify: bool


class Results(Struct, kw_only=True):
    """The outcome of a turn, committed with the mark that its update is handled; or the error that ended it.

    ``form`` is the one that the person fills in from now on, if ``form_changed``. ``commands`` counts those that were
    carried out, each of which has a key of its own. ``noted`` is the task that what was sent became a note of,
    ``offered``: a button may make something of it. ``in_press`` are the words that a press itself is answered with.
    ``linked``: what the desk says in this group, it says here.
    ``guest`` is how it stands from now on in a group that is nobody's. ``informed``: the person who reads here what is
    kept of them.
    """

    messages: list[OutgoingMessage] = []
    cards: list[CardWanted] = []
    sighting: Sighting | None = None
    moved_to: int | None = None
    linked: bool = False
    guest: Guest | None = None
    form: Form | None = None
    form_changed: bool = False
    commands: int = 0
    noted: int | None = None
    informed: int | None = None
    offered: bool = False
    in_press: str = ""
    error: Exception | None = None


class Arrival(Struct, frozen=True, kw_only=True):
    """An update in hand; ``room`` is the group that it came from, as the desk knows it.

    ``key`` is what it is known by, however often it comes; ``chat`` is where it came from, ``now`` when the desk took
    it up. ``form`` is the one that the sender is filling in in this chat, ``check_in`` the one that runs for them.
    ``album``: the pictures that were handled of the album that it belongs to, or is a press about.
    ``stand`` is how a press stands to its message, ``refused`` what it is answered with where it goes no further.
    ``told_in_press``: the answer of the press itself says what came of it.
    """

    services: Services
    update: Update
    key: str
    chat: int
    now: datetime
    person: Person | None
    form: Form | None
    album: tuple[Picture, ...] = ()
    check_in: CheckIn | None = None
    room: Room | None = None
    stand: Stand = Stand.HERE
    refused: str = ""
    told_in_press: bool = False
    results: Results = field(default_factory=Results)

    @property
    def private(self) -> bool:
        """Tells whether the bot is alone with the person, and nobody else reads along."""
        return self.chat > 0

    @property
    def topic(self) -> int | None:
        """The topic of the chat that it came from; None: the main one, or a chat without topics."""
        return topic_of(self.update.effective_message)

    @property
    def here(self) -> Destination:
        """Where it came from: a chat, and the topic there (https://core.telegram.org/bots/api#message)."""
        topic = self.topic
        if topic is None and (chat := self.update.effective_chat) is not None and chat.is_forum:
            topic = GENERAL
        return destination_at(self.chat, topic)

    @property
    def sent_at(self) -> datetime:
        """The time at which the person sent it, by the desk's clock, right or wrong; for a button, now."""
        message = self.update.message
        return message.date + self.services.correction() if message is not None else self.now


def topic_of(message: Message | None) -> int | None:
    """The topic that a message stands in; a thread of replies is none."""
    return message.message_thread_id if message is not None and message.is_topic_message else None
