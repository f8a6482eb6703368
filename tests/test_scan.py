"""`sixfold scan`: what it finds, how it shows it, and that nothing of a text stays or goes anywhere."""

import io
import json
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner, Result

import bot.scan
from bot.cli import app
from bot.content.texts import Texts
from bot.identifiers import Finding, Suggestion, find_with
from bot.identifiers.together import Together
from bot.scan import MOST_BYTES, READ_WHOLE, Scan, console_on, language_of, scan, scan_lines, show
from tests.conftest import english

ROOT = Path(__file__).parents[1]
CLEAN = "we sat for a while, and it was quiet between us."
POINTING = "it came from anna@example.org, she said."
LIMIT = 3.0
"""Seconds; a second on a machine that does nothing else."""

AUDITED = """
import os, sys

def refuse(event, arguments):
    if event.partition(".")[0] in {"socket", "subprocess"} or event in {"os.system", "os.fork", "os.mkdir"}:
        raise RuntimeError(event)
    if event == "open" and isinstance(arguments[0], str) and arguments[0] != os.devnull:
        mode, flags = arguments[1], arguments[2]
        if any(sign in (mode or "") for sign in "wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise RuntimeError(f"{event} {arguments}")

sys.addaudithook(refuse)
from bot.cli import main
main()
"""

Sixfold = Callable[..., Result]


@pytest.fixture(scope="module")
def texts() -> Texts:
    return english().texts


@pytest.fixture
def sixfold(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sixfold:
    """`sixfold scan`, in an empty folder and without a network."""

    def no_socket(*_: Any, **__: Any) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", no_socket)
    monkeypatch.chdir(tmp_path)

    def call(*words: str, given: str | bytes = "") -> Result:
        return CliRunner().invoke(app, ["scan", *words], input=given, catch_exceptions=False)

    return call


def in_lines(*objects: Any) -> bytes:
    return "".join(f"{json.dumps(each)}\n" for each in objects).encode()


def answers(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.decode("utf-8").split("\n")[:-1]]


def process(*words: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "scan", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def by_rules(text: str, language: str) -> tuple[Finding, ...]:
    """What is found by rules that don't change with what the reader has learnt."""
    return find_with(None, text, language)


def finding(text: str, words: str, why: str, severity: str = "warn", *suggestion: Any) -> Finding:
    start = text.index(words)
    key, *values = suggestion or ("suggest-place",)
    kind: Any = {"name": "person", "email": "contact"}.get(why, why)
    level: Any = severity
    return Finding(start, start + len(words), kind, level, f"finding-{why}", Suggestion(key, tuple(values)))


# What a person sees


def test_a_text_with_nothing_in_it_says_no_more_than_that(sixfold: Sixfold, texts: Texts) -> None:
    """The sentence promises nothing, and the word for what nobody can promise never stands there."""
    result = sixfold(given=CLEAN)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == texts("scan-none") == "No obvious identifiers found."
    assert "anonym" not in result.output.lower()


def test_what_points_at_a_person_is_marked_named_and_counted(sixfold: Sixfold, texts: Texts) -> None:
    """The text with its marks, a line for the finding, and how many there are; exit 1."""
    result = sixfold(given=POINTING)
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[0] == "it came from ⟦1! anna@example.org⟧, she said."
    (line,) = [each for each in lines if each.startswith("1!  ")]
    assert line.endswith(f"anna@example.org → {texts('suggest-contact')}")
    assert lines[-1] == texts("scan-blocks", blocks=1)


def test_what_may_stay_leaves_with_0(sixfold: Sixfold, texts: Texts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing has to be changed, so nothing went wrong; the finding is told all the same."""
    monkeypatch.setattr(bot.scan, "find", lambda text, _: (finding(text, "quiet", "place"),))
    result = sixfold(given=CLEAN)
    assert result.exit_code == 0
    assert "⟦1? quiet⟧" in result.stdout
    assert result.stdout.splitlines()[-1] == texts("scan-warns", warns=1)


@pytest.mark.parametrize(
    ("blocks", "warns", "sentence"),
    [
        (0, 0, "No obvious identifiers found."),
        (1, 0, "One thing must be changed (!)."),
        (2, 0, "2 things must be changed (!)."),
        (0, 1, "Nothing has to be changed, and one thing is worth a look (?)."),
        (0, 2, "Nothing has to be changed, and 2 things are worth a look (?)."),
        (1, 1, "One thing must be changed (!), and one is worth a look (?)."),
        (3, 2, "3 things must be changed (!), and 2 are worth a look (?)."),
    ],
)
def test_the_last_sentence_counts(texts: Texts, blocks: int, warns: int, sentence: str) -> None:
    """One sentence for every number of findings of either kind."""
    found = [finding(CLEAN, "quiet", "place", "block")] * blocks + [finding(CLEAN, "us", "place")] * warns
    assert shown(Scan(CLEAN, "en", tuple(found), None, with_reader=True), texts)[-1] == sentence


EVENING = (
    "Anna Berger, 34, has moved to Hebden Bridge and works in the town library.\n"
    "She writes from anna.berger@example.org at night, at length, and never about her brother Tomasz.\n"
)
FOUND = (
    finding(EVENING, "Anna Berger", "name", "block", "suggest-client"),
    finding(EVENING, "34", "age", "warn", "suggest-decade-30", ("whose", "her")),
    finding(EVENING, "Hebden Bridge", "place", "warn", "suggest-small-town"),
    finding(EVENING, "anna.berger@example.org", "email", "block", "suggest-contact"),
    finding(EVENING, "Tomasz", "name", "block", "suggest-kin", ("kin", "brother")),
)
STANDING_TOGETHER = Together(("job", "region", "age", "gender"), ("job", "region"))

WIDE = """\
⟦1! Anna Berger⟧, ⟦2? 34⟧, has moved to ⟦3? Hebden Bridge⟧ and works in the town
library.
She writes from ⟦4! anna.berger@example.org⟧ at night, at length, and never
about her brother ⟦5! Tomasz⟧.

1!  may be a name: Anna Berger → “the client”
2?  an exact age: 34 → “in her thirties”
3?  a place: Hebden Bridge → “a small town”
4!  an e-mail address: anna.berger@example.org → leave it out
5!  may be a name: Tomasz → only “brother”, without the name

Each of these is common, but together they may point to one person: the job, the
place, the age, the gender. Making the job and the place less precise would help
most.
3 things must be changed (!), and 2 are worth a look (?).
"""
NARROW = """\
⟦1! Anna Berger⟧, ⟦2? 34⟧, has moved to
⟦3? Hebden Bridge⟧ and works in the town
library.
She writes from ⟦4!
anna.berger@example.org⟧ at night, at
length, and never about her brother ⟦5!
Tomasz⟧.

1!  may be a name: Anna Berger → “the
    client”
2?  an exact age: 34 → “in her thirties”
3?  a place: Hebden Bridge → “a small
    town”
4!  an e-mail address:
    anna.berger@example.org → leave it
    out
5!  may be a name: Tomasz → only
    “brother”, without the name

Each of these is common, but together
they may point to one person: the job,
the place, the age, the gender. Making
the job and the place less precise would
help most.
3 things must be changed (!), and 2 are
worth a look (?).
"""


def shown(done: Scan, texts: Texts, width: int = 400, *, explain: bool = False) -> list[str]:
    """The lines that a terminal without colours shows."""
    paper = io.StringIO()
    show(done, texts, Console(file=paper, width=width, highlight=False, emoji=False), explain=explain)
    return paper.getvalue().splitlines()


@pytest.mark.parametrize(("width", "expected"), [(80, WIDE), (40, NARROW)])
def test_it_reads_well_in_a_wide_and_in_a_narrow_terminal(texts: Texts, width: int, expected: str) -> None:
    """Marked text, findings with what could stand there instead, the combination, the count."""
    done = Scan(EVENING, "en", FOUND, STANDING_TOGETHER, with_reader=True)
    assert shown(done, texts, width) == expected.splitlines()


def test_colours_only_add_to_the_signs(texts: Texts) -> None:
    """With its colours taken off, a terminal shows what a pipe gets."""
    paper = io.StringIO()
    console = Console(file=paper, width=80, force_terminal=True, color_system="standard", highlight=False)
    done = Scan(EVENING, "en", FOUND, None, with_reader=True)
    show(done, texts, console)
    assert "\x1b[1;31m⟦1! Anna Berger⟧\x1b[0m" in paper.getvalue()
    assert "\x1b[1;33m⟦2? 34⟧\x1b[0m" in paper.getvalue()


def test_what_is_no_terminal_gets_whole_lines(sixfold: Sixfold) -> None:
    """A file or a pipe is not broken at a width that nobody has."""
    long = f"{CLEAN} " * 20 + POINTING
    assert f"{CLEAN} " * 20 + "it came from ⟦1! anna@example.org⟧" in sixfold(given=long).stdout


def test_explained_it_says_by_what_and_how_much_it_matters(
    texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rule, the reader, or, without it, the lists of names."""
    text = "Tomasz writes from anna@example.org"
    found = (finding(text, "Tomasz", "name"), finding(text, "anna@example.org", "email", "block"))
    monkeypatch.setattr(bot.scan, "find_with", lambda *_: found)
    for with_reader, reason in ((True, "scan-reason-reader"), (False, "scan-reason-words")):
        lines = shown(Scan(text, "en", found, None, with_reader=with_reader), texts, explain=True)
        assert f"    {texts('scan-explained-warn', reason=texts(reason))}" in lines
        assert f"    {texts('scan-explained-block', reason=texts('scan-reason-form'))}" in lines


@pytest.mark.parametrize(
    ("language", "with_reader", "sentences"),
    [
        ("en", True, []),
        ("en", False, [("scan-basic", {})]),
        ("de", True, [("scan-basic-language", {"language": "de"})]),
        ("de", False, [("scan-basic-language", {"language": "de"})]),
    ],
)
def test_it_says_when_it_did_not_look_thoroughly(
    texts: Texts, language: str, with_reader: bool, sentences: Sequence[tuple[str, dict[str, str]]]
) -> None:
    """Without the reader, and in a language that isn't fully known, before the last sentence."""
    lines = shown(Scan(CLEAN, language, (), None, with_reader=with_reader), texts)
    assert lines == [*(texts(key, **values) for key, values in sentences), texts("scan-none")]


def test_it_says_that_a_long_text_was_not_read_to_its_end(texts: Texts) -> None:
    """The reader stops somewhere after what it always reads."""
    for more, sentences in ((0, []), (1, [texts("scan-basic-rest", count=READ_WHOLE)])):
        text = "a" * (READ_WHOLE + more)
        assert shown(Scan(text, "en", (), None, with_reader=True), texts)[:-1] == sentences


def test_right_to_left_text_is_kept_apart_from_the_marks(texts: Texts) -> None:
    """Bracket, number and words stay together whatever direction stands around them."""
    text = "שלום Tomasz ודוד"
    found = (finding(text, "Tomasz", "name"), finding(text, "ודוד", "name"))
    lines = shown(Scan(text, "en", found, None, with_reader=True), texts)
    assert lines[0] == "שלום \u2066⟦1? \u2068Tomasz\u2069⟧\u2069 \u2066⟦2? \u2068ודוד\u2069⟧\u2069"
    assert "1?  may be a name: Tomasz → " in lines[2]
    assert "2?  may be a name: \u2068ודוד\u2069 → " in lines[3]


def test_a_text_can_not_command_the_terminal(sixfold: Sixfold, monkeypatch: pytest.MonkeyPatch) -> None:
    """Escapes, bells and signs that turn the direction are shown as something that can't be shown."""
    monkeypatch.setattr(bot.scan, "find", by_rules)
    result = sixfold(given=f"\x1b[31mred\x9b2J\a \u202eturned\u2066\x7f\r\nline {POINTING}")
    assert not set(result.stdout) & set("\x1b\x9b\a\u202e\u2066\x7f\r")
    assert "line it came from ⟦1! anna@example.org⟧" in result.stdout.splitlines()[1]


def test_wide_signs_are_counted_as_wide(texts: Texts) -> None:
    """No line is wider than the terminal, whatever stands in it."""
    from rich.cells import cell_len

    text = "漢字漢字 und 👩‍🚀 e\u0301e\u0301 " * 20 + "Tomasz"
    for line in shown(
        Scan(text, "en", (finding(text, "Tomasz", "name"),), None, with_reader=True), texts, 40
    ):
        assert cell_len(line) <= 40


def test_a_terminal_without_the_brackets_gets_others(texts: Texts) -> None:
    """Where the marks can't be written, plain ones stand, and nothing breaks."""
    paper = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")
    show(Scan(EVENING, "en", FOUND, None, with_reader=True), texts, console_on(paper))
    paper.seek(0)
    assert paper.read().startswith("[[1! Anna Berger]], [[2? 34]], ")


# What can't be checked


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "scan-empty"),
        (b" \n\t", "scan-empty"),
        (b"\xff\xfe\x00 not text", "scan-not-text"),
        (b"PK\x03\x04\x00\x00", "scan-not-text"),
        (b"x" * (MOST_BYTES + 1), "scan-too-long"),
    ],
)
def test_what_is_no_text_to_check_is_a_sentence(
    sixfold: Sixfold, texts: Texts, tmp_path: Path, content: bytes, key: str
) -> None:
    """From a file as from a pipe: exit 1, a sentence, and no verdict that someone could take for one."""
    file = tmp_path / "case.txt"
    file.write_bytes(content)
    named, piped = sixfold(str(file)), sixfold(given=content)
    assert (named.exit_code, piped.exit_code) == (1, 1)
    assert named.stdout == piped.stdout == ""
    assert named.stderr.strip() == texts(key, where="file", file=str(file), most=1)
    assert piped.stderr.strip() == texts(key, where="input", file="None", most=1)


def test_a_folder_and_a_missing_file_are_sentences(sixfold: Sixfold, texts: Texts, tmp_path: Path) -> None:
    """Neither ends in a traceback, with --jsonl either."""
    missing = str(tmp_path / "missing.txt")
    for more in ((), ("--jsonl",)):
        folder, gone = sixfold(str(tmp_path), *more), sixfold(missing, *more)
        assert folder.stderr.strip() == texts("scan-folder", file=str(tmp_path))
        assert gone.stderr.strip() == texts("scan-unreadable", where="file", file=missing)
        assert folder.exit_code == gone.exit_code == 1


def test_a_text_may_be_as_long_as_is_said(sixfold: Sixfold, texts: Texts) -> None:
    """The limit itself is within, with a byte order mark before the text."""
    given = b"\xef\xbb\xbf" + POINTING.encode() + b"\n" * (MOST_BYTES - len(POINTING) - 3)
    result = sixfold(given=given)
    assert result.stdout.startswith("it came from ⟦1! anna@example.org⟧")


@pytest.mark.parametrize(
    "words", [("--jsonl", "--explain"), ("--lang", "../en"), ("--lang", "english language"), ("--lang", "")]
)
def test_options_that_mean_nothing_are_refused(sixfold: Sixfold, words: tuple[str, ...]) -> None:
    """Said before anything is read."""
    result = sixfold(*words, given=POINTING)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


@pytest.mark.parametrize(
    ("code", "language"),
    [("en", "en"), ("EN", "en"), ("pt-BR", "pt"), ("en_GB", "en"), ("zh-Hant-TW", "zh"), ("gsw", "gsw")],
)
def test_a_code_of_a_language_leads_to_the_language(code: str, language: str) -> None:
    """Regions and scripts don't matter here."""
    assert language_of(code) == language


@pytest.mark.parametrize("code", ["", "e", "english", "../en", "en/..", "en.", "еn", "en\n", None, 7, ["en"]])
def test_what_is_no_code_leads_nowhere(code: object) -> None:
    """Nothing but letters and digits gets as far as the name of a file."""
    assert language_of(code) is None


# What a program gets

OFFSETS = [
    "anna@example.org",
    "👩‍🚀👍🏽 then anna@example.org",
    "e\u0301e\u0301e\u0301 and anna@example.org and e\u0301",
    "שלום anna@example.org שלום",
    "\ufeff\u200banna@example.org",
    "𝔘𝔫𝔦 anna@example.org",
    "one\r\ntwo\u2028three\x85anna@example.org\n",
    "\t  anna@example.org  ",
]


@pytest.mark.parametrize("text", OFFSETS)
def test_offsets_are_those_of_the_text_as_given(
    sixfold: Sixfold, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Counted in characters, so that the span cut out is the address."""
    monkeypatch.setattr(bot.scan, "find", by_rules)
    result = sixfold("--jsonl", given=in_lines({"id": 1, "text": text, "lang": "en"}))
    (answer,) = answers(result.stdout_bytes)
    (found,) = [each for each in answer["findings"] if each["kind"] == "contact"]
    assert text[found["start"] : found["end"]] == "anna@example.org"
    assert result.exit_code == 0


def test_an_answer_has_everything_in_sentences(
    sixfold: Sixfold, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kind and severity for programs, why and what instead for those who read them."""
    monkeypatch.setattr(bot.scan, "find", lambda *_: FOUND)
    monkeypatch.setattr(bot.scan, "together", lambda *_: STANDING_TOGETHER)
    result = sixfold("--jsonl", given=in_lines({"id": "α", "text": EVENING}))
    (answer,) = answers(result.stdout_bytes)
    assert "“the client”".encode() in result.stdout_bytes
    assert list(answer) == ["id", "findings", "together"]
    assert answer["id"] == "α"
    assert answer["findings"][0] == {
        "start": 0,
        "end": 11,
        "kind": "person",
        "severity": "block",
        "why": texts("finding-name", words="Anna Berger"),
        "suggestion": texts("suggest-client"),
    }
    assert answer["together"]["traits"] == ["job", "region", "age", "gender"]
    assert answer["together"]["blur"] == ["job", "region"]
    assert "the job and the place" in answer["together"]["sentence"]


def test_lines_are_answered_in_their_order(sixfold: Sixfold) -> None:
    """Also ids that are alike, and blank lines between; clean texts leave with 0."""
    ids = ["b", "a", 7, "b", ""]
    given = b"\n".join(in_lines({"id": each, "text": CLEAN}) for each in ids) + b"  \n\n"
    result = sixfold("--jsonl", given=given)
    assert [each["id"] for each in answers(result.stdout_bytes)] == ids
    assert result.exit_code == 0


BROKEN: list[tuple[bytes, str]] = [
    (b"{", "no-json"),
    (b"[1, 2]", "no-json"),
    (b"null", "no-json"),
    (b'{"id": 1, "text": "\xff"}', "no-json"),
    (b"[" * 100_000, "no-json"),
    (b'{"id": ' + b"9" * 5000 + b', "text": ""}', "no-json"),
    (b'{"text": "a"}', "no-text"),
    (b'{"id": 1}', "no-text"),
    (b'{"id": 1, "text": 2}', "no-text"),
    (b'{"id": true, "text": "a"}', "no-text"),
    (b'{"id": NaN, "text": "a"}', "no-text"),
    (b'{"id": [], "text": "a"}', "no-text"),
    (b'{"id": 1, "text": "a", "lang": null}', "language"),
    (b'{"id": 1, "text": "a", "lang": "../../secret"}', "language"),
    (b'{"id": 1, "text": "' + b"a" * (2 * MOST_BYTES) + b'"}', "long"),
]


@pytest.mark.parametrize(("line", "why"), BROKEN)
def test_a_broken_line_is_told_by_its_number_and_the_others_go_on(
    sixfold: Sixfold, texts: Texts, line: bytes, why: str
) -> None:
    """Before, between and after: every line that can be used has its answer."""
    good = in_lines({"id": "good", "text": CLEAN})
    result = sixfold("--jsonl", given=good + b"\n" + line + b"\r\n" + good)
    assert [each["id"] for each in answers(result.stdout_bytes)] == ["good", "good"]
    assert result.stderr.splitlines()[0] == texts(f"scan-line-{why}", line="3", most=1)
    assert result.exit_code == 1
    assert "secret" not in result.output


def test_a_last_line_without_its_end_counts(sixfold: Sixfold) -> None:
    """And so does one after a byte order mark."""
    given = b"\xef\xbb\xbf" + in_lines({"id": 1, "text": CLEAN}, {"id": 2, "text": CLEAN}).rstrip()
    assert len(answers(sixfold("--jsonl", given=given).stdout_bytes)) == 2


def test_half_a_pair_of_surrogates_goes_in_and_out(texts: Texts, monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON can say what UTF-8 can't; the answer is both."""
    text = "a \ud800b"
    monkeypatch.setattr(bot.scan, "find", lambda *_: (finding(text, "\ud800b", "name"),))
    out = io.BytesIO()
    line = json.dumps({"id": "\udfff", "text": text}).encode()
    assert scan_lines(io.BytesIO(line), None, out, print, texts, "en")
    (answer,) = answers(out.getvalue())
    assert answer["id"] == "\udfff"
    assert "\ud800b" in answer["findings"][0]["why"]


def test_each_answer_comes_before_the_next_question() -> None:
    """Another program can ask, read the answer, and ask again."""
    with process("--jsonl") as asked:
        assert asked.stdin is not None
        assert asked.stdout is not None
        for number in range(3):
            asked.stdin.write(in_lines({"id": number, "text": POINTING}))
            asked.stdin.flush()
            assert json.loads(asked.stdout.readline())["id"] == number
        asked.stdin.close()
        assert asked.wait() == 0


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii:strict"},
    ],
)
def test_it_is_utf_8_whatever_the_locale(locale: dict[str, str]) -> None:
    """Both ways, and a person's text at least does no harm."""
    given = in_lines({"id": "ü", "text": "漢字 rené@example.org"}).decode().encode()
    with process("--jsonl", **locale) as asked:
        output, _ = asked.communicate(given)
    (answer,) = answers(output)
    assert "ü".encode() in output
    assert "rené@example.org" in answer["findings"][0]["why"]
    with process(**locale) as asked:
        output, errors = asked.communicate("漢字 rené@example.org".encode())
    assert output.startswith(b"[[1! ")
    assert b"Traceback" not in errors


@pytest.mark.parametrize("words", [(), ("--jsonl",)])
def test_a_closed_pipe_ends_it_quietly(words: tuple[str, ...]) -> None:
    """Whoever has read enough leaves, and there is no complaint."""
    given = in_lines(*({"id": number, "text": POINTING} for number in range(400)))
    with process(*words) as asked:
        assert asked.stdin is not None
        assert asked.stdout is not None
        assert asked.stderr is not None
        asked.stdout.close()
        try:
            asked.stdin.write(given)
            asked.stdin.close()
        except BrokenPipeError:
            pass
        assert asked.stderr.read() == b""
        assert asked.wait() in {0, 1}


@pytest.mark.parametrize("words", [(), ("--explain",), ("--jsonl",)])
def test_nothing_is_written_and_nobody_is_called(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Python itself is asked to refuse every file that is opened for writing, every socket, every process."""
    text = "Anna Berger of Leeds, 34, wrote from anna@example.org on 3 March 2019."
    done = subprocess.run(
        [sys.executable, "-B", "-c", AUDITED, "scan", *words],
        input=in_lines({"id": 1, "text": text}) if "--jsonl" in words else text.encode(),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == ("--jsonl" not in words)
    assert b"anna@example.org" in done.stdout
    assert b"Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


# Anything at all

LENGTH = 20_000
DICE = random.Random(6)
NOISE = {
    "bytes": "".join(chr(DICE.randrange(256)) for _ in range(LENGTH)),
    "any character": "".join(chr(DICE.randrange(0x110000)) for _ in range(LENGTH)),
    "words nobody knows": " ".join(
        "".join(DICE.choice("bdfgklmnprst") + DICE.choice("aeiou") for _ in range(3)).title()
        for _ in range(LENGTH // 7)
    ),
} | {
    each: (each * LENGTH)[:LENGTH]
    for each in (
        *"aA1.,'-_#+@/\\\"~`|*=()[]{}<>!? \n\t\0\x1b",
        *"😀\u0301\u0345\u200b\u202e\ud800ａ𝐀٣漢ﷺ½²①İß",
        *(
            "a.",
            "a-",
            "a'",
            "a@",
            "a_",
            "A.",
            "A ",
            "Aa-",
            "O'B",
            "1/",
            "1.",
            "1-",
            "1:",
            "1 ",
            "()",
            "<@",
            "e\u0301",
        ),
        *(
            "a\udc00",
            "a\u200b",
            "👩‍🚀",
            "שלום ",
            "a@b.",
            "http://",
            "www.",
            "a at ",
            "a dot ",
            "a at b dot ",
            "a(at)",
        ),
        *("Anna ", "Anna, ", "Anna Berger ", "Mr ", "Mr Berger ", "the only ", "one of ", "seven ", "March "),
        *(
            "34 year old ",
            "12.03.2024 ",
            "12 High Street ",
            "0171 234 56 78 9 ",
            "943 476 5919 ",
            "SW1A 1AA ",
        ),
        *(
            "AB12 CDE ",
            "GB33BUKB20201555555555 ",
            "THE CAT SAT ON ",
            "the cat sat on the mat ",
            "a.pdf ",
            "Report ",
        ),
    )
}


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop a search that would never end."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"over {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# The network takes as long for one noise as for another; what a rule may search without end differs.
READ = ("bytes", "any character", "words nobody knows")


@pytest.mark.parametrize("name", NOISE, ids=ascii)
def test_noise_of_20_000_characters_ends_soon(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is: no exception, no endless search, spans within the text and apart from each other."""
    text = NOISE[name]
    if name not in READ:
        monkeypatch.setattr(bot.scan, "find", by_rules)
    scan("warm", "en")
    with at_most(LIMIT):
        done = scan(text, "en")
    in_order(done.findings, text)


PIECES = st.one_of(
    st.text(max_size=20),
    st.text(
        st.characters(categories=["Cs", "Mn", "Me", "Cf", "Cc", "Nd", "Nl", "No", "So", "Pd", "Po"]),
        max_size=20,
    ),
    st.sampled_from(sorted(NOISE, key=len)).map(lambda name: NOISE[name][:40]),
    st.sampled_from(
        ["Anna", "anna@example.org", "0171 2345678", "Dr.", "aged", "34", "the only", "\n", " ", ". "]
    ),
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@settings(deadline=None, max_examples=150)
@given(TEXTS)
def test_any_text_can_be_scanned_and_shown(texts: Texts, text: str) -> None:
    """For a person and for a program alike."""
    # Two halves of a pair that meet are one character once JSON has had them.
    text = json.loads(json.dumps(text))
    with at_most(LIMIT):
        done = scan(text, "en")
    in_order(done.findings, text)
    lines = shown(done, texts, 40, explain=True)
    assert not any(ord(sign) < 32 or 0xD800 <= ord(sign) < 0xE000 for line in lines for sign in line)
    out = io.BytesIO()
    line = json.dumps({"id": 1, "text": text}).encode()
    scan_lines(io.BytesIO(line), None, out, lambda _: None, texts, "en")
    (answer,) = answers(out.getvalue())
    assert [(each["start"], each["end"]) for each in answer["findings"]] == [
        (each.start, each.end) for each in done.findings
    ]


@settings(deadline=None, max_examples=30)
@given(st.binary(max_size=400), st.sampled_from([(), ("--jsonl",)]))
def test_any_bytes_end_in_an_exit_code(given_bytes: bytes, words: tuple[str, ...]) -> None:
    """Never in an exception."""
    with at_most(LIMIT):
        result = CliRunner().invoke(app, ["scan", *words], input=given_bytes, catch_exceptions=False)
    assert result.exit_code in {0, 1}


def in_order(findings: Sequence[Finding], text: str) -> None:
    """Each within the text, none empty, none overlapping the one before."""
    end = 0
    for each in findings:
        assert end <= each.start < each.end <= len(text)
        end = each.end
