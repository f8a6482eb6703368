"""The command `sixfold`: what it says and how it leaves."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner, Result

from bot.cli import CASE_CHARACTERS, app, wants_browser
from bot.content import Protocol
from bot.formulation.walkthrough import Course, Problem, Rule, courses
from bot.settings import PREFIX
from tests.conftest import english

ROOT = Path(__file__).parents[1]
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"

Sixfold = Callable[..., Result]


@pytest.fixture
def sixfold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sixfold:
    """The command, in an empty folder and with nothing set."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> Result:
        return CliRunner().invoke(app, list(words), catch_exceptions=False)

    return call


@pytest.mark.parametrize(
    "words", [(), ("run",), ("rehearse",), ("scan",), ("doctor",), ("invite",), ("prompts", "check")]
)
def test_every_command_explains_itself(sixfold: Sixfold, words: tuple[str, ...]) -> None:
    """Help is there for each command, and for all of them together."""
    result = sixfold(*words, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_an_unknown_command_leaves_with_2(sixfold: Sixfold) -> None:
    """What was not understood is told apart from what went wrong."""
    assert sixfold("runn").exit_code == 2


def test_run_without_a_token_says_where_it_belongs(sixfold: Sixfold) -> None:
    """Nobody has to guess what the first start lacks."""
    result = sixfold("run")
    assert result.exit_code == 1
    assert result.stderr.strip() == english().texts("run-no-token", variable="SIXFOLD_DISCORD_TOKEN")


def test_a_slip_in_the_settings_is_a_sentence_for_each(sixfold: Sixfold, tmp_path: Path) -> None:
    """Names are shown, values are not, and there is no traceback."""
    (tmp_path / ".env").write_text(f"SIXFOLD_TOKEN={TOKEN}\nSIXFOLD_LOG_LEVEL={TOKEN}\n", encoding="utf-8")
    texts = english().texts
    for command in ("run", "doctor", "invite"):
        result = sixfold(command)
        assert result.exit_code == 1
        assert result.stderr.splitlines() == [
            texts("settings-unusable", variable="SIXFOLD_LOG_LEVEL"),
            texts("settings-unknown", variable="SIXFOLD_TOKEN"),
        ]
        assert TOKEN not in result.output


def test_settings_come_from_the_file_that_is_named(sixfold: Sixfold, tmp_path: Path) -> None:
    """Two bots on one machine keep a file each."""
    file = tmp_path / "second.env"
    file.write_text(f"SIXFOLD_DISCORD_TOKEN={TOKEN}\n", encoding="utf-8")
    assert "client_id=123456789012345678&" in sixfold("invite", "--env-file", str(file)).output
    assert sixfold("invite", "--env-file", "no-such.env").exit_code == 2


def test_invite_prints_the_address_and_each_reason(sixfold: Sixfold) -> None:
    """The address comes with what every permission is for."""
    result = sixfold("invite", "876543210987654321")
    assert result.exit_code == 0
    assert "client_id=876543210987654321&" in result.output
    assert english().texts("invite-manage-threads") in result.output


def test_invite_asks_for_the_id_where_it_can_not_be_known(sixfold: Sixfold) -> None:
    """Without a token and without an id there is no address, but there is a way on."""
    result = sixfold("invite")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.strip() == english().texts("invite-no-id")
    assert sixfold("invite", "sixfold").exit_code == 2


def test_the_texts_shipped_are_in_order(sixfold: Sixfold) -> None:
    """`sixfold prompts check` finds nothing to put right, and every protocol comes to its end."""
    result = sixfold("prompts", "check")
    library = english()
    walks = sum(len(list(courses(protocol))) for protocol in library.protocols)
    walked = library.texts("prompts-walked", protocols=len(library.protocols), walks=walks)
    assert (result.exit_code, result.stdout.splitlines()) == (0, [library.texts("prompts-fine"), walked])
    assert str(walks) in walked


WAYS = {
    "voice": Course("voice", 45, 3),
    "text": Course("text", 90, 25),
    "slow": Course("slow", 45, 6),
    "idle": Course("slow", 45, 3, idle=True),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_protocol_that_goes_wrong_is_named_with_its_step(
    sixfold: Sixfold, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """One sentence for each thing says in which file, step and walk; and the command leaves with 1."""
    course = WAYS[way]
    wrong = tuple(Problem("talk", rule, "refused-so" if rule == "refused" else "") for rule in get_args(Rule))

    def walk(protocol: Protocol, _: object, walked: Course) -> tuple[Problem, ...]:
        return wrong if (protocol.id, walked) == ("six-mechanisms", course) else ()

    monkeypatch.setattr("bot.formulation.walkthrough.walk", walk)
    result = sixfold("prompts", "check")
    texts = english().texts
    assert result.exit_code == 1
    assert result.stderr.strip() == texts("prompts-problems", count=len(wrong))
    lines = result.stdout.splitlines()
    assert len(set(lines)) == len(wrong)
    named = texts(f"prompts-course-{way}", minutes=course.minutes, people=course.people)
    for line in lines:
        assert line.startswith("en/protocols/six-mechanisms.toml, steps[talk]: ")
        assert f"({named})" in line
    assert sum("refused-so" in line for line in lines) == 1


def test_what_goes_wrong_on_every_way_is_told_once(sixfold: Sixfold, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first way on which it did stands for the others."""
    stuck = Problem("talk", "stuck")
    monkeypatch.setattr("bot.formulation.walkthrough.walk", lambda *_: (stuck, Problem("close", "failed")))
    result = sixfold("prompts", "check")
    library = english()
    assert result.exit_code == 1
    first = library.texts("prompts-course-voice", minutes=45, people=3)
    assert len(result.stdout.splitlines()) == 2 * len(library.protocols)
    assert all(first in line for line in result.stdout.splitlines())


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command in a process of its own, with a protocol that has a slip in it."""
    shutil.copytree(ROOT / "prompts", tmp_path / "prompts", ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / "prompts/en/protocols/balint.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('kind = "close"', 'kind = "clothes"'), encoding="utf-8")
    (tmp_path / ".env").write_text(f"SIXFOLD_DISCORD_TOKEN={TOKEN}\n", encoding="utf-8")

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        # The folder that a module is started in comes first, and so does its prompts/.
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=tmp_path,
            env={**environment, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )

    return call


@pytest.mark.parametrize("words", [("run",), ("rehearse", "--play")])
def test_a_slip_in_a_protocol_stops_the_start_with_a_sentence(
    broken: Callable[..., subprocess.CompletedProcess[str]], words: tuple[str, ...]
) -> None:
    """The file, the step and the field are named; there is no traceback and no token."""
    done = broken(*words)
    assert (done.returncode, done.stdout) == (1, "")
    told, end = done.stderr.splitlines()
    assert told.startswith("en/protocols/balint.toml, steps[close].kind: Write one of these: 'arrive',")
    assert end == english().texts("run-prompts")


def test_a_slip_in_a_protocol_is_told_by_the_check(
    broken: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """The check says the same; it walks nothing that doesn't load, and leaves with 1."""
    done = broken("prompts", "check")
    texts = english().texts
    assert (done.returncode, done.stderr.strip()) == (1, texts("prompts-problems", count=1))
    (told,) = done.stdout.splitlines()
    assert told.startswith("en/protocols/balint.toml, steps[close].kind: ")


class Refusing(BaseHTTPRequestHandler):
    """A Discord that knows no token."""

    def do_GET(self) -> None:
        body = b'{"message": "401: Unauthorized", "code": 0}'
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing on the test's own output."""


@pytest.mark.parametrize("listening", [True, False])
def test_a_start_that_discord_refuses_ends_in_a_sentence(tmp_path: Path, listening: bool) -> None:
    """A wrong token and a machine that is offline are told apart, without a traceback or the token."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as double:
        address = f"http://127.0.0.1:{double.server_port}"
        if listening:
            threading.Thread(target=double.serve_forever, daemon=True).start()
        else:
            double.server_close()
        (tmp_path / ".env").write_text(
            f"SIXFOLD_DISCORD_TOKEN={TOKEN}\nSIXFOLD_REST_BASE={address}\n", encoding="utf-8"
        )
        environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        done = subprocess.run(
            [sys.executable, "-m", "bot", "run"],
            cwd=tmp_path,
            env={**environment, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        if listening:
            double.shutdown()
    texts = english().texts
    refused = texts("run-token-refused", variable="SIXFOLD_DISCORD_TOKEN")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        refused if listening else texts("run-unreachable", address=address)
    )
    assert "Traceback" not in done.stderr
    assert TOKEN not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (None, "rehearse-case-unreadable"),
        (b"\xff\xfe not text", "rehearse-case-unreadable"),
        (b" \n", "rehearse-case-empty"),
        (b"x" * (CASE_CHARACTERS + 1), "rehearse-case-long"),
        ("\N{GRINNING FACE}".encode() * 40_000, "rehearse-case-long"),
    ],
)
def test_a_case_that_can_not_be_used_is_told_before_anything_starts(
    sixfold: Sixfold, tmp_path: Path, content: bytes | None, key: str
) -> None:
    """A missing, unreadable, empty or long account gets its own sentence."""
    file = tmp_path / "case.txt"
    if content is not None:
        file.write_bytes(content)
    result = sixfold("rehearse", "--play", "--case", str(file))
    assert result.exit_code == 1
    beginning = english().texts(key, file=str(file), count=0, most=0).split(str(file))[0]
    assert result.stderr.startswith(f"{beginning}{file}")
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "words",
    [
        ("--case", "x.txt"),
        ("--out", "x"),
        ("--play", "--port", "0"),
        ("--play", "--no-browser"),
        ("--port", "-1"),
    ],
)
def test_options_that_mean_nothing_together_are_refused(sixfold: Sixfold, words: tuple[str, ...]) -> None:
    """An option is never silently without effect."""
    result = sixfold("rehearse", *words)
    assert result.exit_code == 2
    assert result.stderr


def test_a_server_is_told_how_to_get_the_rehearsal(sixfold: Sixfold, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the simulator is not installed, the sentence names the command that installs it."""
    monkeypatch.setitem(sys.modules, "simcord", None)
    for words in (("rehearse",), ("rehearse", "--play")):
        result = sixfold(*words)
        assert result.exit_code == 1
        assert "make rehearse" in result.stderr


@pytest.mark.parametrize(
    ("environment", "platform", "terminal", "wanted"),
    [
        ({"DISPLAY": ":0"}, "linux", True, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True, True),
        ({}, "darwin", True, True),
        ({}, "linux", True, False),
        ({"DISPLAY": ":0"}, "linux", False, False),
        ({"DISPLAY": ":0", "CI": "true"}, "linux", True, False),
        ({"CI": "true"}, "darwin", True, False),
    ],
)
def test_a_browser_opens_only_where_someone_sees_it(
    environment: dict[str, str], platform: str, terminal: bool, wanted: bool
) -> None:
    """A terminal, a display, and no CI."""
    assert wants_browser(environment, platform, terminal=terminal) is wanted
