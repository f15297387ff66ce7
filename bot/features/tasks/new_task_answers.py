"""The answers to the form of a new task: what a button or a message means at each step."""

from typing import assert_never

from msgspec.structs import replace

from bot.conversation import forms
from bot.conversation.contents import place_in, spans_of, text_of
from bot.conversation.place_doubt import doubt_about, doubt_screen
from bot.conversation.turn import MessageTurn, RegisteredTurn
from bot.features.access.named_person import person_meant
from bot.features.tasks.new_task_view import MYSELF
from bot.features.tasks.task_draft import Draft, Step
from bot.parsing.mentions import mentions_in
from bot.parsing.names import priority_of, type_of
from bot.parsing.places import coordinates_in
from bot.ui.forms import said
from bot.ui.kinds import kind_keyed
from core.rules.kinds import said_in
from core.rules.reporting import ADDRESS_LIMIT, TITLE_LIMIT
from core.state.task import id_of
from core.vocabulary.places import Place, on_earth
from core.vocabulary.refusals import Reason, Refusal
from core.vocabulary.words import Priority, TaskType


def choice(turn: RegisteredTurn, step: Step, draft: Draft, word: str) -> Draft | None:
    """The draft with what a button of this step says; None for what no button of it says."""
    match step:
        case Step.TYPE if (kind := kind_keyed(turn.services.rules.kinds, word)) is not None:
            return replace(draft, work=kind.work.name)
        case Step.TYPE if word in list(TaskType) and not turn.services.rules.kinds:
            return replace(draft, type=TaskType(word))
        case Step.PRIORITY if word.upper() in Priority.__members__:
            return replace(draft, priority=Priority[word.upper()])
        case Step.PLACE if (place := coordinates_in(word)) is not None:
            return replace(draft, place=place, address=None)
        case Step.WHO if word == MYSELF:
            return replace(draft, assignee=turn.person.id)
        case Step.WHO if (person := id_of(word)) is not None:
            return replace(draft, assignee=person)
        case _:  # no button of this step says this word, or the step has none
            return None


async def words_to(turn: MessageTurn, step: Step, draft: Draft) -> Draft | None:
    """The draft with what a message says; None after saying what to send instead."""
    words = " ".join(text_of(turn.message).split())
    match step:
        case Step.TITLE if words:
            return await _titled(turn, draft, words)
        case Step.TYPE if (own := said_in(turn.services.rules, words)) is not None:
            return replace(draft, work=own.work.name)
        case Step.TYPE if (kind := type_of(words)) is not None and not turn.services.rules.kinds:
            return replace(draft, type=kind)
        case Step.PRIORITY if (priority := priority_of(words)) is not None:
            return replace(draft, priority=priority)
        case Step.PLACE:
            return await _placed(turn, draft, words)
        case Step.WHO:
            return await _assigned(turn, draft)
        case Step.TYPE | Step.TITLE | Step.PRIORITY | Step.CONFIRM | Step.EDIT:
            turn.say(said(f"form-{step.value}-again", turn.texts))
            return None
        case _:
            assert_never(step)


async def _titled(turn: MessageTurn, draft: Draft, words: str) -> Draft | None:
    if len(words) > TITLE_LIMIT:
        await turn.refuse(Refusal(reason=Reason.TOO_LONG, limit=TITLE_LIMIT))
        return None
    return replace(draft, title=words)


async def _placed(turn: MessageTurn, draft: Draft, words: str) -> Draft | None:
    """A place that was sent (one's own or any other), coordinates, or an address."""
    sent = place_in(turn.message)
    place = sent or coordinates_in(words)
    if place is not None:
        if await _in_doubt(turn, place, typed=sent is None):
            return None
        if on_earth(place.lat, place.lon):
            return replace(draft, place=place, address=None)
        await turn.refuse(Refusal(reason=Reason.OFF_EARTH))
    elif len(words) > ADDRESS_LIMIT:
        await turn.refuse(Refusal(reason=Reason.TOO_LONG, limit=ADDRESS_LIMIT))
    elif words:
        return replace(draft, place=None, address=words)
    else:
        turn.say(said("form-lugar-again", turn.texts))
    return None


async def _in_doubt(turn: MessageTurn, place: Place, *, typed: bool) -> bool:
    """Whether it was asked which place is meant."""
    found, form = await doubt_about(turn, place, typed=typed), turn.waiting_form
    if found is None or form is None:
        return False
    sheet = forms.sheet(turn, form)
    turn.say(doubt_screen(found, turn.texts, lambda label, one: sheet.button(label, f"{one.lat:.5f},{one.lon:.5f}")))
    return True


async def _assigned(turn: MessageTurn, draft: Draft) -> Draft | None:
    words, mentions = mentions_in(text_of(turn.message), spans_of(turn.message))
    form = turn.waiting_form
    door = forms.door(turn, form) if form is not None else None
    person = await person_meant(turn, mentions, words, door=door, missing="form-quien-again")
    return replace(draft, assignee=person.id) if person is not None else None
