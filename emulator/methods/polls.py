"""Polls and dice.

https://core.telegram.org/bots/api#sendpoll
"""

import random
from itertools import count, pairwise

from msgspec import Struct
from msgspec.structs import replace
from telegram.constants import DiceEmoji, PollLimit

from emulator import keyboards, wire
from emulator.chats import Group
from emulator.errors import bad_request
from emulator.keyboards import Markup
from emulator.methods.editing import editable
from emulator.methods.registry import Call, ChatId, method
from emulator.methods.sending import Sending, send
from emulator.polls import Dice, Poll, PollOption
from emulator.utf16 import units

_MOST_OPTIONS = int(PollLimit.MAX_OPTION_NUMBER)
_HIGHEST = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
_numbers = count(5_000_000_000_000_000_000)


class InputOption(Struct):
    text: str


class SendPoll(Sending, kw_only=True):
    question: str
    options: list[InputOption]
    is_anonymous: bool = True
    type: str = "regular"
    allows_multiple_answers: bool = False
    allows_revoting: bool | None = None
    members_only: bool = False
    correct_option_ids: list[int] | None = None
    correct_option_id: int | None = None
    explanation: str | None = None
    open_period: int | None = None
    close_date: int | None = None
    is_closed: bool = False


class StopPoll(Struct, kw_only=True):
    chat_id: ChatId
    message_id: int
    reply_markup: Markup | None = None


class SendDice(Sending, kw_only=True):
    emoji: str = DiceEmoji.DICE.value


@method("sendPoll")
def send_poll(call: Call, params: SendPoll) -> wire.Message:
    """Send a poll.

    Raises:
        ApiError: 400 for a question, answers, a quiz or a time that Telegram does not take.
    """
    _check_words(params)
    correct = _correct(params)
    open_for = _open_for(params, call.world.now())
    chat = call.chat(params.chat_id)
    if isinstance(chat, Group) and chat.kind == "channel" and not params.is_anonymous:
        raise bad_request("non-anonymous polls can't be sent to channel chats")
    regular = params.type == "regular"
    poll = Poll(
        id=str(next(_numbers)),
        question=params.question,
        options=[PollOption(str(number), option.text) for number, option in enumerate(params.options)],
        total_voter_count=0,
        is_closed=params.is_closed,
        is_anonymous=params.is_anonymous,
        kind=params.type,
        allows_multiple_answers=params.allows_multiple_answers,
        allows_revoting=regular if params.allows_revoting is None else params.allows_revoting,
        members_only=params.members_only,
        correct_option_ids=correct,
        explanation=params.explanation or None,
        open_period=open_for,
        close_date=params.close_date,
    )
    return send(call, params, poll=poll).wire


@method("stopPoll")
def stop_poll(call: Call, params: StopPoll) -> Poll:
    """Close a poll of the bot's own.

    Raises:
        ApiError: 400 when it is none, or is closed.
    """
    message = editable(call, params.chat_id, params.message_id)
    poll = message.wire.poll
    if poll is None:
        raise bad_request("message with poll to stop not found")
    if poll.is_closed:
        raise bad_request("poll has already been closed")
    closed = replace(poll, is_closed=True)
    call.world.change(message, edited=False, poll=closed, reply_markup=keyboards.inline(params.reply_markup))
    return closed


@method("sendDice")
def send_dice(call: Call, params: SendDice) -> wire.Message:
    """Roll a dice.

    Raises:
        ApiError: 400 for an emoji that does not roll.
    """
    most = _HIGHEST.get(params.emoji)
    if most is None:
        raise bad_request("wrong dice emoji specified")
    return send(call, params, dice=Dice(params.emoji, random.randint(1, most))).wire


def _check_words(params: SendPoll) -> None:
    if params.type not in ("regular", "quiz"):
        raise bad_request("unsupported poll type specified")
    if not params.question.strip():
        raise bad_request("poll question must be non-empty")
    if units(params.question) > PollLimit.MAX_QUESTION_LENGTH:
        raise bad_request("poll question length must not exceed 300")
    if not params.options:
        raise bad_request("poll must have at least 1 option")
    if len(params.options) > _MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {_MOST_OPTIONS} options")
    for option in params.options:
        if not option.text.strip():
            raise bad_request("poll option text must be non-empty")
        if units(option.text) > PollLimit.MAX_OPTION_LENGTH:
            raise bad_request("poll options length must not exceed 100")
    words = params.explanation or ""
    if units(words) > PollLimit.MAX_EXPLANATION_LENGTH or words.count("\n") > PollLimit.MAX_EXPLANATION_LINE_FEEDS:
        raise bad_request("message is too long")


def _correct(params: SendPoll) -> list[int] | None:
    """The right answers of a quiz, by number; ``correct_option_id`` is how older clients name the only one."""
    if params.type == "regular":
        return None
    one = [params.correct_option_id] if params.correct_option_id is not None else []
    right = params.correct_option_ids or one
    rising = all(before < after for before, after in pairwise(right))
    if not right or not rising or not 0 <= right[0] <= right[-1] < len(params.options):
        raise bad_request("wrong correct option ID specified")
    if len(right) > 1 and not params.allows_multiple_answers:
        raise bad_request("wrong correct option ID specified")
    return right


def _open_for(params: SendPoll, now: float) -> int | None:
    """How many seconds it stays open, where that is given."""
    if params.open_period is not None and params.close_date is not None:
        raise bad_request("open_period and close_date can't be used together")
    left = params.open_period if params.close_date is None else params.close_date - now
    if left is not None and not PollLimit.MIN_OPEN_PERIOD <= left <= PollLimit.MAX_OPEN_PERIOD:
        raise bad_request("wrong poll open period specified")
    return params.open_period
