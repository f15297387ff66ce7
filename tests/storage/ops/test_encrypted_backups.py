"""Encrypted backups: only the private key opens them, with the desk or with any program that reads age's files."""

import io
from pathlib import Path

import pyrage
import pytest
from pyrage.x25519 import Identity

from bot.cli.main import main
from bot.config.error import ConfigError
from bot.config.source import load
from storage.engine.store import StorageError, sqlite_path
from storage.ops import age
from storage.ops.backup import back_up
from storage.ops.backup_archive import check
from storage.ops.restore import restore
from tests.storage.ops.test_backup import NOON, contents
from tests.support.backups import KEY, TRUSTED
from tests.support.console import Gad, in_folder
from tests.support.databases import fresh, url_of

PRIVATE, PUBLIC = age.new_identity()
PIECE = 64 * 1024


@pytest.fixture
def url(tmp_path: Path) -> str:
    return fresh(tmp_path)


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    """The private key in its file, as age-keygen writes it."""
    (folder := tmp_path / "safe").mkdir()
    (file := folder / "key.txt").write_text(f"# created: 2026-11-01T12:00:00Z\n# public key: {PUBLIC}\n{PRIVATE}\n")
    return file


def test_it_is_opened_by_its_private_key_alone(url: str, identity: Path, tmp_path: Path) -> None:
    file, there = tmp_path / "copies" / "gad.zip.age", url_of(tmp_path / "there" / "gad.db")
    back_up(url, file, NOON, KEY, PUBLIC)

    assert file.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert b"manifest" not in file.read_bytes()
    with pytest.raises(StorageError, match="is encrypted; --identity names the file with the private key"):
        restore(file, there, NOON, TRUSTED)
    (other := tmp_path / "other.txt").write_text(age.new_identity()[0])
    with pytest.raises(StorageError, match="is encrypted for another key, or was changed"):
        restore(file, there, NOON, TRUSTED, identity=age.read_identity(other))
    assert list((tmp_path / "there").iterdir()) == []

    assert restore(file, there, NOON, TRUSTED, identity=age.read_identity(identity)).proved
    assert contents(sqlite_path(there)) == contents(sqlite_path(url))
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["gad.db"], "nothing readable is left"
    assert [path.name for path in file.parent.iterdir()] == ["gad.zip.age"]


def test_it_is_opened_without_the_desk_too(url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "copy.zip.age", NOON, KEY, PUBLIC)
    plain = pyrage.decrypt((tmp_path / "copy.zip.age").read_bytes(), [Identity.from_str(PRIVATE)])
    (tmp_path / "copy.zip").write_bytes(plain)
    assert check(tmp_path / "copy.zip", TRUSTED).made_at == NOON


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_what_it_writes_others_read_and_what_others_write_it_reads(size: int, identity: Path, tmp_path: Path) -> None:
    content = bytes(place * 31 % 251 for place in range(size))
    (plain := tmp_path / "plain").write_bytes(content)
    with (tmp_path / "sealed").open("wb") as target:
        age.encrypt(plain, target, PUBLIC)
    own = Identity.from_str(PRIVATE)
    assert pyrage.decrypt((tmp_path / "sealed").read_bytes(), [own]) == content

    others = [Identity.generate().to_public(), own.to_public()]
    (tmp_path / "theirs").write_bytes(pyrage.encrypt(content, others))
    age.decrypt(tmp_path / "theirs", read := io.BytesIO(), age.read_identity(identity))
    assert read.getvalue() == content


def test_what_was_changed_or_cut_off_is_never_taken_for_whole(identity: Path, tmp_path: Path) -> None:
    (plain := tmp_path / "plain").write_bytes(b"0123456789" * 13_200)
    with (sealed := tmp_path / "sealed").open("wb") as target:
        age.encrypt(plain, target, PUBLIC)
    whole, key = sealed.read_bytes(), age.read_identity(identity)
    changed = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in (*range(0, 260, 7), 70_000, -1)]
    cut = [whole[:at] for at in (0, 10, 150, 200, 216, 220, 300, 216 + PIECE + 16, -PIECE, -1)]
    for bent in [*changed, *cut, whole + b"x"]:
        sealed.write_bytes(bent)
        with pytest.raises(age.NotForThisKeyError):
            age.decrypt(sealed, io.BytesIO(), key)


@pytest.mark.parametrize(
    "key",
    ["age1", PUBLIC[:-1], PUBLIC.replace("q", "p"), PRIVATE, "ssh-ed25519 AAAA", PUBLIC[4:]],
    ids=["its beginning", "cut", "letters changed", "the private one", "another kind", "without its beginning"],
)
def test_a_key_that_was_mistyped_stops_the_start(key: str, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'[backup]\nencrypt_to = "{key}"\n')
    with pytest.raises(ConfigError, match=r"backup.encrypt_to: expected a public key of `gad backup-key`"):
        load(tmp_path / "config.toml")


@pytest.fixture
def gad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Gad:
    """Types a command on a desk whose backups are encrypted."""
    fresh(tmp_path)
    return in_folder(tmp_path, monkeypatch, capsys, f'[backup]\nencrypt_to = "{PUBLIC}"\n')


def aside(folder: Path) -> None:
    """Another second, in which another file is set aside."""
    for file in folder.glob("*.before-*"):
        file.unlink()


def test_the_commands_say_who_signed_and_what_is_not_proved(gad: Gad, identity: Path, tmp_path: Path) -> None:
    code, said, errors = gad("backup", "copy.zip.age")
    assert (code, errors) == (0, "")
    signer = said.partition("Signed by ")[2][:64]
    assert f"Encrypted to {PUBLIC}" in said

    opened = ("restore", "copy.zip.age", "--identity", str(identity))
    assert gad(*opened)[::2] == (0, "")
    (tmp_path / "key.pem").unlink()  # another machine
    code, _, errors = gad(*opened)
    assert code == 1
    assert f"is signed by {signer}, and there is no key here to compare it with" in errors
    assert len(errors.splitlines()) == 1
    aside(tmp_path)
    assert "Not proved" not in gad(*opened, "--key", signer)[1]
    aside(tmp_path)
    assert "Not proved: who made it" in gad(*opened, "--unproved")[1]
    code, _, errors = gad(*opened, "--key", signer, "--seal", "0" * 64)
    assert (code, "never had the seal" in errors) == (1, True)
    code, _, errors = gad("restore", "copy.zip.age", "--identity", str(tmp_path / "gad.toml"))
    assert (code, "holds no private key of age's" in errors) == (1, True)


def test_a_key_pair_is_made_by_the_desk_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["gad", "backup-key", str(tmp_path / "key.txt")])
    with pytest.raises(SystemExit):
        main()
    public = capsys.readouterr().out.partition('encrypt_to = "')[2].partition('"')[0]
    private = (tmp_path / "key.txt").read_text().splitlines()[-1]
    assert str(Identity.from_str(private).to_public()) == public
