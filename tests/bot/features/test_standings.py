"""Where each button may stand: declared beside its handler, and the same as in docs/authorisation.md."""

import pytest

from bot.conversation.registry import press_of, standing_of, standings_of
from bot.conversation.standings import ScreenKind, Standing, on_page
from bot.features.loading import load_features
from bot.ui.buttons import Action, button, owned, parse
from bot.ui.screen import Button
from tests.bot.features.test_authorisation import rows

load_features()


def shape(standing: Standing) -> str:
    """The words of the data, as the page names them."""
    if standing.last is not None:
        return f"… {standing.last}"
    return "any" if standing.words is None else str(standing.words)


def late(standing: Standing) -> str:
    """Which presses count though the button is gone."""
    ways = ["its card"] * bool(standing.late) + ["drawn anew"] * standing.drawn_anew
    return ", ".join([*ways, *["alone with the bot"] * standing.whoever]) or "no"


def test_every_kind_of_data_is_declared_with_its_screens_and_has_its_row() -> None:
    expected = {
        f"{action.value}` {shape(one)}": [
            ", ".join(sorted(one.on)),
            "one" if one.asked else "all who may",
            "private" if one.private else "anywhere",
            late(one),
        ]
        for action in Action
        for one in standings_of(action)
    }
    assert rows("Where a button stands") == expected


def test_of_several_kinds_of_data_the_first_that_fits_counts() -> None:
    asked, sure = parse("anular:1:5"), parse("anular:1:5:si")
    assert asked is not None
    assert sure is not None
    first, second = standing_of(asked), standing_of(sure)
    assert first is not None
    assert second is not None
    assert ScreenKind.ALERT in first.on
    assert second.on == {ScreenKind.SURE}
    assert standing_of(parse("voy:1:5:6") or asked) is None
    assert on_page(ScreenKind.LIST, words=1).fits(parse("ver:1") or asked)


def test_a_mark_says_whose_a_button_is_and_is_no_word_of_it() -> None:
    mine = owned(button("No", Action.LEAVE, "no"), 12)
    press_of(Action.LEAVE)
    assert mine.data == "salir:no:^12"
    read = parse(mine.data)
    assert read is not None
    assert (read.words, read.owner) == (("no",), 12)
    for other in ("salir:no:^", "salir:no:^x", "salir:no:^٣", "salir:no:^012"):
        unread = parse(other)
        assert unread is not None
        assert unread.owner is None
    with pytest.raises(ValueError, match="can't carry"):
        owned(Button("No", "salir:" + "x" * 48), 12)
