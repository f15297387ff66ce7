"""A backup that is put back brings nobody back who was erased since (P15)."""

from pathlib import Path

import pytest

from core.desk.erase import LATER
from core.desk.put_out import UNDER_WAY
from core.rules.permissions import DESK, caller_of
from core.vocabulary.access_commands import EraseAgain
from core.vocabulary.commands import Cancel
from storage.engine.errors import StorageError
from storage.ops import erased_list
from storage.ops.backup import back_up
from storage.ops.restore import restore
from tests.story.desk import StoryDesk
from tests.story.test_forgotten import PARK, closed, everything, wants_it_erased, whole
from tests.story.test_privacy import known
from tests.support.backups import KEY, TRUSTED

ERASED = (2 * UNDER_WAY + LATER).total_seconds()


# A server's database is restored with the server's own tools.
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_p15_a_backup_brings_back_nobody_who_was_erased_since(desk: StoryDesk, tmp_path: Path) -> None:
    marta, ana = await desk.admin("Marta Solís"), await desk.agent("Ana Mora", at=PARK)
    beto = await desk.agent("Beto Díaz")
    await ana.says("/nueva Patrullaje zona ñandú")
    url, copy = desk.app.config.storage.url, tmp_path / "copy.zip"
    listed = Path(desk.app.config.audit.erased_file)
    back_up(url, copy, desk.clock.now(), KEY)
    await closed(desk, ana, 1)
    was, stays = await known(desk, ana), await known(desk, beto)
    marta.reads_all()
    await wants_it_erased(ana)
    await marta.presses("Confirmar")
    await desk.passes(ERASED)
    await desk.close()

    done = restore(copy, url, desk.clock.now(), TRUSTED, erased=listed)
    assert done.erased == 1, "the database that was replaced knew of her"
    assert "Ana" not in listed.read_text("utf-8")
    assert str(ana.user.id) not in listed.read_text("utf-8")
    await desk.open()
    assert (await known(desk, beto)).id == stays.id
    again = await desk.app.desk.execute(EraseAgain(person=was.id), caller=DESK)
    assert again.events == (), "she was put out before anything else began"
    caller = caller_of(await known(desk, marta))
    await desk.app.desk.execute(Cancel(task=1), caller=caller, reason="el portón ya abrió")
    await desk.passes(ERASED)
    kept = await desk.app.store.read(everything)
    for words in ("Ana", "ñandú", str(ana.user.id), "79.8885"):
        assert words not in kept, words
    assert await desk.asks("SELECT count(*) FROM person WHERE membership = 'forgotten'") == 1
    verdict = await whole(desk)
    assert {one.person for one in verdict.erasures} == {was.id}
    for phone in (marta, ana, beto):
        phone.reads_all()


def test_p15_a_damaged_list_is_no_empty_one(tmp_path: Path) -> None:
    file = tmp_path / "audit.erased"
    assert erased_list.read(file) == frozenset()
    gone = erased_list.Gone(person=3, since=1_000)
    erased_list.note(file, [gone])
    erased_list.note(file, [erased_list.Gone(person=2, since=5), gone])
    assert [one.person for one in sorted(erased_list.read(file), key=lambda one: one.person)] == [2, 3]
    assert file.stat().st_mode & 0o077 == 0
    file.write_text(file.read_text("utf-8")[:-4], "utf-8")
    with pytest.raises(StorageError, match="damaged"):
        erased_list.note(file, [gone])
