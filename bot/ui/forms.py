"""Sheets of forms: a question with its buttons; each names its form and the step at which it was drawn."""

from collections.abc import Iterator

from msgspec import Struct

from bot.ui.buttons import Action, button
from bot.ui.screen import Button, Key, Screen
from bot.ui.texts import Texts

BACK, SKIP, CANCEL, CONFIRM, EDIT = "atras", "omitir", "cancelar", "confirmar", "editar"


class Sheet(Struct, frozen=True, kw_only=True):
    """One form in one chat: its owner's id, its number, and the step that is asked."""

    owner: int
    number: int
    step: str

    def button(self, label: str, word: str) -> Button:
        """A button of this form at this step."""
        return button(label, Action.FORM, self.owner, self.number, self.step, word)

    def ways(self, words: tuple[str, ...], texts: Texts) -> tuple[Button, ...]:
        """*Atrás*, *Omitir*, *Editar*, *Confirmar*, *Cancelar*."""
        return tuple(self.button(texts(f"form-button-{word}"), word) for word in words)


def said(key: str, texts: Texts, *, drop_keys: bool = False, **values: str | int) -> Screen:
    """One sentence."""
    return Screen(text=texts(key, **values), drop_keys=drop_keys)


def place_keys(texts: Texts) -> tuple[tuple[Key, ...], ...]:
    """The key that sends where one is (https://core.telegram.org/bots/api#keyboardbutton); private chats only."""
    return ((Key(texts("key-location"), location=True),),)


def place_wanted(code: str, *, anew: bool, private: bool, texts: Texts) -> Screen:
    """The question where the emergency is. ``anew``: it is not where it was said to be."""
    key = ("emergency-where-anew" if anew else "emergency-where") if private else "emergency-where-group"
    return Screen(text=texts(key, code=code), keys=place_keys(texts) if private else ())


def note_wanted(code: str, sheet: Sheet, *, private: bool, texts: Texts, instead: tuple[Button, ...] = ()) -> Screen:
    """The question what there is to note; ``instead``: buttons for what may be meant as well."""
    key = "note-wanted" if private else "note-wanted-group"
    return Screen(text=texts(key, code=code), buttons=((*instead, *sheet.ways((CANCEL,), texts)),))


def in_rows(buttons: Iterator[Button], wide: int) -> Iterator[tuple[Button, ...]]:
    """So many side by side."""
    row: list[Button] = []
    for one in buttons:
        row.append(one)
        if len(row) == wide:
            yield tuple(row)
            row = []
    if row:
        yield tuple(row)
