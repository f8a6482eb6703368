"""Nobody names an author better than chance: not with all that a server shows, nor with all that is stored.

Eight people, on ten evenings on which all of them are about, write twenty vignettes; they ask, answer, add,
offer, tell the facilitator, close, withdraw, are stopped, and take one into a session under its alias. Each
act follows a few seconds after its author was seen, which is what a watcher has to go by.

A strategy fails the bot when it names more authors than ``too_many`` of the tries (see there). That it would
is shown by leaks planted on purpose.
"""

import pytest

from bot.aliases import seals
from bot.services import vignettes
from bot.services.vignettes import VignetteService
from tests.conftest import StageOpener
from tests.vignette_flow import suspects
from tests.vignette_flow.history import NAMES, History, lived_through
from tests.vignette_flow.suspects import OF_A_MANAGER, OF_AN_OPERATOR, Strategy, hits, too_many

SEEDS = (1, 2)


def bound(histories: list[History], strategies: int) -> int:
    return too_many(sum(len(each.wrote) for each in histories), len(NAMES), strategies)


def better_than_chance(histories: list[History], strategies: tuple[Strategy, ...]) -> dict[str, int]:
    """The strategies that name too many, and how many they name."""
    found = {each.__name__: hits(histories, each) for each in strategies}
    most = bound(histories, len(strategies))
    return {name: count for name, count in found.items() if count > most}


def it_all_happened(histories: list[History]) -> None:
    """What the guesses are about is there: else they would be wrong for want of anything to see."""
    for history in histories:
        assert len(history.wrote) == 20
        assert len(set(history.wrote.values())) >= 6
        assert all(history.traces(token) for token in history.vignettes)
        assert history.stopped
        assert len(history.told) >= 8
        assert "removal" in str(history.rows["deliveries"]) or any(
            each.method == "DELETE" for each in history.sent
        )
        assert history.rows["sessions"]
        assert len(history.files) > 100_000
    assert bound(histories, 15) < 15


def a_manager_of_the_server_names_nobody(histories: list[History]) -> None:
    """By messages, ids, times, edits, the audit log, members of threads, counts and order."""
    assert better_than_chance(histories, OF_A_MANAGER) == {}


def whoever_has_all_but_the_key_names_nobody(histories: list[History]) -> None:
    """By the rows and bytes of the database, the log at its finest, and every request."""
    assert better_than_chance(histories, OF_AN_OPERATOR) == {}


def nobody_learns_who_told_the_facilitator(histories: list[History]) -> None:
    """The message and what is stored of it come with a slot, as everything does."""
    found = suspects.tellers_found(histories)
    most = too_many(sum(len(each.told) for each in histories), len(NAMES), len(found))
    assert {name: count for name, count in found.items() if count > most} == {}


def nobody_learns_who_was_stopped(histories: list[History]) -> None:
    """A stop holds a seal, and nothing that says whose."""
    strategies = (*OF_A_MANAGER, *OF_AN_OPERATOR)
    for strategy in strategies:
        found, tries = 0, 0
        for history in histories:
            subjects = {row["subject"] for row in history.rows["stops"]} | set(history.stopped)
            for token in subjects:
                scores = strategy(history, token)
                best = [name for name in NAMES if scores.get(name, 0.0) == max(scores.values(), default=0.0)]
                found += best == [history.stopped[token]]
                tries += 1
        assert found <= too_many(tries, len(NAMES), len(strategies)), strategy.__name__


async def test_nobody_names_anyone(opened: StageOpener) -> None:
    """In one test: the histories take the longest, and the checks would each live through them anew."""
    histories = [await lived_through(opened, seed) for seed in SEEDS]
    it_all_happened(histories)
    a_manager_of_the_server_names_nobody(histories)
    whoever_has_all_but_the_key_names_nobody(histories)
    nobody_learns_who_told_the_facilitator(histories)
    nobody_learns_who_was_stopped(histories)


# Leaks, planted


def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vignettes, "next_slot", lambda now: now // 900 * 900)


def derived(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed_for, seal = list[int](), vignettes.seal

    def remembering(user: int, *rest: object) -> object:
        sealed_for.append(user)
        return seal(user, *rest)  # pyright: ignore[reportArgumentType]

    def alias(_: VignetteService, library: object, __: object) -> str:
        words = library.aliases  # pyright: ignore[reportAttributeAccessIssue]
        return f"{words.first[sealed_for[-1] % len(words.first)]} {words.second[len(sealed_for)]}"

    monkeypatch.setattr(vignettes, "seal", remembering)
    monkeypatch.setattr(VignetteService, "_alias", alias)


def keyless(monkeypatch: pytest.MonkeyPatch) -> None:
    mark = seals._mark
    monkeypatch.setattr(seals, "_mark", lambda _, *parts: mark(b"", *parts))


async def test_leaks_would_be_found(opened: StageOpener, monkeypatch: pytest.MonkeyPatch) -> None:
    """Published at once, named after the author, sealed without a key: the same guesses name them then."""
    for plant in (at_once, derived, keyless):
        plant(monkeypatch)
    history = await lived_through(opened, 3, evenings=4, folder="planted")
    leaks = {**better_than_chance([history], OF_A_MANAGER), **better_than_chance([history], OF_AN_OPERATOR)}
    assert {"seen_last_before_the_post", "by_the_alias", "by_making_its_seal"} <= leaks.keys()
