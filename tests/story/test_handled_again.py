"""The process dies after a command was carried out and before its update is marked as handled: it is handled again."""

from telegram import Update

from bot.conversation.arrival import Arrival
from bot.conversation.context import handle
from core.rules.permissions import DESK
from core.vocabulary import commands as c
from core.vocabulary.words import Availability
from storage.repositories import people
from tests.story.desk import StoryDesk
from tests.story.phone import Phone


async def hands_in(desk: StoryDesk, phone: Phone, text: str, *, key: str) -> list[str]:
    """The answer to a text that nothing marks as handled."""
    user = {"id": phone.user.id, "is_bot": False, "first_name": phone.name}
    chat = {"id": phone.user.id, "type": "private"}
    raw = {"update_id": 1, "message": {"message_id": 1, "date": 1, "from": user, "chat": chat, "text": text}}
    update = Update.de_json(raw, desk.app.application.bot)
    arrival = Arrival(
        services=desk.app.services,
        update=update,
        key=key,
        chat=phone.user.id,
        now=desk.clock.now(),
        person=await desk.app.store.read(lambda session: people.by_account(session, phone.user.id)),
        form=None,
    )
    assert await handle(desk.app.application, arrival) is None
    return [str(desk.app.channels.render(message).payload["text"]) for message in arrival.results.messages]


async def test_p2_an_invitation_is_the_same_link(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    first = await hands_in(desk, marta, "/invitar agente", key="update:77")
    assert await hands_in(desk, marta, "/invitar agente", key="update:77") == first
    assert await hands_in(desk, marta, "/invitar agente", key="update:78") != first

    ivan = desk.stranger("Iván Paz")
    await ivan.says("/start " + first[0].split("?start=")[1].split()[0])
    ivan.sees("estás dentro")
    ivan.sees("Tus datos en esta central")
    marta.sees("Iván Paz · @iván ya entró con el rol de agente")


async def test_p2_a_request_for_access_is_sent_once(desk: StoryDesk) -> None:
    marta, ivan = await desk.admin("Marta Solís"), desk.stranger("Iván Paz")
    first = await hands_in(desk, ivan, "/start", key="update:77")
    assert await hands_in(desk, ivan, "/start", key="update:77") == first
    await desk.settle()
    marta.sees("Pide acceso")
    marta.sees_nothing()


async def test_p2_the_command_of_somebody_who_was_silenced_is_not_taken_for_their_return(desk: StoryDesk) -> None:
    ana = await desk.agent("Ana Mora")
    silent = await desk.app.queries.person_at(ana.user.id)
    assert silent is not None
    await desk.app.desk.execute(c.MarkSilenced(person=silent.id), caller=DESK)

    first = await hands_in(desk, ana, "/fuera", key="update:77")
    assert await hands_in(desk, ana, "/fuera", key="update:77") == first
    heard = await desk.app.queries.person_at(ana.user.id)
    assert heard is not None
    assert heard.reachable
    assert heard.availability is Availability.OFF_DUTY


async def test_p2_what_was_noted_by_radio_reads_the_same(desk: StoryDesk) -> None:
    """It has no code: the task that the words fitted fits no more."""
    sara, beto = await desk.supervisor("Sara Luna"), await desk.agent("Beto Salas")
    await sara.says("/nueva Portón roto @beto")
    first = await hands_in(desk, sara, "/radio Beto Salas llegó", key="update:77")
    assert "llegó" in first[0]
    assert await hands_in(desk, sara, "/radio Beto Salas llegó", key="update:77") == first
    await desk.settle()
    sara.reads_all()
    beto.reads_all()
