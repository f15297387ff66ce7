"""After ``gad restore`` the desk is as it was; the phones still show what came after the backup."""

from pathlib import Path

import pytest

from storage.ops.backup import back_up
from storage.ops.move import move
from storage.ops.restore import restore
from tests.story.desk import StoryDesk
from tests.support.backups import KEY, TRUSTED
from tests.support.databases import url_of

# A server's database is restored with the server's own tools.
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

PARK, QUAY = (-2.1862, -79.8885), (-2.1900, -79.8800)
OLD = "antes de la restauración"


class Restoring:
    """A desk on a file, with a backup that can be put back again and again."""

    def __init__(self, desk: StoryDesk, copy: Path) -> None:
        self.desk = desk
        self.copy = copy

    def backs_up(self) -> None:
        """The administrator makes a backup."""
        back_up(self.url, self.copy, self.desk.clock.now(), KEY)

    async def goes_back(self, *, lost: bool = False, open_again: bool = True) -> None:
        """The administrator restores it; ``lost``: the disk with the old database is gone."""
        await self.desk.close()
        if lost:
            for file in self.copy.parent.glob("gad.db*"):
                file.unlink()
        restore(self.copy, self.url, self.desk.clock.now(), TRUSTED)
        self.desk.clock.advance(2)  # what left after the backup is forgotten, and restoring takes a moment
        if open_again:
            await self.desk.open()

    @property
    def url(self) -> str:
        """The database's address."""
        return url_of(self.copy.parent / "gad.db")

    async def tasks(self) -> int:
        """The highest number of a task."""
        return int(await self.desk.asks("SELECT coalesce(max(id), 0) FROM task"))


@pytest.fixture
def admin(desk: StoryDesk, tmp_path: Path) -> Restoring:
    """The administrator who restores."""
    return Restoring(desk, tmp_path / "copy.zip")


@pytest.mark.parametrize("lost", [False, True])
async def test_p7_a_button_from_before_the_restore_acts_on_nothing_else(
    desk: StoryDesk, admin: Restoring, lost: bool
) -> None:
    sara = await desk.supervisor("Sara Luna")
    juan, beto = await desk.agent("Juan Pérez", at=PARK), await desk.agent("Beto Salas", at=QUAY)
    admin.backs_up()
    await juan.says("/emergencia Incendio en el muelle")
    alert, offer = sara.sees("Incendio"), beto.sees("te necesitan")
    await admin.goes_back(lost=lost)
    await desk.advance(60)
    await juan.says("/emergencia Herido en la vía")
    for phone in (sara, juan, beto):
        phone.reads_all()

    await alert.presses("Recibido")
    await offer.presses("Voy")

    said = sara.sees(OLD)
    beto.sees(OLD)
    assert await desk.asks("SELECT count(*) FROM task WHERE acknowledged_by IS NOT NULL") == 0
    assert await desk.asks("SELECT count(*) FROM assignment WHERE state = 'accepted'") == 0
    await said.presses("Ver lo abierto")
    assert "Herido en la vía" in said.text
    assert "Incendio" not in said.text


async def test_p7_the_buttons_of_now_work_after_a_restore(desk: StoryDesk, admin: Restoring) -> None:
    sara, juan, beto = (
        await desk.supervisor("Sara"),
        await desk.agent("Juan", at=PARK),
        await desk.agent("Beto", at=QUAY),
    )
    admin.backs_up()
    await admin.goes_back()
    await juan.says("/emergencia Herido en la vía")
    juan.reads_all()
    await sara.sees("Herido").presses("Recibido")
    await beto.sees("Herido").presses("Voy")
    for phone in (sara, juan, beto):
        phone.reads_all()
    assert await desk.asks("SELECT count(*) FROM task WHERE acknowledged_by IS NOT NULL") == 1
    assert await desk.asks("SELECT count(*) FROM assignment WHERE state = 'accepted'") == 1


async def test_p7_two_restores_of_one_backup_are_two_pasts(desk: StoryDesk, admin: Restoring) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    admin.backs_up()
    await admin.goes_back()
    await juan.says("/emergencia Incendio")
    alert = sara.sees("Incendio")
    await desk.advance(60)
    sara.reads_all()
    await admin.goes_back()
    await juan.says("/emergencia Herido")
    for phone in (sara, juan):
        phone.reads_all()
    await alert.presses("Recibido")
    sara.sees(OLD)
    assert await desk.asks("SELECT count(*) FROM task WHERE acknowledged_by IS NOT NULL") == 0


async def test_p7_a_code_that_somebody_wrote_down_names_nothing_else(desk: StoryDesk, admin: Restoring) -> None:
    """Codes are said by radio and kept by programs: they carry no epoch, so their numbers are not given again."""
    sara = await desk.supervisor("Sara Luna")
    await sara.says("/nueva Ronda vieja")
    admin.backs_up()
    for number in range(3):
        await sara.says(f"/nueva Ronda perdida {number}")
    sara.reads_all()
    last = await admin.tasks()
    await admin.goes_back()
    await sara.says("/nueva Ronda nueva")
    sara.reads_all()
    assert await admin.tasks() == last + 1, "what was given is known: the old database is there"
    await sara.says("/tarea 3")
    sara.sees("No existe la tarea")
    await sara.says("/tarea 1")
    sara.sees("Ronda vieja")

    await desk.advance(7_200)
    sara.reads_all()
    await admin.goes_back(lost=True)
    await sara.says("/nueva Ronda novísima")
    sara.reads_all()
    assert await admin.tasks() > 7_000, "a number for each second of which nobody knows anything"


async def test_p7_a_person_who_is_let_in_after_a_restore_has_a_number_of_their_own(
    desk: StoryDesk, admin: Restoring, tmp_path: Path
) -> None:
    rosa = await desk.admin("Rosa Vera")
    await rosa.says("/nueva Ronda")
    admin.backs_up()
    await desk.agent("Ana Mora")
    gone = await desk.asks("SELECT max(id) FROM person")
    await admin.goes_back()
    await desk.agent("Beto Salas")
    await desk.agent("Caro Ruiz")
    rosa.reads_all()
    assert await desk.asks("SELECT max(id) FROM person") == gone + 2
    await desk.close()
    await move(admin.url, url_of(tmp_path / "new.db"))


async def test_p4_a_call_for_help_is_never_too_old(desk: StoryDesk, admin: Restoring) -> None:
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    admin.backs_up()
    await juan.says("/control 30")
    await desk.advance(30 * 60)
    question = juan.sees("¿Estás bien?")
    await admin.goes_back()
    juan.reads_all()
    await question.presses("Necesito ayuda")
    sara.sees("Juan")
    assert await desk.asks("SELECT count(*) FROM task WHERE alerting = 1") == 1
    for phone in (sara, juan):
        phone.reads_all()


async def test_whoever_was_asked_before_the_restore_is_asked_once_more(desk: StoryDesk, admin: Restoring) -> None:
    """Juan's answer is in the database that is lost: his silence is no sign."""
    sara, juan = await desk.supervisor("Sara Luna"), await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/control 30")
    await desk.advance(30 * 60)
    admin.backs_up()
    await juan.presses("Estoy bien")
    await desk.advance(10 * 60)
    juan.reads_all()
    await admin.goes_back()
    sara.sees_nothing()
    juan.sees("¿Estás bien?")
    await juan.presses("Estoy bien")
    juan.reads_all()
    await desk.advance(10 * 60)
    sara.sees_nothing()


async def test_a_form_of_before_the_restore_takes_no_words_for_its_answer(desk: StoryDesk, admin: Restoring) -> None:
    juan = await desk.agent("Juan Pérez", at=PARK)
    await juan.says("/nueva")
    step = juan.sees("Paso 1")
    admin.backs_up()
    await admin.goes_back()
    await step.presses(step.buttons[0])
    juan.sees(OLD)
    assert await desk.asks("SELECT count(*) FROM form") == 0
