"""Telegram's HTML: what it means, and what is refused, with the byte at which the trouble begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.errors import ApiError
from emulator.markup import read
from emulator.utf16 import cut, units

Found = list[tuple[str, str]]


def marked(source: str, mode: str | None = "HTML") -> tuple[str, Found]:
    """The text, and each entity's type with the stretch it marks."""
    text, entities = read(source, mode, None)
    return text, [(entity.type, cut(text, entity.offset, entity.length)) for entity in entities]


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("hola <b>mundo</b>", "hola mundo", [("bold", "mundo")]),
        ("<b>😀 dos <i>y uno</i></b> más", "😀 dos y uno más", [("bold", "😀 dos y uno"), ("italic", "y uno")]),
        ("<strong>a</strong><em>b</em><ins>c</ins><del>d</del>", "abcd", None),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#241; &#xF1; &nbsp;", 'a <b> & "c" ñ ñ &nbsp;', []),
        ("5 &lt; 6 & 7", "5 < 6 & 7", []),
        ("<tg-spoiler>x</tg-spoiler> <span class='tg-spoiler'>y</span>", "x y", [("spoiler", "x"), ("spoiler", "y")]),
        ("  \n<b> orilla </b>\n ", "orilla", [("bold", "orilla")]),
        ("<b></b>nada", "nada", []),
        ("<code><b>x</b></code>", "x", [("code", "x")]),
        ("<blockquote expandable>cita</blockquote>", "cita", [("expandable_blockquote", "cita")]),
        ("<b>uno <b>dos</b></b>", "uno dos", [("bold", "uno dos")]),
        ("<B>grande</B>", "grande", [("bold", "grande")]),
        ("<tg-time unix='1790000000' format='t'>luego</tg-time>", "luego", [("date_time", "luego")]),
    ],
)
def test_tags_become_entities(source: str, text: str, found: Found | None) -> None:
    shown, entities = marked(source)
    assert shown == text
    assert found is None or entities == found


def test_a_link_keeps_its_address() -> None:
    text, entities = read('mira 😀 <a href="https://gad.ec/?a=1&amp;b=2">aquí</a>', "HTML", None)
    assert text == "mira 😀 aquí"
    assert [(e.type, e.offset, e.length, e.url) for e in entities] == [("text_link", 8, 4, "https://gad.ec/?a=1&b=2")]


def test_a_link_without_address_takes_its_own_text() -> None:
    _, entities = read("<a>https://gad.ec</a> y 😀 <a>gad.ec</a>", "HTML", None)
    assert [entity.url for entity in entities] == ["https://gad.ec", "http://gad.ec"]


def test_a_link_that_leads_nowhere_is_plain_text() -> None:
    assert marked('<a href="nada de nada">x</a>') == ("x", [])


def test_code_in_a_block_names_its_language() -> None:
    _, [entity] = read('<pre><code class="language-python">x = 1</code></pre>', "HTML", None)
    assert (entity.type, entity.language) == ("pre", "python")


@pytest.mark.parametrize(
    ("source", "trouble"),
    [
        ("a <b>b", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ñ</b>", "Unexpected end tag at byte offset 2"),
        ("ñ<b>a</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("<q>x</q>", 'Unsupported start tag "q" at byte offset 0'),
        ("ñ <b", "Unclosed start tag at byte offset 3"),
        ("3 < 4", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x>y</a>', 'Wrong attribute in the tag "a" at byte offset 7'),
        ("<tg-emoji emoji-id='x'>y</tg-emoji>", "Invalid custom emoji identifier specified at byte offset 0"),
    ],
)
def test_wrong_html_is_refused_with_its_place(source: str, trouble: str) -> None:
    with pytest.raises(ApiError) as refusal:
        read(source, "HTML", None)
    assert refusal.value.code == 400
    assert refusal.value.description == f"Bad Request: can't parse entities: {trouble}"


def test_an_unknown_parse_mode_is_refused() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        read("x", "RTF", None)


def test_what_telegram_marks_by_itself() -> None:
    text = "😀 /nueva@gad_bot de @juan en https://gad.ec/x. #ayuda $USD a@b.ec +593 99 123 4567 a/b y gad.ec"
    assert marked(text, None) == (
        text,
        [
            ("bot_command", "/nueva@gad_bot"),
            ("mention", "@juan"),
            ("url", "https://gad.ec/x"),
            ("hashtag", "#ayuda"),
            ("cashtag", "$USD"),
            ("email", "a@b.ec"),
            ("phone_number", "+593 99 123 4567"),
            ("url", "gad.ec"),
        ],
    )


def test_nothing_is_marked_inside_code() -> None:
    assert marked("<code>/nueva @juan</code> /tareas") == (
        "/nueva @juan /tareas",
        [("code", "/nueva @juan"), ("bot_command", "/tareas")],
    )


_PIECES = (
    "<b> </b> <i> </i> <a\thref='x.ec'> </a> <pre> </pre> <code\tclass='x'> </code> <blockquote> </blockquote> "
    '< > & &lt; &#1 = " 😀 ñ \n /x @juan * _ __ || ` ``` [ ]( ) \\ ! \u202e \x00'
).split(" ")


@given(
    st.lists(st.sampled_from([*_PIECES, " "]) | st.text(max_size=3), max_size=30).map("".join),
    st.sampled_from(["HTML", "Markdown", "MarkdownV2"]),
)
def test_any_text_is_read_or_refused(source: str, mode: str) -> None:
    """Never anything but a text with entities inside it, or a 400."""
    try:
        text, entities = read(source, mode, None)
    except ApiError as refusal:
        if refusal.code != 400:
            raise
        return
    assert text == text.strip()
    assert all(e.offset >= 0 and e.length > 0 and e.offset + e.length <= units(text) for e in entities)
    assert [e.offset for e in entities] == sorted(e.offset for e in entities)


@given(st.text())
def test_escaped_text_is_shown_as_typed(typed: str) -> None:
    escaped = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    plain = read(typed, None, None)
    shown = read(escaped, "HTML", None)
    assert shown == plain
