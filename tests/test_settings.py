"""Settings: what an installation decides, and how a slip in it is told."""

import os
import re
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import PREFIX, Settings, SettingsError, load_settings, variable

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / ".env.example"
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"
ENTRY = re.compile(r"^(?:# )?(SIXFOLD_\w+)=(.*)$")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write(folder: Path, text: str) -> Path:
    file = folder / "settings.env"
    file.write_text(text, encoding="utf-8")
    return file


def example() -> dict[str, tuple[str, str]]:
    """Each variable of the example with its value and the sentence above it."""
    entries: dict[str, tuple[str, str]] = {}
    sentence: list[str] = []
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if entry := ENTRY.match(line):
            entries[entry[1]] = (entry[2], " ".join(sentence))
            sentence = []
        elif line.startswith("# "):
            sentence.append(line[2:])
        else:
            sentence = []
    return entries


def test_everything_but_the_token_has_a_default(tmp_path: Path) -> None:
    """With nothing set, the bot lacks a token and nothing else."""
    settings = load_settings()
    assert settings.discord_token is None
    assert settings.data_dir == tmp_path / "data"
    assert settings.rest_base == "https://discord.com/api/v10"
    assert settings.log_level == "INFO"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A variable set for one start is not undone by the file."""
    file = write(tmp_path, "SIXFOLD_LOG_LEVEL=DEBUG\nSIXFOLD_DATA_DIR=/srv/sixfold\nPATH_OF_ANOTHER=1\n")
    monkeypatch.setenv("SIXFOLD_LOG_LEVEL", "warning")
    settings = load_settings(file)
    assert settings.log_level == "WARNING"
    assert settings.data_dir == Path("/srv/sixfold")


def test_an_empty_value_is_no_value(tmp_path: Path) -> None:
    """The example with its empty token, copied as it is, means that there is no token."""
    assert load_settings(EXAMPLE).discord_token is None
    assert load_settings(write(tmp_path, "SIXFOLD_REST_BASE=\n")).rest_base.startswith("https://")


def test_a_slash_at_the_end_of_the_address_is_forgiven(tmp_path: Path) -> None:
    """Paths are put after the address, so it is kept without a slash."""
    file = write(tmp_path, "SIXFOLD_REST_BASE=http://localhost:8080/api/v10/\n")
    assert load_settings(file).rest_base == "http://localhost:8080/api/v10"


@pytest.mark.parametrize(
    "line",
    [
        "SIXFOLD_LOG_LEVEL=loud-s3cret",
        "SIXFOLD_REST_BASE=ftp://s3cret",
        "SIXFOLD_REST_BASE=s3cret",
        "SIXFOLD_REST_BASE=https://discord.com/api?s3cret=1",
        "SIXFOLD_REST_BASE=https://[s3cret",
    ],
)
def test_a_value_of_no_use_is_named_and_not_shown(tmp_path: Path, line: str) -> None:
    """The error tells the variable, and neither it nor its traceback tells the value."""
    with pytest.raises(SettingsError) as caught:
        load_settings(write(tmp_path, line + "\n"))
    assert caught.value.unusable == (line.partition("=")[0],)
    assert "s3cret" not in "".join(traceback.format_exception(caught.value)).replace(line, "")


def test_every_slip_is_told_at_once(tmp_path: Path) -> None:
    """Whoever corrects the file corrects it once."""
    file = write(tmp_path, "SIXFOLD_LOG_LEVEL=loud\nSIXFOLD_REST_BASE=x\nSIXFOLD_TOKEN=abc\n")
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    assert caught.value.unusable == ("SIXFOLD_LOG_LEVEL", "SIXFOLD_REST_BASE")
    assert caught.value.unknown == ("SIXFOLD_TOKEN",)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    """A file in another encoding is told by its name instead of a decoding error."""
    file = tmp_path / "settings.env"
    file.write_bytes("SIXFOLD_DATA_DIR=Größe".encode("latin-1"))
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    assert caught.value.unreadable == file


def test_the_token_is_never_shown(tmp_path: Path) -> None:
    """However settings are printed, the token stays out of it."""
    settings = load_settings(write(tmp_path, f"SIXFOLD_DISCORD_TOKEN={TOKEN}\n"))
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == TOKEN
    for shown in (repr(settings), str(settings), settings.model_dump_json(), repr(settings.model_dump())):
        assert TOKEN not in shown


def test_settings_do_not_change_after_they_are_read() -> None:
    """What was checked at the start stays as it was."""
    settings = load_settings()
    with pytest.raises(ValidationError):
        settings.log_level = "DEBUG"


def test_the_example_names_every_setting_and_no_other() -> None:
    """The example and the settings agree in both directions."""
    assert set(example()) == {variable(field) for field in Settings.model_fields}


@pytest.mark.parametrize("field", Settings.model_fields)
def test_the_example_explains_a_setting_and_shows_its_default(
    field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above each variable stands its sentence, and the value shown is what holds without it."""
    value, sentence = example()[variable(field)]
    assert sentence == Settings.model_fields[field].description
    without = getattr(load_settings(None), field)
    monkeypatch.setenv(variable(field), value)
    assert getattr(load_settings(None), field) == without


def test_nothing_is_read_when_modules_are_imported() -> None:
    """A wrong value troubles nobody before the settings are asked for."""
    done = subprocess.run(
        [sys.executable, "-c", "import bot.cli, bot.settings"],
        cwd=ROOT,
        env={**os.environ, "SIXFOLD_LOG_LEVEL": "loud"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
