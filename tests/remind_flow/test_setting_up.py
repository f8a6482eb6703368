"""Setting up a reminder: a form, the look at what would come, and what is kept."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.reminders.recurrence import next_five
from bot.reminders.rules import ByRrule, MonthlyDate, MonthlyWeekday, Weekly
from bot.services.reminders import MOST_REMINDERS
from tests.case_flow.desk import controls, fields, form_id, values
from tests.remind_flow.inbox import DAILY, QUIET, Inboxes
from tests.services.evening import ZONE
from tests.ui.raw import opening, press, send

EVENING = {"time": "19:00", "quiet": QUIET}


def instants(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"<t:(\d+):F>", text)]


@pytest.mark.parametrize(
    ("how", "typed", "every"),
    [
        ("week", {"weeks": ["2"], "days": ["1"]}, Weekly(weeks=2, weekdays=frozenset({1}))),
        ("days", {}, Weekly(weekdays=frozenset(range(5)))),
        ("date", {"day": "31"}, MonthlyDate(day=31)),
        ("nth", {"which": "-1", "weekday": "4"}, MonthlyWeekday(ordinal=-1, weekday=4)),
        ("rrule", {"rrule": "FREQ=MONTHLY;BYDAY=2TU"}, ByRrule(text="FREQ=MONTHLY;BYDAY=2TU")),
    ],
)
async def test_each_way_is_seen_before_it_is_kept(
    inboxes: Inboxes, how: Any, typed: dict[str, Any], every: object
) -> None:
    """The next five as timestamps, the zone, the quiet hours and what a phone shows; nothing is kept yet."""
    bea = inboxes["Bea"]
    await inboxes.look(bea, how, **EVENING, **typed)
    assert await inboxes.of(bea) == []
    seen = instants(bea.text)
    assert len(seen) == 5
    assert seen == sorted(set(seen))
    for each in seen:
        local = datetime.fromtimestamp(each, UTC).astimezone(ZoneInfo(ZONE))
        assert (local.hour, local.minute) == (19, 0)
    for told in (ZONE, "21:00 to 07:00", inboxes.say("remind-where", place="inbox")):
        assert told in bea.text
    assert '"A note you left for now."' in bea.text
    await bea.press("r-keep")
    kept = await inboxes.only(bea)
    assert kept.rule.every == every
    assert [each.at for each in next_five(kept.rule, inboxes.now)] == seen
    assert instants(bea.text) == seen[:1]


async def test_the_five_ways_as_buttons(inboxes: Inboxes) -> None:
    """Without a choice they are offered, and each opens its own form."""
    bea = inboxes["Bea"]
    await bea.command("remind me")
    offered = controls(bea, "r-new")
    assert len(offered) == 5
    for control in offered:
        asked = await inboxes.again(bea, control)
        assert asked.filled["quiet"] == QUIET.replace("7:00", "07:00")
    await bea.press("r-new", f"week.{ZONE}")
    await bea.fill(**DAILY)
    await bea.press("r-keep")
    assert (await inboxes.only(bea)).rule.zone == ZONE


async def test_times_are_typed_as_people_type_them(inboxes: Inboxes) -> None:
    """An hour in its own spelling, dates in theirs; one of them alone is enough."""
    bea = inboxes["Bea"]
    year = inboxes.here().year + 1
    span = f"from 2 March {year} until 1.4.{year}"
    await inboxes.look(bea, "days", time="7 pm", span=span, quiet="none")
    assert inboxes.say("remind-quiet-none") in bea.text
    await bea.press("r-keep")
    rule = (await inboxes.only(bea)).rule
    assert (rule.hour, rule.quiet_from, rule.quiet_to) == (19, None, None)
    assert [(each.month, each.day) for each in (rule.start, rule.end) if each] == [(3, 2), (4, 1)]


async def test_fewer_than_five(inboxes: Inboxes) -> None:
    """Where fewer come, fewer are shown."""
    bea = inboxes["Bea"]
    last = (inboxes.here() + timedelta(days=2)).date()
    await inboxes.look(bea, **{**DAILY, "span": f"until {last}"})
    assert 1 <= len(instants(bea.text)) <= 3


async def test_a_time_in_quiet_hours_says_that_it_moves(inboxes: Inboxes) -> None:
    """It is shown when it really comes: as they end."""
    bea = inboxes["Bea"]
    await inboxes.look(bea, "days", time="22:00", quiet=QUIET)
    assert inboxes.say("remind-moved") in bea.text
    for each in instants(bea.text):
        assert datetime.fromtimestamp(each, ZoneInfo(ZONE)).hour == 7


async def test_changed_before_it_is_kept(inboxes: Inboxes) -> None:
    """*Change* opens the form as it was sent; what was looked at before can't be kept any more."""
    bea = inboxes["Bea"]
    await inboxes.look(bea)
    (old,) = controls(bea, "r-keep")
    await bea.press("edit")
    assert values(bea)["time"] == "19:00"
    boxes = [each["value"] for each in fields(bea)["days"]["options"] if each.get("default")]
    assert boxes == list("0123456")
    await bea.fill(**{**DAILY, "time": "18:30"})
    await bea.press("r-keep")
    assert (await inboxes.only(bea)).rule.minute == 30
    assert (await inboxes.again(bea, old)).text == inboxes.say("draft-gone")
    assert len(await inboxes.of(bea)) == 1


async def test_kept_twice_is_one(inboxes: Inboxes) -> None:
    """Two presses at the same instant, and one more on another day."""
    bea = inboxes["Bea"]
    await inboxes.look(bea)
    (keep,) = controls(bea, "r-keep")
    both = [press(inboxes.stage, bea.id, keep) for _ in range(2)]
    await inboxes.stage.env.settle()
    assert all(each.text for each in both)
    await inboxes.stage.pass_time(60)
    await inboxes.again(bea, keep)
    assert len(await inboxes.of(bea)) == 1
    assert await inboxes.table.drafts() == 0


async def test_thrown_away(inboxes: Inboxes) -> None:
    """Nothing of it is left, and nothing comes."""
    bea = inboxes["Bea"]
    await inboxes.look(bea)
    await bea.press("discard")
    await bea.press("discard-now")
    assert await inboxes.table.drafts() == 0
    assert await inboxes.of(bea) == []


async def test_a_restart_between_the_form_and_the_keeping(inboxes: Inboxes) -> None:
    """The form that is open can be sent, and what was looked at can be kept."""
    bea = inboxes["Bea"]
    await bea.command("remind me", how="week")
    await inboxes.stage.restart()
    await bea.fill(**DAILY)
    (keep,) = controls(bea, "r-keep")
    await inboxes.stage.restart()
    await inboxes.again(bea, keep)
    assert (await inboxes.only(bea)).rule.hour == 19


async def test_zone_and_quiet_hours_are_remembered(inboxes: Inboxes) -> None:
    """Of the person in this group: the next form has them, somebody else's has the group's."""
    bea, cem = inboxes["Bea"], inboxes["Cem"]
    await bea.command("remind me", how="days", zone="Asia/Kathmandu")
    await bea.fill(time="12:00", quiet="22:00–6:30")
    assert "Asia/Kathmandu" in bea.text
    await bea.press("r-keep")
    await bea.command("remind me", how="days")
    assert values(bea)["quiet"] == "22:00–06:30"
    assert ":days.Asia/Kathmandu!" in form_id(bea)
    await cem.command("remind me", how="days")
    assert values(cem)["quiet"] == "21:00–07:00"


async def test_a_place_is_enough_for_a_zone(inboxes: Inboxes) -> None:
    """Typed without choosing from the list; what is none is refused, with those that it may mean."""
    bea = inboxes["Bea"]
    await bea.command("remind me", how="days", zone="lord howe")
    await bea.fill(**EVENING)
    await bea.press("r-keep")
    assert (await inboxes.only(bea)).rule.zone == "Australia/Lord_Howe"
    await bea.command("remind me", zone="Berlim")
    assert "Europe/Berlin" in bea.text
    await bea.command("remind me", zone="Middle Earth")
    assert bea.text == inboxes.say("reminder-zone")


async def test_zones_are_offered_while_they_are_typed(inboxes: Inboxes) -> None:
    """For both commands, a slip of the finger included."""
    bea = inboxes["Bea"]
    for command in ("remind me", "remind channel"):
        for typed in ("berl", "Europe/Berlim"):
            offered = await bea.member.autocomplete(inboxes.stage.channel, command, "zone", typed)
            assert ZONE in [each["value"] for each in offered]


async def test_the_channel_is_for_stewards(inboxes: Inboxes) -> None:
    """Who sets one up, and again who keeps it: rights may be gone by then."""
    mo, bea = inboxes["Mo"], inboxes["Bea"]
    await bea.command("remind channel")
    assert bea.text == inboxes.say("only-steward")
    group = await inboxes.group()
    async with inboxes.stage.bot.desk.ground.writing() as store:
        await store.groups.save(replace(group, facilitators=(mo.id, bea.id)), 0)
    await inboxes.look(bea, command="remind channel", **DAILY)
    assert inboxes.say("remind-where", place="channel") in bea.text
    async with inboxes.stage.bot.desk.ground.writing() as store:
        await store.groups.save(group, 0)
    await bea.press("r-keep")
    assert bea.text == inboxes.say("only-steward")
    assert await inboxes.of(None) == []
    await inboxes.look(mo, command="remind channel", **DAILY)
    await mo.press("r-keep")
    assert (await inboxes.only(None)).user is None


async def test_somebody_else_s_look_is_not_kept(inboxes: Inboxes) -> None:
    """A copied control does nothing for anyone else."""
    bea, cem = inboxes["Bea"], inboxes["Cem"]
    await inboxes.look(bea)
    (keep,) = controls(bea, "r-keep")
    assert (await inboxes.again(cem, keep)).text == inboxes.say("draft-gone")
    assert await inboxes.of(cem) == await inboxes.of(bea) == []


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("week", {**DAILY, "days": []}, "reminder-no-day"),
    ("week", {**DAILY, "time": "seven-ish"}, "reminder-time"),
    ("week", {**DAILY, "time": "7"}, "reminder-time"),
    ("week", {**DAILY, "span": "next spring"}, "reminder-date"),
    ("week", {**DAILY, "span": "30.2.2030"}, "reminder-date"),
    ("week", {**DAILY, "span": "1 Jan 2020"}, "reminder-past-start"),
    ("week", {**DAILY, "span": "until 1 Jan 2020"}, "reminder-past-end"),
    ("week", {**DAILY, "span": "2 May 2050 – 1 May 2050"}, "reminder-end-first"),
    ("week", {**DAILY, "quiet": "at night"}, "reminder-hours"),
    ("week", {**DAILY, "quiet": "7:00–7:00"}, "reminder-quiet"),
    ("date", {**EVENING, "day": "32"}, "reminder-day"),
    ("date", {**EVENING, "day": "the first"}, "reminder-day"),
    ("rrule", {**EVENING, "rrule": "FREQ=SECONDLY"}, "reminder-too-often"),
    ("rrule", {**EVENING, "rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "reminder-never"),
    ("rrule", {**EVENING, "rrule": "whenever I feel like it"}, "reminder-rrule"),
]


@pytest.mark.parametrize(("how", "typed", "key"), BAD, ids=[f"{way}-{key}" for way, _, key in BAD])
async def test_what_can_t_be_read_comes_back(
    inboxes: Inboxes, how: Any, typed: dict[str, Any], key: str
) -> None:
    """With a sentence of its own, and with everything that was typed; put right, it is kept."""
    bea = inboxes["Bea"]
    await inboxes.look(bea, how, **typed)
    assert inboxes.say(key) in bea.text
    assert await inboxes.of(bea) == []
    await bea.press("edit")
    there = values(bea)
    for name, text in typed.items():
        if isinstance(text, str) and name in there:
            assert there[name] == text
    good = {"week": DAILY, "date": {**EVENING, "day": "3"}, "rrule": {**EVENING, "rrule": "FREQ=DAILY"}}[how]
    await bea.fill(**good)
    await bea.press("r-keep")
    assert len(await inboxes.of(bea)) == 1
    assert await inboxes.table.drafts() == 0


async def test_a_part_of_a_rule_that_has_its_own_field(inboxes: Inboxes) -> None:
    """It is named, so that it can be left out."""
    bea = inboxes["Bea"]
    await inboxes.look(bea, "rrule", **EVENING, rrule="FREQ=DAILY;BYHOUR=3")
    assert inboxes.say("reminder-rrule-part", part="BYHOUR") in bea.text


async def test_the_eleventh(inboxes: Inboxes) -> None:
    """It is refused when it is to be kept, and waits until there is room."""
    bea = inboxes["Bea"]
    for _ in range(MOST_REMINDERS):
        await inboxes.keep(bea)
    await inboxes.look(bea)
    (keep,) = controls(bea, "r-keep")
    await bea.press("r-keep")
    assert bea.text == inboxes.say("reminder-too-many", most=MOST_REMINDERS)
    await inboxes.stage.bot.desk.reminders.remove((await inboxes.of(bea))[0].token)
    await inboxes.again(bea, keep)
    assert len(await inboxes.of(bea)) == MOST_REMINDERS


async def test_a_form_made_by_hand(inboxes: Inboxes) -> None:
    """A zone or a way that no button offers is refused in words."""
    bea = inboxes["Bea"]
    for argument, key in (("week.Mars/Olympus", "reminder-zone"), (f"hour.{ZONE}", "control-stale")):
        control = f"6:{'a' * 16}:r-new:{argument}!{opening()}"
        asked = send(inboxes.stage, bea.id, control, {"time": "19:00"})
        await inboxes.stage.env.settle()
        assert inboxes.say(key) in asked.text
