"""Works with people and titles of which nothing shows."""

from tests.story.desk import StoryDesk


async def test_whoever_has_a_name_that_shows_nothing_is_called_something(desk: StoryDesk) -> None:
    marta = await desk.admin("Marta Solís")
    for number, username in ((8000, None), (8001, "eva")):
        user = desk.telegram.add_person("ㅤ", username=username, person_id=number)
        desk.telegram.say(user, "/start")
    await desk.settle()
    marta.sees("Pide acceso", "(sin nombre)")
    marta.sees("Pide acceso", "@eva")


async def test_whoever_has_an_empty_name_is_heard(desk: StoryDesk) -> None:
    """An account that is being deleted has none; a stranger asks for access with it, an agent for help."""
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora")
    for number, words in ((8001, "/start"), (ana.user.id, "/emergencia Robo")):
        said = {"message_id": 1, "date": int(desk.clock.now().timestamp()), "text": words}
        who = {"chat": {"id": number, "type": "private", "first_name": ""}}
        desk.telegram.deliver({"message": {**said, **who, "from": {"id": number, "is_bot": False, "first_name": ""}}})
        await desk.settle()
    marta.sees("Pide acceso", "(sin nombre)")
    marta.sees("Robo")
    assert await desk.asks("SELECT count(*) FROM inbox WHERE error IS NOT NULL") == 0
    for phone in (marta, ana):
        phone.reads_all()


async def test_a_title_of_invisible_marks_is_none(desk: StoryDesk) -> None:
    sara, ana = await desk.supervisor("Sara Luna"), await desk.agent("Ana Mora")
    await ana.says("/emergencia \u200b\u2060\ufeff")
    assert await desk.asks("SELECT title FROM task") == ""
    for phone in (sara, ana):
        phone.reads_all()


async def test_a_supervisor_of_no_unit_is_offered_none_to_link(desk: StoryDesk) -> None:
    sara, admin = await desk.supervisor("Sara Luna"), await desk.admin("Ada Paz")
    await admin.says("/unidades").presses("Nueva").says("Norte").presses("America/Guayaquil")
    admin.reads_all()
    _, (here, _) = desk.group("Guardia", sara, admin)
    await here.says("/vincular@gad_bot")
    here.sees("no eres de ninguna unidad").offers()
    sara.reads_all()
