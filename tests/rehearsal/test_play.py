"""The rehearsal in the terminal."""

import contextlib
import io
from pathlib import Path

import pytest

from bot.rehearsal.play import REFUSED, play

OWN_CASE = "A man of middle age brings cake to every session and asks whether I sleep enough."


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str, Path]:
    """One evening with a case of one's own: exit code, what was printed, and what was written."""
    out = tmp_path_factory.mktemp("out")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = play(OWN_CASE, out)
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


def test_the_transcript_says_what_each_person_saw(evening: tuple[int, str, Path]) -> None:
    """The case, posts to everyone, and what was for one person only, each under its heading."""
    printed = in_one_line(evening[1])
    assert OWN_CASE in printed
    for heading in ("Only You sees", "Only Bea sees", "Only Fay sees", "In the channel", "In the thread"):
        assert heading in printed
    assert "In the thread: Dag" in printed
    assert "If she asks whether I am tired, then I say what is true" in printed


def test_the_transcript_shows_names_and_times_and_no_markup(evening: tuple[int, str, Path]) -> None:
    """Mentions and timestamps are written as Discord shows them."""
    printed = evening[1]
    assert "<t:" not in printed
    assert "<@" not in printed
    assert "@Bea" in printed


def test_a_case_with_an_address_in_it_comes_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The real form refuses it with the reason; nothing is written."""
    assert play(f"{OWN_CASE} He wrote from karl@example.org.", tmp_path / "out") == REFUSED
    printed = in_one_line(capsys.readouterr().out)
    assert "an e-mail address" in printed
    assert "The form came back" in printed
    assert not (tmp_path / "out").exists()
