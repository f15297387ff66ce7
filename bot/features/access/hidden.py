"""Posts whose sender the group hides: an anonymous administrator, somebody who writes as a channel, a channel itself.

Nobody can act without a name, and a start link would act for whoever opens it. So the way on is a draft: one press
opens the private chat with the words in the input field, the next one sends them under the person's own name, however
long they are.
"""

from urllib.parse import quote

from bot.conversation.turn import Turn
from bot.ui.screen import Button, Screen
from core.vocabulary.words import Lane

DRAFT_LIMIT = 1_000  # characters; a longer link is not opened by every phone


def hidden_sender(turn: Turn, command: str, words: str, *, emergency: bool) -> None:
    """Say that nobody knows who wrote it, with the button that sends it in private."""
    texts = turn.texts
    draft = quote(f"/{command} {words}".strip()[:DRAFT_LIMIT], safe="")
    link = f"https://t.me/{turn.bot_name}?text={draft}"
    kind = "hidden-emergency" if emergency else "hidden-command"
    send = Button(text=texts(f"button-{kind}"), link=link)
    turn.say(Screen(text=texts(kind), buttons=((send,),)), lane=Lane.EMERGENCY if emergency else Lane.ROUTINE)
