"""Every refusal has its sentence, filled with exactly what it is given."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

import bot
import cogs
from bot.formulation.acts import Who
from tests.formulation.evening import library


class Raised(NamedTuple):
    place: str
    key: str
    arguments: frozenset[str]


def sources() -> Iterator[Path]:
    for package in (bot, cogs):
        assert package.__file__ is not None
        yield from sorted(Path(package.__file__).parent.rglob("*.py"))


def refusals() -> Iterator[Raised]:
    """Each ``Refusal(…)``, and each ``super().__init__("…")`` of a kind of refusal."""
    for path in sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        kinds = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and is_refusal(node)]
        inherited = {id(call) for kind in kinds for call in ast.walk(kind) if isinstance(call, ast.Call)}
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            name = ast.unparse(call.func)
            if name == "Refusal" or (name == "super().__init__" and id(call) in inherited):
                arguments = frozenset(keyword.arg or "**" for keyword in call.keywords)
                for key in keys_of(call.args[0]):
                    yield Raised(f"{path.name}:{call.lineno}", key, arguments)


def is_refusal(kind: ast.ClassDef) -> bool:
    return any(ast.unparse(base) == "Refusal" for base in kind.bases)


def keys_of(written: ast.expr) -> list[str]:
    match written:
        case ast.Constant(value=str(key)):
            return [key]
        # A right that somebody can lack. Anyone has the first, and nobody is offered the other.
        case ast.JoinedStr(values=[ast.Constant(value="only-"), ast.FormattedValue()]):
            return [f"only-{who}" for who in get_args(Who) if who not in ("anyone", "clock")]
    pytest.fail(f"no key can be read from {ast.unparse(written)}")


def test_there_are_refusals_to_look_at() -> None:
    """The search finds them in every part of the code."""
    found = {raised.key for raised in refusals()}
    assert {"step-moved-on", "only-rater", "zone-unknown", "start-empty", "control-stale"} <= found


@pytest.mark.parametrize(
    "raised", sorted(set(refusals())), ids=lambda raised: f"{raised.place}-{raised.key}"
)
def test_every_refusal_has_its_sentence(raised: Raised) -> None:
    """Nothing that the sentence needs is missing, and nothing is given that it does not say."""
    texts = library().texts
    assert texts.has(raised.key), f"{raised.place}: no text {raised.key}"
    assert texts.arguments(raised.key) == raised.arguments
    assert texts(raised.key, **dict.fromkeys(raised.arguments, 3))
