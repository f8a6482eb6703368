"""`sixfold doctor`: it looks at everything, says what to do, and touches nothing."""

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from bot.cli import app
from bot.content.texts import Texts
from bot.doctor import Finding, examine
from bot.settings import PREFIX, Settings
from bot.storage.engine import Database
from bot.storage.keys import DATABASE_FILE, KEY_FILE, open_keys
from bot.storage.problems import DatabaseCode, KeyCode
from tests.conftest import english

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.fixture(scope="module")
def texts() -> Texts:
    return english().texts


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    # Loading the real one takes a second, and it is not there on every machine that runs the tests.
    monkeypatch.setattr("bot.doctor.ready_reader", object)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(discord_token=SecretStr(TOKEN), data_dir=tmp_path / "kept")


@pytest.fixture
async def used(settings: Settings) -> Path:
    """A data folder as a bot leaves it that was started once."""
    database = await Database.open(settings.data_dir / DATABASE_FILE, open_keys(settings.data_dir))
    await database.close()
    return settings.data_dir


def finding(findings: list[Finding], sentence: str) -> Finding:
    """The finding that says exactly this."""
    return next(each for each in findings if each.sentence == sentence)


def everything(folder: Path) -> Iterator[tuple[str, int, int, bytes]]:
    """Name, mode, time of change and content of all there is in a folder."""
    for path in sorted([folder, *folder.rglob("*")]):
        status = path.stat()
        content = path.read_bytes() if path.is_file() else b""
        yield str(path), status.st_mode, status.st_mtime_ns, content


def test_a_first_start_needs_nothing_but_a_token(settings: Settings, texts: Texts) -> None:
    """With a token and an empty disk the bot may be started."""
    findings = examine(settings, texts)
    assert {each.state for each in findings} == {"ok"}
    finding(findings, texts("doctor-folder-new", folder=str(settings.data_dir)))
    finding(findings, texts("doctor-key-new"))
    finding(findings, texts("doctor-database-new"))


def test_a_folder_in_use_is_found_in_order(settings: Settings, texts: Texts, used: Path) -> None:
    """Folder, key and database of a bot that has run pass."""
    findings = examine(settings, texts)
    assert {each.state for each in findings} == {"ok"}
    finding(findings, texts("doctor-folder-ok", folder=str(used)))
    finding(findings, texts("doctor-database-ok"))


def test_a_reader_that_does_not_work_is_told(
    settings: Settings, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot runs without it, so it is a note, with what to do."""
    finding(examine(settings, texts), texts("doctor-reader-ok"))
    monkeypatch.setattr("bot.doctor.ready_reader", lambda: None)
    told = finding(examine(settings, texts), texts("doctor-reader-none"))
    assert (told.state, told.remedy) == ("note", texts("doctor-reader-none-remedy"))


def test_looking_changes_nothing(settings: Settings, texts: Texts, used: Path, tmp_path: Path) -> None:
    """No file is made, changed or given other rights, however open it stands."""
    used.chmod(0o755)
    (used / KEY_FILE).chmod(0o644)
    before = list(everything(tmp_path))
    examine(settings, texts)
    examine(Settings(data_dir=tmp_path / "elsewhere" / "deep"), texts)
    assert list(everything(tmp_path)) == before


async def test_a_running_bot_is_not_disturbed(settings: Settings, texts: Texts) -> None:
    """The database is looked at while another process has it open."""
    database = await Database.open(settings.data_dir / DATABASE_FILE, open_keys(settings.data_dir))
    try:
        async with database.write():
            findings = examine(settings, texts)
    finally:
        await database.close()
    finding(findings, texts("doctor-database-ok"))


@pytest.mark.parametrize("token", [None, "my-password", f"Bot {TOKEN}"])
def test_a_token_that_is_missing_or_odd_is_told_and_never_shown(
    texts: Texts, tmp_path: Path, token: str | None
) -> None:
    """The sentence says where the token belongs, and no part of it."""
    settings = Settings(discord_token=SecretStr(token) if token else None, data_dir=tmp_path / "kept")
    missing = [each for each in examine(settings, texts) if each.state == "missing"]
    assert len(missing) == 1
    assert "SIXFOLD_DISCORD_TOKEN" in missing[0].remedy
    assert "my-password" not in missing[0].sentence + missing[0].remedy
    assert TOKEN not in missing[0].sentence + missing[0].remedy


def test_what_others_may_read_is_told_with_the_way_to_close_it(
    settings: Settings, texts: Texts, used: Path
) -> None:
    """An open folder and an open key are notes, each with its command."""
    used.chmod(0o750)
    (used / KEY_FILE).chmod(0o640)
    notes = [each for each in examine(settings, texts) if each.state == "note"]
    assert f"chmod 700 {used}" in notes[0].remedy
    assert f"chmod 600 {used / KEY_FILE}" in notes[1].remedy
    assert notes[2].sentence == texts("doctor-database-unchecked")


def test_a_lost_key_is_the_worst_news_and_is_told(settings: Settings, texts: Texts, used: Path) -> None:
    """A database without its key is not taken for a first start."""
    (used / KEY_FILE).unlink()
    told = finding(examine(settings, texts), texts("storage-key-lost", path=str(used / KEY_FILE)))
    assert told.state == "missing"


def test_the_key_of_another_database_is_told(
    settings: Settings, texts: Texts, used: Path, tmp_path: Path
) -> None:
    """A good key file in the wrong place would open nothing."""
    shutil.copy(open_keys(tmp_path / "other").path, used / KEY_FILE)
    told = finding(examine(settings, texts), texts("storage-key-wrong-file", path=str(used / KEY_FILE)))
    assert told.state == "missing"


def test_a_damaged_key_is_told_without_its_content(settings: Settings, texts: Texts, used: Path) -> None:
    """What stands in a key file never reaches a screen."""
    key = json.loads((used / KEY_FILE).read_text(encoding="utf-8"))
    (used / KEY_FILE).write_text(json.dumps({**key, "format": "s3cret"}), encoding="utf-8")
    findings = examine(settings, texts)
    assert finding(findings, texts("storage-key-malformed", path=str(used / KEY_FILE))).state == "missing"
    assert not any("s3cret" in each.sentence + each.remedy for each in findings)


@pytest.mark.parametrize(
    ("revision", "key", "state"),
    [("9999", "storage-database-newer", "missing"), (None, "doctor-database-older", "ok")],
)
def test_tables_of_another_version_are_told(
    settings: Settings, texts: Texts, used: Path, revision: str | None, key: str, state: str
) -> None:
    """Older ones are brought up to date at the next start, newer ones need the newer bot."""
    with closing(sqlite3.connect(used / DATABASE_FILE)) as connection, connection:
        connection.execute("DELETE FROM alembic_version")
        if revision:
            connection.execute("INSERT INTO alembic_version VALUES (?)", (revision,))
    told = finding(examine(settings, texts), texts(key, path=str(used / DATABASE_FILE)))
    assert told.state == state


def test_a_file_that_is_no_database_is_told(settings: Settings, texts: Texts, used: Path) -> None:
    """Something else under the database's name is not overwritten, and is named."""
    for left in used.glob(f"{DATABASE_FILE}*"):
        left.unlink()
    (used / DATABASE_FILE).write_bytes(b"something else " * 100)
    sentence = texts("storage-database-not-a-database", path=str(used / DATABASE_FILE))
    assert finding(examine(settings, texts), sentence).state == "missing"


def test_a_file_in_the_place_of_the_folder_is_told(texts: Texts, tmp_path: Path) -> None:
    """The data folder can't be made where a file stands."""
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    settings = Settings(discord_token=SecretStr(TOKEN), data_dir=tmp_path / "kept")
    values = {"folder": str(tmp_path / "kept"), "variable": "SIXFOLD_DATA_DIR"}
    assert finding(examine(settings, texts), texts("doctor-folder-shut", **values)).state == "missing"


def test_parts_that_come_from_elsewhere_are_told(
    settings: Settings, texts: Texts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another package of the same name, first on the path, is found out."""
    (tmp_path / "cogs").mkdir()
    (tmp_path / "cogs" / "__init__.py").touch()
    monkeypatch.delitem(sys.modules, "cogs", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    missing = [each for each in examine(settings, texts) if each.state == "missing"]
    assert [f"cogs from {tmp_path}" in each.sentence for each in missing] == [True]


def test_no_simulator_is_no_fault(settings: Settings, texts: Texts, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server without the rehearsal is as it should be."""
    monkeypatch.setitem(sys.modules, "simcord", None)
    assert finding(examine(settings, texts), texts("doctor-rehearsal-away")).state == "ok"


def test_every_trouble_of_the_storage_has_its_sentence(texts: Texts) -> None:
    """Whatever keeps the database or its key from opening is told in words."""
    keys = [f"storage-key-{code}" for code in get_args(KeyCode)]
    keys += [f"storage-database-{code}" for code in get_args(DatabaseCode)]
    assert len({texts(key, path="/srv/kept") for key in keys}) == len(keys)


def test_the_command_leaves_with_1_while_something_is_missing(tmp_path: Path) -> None:
    """Each finding is one line with its mark, and the last line sums up."""
    result = CliRunner().invoke(app, ["doctor"], catch_exceptions=False)
    assert result.exit_code == 1
    assert english().texts("doctor-unwell", count=1) in result.output
    (tmp_path / ".env").write_text(f"SIXFOLD_DISCORD_TOKEN={TOKEN}\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["doctor"], catch_exceptions=False)
    assert result.exit_code == 0
    assert TOKEN not in result.output
