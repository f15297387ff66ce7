"""The way of an arrival to its handler: python-telegram-bot's own plug for what a handler is given."""

from typing import Any

from telegram.ext import Application, ApplicationBuilder, CallbackContext, ContextTypes, ExtBot

from bot.conversation.arrival import Arrival


class InHand:
    """The arrivals whose updates an application is handling just now.

    It is the application's ``bot_data``. Two updates are two objects, also when one came twice, so each is known by
    what it is and not by its number.
    """

    def __init__(self) -> None:
        self._arrivals: dict[int, Arrival] = {}

    def begin(self, arrival: Arrival) -> None:
        """Its update is about to be handled."""
        self._arrivals[id(arrival.update)] = arrival

    def end(self, arrival: Arrival) -> None:
        """Its update has been handled."""
        del self._arrivals[id(arrival.update)]

    def of(self, update: object) -> Arrival:
        """The arrival of an update.

        Raises:
            KeyError: the update is not in hand.
        """
        return self._arrivals[id(update)]


class TurnContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], InHand]):
    """The context of a handler: the arrival of the update that it handles."""

    arrival: Arrival

    @classmethod
    def from_update(cls, update: object, application: "TurnApplication") -> "TurnContext":
        """As `telegram.ext.CallbackContext.from_update`, which builds the context of an error too."""
        context = super().from_update(update, application)
        context.arrival = application.bot_data.of(update)
        return context


TurnApplication = Application[ExtBot[None], TurnContext, dict[Any, Any], dict[Any, Any], InHand, None]


def build_application(bot: ExtBot[None]) -> TurnApplication:
    """An application without routes, an updater or a job queue: the worker hands it its updates."""
    types = ContextTypes(context=TurnContext, bot_data=InHand)
    return ApplicationBuilder().bot(bot).context_types(types).updater(None).job_queue(None).build()


async def handle(application: TurnApplication, arrival: Arrival) -> Exception | None:
    """Hand an update to its handler; what a handler raised, which the library would keep to itself."""
    application.bot_data.begin(arrival)
    try:
        await application.process_update(arrival.update)
    finally:
        application.bot_data.end(arrival)
    return arrival.results.error


async def note_error(_: object, context: TurnContext) -> None:
    """Put down what a handler raised where the worker finds it."""
    context.arrival.results.error = context.error
