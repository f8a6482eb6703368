"""Every screen and form around a reminder, at its fullest: within Discord's limits, and what one can read."""

import importlib.resources
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args
from zoneinfo import available_timezones

import discord
import pytest

from bot.content.library import Library, load_library
from bot.reminders.habits import Habits
from bot.reminders.patterns import LONGEST_RRULE
from bot.reminders.recurrence import next_five
from bot.reminders.reminder import Note, Reminder, State
from bot.reminders.rules import ByRrule, Every, MonthlyDate, MonthlyWeekday, Once, Rule, Weekly
from bot.reminders.typed import WAYS, Way
from bot.services.reminders import MOST_REMINDERS
from bot.ui import notes, reminder_forms, reminders
from bot.ui.answers import Fields
from bot.ui.control import Control
from tests.conftest import as_described
from tests.ui.fullest import full
from tests.ui.limits import form_of, message_of, texts_in, too_much_in, words_in
from tests.ui.raw import parts_of
from tests.ui.test_vignette_screens import screens_in

LANGUAGES = [
    each.name for each in importlib.resources.files("prompts").iterdir() if (each / "interface").is_dir()
]
TOKEN, AT, USER = "f" * 16, 1_800_000_000, 2**63 - 1
LONGEST_ZONE = max(sorted(available_timezones()), key=len)
MOST_LABEL, MOST_WORDS = 38, 80
BUTTON, PRIMARY = 2, 1
LONG_RRULE = f"FREQ=DAILY;BYMONTHDAY={','.join(str(day) for day in range(1, 32))};BYDAY=MO,TU,WE,TH,FR,SA,SU"
EVERY: tuple[Every, ...] = (
    Weekly(weekdays=frozenset({0, 1, 2, 3, 4, 6}), weeks=52),
    Weekly(weekdays=frozenset({0, 1, 2, 3, 4, 6})),
    Weekly(weekdays=frozenset(range(7))),
    Weekly(weekdays=frozenset(range(5))),
    Weekly(weekdays=frozenset({1})),
    MonthlyDate(day=31),
    MonthlyDate(day=3),
    MonthlyWeekday(ordinal=-1, weekday=2),
    ByRrule(text=LONG_RRULE),
    Once(),
)
Shown = Iterator[tuple[str, discord.ui.LayoutView]]


@pytest.fixture(scope="module", params=LANGUAGES)
def library(request: pytest.FixtureRequest) -> Library:
    return load_library(language=request.param)


def rule(every: Every, **more: Any) -> Rule:
    end = {"start": date(2027, 1, 15), "end": date(2036, 12, 31), "quiet_from": 1260, "quiet_to": 420, **more}
    return Rule(every=every, hour=23, minute=59, zone=LONGEST_ZONE, **end)


def all_reminders(library: Library) -> Iterator[Reminder]:
    """Every kind of rule in every state, somebody's own and the channel's."""
    kept = tuple(
        Note(number=9_999, at=AT, strategy=each.id, late=True, skipped=2_000) for each in library.strategies
    )
    for every in EVERY:
        for state in get_args(State):
            for user in (USER, None):
                yield Reminder(
                    token=TOKEN,
                    group=TOKEN,
                    user=user,
                    rule=rule(every),
                    seed=TOKEN,
                    state=state,
                    handled_until=AT,
                    resting_since=AT if state in ("paused", "stopped") else None,
                    notes=kept,
                    unreached=True,
                )


def of_setting_up(library: Library) -> Shown:
    say = library.texts
    for place in ("inbox", "channel"):

        def control(way: Way) -> Control:
            return Control(TOKEN, "r-channel", f"{way}.{LONGEST_ZONE}")

        yield "ways", reminders.ways(LONGEST_ZONE, place, control, say)
        for every in EVERY:
            for quiet in ({}, {"quiet_from": None, "quiet_to": None}):
                named = rule(every, **quiet)
                for coming in (next_five(named, AT), next_five(named, AT)[:1], ()):
                    yield "preview", reminders.preview(TOKEN, named, coming, place, say)


def of_holding(library: Library) -> Shown:
    say, pick = library.texts, Control(TOKEN, "r-pick", "r-remove")
    for each in all_reminders(library):
        yield "kept", reminders.kept(each, say)
        for key in (None, "remind-paused", "remind-resumed", "remind-skipped", "remind-changed"):
            yield "one", reminders.one(each, say, say(key) if key is not None else None)
        yield "remove_question", reminders.remove_question(each, say)
        yield "coming", reminders.coming(each, next_five(each.rule, AT), say)
        many = [each.model_copy(update={"token": f"{number:016x}"}) for number in range(2 * MOST_REMINDERS)]
        for count in (1, MOST_REMINDERS):
            yield "listing", reminders.listing(many[:count], many[MOST_REMINDERS:], pick, say)
        yield "listing", reminders.listing(many[:2], [], pick, say)
        yield "to_choose", reminders.to_choose(many, pick, say)
    yield "listing", reminders.listing([], [], pick, say)


def of_notes(library: Library) -> Shown:
    say, show = library.texts, Control(TOKEN, "n-show", "9999")
    for late in (True, False):
        for farewell in (True, False):
            for in_channel in (True, False):
                arrived = notes.Arrived(AT, late=late, farewell=farewell, in_channel=in_channel)
                yield "arrival", notes.arrival(arrived, show, say)
    first = next(all_reminders(library))
    for user in (USER, None):
        for state in get_args(State):
            reminder = first.model_copy(update={"user": user, "state": state})
            yield "ended", notes.ended(reminder, say)
            yield "stopped", notes.stopped(reminder, say)
            for note in reminder.notes:
                for how in (None, *notes.HOWS):
                    answered = note.model_copy(update={"how": how})
                    yield "opened", notes.opened(reminder, answered, library, AT, said=say("note-replaced"))
            bare = reminder.notes[0].model_copy(update={"late": False, "skipped": 0})
            yield "opened", notes.opened(reminder, bare, library, AT)


def forms(library: Library) -> Iterator[tuple[str, discord.ui.Modal]]:
    say = library.texts
    back: Fields = {name: full(LONGEST_RRULE) for name in ("time", "span", "quiet", "day", "rrule")}
    for way in WAYS:
        for user in (USER, None):
            usual = reminder_forms.usual(Habits(zone=LONGEST_ZONE), say)
            every = [reminder_forms.of_rule(rule(each), say) for each in EVERY]
            for filled in ({}, usual, back, *every):
                yield "times", reminder_forms.times(way, LONGEST_ZONE, user, filled, say)


Bodies = list[tuple[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def bodies(library: Library) -> Bodies:
    """Every screen as it would be sent, drawn once."""
    shown = (*of_setting_up(library), *of_holding(library), *of_notes(library))
    return [(name, message_of(view)) for name, view in shown]


def test_every_screen_is_looked_at(library: Library, bodies: Bodies) -> None:
    """A new screen or form is added here before it can be shown to anyone."""
    views = (discord.ui.LayoutView,)
    assert {name for name, _ in bodies} == screens_in(reminders, views) | screens_in(notes, views)
    assert {name for name, _ in forms(library)} == screens_in(reminder_forms, (discord.ui.Modal,))


def test_every_screen_is_within_discord_s_limits(bodies: Bodies, contract: Any) -> None:
    """At its fullest: components, characters, labels, options, custom_ids; nothing empty, no id twice."""
    found, seen = set[str](), set[str]()
    for name, body in bodies:
        found |= {f"{name}: {problem}" for problem in too_much_in(body)}
        if contract is not None and name not in seen:
            seen.add(name)
            told = contract.problems("POST", "/channels/1/messages", as_described(body))
            found |= {f"{name}: {problem}" for problem in told}
    assert found == set()


def test_every_form_is_within_discord_s_limits(library: Library, contract: Any) -> None:
    """With nothing in it, with what is usual or kept, and with the longest that can come back."""
    found = set[str]()
    for number, (name, form) in enumerate(forms(library)):
        argument = f"rrule.{LONGEST_ZONE}"
        form.custom_id = str(Control(TOKEN, "r-channel", argument, draft="e" * 16).opened("f" * 8))
        body = form_of(form)
        found |= {f"{name}: {problem}" for problem in too_much_in(body)}
        if contract is not None and number % 10 == 0:
            told = contract.problems("POST", "/interactions/1/x/callback", as_described(body))
            found |= {f"{name}: {problem}" for problem in told}
    assert found == set()


def test_buttons_fit_a_phone_and_one_is_bold(bodies: Bodies) -> None:
    """Where there are buttons, one of them is what most will want."""
    for name, body in bodies:
        buttons = [each for each in parts_of(body["components"]) if each["type"] == BUTTON]
        assert all(len(each["label"]) <= MOST_LABEL for each in buttons), name
        bold = sum(each["style"] == PRIMARY for each in buttons)
        assert bold == (1 if buttons and name != "arrival" else bold), name
        assert bold <= 1


def test_what_comes_is_read_at_a_glance(library: Library) -> None:
    """The look before it is kept, and one reminder."""
    for name, view in (*of_setting_up(library), *of_holding(library)):
        if name in ("preview", "one", "kept", "ways", "coming"):
            assert words_in(texts_in(view)) <= MOST_WORDS, (name, texts_in(view))


def test_what_arrives_is_the_same_whatever_it_brings(library: Library) -> None:
    """Nothing of a strategy, of a group or of a plan can stand in it."""
    for _, view in ((name, view) for name, view in of_notes(library) if name == "arrival"):
        text = texts_in(view)
        assert not any(each.name in text for each in library.strategies)
        assert words_in(text) <= 20
