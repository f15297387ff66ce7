"""`Telegram`: one world with everything that people can do in it."""

from msgspec.structs import replace

from emulator.chats import Group
from emulator.messages import Message
from emulator.people import Bot, Person
from emulator.state import Somewhere
from emulator.verbs.hosting import Hosting
from emulator.verbs.joining import Joining
from emulator.verbs.pressing import Pressing
from emulator.verbs.renaming import Renaming
from emulator.verbs.showing import Showing
from emulator.wire import BotCommand


class Telegram(Pressing, Showing, Joining, Hosting, Renaming):
    """A local Telegram, built like a `World`: ``Telegram(now=clock)``."""

    def messages(self, where: Group | Person | Bot, bot: Bot | None = None) -> list[Message]:
        """Messages of a chat, oldest first: a group's, or a person's with a bot (the first, when None).

        Raises:
            TypeError: ``where`` is a bot, whose private chats are named by their person.
        """
        if isinstance(where, Person):
            return list(self.private(where, bot).messages.values())
        if isinstance(where, Bot):
            raise TypeError("a bot's private chats are named by their person")
        return list(where.messages.values())

    def commands_for(self, bot: Bot, person: Person, chat: Somewhere = None) -> list[BotCommand]:
        """The command menu that this person sees in this chat."""
        where = self.chat(bot if chat is None else chat, person)
        return bot.menus.seen(
            where.id,
            person.id,
            group=isinstance(where, Group),
            leads=isinstance(where, Group) and where.led_by(person),
            language=person.language_code or "",
        )

    def rename_bot(self, bot: Bot, username: str) -> None:
        """The bot's owner gives it another user name."""
        self.by_username.pop(bot.username.lower(), None)
        bot.username, bot.wire = username, replace(bot.wire, username=username)
        self.by_username[username.lower()] = bot

    def redeliver(self, update_id: int, bot: Bot | None = None) -> None:
        """Deliver an update again, under the same id."""
        (bot or self.first_bot()).updates.put_again(update_id)

    def deliver(self, update: dict[str, object], bot: Bot | None = None) -> int:
        """Deliver any JSON object as an update, readable or not; returns the update id that it got."""
        return (bot or self.first_bot()).updates.put_raw(update)

    def deliver_text(self, rest: bytes, bot: Bot | None = None) -> int:
        """Deliver an update as it is written, JSON or not (``UpdateQueue.put_text``); returns its update id."""
        return (bot or self.first_bot()).updates.put_text(rest)
