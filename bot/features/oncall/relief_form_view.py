"""The form of a cover and of an absence: who, from when, until when."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from bot.features.oncall.oncall_view import Roll
from bot.features.oncall.rota_draft import ReliefDraft, ReliefStep
from bot.ui import user_text
from bot.ui.forms import BACK, CANCEL, CONFIRM, Sheet, in_rows
from bot.ui.moments import wall_text
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.state.person import Person
from core.state.units import Unit

NOW, BESIDES = "ahora", 0


class ReliefPage(Struct, frozen=True, kw_only=True):
    """The data of one step: the unit's people, and boundaries of its turns (civil) to choose from."""

    sheet: Sheet
    draft: ReliefDraft
    unit: Unit
    roll: Roll
    members: tuple[Person, ...] = ()
    boundaries: tuple[datetime, ...] = ()

    @property
    def step(self) -> ReliefStep:
        """The step that is asked."""
        return ReliefStep(self.sheet.step)


def relief_form_screen(page: ReliefPage, texts: Texts, *, private: bool) -> Screen:
    """The step, as one message."""
    step, what = page.step, "absence" if page.draft.absence else "cover"
    lines = [texts(f"relief-form-{what}", unit=user_text.name(page.unit.name)), *_answers(page, texts), Html("")]
    key = f"relief-ask-{what}-quien" if step is ReliefStep.PERSON else f"relief-ask-{step.value}"
    lines.append(texts(key, zone=page.unit.zone))
    if not private and step is not ReliefStep.CONFIRM:
        lines.append(texts("form-reply"))
    first = ReliefStep.PERSON if page.draft.absence else ReliefStep.ROTATION
    back = (BACK,) if step is not first else ()
    return Screen(text="\n".join(lines), buttons=(*_choices(page, texts), page.sheet.ways((*back, CANCEL), texts)))


def _answers(page: ReliefPage, texts: Texts) -> Iterator[Html]:
    draft = page.draft
    if draft.rotation is not None:
        rotation = page.unit.rota.rotation(draft.rotation)
        names = " → ".join(page.roll.name(person, texts) for person in rotation.people) if rotation is not None else ""
        key = "relief-answer-rotation" if rotation is not None else "relief-answer-besides"
        yield texts(key, number=draft.rotation, names=names)
    if draft.person is not None:
        yield texts("relief-answer-who", who=page.roll.name(draft.person, texts))
    if draft.start is not None:
        yield texts("relief-answer-start", when=wall_text(draft.start.wall, texts))
    if draft.end is not None:
        yield texts("relief-answer-end", when=wall_text(draft.end.wall, texts))


def _choices(page: ReliefPage, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    sheet = page.sheet
    match page.step:
        case ReliefStep.ROTATION:
            rotations = [
                (sheet.button(_rotation(page, rotation.id, rotation.people, texts), str(rotation.id)),)
                for rotation in page.unit.rota.rotations
            ]
            return (*rotations, (sheet.button(texts("relief-besides"), str(BESIDES)),))
        case ReliefStep.PERSON:
            return tuple(in_rows((sheet.button(user_text.who(p), str(p.id)) for p in page.members), 2))
        case ReliefStep.START:
            at_once = (sheet.button(texts("relief-now"), NOW),)
            return (at_once, *_boundaries(page, texts))
        case ReliefStep.END:
            return _boundaries(page, texts)
        case ReliefStep.CONFIRM:
            return (sheet.ways((CONFIRM,), texts),)


def _rotation(page: ReliefPage, number: int, people: tuple[int, ...], texts: Texts) -> str:
    names = ", ".join(page.roll.name(person, texts) for person in people[:3])
    return f"{number} · {names}" + ("…" if len(people) > 3 else "")


def _boundaries(page: ReliefPage, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    choices = (page.sheet.button(wall_text(wall, texts), f"{wall:%Y%m%dT%H%M}") for wall in page.boundaries)
    return tuple(in_rows(choices, 2))
