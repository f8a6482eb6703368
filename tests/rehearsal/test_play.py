"""The rehearsal in the terminal."""

import contextlib
import io
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.rehearsal.play import REFUSED, play
from bot.rehearsal.scenario import FIRST, scenario_names

OWN_CASE = "A man of middle age brings cake to every session and asks whether I sleep enough."


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str, Path]:
    """One evening with a case of one's own: exit code, what was printed, and what was written."""
    out = tmp_path_factory.mktemp("out")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = play(FIRST, OWN_CASE, out)
    return code, printed.getvalue(), out


def in_one_line(printed: str) -> str:
    """What was printed, without the frames around it and the ends of its lines."""
    return " ".join(printed.replace("│", " ").split())


def test_a_case_of_one_s_own_goes_in_and_a_handout_comes_out(evening: tuple[int, str, Path]) -> None:
    """Chart, PDF and Markdown are written, and the command says where."""
    code, printed, out = evening
    assert code == 0
    assert (out / "chart.png").read_bytes().startswith(b"\x89PNG")
    assert (out / "handout.pdf").read_bytes().startswith(b"%PDF")
    assert "## The question" in (out / "handout.md").read_text()
    assert "handout.pdf" in printed
    assert OWN_CASE in in_one_line((out / "transcript.txt").read_text())


def test_the_transcript_says_what_each_person_saw(evening: tuple[int, str, Path]) -> None:
    """The case, posts to everyone, and what was for one person only, each under its heading."""
    printed = in_one_line(evening[1])
    assert OWN_CASE in printed
    for heading in ("Only You sees", "Only Bea sees", "Only Fay sees", "In the channel", "In the thread"):
        assert heading in printed
    assert "In the thread: Dag" in printed
    assert "If she asks whether I am tired (Thursday 15:00), then I say what is true" in printed


def test_the_plan_comes_back_to_its_presenter_alone(evening: tuple[int, str, Path]) -> None:
    """Ten minutes before its cue and a week after it: the note gives nothing away, and then it is kept."""
    printed = in_one_line(evening[1])
    before_the_cue = "Thursday 08 January, 14:50"
    a_week_after = "Thursday 15 January, 15:00"
    note = r"Direct messages of Bea ─*╮ A note you left for now\. \[Show\]"
    arrived = [match.start() for match in re.finditer(note, printed)]
    assert printed.index(before_the_cue) < arrived[0] < printed.index(a_week_after) < arrived[1]
    assert printed.count("Direct messages of") == len(arrived) == 2
    assert arrived[1] < printed.index("Noted: you kept it.")


def test_the_transcript_shows_names_and_times_and_no_markup(evening: tuple[int, str, Path]) -> None:
    """Mentions and timestamps are written as Discord shows them."""
    printed = evening[1]
    assert "<t:" not in printed
    assert "<@" not in printed
    assert "@Bea" in printed


def test_a_case_with_an_address_in_it_comes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The real form refuses it with the reason; nothing is written."""
    assert play(FIRST, f"{OWN_CASE} He wrote from karl@example.org.", tmp_path / "out") == REFUSED
    printed = in_one_line(capsys.readouterr().out)
    assert "an e-mail address" in printed
    assert "The form came back" in printed
    assert not (tmp_path / "out").exists()


def test_a_session_is_played_by_its_name(tmp_path: Path) -> None:
    """Four people of whom two rate: a handout and a transcript, and no figures."""
    played = CliRunner().invoke(
        app, ["rehearse", "--play", "--scenario", "four-people", "--out", str(tmp_path)]
    )
    assert played.exit_code == 0
    assert (tmp_path / "handout.pdf").read_bytes().startswith(b"%PDF")
    assert "<t:" not in in_one_line((tmp_path / "transcript.txt").read_text())
    assert not (tmp_path / "chart.png").exists()


def test_a_vignette_is_played_over_days(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The transcript says when what came, and in the channel nobody has a name."""
    assert play("vignette", None, tmp_path) == 0
    printed = in_one_line(capsys.readouterr().out)
    written, shown = printed.index("19:30"), printed.index("19:45")
    assert written < printed.index("Only Remy sees") < shown < printed.index("Wednesday 07 January, 21:30")
    public = re.findall(r"In the (?:channel|thread) ─*╮(.*?)╰", printed)
    assert any("Soup on Mondays" in each for each in public)
    assert not any(name in each for each in public for name in ("Remy", "Ines", "Tove", "Pia"))
    assert not (tmp_path / "handout.pdf").exists()


def test_no_place_for_a_case_of_one_s_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody fills in the start form, the command says so, and plays nothing."""
    assert play("vignette", OWN_CASE, tmp_path / "out") == REFUSED
    assert "no place for yours" in in_one_line(capsys.readouterr().out)
    assert not (tmp_path / "out").exists()


def test_without_a_name_each_session_is_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each into a folder of its own; where one fails, the command says so."""
    played: dict[str, Path] = {}

    def noted(name: str, case: str | None, out: Path) -> int:
        assert case is None
        played[name] = out
        return REFUSED if name == "four-people" else 0

    monkeypatch.setattr("bot.rehearsal.play.play", noted)
    assert CliRunner().invoke(app, ["rehearse", "--play", "--out", str(tmp_path)]).exit_code == REFUSED
    assert played == {name: tmp_path / name for name in scenario_names()}
    assert len(played) == 7


def test_a_session_that_nobody_wrote(tmp_path: Path) -> None:
    """The names there are stand in the answer, and nothing is played."""
    asked = CliRunner().invoke(
        app, ["rehearse", "--play", "--scenario", "no-such", "--out", str(tmp_path / "out")]
    )
    assert asked.exit_code == 2
    assert "four-people" in " ".join(asked.output.split())
    assert not (tmp_path / "out").exists()
