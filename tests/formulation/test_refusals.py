"""Every refusal has its sentence, filled with exactly what it is given."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

import bot
import cogs
from bot.formulation.acts import Who
from bot.identifiers import Finding, Suggestion
from bot.refusal import Refusal
from bot.services.access import CharterFirst
from bot.services.screening import Found, Screened
from bot.services.template_writing import ChangedMeanwhile
from bot.storage.groups import Group
from bot.storage.problems import DatabaseCode, DatabaseProblem, KeyCode, KeyProblem
from bot.ui.control import Control
from bot.ui.router import CharterBeforeControl, TextHeld
from tests.formulation.evening import library


class Raised(NamedTuple):
    place: str
    key: str
    arguments: frozenset[str]


def trees() -> Iterator[tuple[str, ast.Module]]:
    for package in (bot, cogs):
        assert package.__file__ is not None
        for path in sorted(Path(package.__file__).parent.rglob("*.py")):
            yield path.name, ast.parse(path.read_text(encoding="utf-8"))


def refusals() -> Iterator[Raised]:
    """Each ``Refusal(…)`` that stands in the code."""
    for place, tree in trees():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "Refusal":
                arguments = frozenset(keyword.arg or "**" for keyword in call.keywords)
                for key in keys_of(call.args[0]):
                    yield Raised(place, key, arguments)


def keys_of(written: ast.expr) -> list[str]:
    match written:
        case ast.Constant(value=str(key)):
            return [key]
        # A right that somebody can lack: anyone has the first, and no control offers the other.
        case ast.JoinedStr(values=[ast.Constant(value="only-"), ast.FormattedValue()]):
            return [f"only-{who}" for who in get_args(Who) if who not in ("anyone", "clock")]
    pytest.fail(f"no key can be read from {ast.unparse(written)}")


def of_a_kind_of_their_own() -> list[Refusal]:
    """One of each refusal that is a class."""
    group = Group("token", 1, 2, "Europe/Berlin", "en", 14, (), 1)
    email = Finding(0, 16, "contact", "block", "finding-email", Suggestion("suggest-contact"))
    return [
        CharterFirst(group),
        CharterBeforeControl(group, Control("a" * 16, "join")),
        ChangedMeanwhile(2),
        TextHeld(Screened((), reads_fully=True)),
        TextHeld(Screened((Found(email, "anna@example.org"),), reads_fully=True)),
        *(KeyProblem(code, Path("keys.json")) for code in get_args(KeyCode)),
        *(DatabaseProblem(code, Path("sixfold.db")) for code in get_args(DatabaseCode)),
    ]


def test_there_are_refusals_to_look_at() -> None:
    """The search finds them in every part of the code."""
    found = {raised.key for raised in refusals()}
    assert {"step-moved-on", "only-rater", "zone-unknown", "start-empty", "control-stale"} <= found


@pytest.mark.parametrize("raised", sorted(set(refusals())), ids=lambda raised: f"{raised.place}-{raised.key}")
def test_every_refusal_has_its_sentence(raised: Raised) -> None:
    """Nothing that the sentence needs is missing, and nothing is given that it does not say."""
    texts = library().texts
    assert texts.has(raised.key)
    assert texts.arguments(raised.key) == raised.arguments
    assert texts(raised.key, **dict.fromkeys(raised.arguments, 3))


@pytest.mark.parametrize("refusal", of_a_kind_of_their_own(), ids=lambda refusal: refusal.key)
def test_every_kind_of_refusal_has_its_sentence(refusal: Refusal) -> None:
    """Those that are classes of their own have one too."""
    texts = library().texts
    assert texts.arguments(refusal.key) == refusal.values.keys()
    assert texts(refusal.key, **refusal.values)


def test_every_kind_of_refusal_is_looked_at() -> None:
    """A new class of refusals must come into the list above."""
    bases = {
        node.name: {ast.unparse(base) for base in node.bases}
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    kinds = {"Refusal"}
    while more := {name for name, named in bases.items() if named & kinds} - kinds:
        kinds |= more
    # The first two are what the others are made of.
    assert kinds - {"Refusal", "StorageProblem"} == {type(each).__name__ for each in of_a_kind_of_their_own()}
