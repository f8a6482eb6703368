"""Every screen of the library of strategies, at its fullest: within Discord's limits, as Discord takes it."""

import importlib.resources
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.content.library import Library, load_library
from bot.content.models import FRAME_CHARACTERS, SITUATIONS, STRATEGY_CHARACTERS, FrameText, Strategy
from bot.ui import strategies
from tests.conftest import as_described
from tests.ui.fullest import full
from tests.ui.limits import message_of, texts_in, too_much_in, words_in
from tests.ui.test_vignette_screens import screens_in

LANGUAGES = [
    each.name for each in importlib.resources.files("prompts").iterdir() if (each / "interface").is_dir()
]
TOKEN = "f" * 16
MOST_WORDS = 80
"""Of a screen that is passed through; a list and a text to read have as many as they need."""
ONE_LETTER_LEFT = 1
Shown = Iterator[tuple[str, discord.ui.LayoutView]]


@pytest.fixture(scope="module", params=LANGUAGES)
def library(request: pytest.FixtureRequest) -> Library:
    return load_library(language=request.param)


def longest(number: int, library: Library) -> Strategy:
    """Every text of it as long as it can be, and the longest of them *when*, which stands in lists too."""
    name, rest = full(60, f"{number:02}"), ["a"] * 5
    return Strategy(
        id=f"s{number:02}".ljust(40, "x"),
        name=name,
        mechanisms=tuple(one.id for one in library.mechanisms),
        situations=SITUATIONS,
        when=full(STRATEGY_CHARACTERS - len(name) - len(rest)),
        wording=(rest[0], rest[1], rest[2]),
        caution=rest[3],
        source=rest[4],
        addressed="client",
    )


def fullest(library: Library) -> Library:
    """More strategies than a list takes, and more texts of the frame than a row."""
    kept = tuple(longest(number, library) for number in range(40))
    frame = tuple(
        FrameText(
            id=f"f{number}".ljust(40, "x"),
            name=full(60, f"{number}"),
            order=number + 1,
            text=full(FRAME_CHARACTERS - 60 - ONE_LETTER_LEFT),
            source="s",
        )
        for number in range(9)
    )
    return replace(library, strategies=kept, frame=frame)


def shown(library: Library) -> Shown:
    say = library.texts
    yield "overview", strategies.overview(TOKEN, library)
    for verb, ids in (
        (strategies.FITS, [one.id for one in library.mechanisms]),
        (strategies.ABOUT, list(SITUATIONS)),
    ):
        for id_ in ids:
            yield "listed", strategies.listed(verb, id_, TOKEN, library)
            for each in library.strategies:
                yield "one", strategies.one(each, TOKEN, library, f"{verb}.{id_}")
    for count in (1, 10, 25, 40):
        for head in ("strategies-found", "strategies-which", "strategies-not-called-so"):
            yield "found", strategies.found(say(head), library.strategies[:count], TOKEN, library)
    yield "nothing", strategies.nothing(TOKEN, library)
    for each in library.strategies:
        yield "one", strategies.one(each, TOKEN, library)
    for text in library.frame:
        yield "frame", strategies.frame(text, TOKEN, library)


def test_every_screen_is_looked_at(library: Library) -> None:
    """A new screen is added here before it can be shown to anyone."""
    assert {name for name, _ in shown(library)} == screens_in(strategies, (discord.ui.LayoutView,))


def test_every_screen_is_within_discord_s_limits(library: Library, contract: Any) -> None:
    """As shipped and at its fullest: characters, labels, options, custom_ids; nothing empty, no id twice."""
    found = set[str]()
    for name, view in (*shown(library), *shown(fullest(library))):
        body = message_of(view)
        found |= {f"{name}: {problem}" for problem in too_much_in(body)}
        if contract is not None and name != "one":
            told = contract.problems("POST", "/channels/1/messages", as_described(body))
            found |= {f"{name}: {problem}" for problem in told}
    assert found == set()


def test_every_strategy_of_a_list_stands_in_it_whole(library: Library) -> None:
    """As shipped nothing is cut short: each name, and each *when*."""
    for one in library.mechanisms:
        text = texts_in(strategies.listed(strategies.FITS, one.id, TOKEN, library))
        for each in library.strategies_for([one.id]):
            assert f"**{each.name}**\n-# {each.when}" in text


def test_what_one_passes_through_is_short(library: Library) -> None:
    """The way in, and nothing found: read at a glance."""
    for view in (strategies.overview(TOKEN, library), strategies.nothing(TOKEN, library)):
        assert words_in(texts_in(view)) <= MOST_WORDS


def test_buttons_fit_a_phone(library: Library) -> None:
    """The titles of the frame are buttons: none is cut short there."""
    assert all(len(text.name) <= 38 for text in library.frame)
    assert len(library.texts("strategies-all")) <= 38
