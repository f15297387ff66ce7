"""One-time links that nobody has used, with the button that takes each back."""

from base64 import urlsafe_b64encode
from datetime import datetime

from bot.features.access.access_view import role_name
from bot.ui.buttons import Action, button
from bot.ui.screen import Button, Screen
from bot.ui.texts import Html, Texts
from bot.ui.user_text import who
from core.queries.queries import OpenInvitation
from core.rules.invitations import still_opens

HEAD = 16  # hexadecimal digits of a digest that tell two links of one moment apart


def open_links_screen(
    links: tuple[OpenInvitation, ...], *, first: bool, more: bool, now: datetime, texts: Texts
) -> Screen:
    """One page, a line and a button for each link; ``first`` page or a later one, with ``more`` behind it or not."""
    if not links:
        return Screen(text=texts("open-links-none"), buttons=_ways(first, None, texts))
    lines = [_line(number, link, now, texts) for number, link in enumerate(links, 1)]
    rows = [
        (button(texts("button-revoke", number=str(n)), Action.REVOKE, _packed(link.digest)),)
        for n, link in enumerate(links, 1)
    ]
    return Screen(
        text="\n".join([texts("open-links"), *lines]),
        buttons=(*rows, *_ways(first, links[-1] if more else None, texts)),
    )


def _line(number: int, link: OpenInvitation, now: datetime, texts: Texts) -> Html:
    key = "open-link" if still_opens(link.invitation, link.maker, now) else "open-link-dead"
    return texts(
        key,
        number=str(number),
        role=role_name(link.invitation.role, texts),
        by=who(link.maker) if link.maker is not None else texts("the-machine"),
        until=texts.day_and_time(link.invitation.expires_at),
    )


def _ways(first: bool, last: OpenInvitation | None, texts: Texts) -> tuple[tuple[Button, ...], ...]:
    ways: list[Button] = []
    if not first:
        ways.append(button(texts("button-first-page"), Action.INVITATIONS))
    if last is not None:
        ends = round(last.invitation.expires_at.timestamp() * 1000)  # milliseconds
        ways.append(button(texts("button-next-page"), Action.INVITATIONS, ends, last.digest[:HEAD]))
    return (tuple(ways),) if ways else ()


def _packed(digest: str) -> str:
    """The digest as a button can carry it."""
    return urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")
