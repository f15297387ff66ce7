"""The form of a new task: *Paso 2 de 6*, what was answered, what is asked, and the buttons for it."""

from collections.abc import Iterator

from msgspec import Struct

from bot.cards.card_lines import point
from bot.features.tasks.task_draft import FIELDS, OPTIONAL, STEPS, Draft, Step
from bot.ui import user_text
from bot.ui.buttons import word_key
from bot.ui.forms import BACK, CANCEL, CONFIRM, EDIT, SKIP, Sheet, in_rows, place_keys
from bot.ui.kinds import kind_text
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from core.queries.queries import AgentLine
from core.rules.kinds import usual_priority
from core.state.person import Person
from core.vocabulary.kinds import WorkKind
from core.vocabulary.words import Priority, TaskType

MYSELF = "yo"


class Page(Struct, frozen=True, kw_only=True):
    """The data of one step: ``agents`` and ``kinds`` to choose from, the ``assignee`` who was chosen."""

    sheet: Sheet
    draft: Draft
    private: bool
    agents: tuple[AgentLine, ...] = ()
    assignee: Person | None = None
    kinds: tuple[WorkKind, ...] = ()

    @property
    def step(self) -> Step:
        """The step that is asked."""
        return Step(self.sheet.step)


def form_screen(page: Page, texts: Texts) -> Screen:
    """The step, as one message."""
    step = page.step
    lines = [texts("form-title", step=step.number, of=STEPS), *_answers(page, texts)]
    if len(lines) > 1:
        lines.append(Html(""))
    lines.append(texts(f"form-{step.value}"))
    if not page.private and step in (Step.TITLE, Step.PLACE):
        lines.append(texts("form-reply"))
    return Screen(text="\n".join(lines), buttons=(*_choices(page, texts), page.sheet.ways(_ways(page), texts)))


def place_key_screen(texts: Texts) -> Screen:
    """The key that sends a location; it needs a message of its own."""
    return Screen(text=texts("form-place-key"), keys=place_keys(texts))


def _ways(page: Page) -> tuple[str, ...]:
    step = page.step
    if step is Step.CONFIRM:
        return (BACK, CANCEL)
    back = (BACK,) if step is not Step.TYPE or page.draft.editing else ()
    skip = (SKIP,) if step in OPTIONAL else ()
    return (*back, *skip, CANCEL)


def _choices(page: Page, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    sheet = page.sheet
    match page.step:
        case Step.TYPE if page.kinds:
            works = (kind.work for kind in page.kinds)
            return tuple(in_rows((sheet.button(kind_text(work), word_key(work.name)) for work in works), 2))
        case Step.TYPE:
            return tuple(in_rows((sheet.button(_capital(texts(f"type-{t.value}")), t.value) for t in TaskType), 2))
        case Step.PRIORITY:
            return tuple(in_rows((_priority(sheet, priority, texts) for priority in Priority), 3))
        case Step.WHO:
            return ((sheet.button(texts("form-button-myself"), MYSELF),), *in_rows(_agents(page, texts), 2))
        case Step.CONFIRM:
            return (sheet.ways((CONFIRM, EDIT), texts),)
        case Step.EDIT:
            return tuple(in_rows((sheet.button(texts(f"form-field-{f.value}"), f.value) for f in FIELDS), 2))
        case Step.TITLE | Step.PLACE:
            return ()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _priority(sheet: Sheet, priority: Priority, texts: Texts) -> Button:
    name = priority.name.lower()
    return sheet.button(f"{texts(f'priority-sign-{name}')} {texts(f'priority-{name}')}", name)


def _agents(page: Page, texts: Texts) -> Iterator[Button]:
    for agent in page.agents:
        if agent.person.id != page.sheet.owner:
            label = user_text.who(agent.person)
            if agent.distance is not None:
                label = f"{label} · {texts.distance(agent.distance)}"
            yield page.sheet.button(label, str(agent.person.id))


def _answers(page: Page, texts: Texts) -> Iterator[Html]:
    """The answers so far; at the end also the defaults."""
    draft, final = page.draft, page.step in (Step.CONFIRM, Step.EDIT)
    chosen = _kind(page)
    if chosen is not None:
        yield texts("form-answer-tipo", answer=kind_text(chosen.work))
    elif draft.type is not None:
        yield texts("form-answer-tipo", answer=texts(f"type-{draft.type.value}"))
    if draft.title is not None:
        yield texts("form-answer-titulo", answer=user_text.user_text(draft.title))
    if draft.priority is not None or final:
        name = (draft.priority or usual_priority(chosen)).name.lower()
        yield texts("form-answer-prioridad", sign=texts(f"priority-sign-{name}"), answer=texts(f"priority-{name}"))
    where = _where(draft)
    if where or final:
        yield texts("form-answer-lugar", answer=where or texts("form-none"))
    if page.assignee is not None or final:
        who = user_text.who(page.assignee) if page.assignee is not None else texts("form-nobody")
        yield texts("form-answer-quien", answer=who)


def _kind(page: Page) -> WorkKind | None:
    return next((kind for kind in page.kinds if kind.work.name == page.draft.work), None)


def _where(draft: Draft) -> str:
    parts = [user_text.user_text(draft.address)] if draft.address is not None else []
    parts += [point(draft.place)] if draft.place is not None else []
    return " · ".join(parts)
