"""A session over days, from the start to the close, in virtual time and with a restart in every step."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.formulation.script import NUDGE_BEFORE
from bot.rehearsal.play import take_home
from bot.rehearsal.scenario import Scenario, load_scenario
from bot.rehearsal.stage import Actor, Stage, message_text
from bot.rehearsal.troupe import Troupe
from tests.conftest import OUTSIDER, StageOpener, session_of
from tests.session.sight import before, board, named_in, noticeable, seen_by

ZONE = ZoneInfo("Europe/Berlin")
DUE = re.compile(r"<t:(\d+):f>")
MEMBERS = ("Gus", "Hal", "Jo", "Kit")
PROGRESS = {"Some are done", "Most are done"}
ALMOST_A_DAY = 23 * 3600


@pytest.fixture
def scenario() -> Scenario:
    """The slow fortnight. Jo acts only when reminded, and Kit joins when the ratings have begun."""
    told = load_scenario("slow-fortnight")
    people = [
        person.model_copy(update={"wants_nudge": person.name == "Jo", "asks": "", "reply": ""})
        if person.name in ("Jo", "Hal")
        else person
        for person in told.people
    ]
    return told.model_copy(update={"people": tuple(people)})


def day(at: int) -> str:
    """An instant as the group's own clocks have it."""
    return datetime.fromtimestamp(at, UTC).astimezone(ZONE).strftime("%a %d %H:%M")


def now(stage: Stage) -> str:
    return day(stage.clock.seconds())


async def due(troupe: Troupe) -> str:
    session = await session_of(troupe)
    assert session.due_at is not None
    return day(session.due_at)


async def step(troupe: Troupe) -> str:
    return (await session_of(troupe)).step


@dataclass
class Fortnight(Troupe):
    """People who write over days, and a bot that is started anew once in the middle of every step."""

    restarted: set[str] = field(default_factory=set[str])

    async def restart_in_this_step(self) -> None:
        here = await step(self)
        if here not in self.restarted:
            self.restarted.add(here)
            await self.stage.restart()


async def do(troupe: Fortnight, *names: str) -> None:
    """Each does their part in the present step."""
    for name in names:
        async for _ in troupe.own_parts(name):
            pass
        await troupe.restart_in_this_step()
    await troupe.stage.pass_time(5)


async def wait_until(troupe: Fortnight, when: int) -> None:
    """The days go by until ``when``."""
    stage = troupe.stage
    await stage.pass_time((when - stage.clock.seconds()) / 2)
    await troupe.restart_in_this_step()
    await stage.pass_time(when - stage.clock.seconds() + 5)


async def wait_for_the_date(troupe: Fortnight) -> None:
    session = await session_of(troupe)
    assert session.due_at is not None
    await wait_until(troupe, session.due_at)


async def wait_for_the_nudge(troupe: Fortnight) -> None:
    session = await session_of(troupe)
    assert session.due_at is not None
    await wait_until(troupe, session.due_at - NUDGE_BEFORE)


def inbox(actor: Actor) -> list[str]:
    """What the bot has written to somebody alone, and not taken away again."""
    return [message_text(message) for message in actor.member.user.dm_channel.history()]


async def moved(troupe: Fortnight, to: str) -> Actor:
    """The facilitator moves the date of the present step to another evening."""
    you = troupe.stage["You"]
    await you.press("panel", on=troupe.stage.newest_with(troupe.stage.thread, "panel"))
    await you.press("panel-more")
    if you.offers("move-date"):
        local = datetime.strptime(f"2026-01 {to}", "%Y-%m %a %d %H:%M").replace(tzinfo=ZONE)
        await you.choose("move-date", str(int(local.timestamp())))
        await troupe.stage.pass_time(5)
    return you


async def begins(troupe: Fortnight) -> None:
    """It begins on a Thursday; a Friday evening is followed by a Monday's."""
    await troupe.prepare()
    assert await troupe.bring_case()
    assert now(troupe.stage).startswith("Thu 01")
    await troupe.gather()
    await troupe.stage.pass_time(5)
    await do(troupe, "Jo")
    assert await due(troupe) == "Fri 02 19:00"
    await wait_for_the_date(troupe)
    # The account was there from the beginning, so nothing of the telling is waited for.
    assert await step(troupe) == "facts"
    assert troupe.scenario.case.account.split(".")[0] in seen_by(troupe.stage["Gus"])
    assert await due(troupe) == "Mon 05 19:00"


async def asks_for_facts(troupe: Fortnight) -> None:
    """When the last one, who wanted a reminder, is done after it, the step ends before its date."""
    stage = troupe.stage
    await do(troupe, "You", "Gus", "Hal", "Jo")
    await do(troupe, "Ida")
    await do(troupe, "Ida", "You", "Gus", "Hal")
    assert await step(troupe) == "facts"
    assert "Most are done." in board(stage)
    assert inbox(stage["Jo"]) == []
    await wait_for_the_nudge(troupe)
    assert now(stage) == "Mon 05 10:00"
    assert [len(inbox(stage[name])) for name in ("Jo", "Gus", "You")] == [1, 0, 0]
    assert "something is open for you" in inbox(stage["Jo"])[0]
    assert troupe.scenario.case.title not in inbox(stage["Jo"])[0]
    await do(troupe, "Jo")
    assert inbox(stage["Jo"]) == [], "the reminder outlives what it was about"
    assert await step(troupe) == "ratings"


async def rates_late(troupe: Fortnight) -> None:
    """With three of four done at the date, a day is added, once; the date can be moved by hand, once."""
    stage = troupe.stage
    assert await due(troupe) == "Wed 07 19:00"
    await do(troupe, "You", "Gus", "Hal", "Ida")
    await wait_for_the_nudge(troupe)
    assert len(inbox(stage["Jo"])) == 1
    you = stage["You"]
    await you.press("panel", on=stage.newest_with(stage.thread, "panel"))
    assert "Most are done." in before(you)
    assert named_in(before(you), stage, *MEMBERS) == []
    await wait_for_the_date(troupe)
    assert await step(troupe) == "ratings"
    assert await due(troupe) == "Thu 08 19:00"
    await moved(troupe, "Fri 09 19:00")
    assert await due(troupe) == "Fri 09 19:00"
    assert not (await moved(troupe, "Mon 12 19:00")).offers("move-date")
    await do(troupe, "Kit")
    await do(troupe, "Kit")
    await wait_for_the_nudge(troupe)
    await do(troupe, "Jo")
    assert await step(troupe) == "reveal", "everyone has rated, and the date is waited for"
    assert now(stage) == "Fri 09 10:00"


async def reads_and_talks(troupe: Fortnight) -> None:
    """Nobody says that they have read it: at its date it is over. The talk ends when everyone says so."""
    stage = troupe.stage
    await do(troupe, "Ida")
    assert await due(troupe) == "Mon 12 19:00"
    await wait_for_the_date(troupe)
    assert await step(troupe) == "talk"
    assert await due(troupe) == "Thu 15 19:00"
    topics = (await session_of(troupe)).topics
    assert len(topics) == 3
    for topic in topics:
        assert stage.library.mechanism(topic).name in board(stage)
    everyone = ("You", "Gus", "Hal", "Kit", "Ida", "Jo")
    await do(troupe, *everyone)
    await do(troupe, *everyone)
    await wait_for_the_nudge(troupe)
    await do(troupe, "Jo")
    await do(troupe, "Jo")
    assert await step(troupe) == "second-ratings"
    await do(troupe, "You", "Gus", "Hal", "Kit")
    await wait_for_the_nudge(troupe)
    await do(troupe, "Jo")
    assert await step(troupe) == "answer"


async def answers_late(troupe: Fortnight) -> None:
    """The presenter has their day of grace like anyone; a pause moves the date by as long as it lasts."""
    stage, ida = troupe.stage, troupe.stage["Ida"]
    first = await due(troupe)
    await ida.press("mine", on=stage.newest_with(stage.thread, "mine"))
    await ida.press("brake", "on")
    await wait_until(troupe, stage.clock.seconds() + ALMOST_A_DAY)
    assert "a short pause was asked for" in board(stage)
    await ida.press("brake", "off")
    await stage.pass_time(5)
    after_pause = await due(troupe)
    assert (first, after_pause) == ("Mon 19 19:00", "Tue 20 19:00")
    await wait_for_the_date(troupe)
    assert await step(troupe) == "answer"
    assert await due(troupe) == "Wed 21 19:00"
    await do(troupe, "Ida")
    assert await step(troupe) == "step"
    await do(troupe, "Ida")
    assert await step(troupe) == "close"
    assert await due(troupe) == "Wed 21 19:00"


async def closes(troupe: Fortnight) -> None:
    """One who never answers does not hold up the end."""
    await do(troupe, "You", "Ida", "Gus", "Hal", "Kit")
    await wait_for_the_date(troupe)
    session = await session_of(troupe)
    assert (session.step, session.status) == ("handout", "closed")
    assert inbox(troupe.stage["Jo"]) == []


def nobody_is_named(stage: Stage) -> None:
    """In no post of a fortnight does a member's name or id stand; progress is never a number."""
    places = tuple(f"/channels/{place.id}/messages" for place in (stage.channel, stage.thread))
    posts = [
        each
        for each in noticeable(stage)
        if each.startswith(('["POST', '["PATCH')) and any(place in each for place in places)
    ]
    assert len(posts) > 30
    assert [each for each in posts if named_in(each, stage, *MEMBERS)] == []
    said = {text for each in posts for text in re.findall(r"\w+ \w+ done\b", each.replace("\\n", "\n"))}
    assert said == PROGRESS
    dates = [day(int(at)) for each in posts for at in DUE.findall(each)]
    assert len(set(dates)) > 8
    assert [at for at in dates if at.startswith(("Sat", "Sun")) or not at.endswith("19:00")] == []


async def test_a_fortnight_in_writing(opened: StageOpener, scenario: Scenario, tmp_path: Path) -> None:
    """Weekdays only; a day of grace, a date moved once, a reminder, an early end: and nobody is late."""
    async with opened() as stage:
        troupe = Fortnight(stage, scenario)
        await begins(troupe)
        await asks_for_facts(troupe)
        await rates_late(troupe)
        await reads_and_talks(troupe)
        await answers_late(troupe)
        await closes(troupe)
        assert len(troupe.restarted) == 9
        nobody_is_named(stage)
        assert stage.posts(viewer=stage[OUTSIDER]) == []
        paths = {path.name: path for path in await take_home(troupe, tmp_path / "home")}
        paper = paths["handout.md"].read_text()
        assert scenario.presenter_part.note in paper
        assert named_in(paper, stage) == []
