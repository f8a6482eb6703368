"""Every screen and form around a plan, at its fullest: within Discord's limits, as Discord takes it."""

import importlib.resources
from collections.abc import Iterator
from typing import Any, get_args

import discord
import pytest

from bot.commitments import acts
from bot.commitments.change import change
from bot.commitments.commitment import Commitment, NoteKind, PlanNote, Timing
from bot.content.library import Library, load_library
from bot.reminders.habits import Habits
from bot.ui import commitment_forms as forms
from bot.ui import commitments, last_mile
from bot.ui.answers import Fields
from bot.ui.control import Control
from bot.ui.forms import MOST_ACTION, MOST_CUE, MOST_LINE
from tests.conftest import as_described
from tests.ui.fullest import full, fullest
from tests.ui.limits import form_of, message_of, texts_in, too_much_in, words_in
from tests.ui.test_vignette_screens import screens_in

LANGUAGES = [
    each.name for each in importlib.resources.files("prompts").iterdir() if (each / "interface").is_dir()
]
TOKEN, NOW = "f" * 16, 1_790_000_000
HABITS = Habits(zone="Europe/Berlin")
LONGEST_ZONE = "America/Argentina/ComodRivadavia"
Shown = Iterator[tuple[str, discord.ui.LayoutView]]


@pytest.fixture(scope="module", params=LANGUAGES)
def library(request: pytest.FixtureRequest) -> Library:
    return load_library(language=request.param)


def plan(number: int = 0, cue: str = "", **changes: object) -> Commitment:
    """One with as much in it as there can be."""
    made = Commitment(
        token=f"{number:016x}",
        group="a" * 16,
        session="e" * 16,
        user=2**63 - 1,
        cue=cue or full(MOST_CUE),
        action=full(MOST_ACTION),
        strategy="repair-a-lapse",
        line=full(MOST_LINE),
        retention_days=90,
        made_at=NOW,
        touched_at=NOW,
    )
    return made.model_copy(update=changes)


def timed(commitment: Commitment, when: str) -> Commitment:
    timing = Timing(when=when, zone=LONGEST_ZONE, quiet_from=1260, quiet_to=420)
    return change(commitment, acts.Remind(timing, NOW))


def states() -> Iterator[Commitment]:
    """Not reminding, with a time and without; reminding; closed."""
    yield plan()
    yield plan(cue=f"Thursday 15:00 {full(MOST_CUE - 20)}")
    yield timed(plan(), "Thursday 15:00")
    yield timed(plan(), "")
    for status in ("kept", "dropped"):
        yield plan(status=status, closed_at=NOW)


def of_plans(library: Library) -> Shown:
    session = fullest(library, "close")
    for commitment in states():
        yield "reminded", commitments.reminded(commitment, HABITS, NOW, library)
        yield "decided", last_mile.decided(session, commitment, HABITS, NOW, library)
        for kind in get_args(NoteKind):
            note = PlanNote(number=99, at=NOW, kind=kind, late=True)
            yield "shown", commitments.shown(commitment, note, NOW, library)
        for became in get_args(commitments.Became):
            extra = commitments.reminding(commitment, HABITS, NOW, library)
            for told in (None, TOKEN):
                yield "noted", commitments.noted(commitment, became, told, library, extra)
    many = [timed(plan(number), "Thursday 15:00") for number in range(30)]
    mixed = [*(plan(number, status="kept", closed_at=NOW) for number in range(5)), *many[:2]]
    for each in ([], many, mixed):
        for page in (0, 1, 99):
            yield "mine", commitments.mine(each, page, library)
    for verb in ("p-kept", "p-change", "p-drop"):
        yield "which", commitments.which(many, verb, library)


def forms_of(library: Library) -> Iterator[tuple[str, discord.ui.Modal]]:
    say = library.texts
    back: Fields = dict.fromkeys(("line", "cue", "action", "when", "quiet", "zone"), full(4000))
    for filled in ({}, back):
        for commitment in states():
            for kind in ("kept", "dropped"):
                yield "line", forms.line(commitment, kind, say, filled)
            yield "rewrite", forms.rewrite(commitment, say, filled)
            yield "remind", forms.remind(commitment, HABITS, say, filled)


def test_every_screen_is_looked_at(library: Library) -> None:
    """A new screen or form is added here before it can be shown to anyone."""
    views = (discord.ui.LayoutView,)
    assert {name for name, _ in of_plans(library)} - {"decided"} == screens_in(commitments, views)
    assert {name for name, _ in forms_of(library)} == screens_in(forms, (discord.ui.Modal,))


def test_every_screen_is_within_discord_s_limits(library: Library) -> None:
    """At its fullest: components, characters, labels, options, custom_ids; nothing empty, no id twice."""
    found = {
        f"{name}: {problem}" for name, view in of_plans(library) for problem in too_much_in(message_of(view))
    }
    assert found == set()


def test_every_form_is_within_discord_s_limits(library: Library) -> None:
    """With what is there, and with the longest that can come back."""
    found = set[str]()
    for name, form in forms_of(library):
        form.custom_id = str(Control(TOKEN, "p-remind-week", "visit", TOKEN, "f" * 8))
        found |= {f"{name}: {problem}" for problem in too_much_in(form_of(form))}
    assert found == set()


def test_discord_takes_every_screen_and_form(library: Library, contract: Any) -> None:
    """By its own description of its requests, where that is at hand."""
    if contract is None:
        pytest.skip("Discord's description is not at hand")
    problems = set[str]()
    for name, view in of_plans(library):
        told = contract.problems("POST", "/channels/1/messages", as_described(message_of(view)))
        problems |= {f"{name}: {problem}" for problem in told}
    for name, form in forms_of(library):
        form.custom_id = str(Control(TOKEN, "p-kept").opened("f" * 8))
        told = contract.problems("POST", "/interactions/1/x/callback", as_described(form_of(form)))
        problems |= {f"{name}: {problem}" for problem in told}
    assert problems == set()


def test_what_is_said_is_short(library: Library) -> None:
    """Besides what its owner wrote, a plan's screen is read in a breath."""
    brief = plan(cue="she asks", action="wait", line="")
    offer = last_mile.decided(
        fullest(library, "close").model_copy(update={"outcome": None}), brief, HABITS, NOW, library
    )
    assert words_in(texts_in(offer)) <= 60
    for kind in get_args(NoteKind):
        shown = commitments.shown(brief, PlanNote(number=1, at=NOW, kind=kind), NOW, library)
        assert words_in(texts_in(shown)) <= 80
