"""Calls of the Bot API: each by its method and by what was answered."""

from itertools import product

from prometheus_client import CollectorRegistry, Counter, Histogram

from metrics.verdicts import VERDICTS

OTHER = "other"
# The methods that the desk calls. A long poll ends when there is news: how long it took says nothing.
POLL = "getUpdates"
METHODS = (
    POLL,
    "answerCallbackQuery",
    "deleteMessage",
    "deleteWebhook",
    "editMessageReplyMarkup",
    "editMessageText",
    "getChat",
    "getChatMember",
    "getMe",
    "getWebhookInfo",
    "leaveChat",
    "pinChatMessage",
    "sendChatAction",
    "sendDocument",
    "sendLocation",
    "sendMessage",
    "sendPhoto",
    "setMyCommands",
    "setWebhook",
    OTHER,
)


class CallInstruments:
    """Counts calls, and times them."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._calls = Counter(
            "gad_telegram_calls",
            "Calls of the Bot API by their method and status: taken, a code of Telegram's, not_sent, broken (somebody"
            " else answered), unknown (no answer), stumbled (the desk's own fault)",
            ["method", "status"],
            registry=registry,
        )
        self._seconds = Histogram(
            "gad_telegram_call_seconds",
            "Seconds that Telegram took to answer a call, without long polls",
            buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20),
            registry=registry,
        )
        for method, status in product(METHODS, VERDICTS):
            self._calls.labels(method, status)

    def called(self, method: str, status: str, seconds: float) -> None:
        """A call is over."""
        self._calls.labels(method if method in METHODS else OTHER, status).inc()
        if method != POLL:
            self._seconds.observe(seconds)
