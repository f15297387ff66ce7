"""An update on its way to disk keeps its words, and loses what no database can hold."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from storage.queues.inbox import arrival

said = st.text(st.sampled_from('\x00\\u0"aé🚨\n') | st.characters(exclude_categories=["Cs"]), max_size=30)


@given(text=said, name=said)
def test_only_the_invisible_nul_is_lost(text: str, name: str) -> None:
    raw = {"update_id": 7, "message": {"text": text, "from": {"first_name": name}}}
    kept = arrival(raw, line="1", urgent=False).payload
    assert "\x00" not in kept
    read = json.decode(kept)["message"]
    assert (read["text"], read["from"]["first_name"]) == (text.replace("\x00", ""), name.replace("\x00", ""))
