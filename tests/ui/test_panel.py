"""The facilitator's panel as it is pressed: going on, more time, back, room, dates, handing over, the end."""

from collections.abc import AsyncIterator

import pytest

from bot.formulation.people import GONE_AFTER
from bot.formulation.session import USUAL_PEOPLE, Session
from bot.rehearsal.stage import Actor, Stage, control_id, message_text
from bot.services.ground import SECONDS_A_DAY
from bot.ui.control import Control
from bot.ui.parts import clock_time, countdown, day_and_time
from tests.conftest import OUTSIDER, StageOpener
from tests.services.evening import StageEvening, evening_on
from tests.ui.raw import Asked, press

MORE_PEOPLE = ("Gil", "Hal", "Ira", "Jon")
"""With the six of the scenario, more than take part by themselves."""


def board(stage: Stage) -> str:
    found = stage.newest_with(stage.thread, "mine")
    assert found is not None
    return message_text(found)


async def panel(actor: Actor) -> None:
    await actor.press("panel", on=actor.stage.newest_with(actor.stage.thread, "panel"))


async def more(actor: Actor) -> None:
    await panel(actor)
    await actor.press("panel-more")


async def by_hand(stage: Stage, actor: Actor, control: Control, values: list[str] | None = None) -> Asked:
    """Press a control that is not in sight any more."""
    asked = press(stage, actor.id, control, stage.thread.id, values=values)
    await stage.env.settle()
    return asked


async def hand_over(actor: Actor, to: Actor) -> None:
    await more(actor)
    shown = actor.shown
    assert shown is not None
    assert shown.response is not None
    select = control_id(shown.response, "hand-over", None)
    actor.shown = await actor.member.select(shown.response, values=[to.member.user], custom_id=select)


def ends_at(stage: Stage, session: Session) -> str:
    return clock_time(stage.bot.desk.formulating.script_of(session).ends_at(session))


def until(stage: Stage, session: Session) -> int:
    until = stage.bot.desk.formulating.script_of(session).until(session)
    assert until is not None
    return until


async def test_two_more_minutes_say_what_gives(stage: Stage, evening: StageEvening) -> None:
    """The step lasts longer, the end stays, and the panel tells what the talk has left, until it has nothing.

    Facts and ratings keep their own time meanwhile: what is said to be left is the talk's alone.
    """
    you, say = stage["You"], stage.library.texts
    before = await evening.session()
    await panel(you)
    assert board(stage).count(ends_at(stage, before)) == 1
    script = stage.bot.desk.formulating.script_of(before)
    talk = next(step for step in script.steps if step.topics)
    spare = before.minutes - sum(step.minutes[before.minutes] for step in script.steps)
    left = talk.minutes[before.minutes] + spare
    await you.press("more-time")
    assert say("more-time-done", minutes=left - 2) in you.text
    await stage.pass_time()
    after = await evening.session()
    assert until(stage, after) == until(stage, before) + 120
    assert countdown(until(stage, after)) in board(stage)
    assert ends_at(stage, before) in board(stage)
    for taken in range(4, left + 1, 2):
        await you.press("more-time")
        assert say("more-time-done", minutes=max(left - taken, 0)) in you.text
    refused = say("no-minutes-left")
    for _ in range(before.minutes):
        await panel(you)
        await you.press("more-time")
        if you.text == refused:
            break
    assert you.text == refused
    reserve = script.reserve_begins(before)
    assert reserve is not None
    assert until(stage, await evening.session()) <= reserve
    assert ends_at(stage, before) in board(stage)


async def test_a_member_may_take_over_after_ten_minutes(stage: Stage, evening: StageEvening) -> None:
    """Not while the minutes run, nor sooner, nor where the facilitator has looked at the panel since."""
    you, cem, say = stage["You"], stage["Cem"], stage.library.texts
    runs_out = until(stage, await evening.session()) - stage.clock.seconds()
    await panel(cem)
    assert cem.text == say("only-facilitator")
    await stage.pass_time(runs_out + GONE_AFTER - 30)
    await panel(cem)
    assert cem.text == say("only-facilitator")
    assert (await by_hand(stage, cem, Control(evening.token, "facilitate"))).text == say("facilitator-taken")
    await panel(you)
    await stage.pass_time(GONE_AFTER - 30)
    await panel(cem)
    assert cem.text == say("only-facilitator")
    await stage.pass_time(60)
    await panel(cem)
    assert say("take-over") in cem.text
    await panel(stage["Bea"])
    taken = await by_hand(stage, stage["Bea"], Control(evening.token, "facilitate"))
    assert taken.text == say("presenter-cannot-facilitate")
    await cem.press("facilitate")
    assert cem.offers("next")
    await panel(you)
    assert you.text == say("only-facilitator")
    roles = {person.user: person.role for person in (await evening.session()).people}
    assert (roles[cem.id], roles[you.id]) == ("facilitator", "member")
    await panel(cem)
    await cem.press("next")
    assert (await evening.session()).step == "telling"


async def test_the_panel_is_handed_over(stage: Stage, evening: StageEvening) -> None:
    """To anybody who is here and does not present; the one who had it is a member like the others."""
    you, cem, say = stage["You"], stage["Cem"], stage.library.texts
    for other, refusal in (("Bea", "presenter-cannot-facilitate"), (OUTSIDER, "not-in-session")):
        await hand_over(you, stage[other])
        assert say(refusal) in you.text
    await hand_over(you, cem)
    assert say("handed-over", facilitator=f"<@{cem.id}>") in you.text
    await stage.pass_time()
    assert f"<@{cem.id}>" in board(stage)
    late = await by_hand(stage, you, Control(evening.token, "next", "arrive.0"))
    assert late.text == say("only-facilitator")
    assert (await evening.session()).step == "arrive"
    await panel(cem)
    await cem.press("next")
    session = await evening.session()
    assert session.step == "telling"
    assert {person.user for person in session.raters} == {you.id, *evening.members}


async def test_back_and_skip(stage: Stage, evening: StageEvening) -> None:
    """Back to the step before, never behind the reveal; skipping goes on although something is missing."""
    you, say = stage["You"], stage.library.texts
    await more(you)
    assert not you.offers("go-back")
    await evening.to("telling")
    await more(you)
    await you.press("go-back")
    assert (await evening.session()).step == "arrive"
    await evening.to("ratings")
    await panel(you)
    await you.press("next")
    assert you.text == say("nobody-rated")
    await more(you)
    await you.press("skip-step")
    assert (await evening.session()).step == "reveal"
    await stage.pass_time()
    assert say("reveal-few") in "\n".join(message_text(each) for each in stage.posts())
    await more(you)
    assert not you.offers("go-back")
    behind = await by_hand(stage, you, Control(evening.token, "go-back", "reveal.0"))
    assert behind.text == say("nothing-before")
    assert (await evening.session()).step == "reveal"


async def test_a_pause_holds_the_clock_and_whatever_goes_on(stage: Stage, evening: StageEvening) -> None:
    """The board says that one was asked for, and not by whom; then the minutes run on where they stood."""
    you, say = stage["You"], stage.library.texts
    before = await evening.session()
    await panel(you)
    await you.press("pause", "on")
    assert not you.offers("next")
    assert not you.offers("more-time")
    for verb in ("next", "more-time"):
        held = await by_hand(stage, you, Control(evening.token, verb, "arrive.0"))
        assert held.text == say("paused"), verb
    await stage.pass_time(600)
    assert say("board-paused") in board(stage)
    assert f"<@{you.id}>" in board(stage)
    await panel(you)
    await you.press("pause", "off")
    await stage.pass_time()
    assert until(stage, await evening.session()) == until(stage, before) + 600
    assert say("board-paused") not in board(stage)


@pytest.fixture
async def crowd(opened: StageOpener) -> AsyncIterator[StageEvening]:
    """A session with more people than take part by themselves."""
    names = ("You", "Bea", "Cem", "Dag", "Eli", "Fay", *MORE_PEOPLE)
    async with opened(names=names) as stage:
        evening = await evening_on(stage, members=("Cem", "Dag", "Eli", "Fay"))
        for name in MORE_PEOPLE:
            await evening.colleague(stage[name].id)
            await stage[name].press("join", on=stage.newest_with(stage.channel, "join"))
            await stage[name].press("enter")
        await stage.pass_time()
        yield evening


async def test_those_who_listen_are_let_in(crowd: StageEvening) -> None:
    """The ninth comes in to listen and is asked for nothing; with room made, they take part like anyone."""
    stage, say = crowd.stage, crowd.stage.library.texts
    you, jon = stage["You"], stage["Jon"]
    assert say("joined-listening", most=USUAL_PEOPLE) in jon.text
    await crowd.to("ratings")
    refused = await by_hand(stage, jon, Control(crowd.token, "walk"))
    assert refused.text == say("only-rater")
    await jon.press("mine", on=stage.newest_with(stage.thread, "mine"))
    assert say("mine-observing") in jon.text
    assert not jon.offers("walk")
    await panel(you)
    assert say("panel-people", taking_part=USUAL_PEOPLE, listening=2) in you.text
    await you.press("panel-more")
    await you.press("make-room")
    assert say("panel-people", taking_part=USUAL_PEOPLE + 2, listening=0) in you.text
    await you.press("panel-more")
    assert not you.offers("make-room")
    await jon.press("mine", on=stage.newest_with(stage.thread, "mine"))
    await jon.press("walk")
    assert jon.offers("suppose")


async def test_a_date_is_moved_once(stage: Stage) -> None:
    """In slow mode, to an evening of a weekday from the list; then the list is gone, by hand too."""
    evening = await evening_on(stage, mode="slow")
    await stage.pass_time()
    you, say = stage["You"], stage.library.texts
    before = (await evening.session()).due_at
    await panel(you)
    assert not you.offers("more-time")
    await you.press("panel-more")
    shown = you.shown
    assert shown is not None
    choices = Asked(stage, shown).choices
    control, values = next((key, found) for key, found in choices.items() if ":move-date:" in key)
    assert str(before) not in values
    await you.choose("move-date", values[-1])
    await stage.pass_time()
    session = await evening.session()
    assert session.due_at == int(values[-1])
    assert day_and_time(int(values[-1])) in board(stage)
    await more(you)
    assert not you.offers("move-date")
    again = press(stage, you.id, control, stage.thread.id, values=values[:1])
    await stage.env.settle()
    assert again.text == say("date-moved-already")
    await stage.pass_time(int(values[-1]) - stage.clock.seconds() - SECONDS_A_DAY)
    assert (await evening.session()).step == "arrive"
    await stage.pass_time(SECONDS_A_DAY + 5)
    assert (await evening.session()).step != "arrive"


@pytest.mark.parametrize("kind", ["handout", "bare"])
async def test_the_end_comes_with_a_handout_or_without(
    stage: Stage, evening: StageEvening, kind: str
) -> None:
    """Not before a question; without one, nobody finds a button for it, and a press by hand says so."""
    you, bea, say = stage["You"], stage["Bea"], stage.library.texts
    await evening.to("ratings")
    await more(you)
    await you.press("end")
    assert say("panel-end") in you.text
    await you.press("panel")
    assert (await evening.session()).status == "open"
    await more(you)
    await you.press("end")
    await you.press("end-now", kind)
    assert (await evening.session()).status == "closed"
    await stage.pass_time()
    offered = stage.newest_with(stage.thread, "handout")
    await bea.command("formulate mine")
    assert bea.offers("handout") is (kind == "handout")
    assert (offered is not None) is (kind == "handout")
    asked = await by_hand(stage, bea, Control(evening.token, "handout"))
    files = asked.result.response
    assert files is not None
    names = [each.filename for each in files.attachments]
    assert names == (["handout.pdf", "handout.md"] if kind == "handout" else [])
    assert (asked.text == say("handout-withheld")) is (kind == "bare")
    assert (await by_hand(stage, you, Control(evening.token, "handout"))).text == say("only-presenter")
