"""`sixfold scan`: what may identify somebody in a text, for a person or for a program.

The text goes in and what was found goes out. Nothing is kept, logged or sent.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TextIO, cast

from rich.console import Console
from rich.text import Text

from bot.content.texts import Texts
from bot.identifiers import Finding, Severity, find, find_with, ready_reader
from bot.identifiers.together import Together, together
from bot.refusal import Refusal

MEGABYTES: Final = 1
MOST_BYTES: Final = MEGABYTES << 20
"""Bytes of one text, or of one line of JSON."""
FULLY_KNOWN: Final = frozenset({"en"})
"""Languages that have word lists of their own, and that the reader has learnt."""
READ_WHOLE: Final = 20_000
"""Characters that the reader always reads to the end; of a longer text, perhaps the beginning alone."""

_LANGUAGE: Final = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)
_SIGNS: Final[dict[Severity, str]] = {"block": "!", "warn": "?"}
_COLOURS: Final[dict[Severity, str]] = {"block": "bold red", "warn": "bold yellow"}
_BRACKETS: Final = ("⟦", "⟧")
_PLAIN_BRACKETS: Final = ("[[", "]]")
_LEFT_TO_RIGHT, _AS_IT_BEGINS, _END = "\u2066", "\u2068", "\u2069"
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})
_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Signs that would command the terminal, turn the direction of what follows, or can't be written at all.
_UNSHOWABLE: Final = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_STAND_IN: Final = "\ufffd"
_MOST_WORDS: Final = 60
"""Characters of a finding that its line repeats; all of it stands in the text above."""
_ENDLESS: Final = 1 << 16
"""Columns of what isn't a terminal: a line is as long as it is."""
_BY_JUDGEMENT: Final = frozenset({"finding-name", "finding-place", "finding-organisation"})
"""Reasons that no form of a word gives."""


@dataclass(frozen=True)
class Scan:
    """A text and what may identify somebody in it."""

    text: str
    language: str
    findings: tuple[Finding, ...]
    together: Together | None
    with_reader: bool

    def count(self, severity: Severity) -> int:
        """How many of the findings are so severe."""
        return sum(finding.severity == severity for finding in self.findings)


def scan(text: str, language: str) -> Scan:
    """Look for identifiers in ``text``, written in a language of `language_of`."""
    findings = find(text, language)
    with_reader = ready_reader() is not None
    return Scan(text, language, findings, together(text, findings, language), with_reader)


def language_of(code: object) -> str | None:
    """The language that ``code`` ("en", "pt-BR") stands for; None for what is no such code."""
    match = _LANGUAGE.fullmatch(code) if isinstance(code, str) else None
    return match[1].lower() if match else None


@contextmanager
def opened(file: Path | None, standard: BinaryIO) -> Generator[BinaryIO]:
    """The bytes of ``file``, or of ``standard`` where none is named. Raises ``Refusal``."""
    if file is None:
        yield standard
        return
    if file.is_dir():
        raise Refusal("scan-folder", file=str(file))
    with _reading(file):
        stream = file.open("rb")
    with stream:
        yield stream


@contextmanager
def _reading(file: Path | None) -> Generator[None]:
    """Turn what goes wrong on the way in, and only that, into a refusal."""
    try:
        yield
    except OSError:
        raise Refusal("scan-unreadable", where=_where(file), file=str(file)) from None


def _where(file: Path | None) -> str:
    """Where a text comes from, for the sentence that says what is wrong with it."""
    return "input" if file is None else "file"


def read_text(stream: BinaryIO, file: Path | None) -> str:
    """All of ``stream`` as text. Raises ``Refusal`` for what isn't text, is too much or is nothing."""
    with _reading(file):
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Refusal("scan-too-long", most=MEGABYTES, where=_where(file), file=str(file))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("scan-not-text", where=_where(file), file=str(file)) from None
    if "\0" in text:
        raise Refusal("scan-not-text", where=_where(file), file=str(file))
    if not text.strip():
        raise Refusal("scan-empty", where=_where(file), file=str(file))
    return text


def console_on(stream: TextIO) -> Console:
    """A console on ``stream`` that breaks lines only where a person looks at them.

    What the stream's encoding has no signs for is written as question marks from now on.
    """
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return Console(file=stream, highlight=False, emoji=False, width=None if stream.isatty() else _ENDLESS)


def show(done: Scan, texts: Texts, console: Console, *, explain: bool = False) -> None:
    """Print the text with its findings marked, a line for each of them, and what follows from them."""
    if done.findings:
        _print(Text(), _marked(done, _brackets(console.encoding)), console)
        console.print()
        _print_findings(done, texts, console, explain=explain)
        console.print()
    for sentence in (
        *([done.together.sentence(texts)] if done.together is not None else []),
        *_limits(done, texts),
        _verdict(done, texts),
    ):
        _print(Text(), Text(sentence), console)


def _print(head: Text, body: Text, console: Console) -> None:
    """``body`` after ``head``, its further lines below its first."""
    for number, line in enumerate(body.wrap(console, max(1, console.width - len(head)))):
        line.rstrip()
        console.print(Text.assemble(Text(" " * len(head)) if number else head, line))


def _brackets(encoding: str) -> tuple[str, str]:
    try:
        "".join(_BRACKETS).encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return _PLAIN_BRACKETS
    return _BRACKETS


def _marked(done: Scan, brackets: tuple[str, str]) -> Text:
    opening, closing = brackets
    turned = _turns(done.text)
    marked, written = Text(), 0
    for number, finding in enumerate(done.findings, start=1):
        words = _shown(done.text[finding.start : finding.end])
        mark = f"{opening}{number}{_SIGNS[finding.severity]} "
        if turned:
            # Brackets and numbers take the direction of what stands around them, unless they are kept apart.
            whole = f"{_LEFT_TO_RIGHT}{mark}{_AS_IT_BEGINS}{words}{_END}{closing}{_END}"
        else:
            whole = f"{mark}{words}{closing}"
        marked.append(_shown(done.text[written : finding.start]))
        marked.append(whole, _COLOURS[finding.severity])
        written = finding.end
    marked.append(_shown(done.text[written:]))
    marked.rstrip()
    return marked


def _turns(text: str) -> bool:
    """Whether a part of ``text`` is written from right to left."""
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def _shown(text: str) -> str:
    """``text`` as a terminal may have it."""
    return _UNSHOWABLE.sub(_STAND_IN, _LINE_ENDS.sub("\n", text))


def _print_findings(done: Scan, texts: Texts, console: Console, *, explain: bool) -> None:
    by_form = _found_by_form(done) if explain else frozenset[Finding]()
    digits = len(str(len(done.findings)))
    for number, finding in enumerate(done.findings, start=1):
        head = Text(f"{number:>{digits}}{_SIGNS[finding.severity]}  ", _COLOURS[finding.severity])
        words = _shortened(_shown(done.text[finding.start : finding.end]))
        _print(head, Text(_told(finding, words, texts)), console)
        if explain:
            reason = _reason(finding, by_form, texts, with_reader=done.with_reader)
            sentence = texts(f"scan-explained-{finding.severity}", reason=reason)
            _print(Text(" " * len(head)), Text(sentence), console)


def _told(finding: Finding, words: str, texts: Texts) -> str:
    what = texts(finding.why, words=f"{_AS_IT_BEGINS}{words}{_END}" if _turns(words) else words)
    return texts("scan-finding", what=what, suggestion=_suggestion(finding, texts))


def _suggestion(finding: Finding, texts: Texts) -> str:
    return texts(finding.suggestion.key, **dict(finding.suggestion.values))


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1]}…"


def _found_by_form(done: Scan) -> frozenset[Finding]:
    """Those that are found without a reader too, and not because a word may be a name."""
    fixed = done.findings if not done.with_reader else find_with(None, done.text, done.language)
    fixed = tuple(finding for finding in fixed if finding.why not in _BY_JUDGEMENT)
    return frozenset(
        finding
        for finding in done.findings
        if any(
            other.kind == finding.kind and other.start < finding.end and finding.start < other.end
            for other in fixed
        )
    )


def _reason(finding: Finding, by_form: Collection[Finding], texts: Texts, *, with_reader: bool) -> str:
    if finding in by_form:
        return texts("scan-reason-form")
    return texts("scan-reason-reader" if with_reader else "scan-reason-words")


def _limits(done: Scan, texts: Texts) -> list[str]:
    """What to know of how thoroughly was looked, where it wasn't thoroughly."""
    if done.language not in FULLY_KNOWN:
        return [texts("scan-basic-language", language=done.language)]
    if not done.with_reader:
        return [texts("scan-basic")]
    return [texts("scan-basic-rest", count=READ_WHOLE)] if len(done.text) > READ_WHOLE else []


def _verdict(done: Scan, texts: Texts) -> str:
    blocks, warns = done.count("block"), done.count("warn")
    if not done.findings:
        return texts("scan-none")
    if not blocks:
        return texts("scan-warns", warns=warns)
    return texts("scan-both" if warns else "scan-blocks", blocks=blocks, warns=warns)


def scan_lines(
    stream: BinaryIO,
    file: Path | None,
    out: BinaryIO,
    complain: Callable[[str], None],
    texts: Texts,
    language: str,
) -> bool:
    """Scan each line of ``stream``: a JSON object with ``id``, ``text``, and ``lang`` if not in ``language``.

    Writes one object a line, in the same order, each as soon as it is there. Of a line that can't be
    used ``complain`` is told, and the others still go through. Says whether all could be used: what was
    found is in the answers, and no error.
    """
    unusable = 0
    limits: dict[str, None] = {}
    for number, line in _numbered(stream, file):
        try:
            id_, text, code = _asked(line, str(number), language)
        except Refusal as refusal:
            complain(texts(refusal.key, **refusal.values))
            unusable += 1
            continue
        done = scan(text, code)
        out.write(_answer(id_, done, texts))
        out.flush()
        limits |= dict.fromkeys(_limits(done, texts))
    for sentence in limits:
        complain(sentence)
    return not unusable


def _numbered(stream: BinaryIO, file: Path | None) -> Iterator[tuple[int, bytes | None]]:
    """The lines that aren't blank, with their numbers from 1; None in place of one that is too long."""

    def more() -> bytes:
        with _reading(file):
            return stream.readline(MOST_BYTES + 1)

    number = 0
    while line := more():
        number += 1
        if len(line) <= MOST_BYTES:
            if line.strip():
                yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = more()
        yield number, None


def _asked(line: bytes | None, number: str, language: str) -> tuple[str | int, str, str]:
    """The id, text and language of a line. Raises ``Refusal``."""
    if line is None:
        raise Refusal("scan-line-long", line=number, most=MEGABYTES)
    try:
        given: object = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Refusal("scan-line-no-json", line=number) from None
    if not isinstance(given, dict):
        raise Refusal("scan-line-no-json", line=number)
    asked = cast("dict[str, object]", given)
    id_, text = asked.get("id"), asked.get("text")
    if not isinstance(id_, str | int) or isinstance(id_, bool) or not isinstance(text, str):
        raise Refusal("scan-line-no-text", line=number)
    code = language_of(asked.get("lang", language))
    if code is None:
        raise Refusal("scan-line-language", line=number)
    return id_, text, code


def _answer(id_: str | int, done: Scan, texts: Texts) -> bytes:
    answer: dict[str, object] = {
        "id": id_,
        "findings": [
            {
                "start": finding.start,
                "end": finding.end,
                "kind": finding.kind,
                "severity": finding.severity,
                "why": texts(finding.why, words=done.text[finding.start : finding.end]),
                "suggestion": _suggestion(finding, texts),
            }
            for finding in done.findings
        ],
    }
    if done.together is not None:
        answer["together"] = {
            "traits": done.together.traits,
            "blur": done.together.blur,
            "sentence": done.together.sentence(texts),
        }
    # Half of a surrogate pair has no UTF-8, and JSON has a way of its own to write it.
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
