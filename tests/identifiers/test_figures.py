"""How much the review finds, and how often it is wrong, on texts that nobody has tuned anything on.

The texts were written for these tests by hands of their own (``texts/``). A figure that falls below its
gate means that the review has become worse: look at ``python -m benchmarks.identifiers --misses`` and
never at the gate first.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.scoring import Score, lowered, score
from bot.identifiers import find, ready_reader
from training.texts import MarkedText, Piece, read

HERE = Path(__file__).parent
Gold = dict[str, Any]


@cache
def held_out() -> tuple[MarkedText, ...]:
    return tuple(text for path in sorted((HERE / "texts").glob("*.txt")) for text in read(path))


@cache
def stand_ins() -> tuple[list[str], list[str]]:
    """First and last names of many origins."""
    first, last = (HERE / "names.txt").read_text(encoding="utf-8").split("\n\n")
    return first.splitlines()[1:], last.split()


def as_typed() -> list[Gold]:
    return [text.as_gold() for text in held_out()]


def in_lower_case() -> list[Gold]:
    return [gold | {"text": lowered(gold["text"])} for gold in as_typed()]


def with_other_names() -> list[Gold]:
    return [swapped(text, Random(place)).as_gold() for place, text in enumerate(held_out())]


def swapped(text: MarkedText, dice: Random) -> MarkedText:
    """The same text about people of other names, the same person by the same name."""
    first, last = stand_ins()
    others: dict[str, str] = {}

    def other(word: re.Match[str], *, surname: bool) -> str:
        written = word.group()
        if len(written) < 3 or (written.islower() and written in SMALL) or written.lower() in TITLES:
            return written
        name = others.setdefault(written.lower(), dice.choice(last if surname else first))
        return name.lower() if written.islower() else name

    def piece(each: Piece) -> Piece:
        if each.kind != "PERSON":
            return each
        words = re.findall(r"[^\W\d_]+", each.text)
        return Piece(
            re.sub(
                r"[^\W\d_]+",
                lambda word: other(word, surname=len(words) > 1 and word.group() == words[-1]),
                each.text,
            ),
            each.kind,
        )

    return MarkedText(text.id, text.tags, tuple(piece(each) for each in text.pieces))


SMALL = frozenset("the old and big wee our young of".split())
TITLES = frozenset(
    "mrs miss auntie uncle doctor pastor father sister brother major captain nurse madam".split()
)


@cache
def figures(texts: Callable[[], list[Gold]]) -> tuple[Score, Score]:
    """The score of every finding, and of those that block."""
    golds = texts()
    found = {gold["id"]: find(gold["text"]) for gold in golds}

    def spans(of: Iterable[Any]) -> list[dict[str, int]]:
        return [{"start": each.start, "end": each.end} for each in of]

    return (
        score(golds, {name: spans(each) for name, each in found.items()}),
        score(
            golds,
            {
                name: spans(finding for finding in each if finding.severity == "block")
                for name, each in found.items()
            },
        ),
    )


def test_there_are_texts_enough() -> None:
    """At least sixty, in hands of their own, some of them clean."""
    assert len(held_out()) >= 60
    assert sum(text.clean for text in held_out()) >= 15
    assert ready_reader() is not None


# The least share of each kind that must be found whole.
GATES: dict[Callable[[], list[Gold]], dict[tuple[str, ...], float]] = {
    as_typed: {
        ("PERSON",): 0.93,
        ("CONTACT", "HANDLE", "ID"): 0.9,
        ("PLACE",): 0.89,
        ("ORG",): 0.9,
        ("DATE",): 0.97,
        ("AGE",): 0.9,
        ("PROFESSION", "FAMILY"): 0.7,
    },
    in_lower_case: {("PERSON",): 0.91, ("PLACE",): 0.87, ("ORG",): 0.86},
    with_other_names: {("PERSON",): 0.9},
}


@pytest.mark.parametrize(
    ("texts", "kinds", "least"),
    [(texts, kinds, least) for texts, gates in GATES.items() for kinds, least in gates.items()],
    ids=lambda each: each.__name__ if callable(each) else "-".join(each) if isinstance(each, tuple) else "",
)
def test_so_much_is_found_whole(
    texts: Callable[[], list[Gold]], kinds: tuple[str, ...], least: float
) -> None:
    """A name of which one part stays is a name that stays."""
    every, _ = figures(texts)
    assert (every.recall(*kinds) or 0) >= least


@pytest.mark.parametrize("texts", GATES, ids=lambda texts: texts.__name__)
def test_so_little_is_found_wrongly(texts: Callable[[], list[Gold]]) -> None:
    """A review that cries wolf is clicked away: of ten findings nine are right, and nearly every block."""
    every, blocks = figures(texts)
    assert every.precision >= 0.9
    assert blocks.precision >= 0.97


def test_clean_texts_pass() -> None:
    """None is blocked, few are flagged; theorists, measures, drugs and dishes are seldom taken for people."""
    every, blocks = figures(as_typed)
    assert blocks.clean_texts_flagged == 0
    assert every.clean_texts_flagged <= 0.35 * every.clean_texts
    assert every.safe_flagged <= 0.06 * every.safe
