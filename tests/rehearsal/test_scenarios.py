"""Each scenario to its end, whoever sits at the page, and with restarts in between."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.formulation.session import Session
from bot.rehearsal.play import POSTS_ARE_OUT
from bot.rehearsal.scenario import FIRST, Scenario, load_scenario, scenario_names
from bot.rehearsal.stage import Stage, message_text, open_stage
from bot.rehearsal.troupe import Troupe
from bot.services.screening import BY_RULES
from tests.conftest import Dice, english, settings_in

NEW = ("reminder", "taken-back", "vignette", "written-case")
MOST_ROUNDS = 400
Begun = Callable[[Scenario], AbstractAsyncContextManager[Troupe]]


@pytest.fixture
def begun(tmp_path: Path) -> Begun:
    """A scenario as the page opens."""

    @asynccontextmanager
    async def begin(scenario: Scenario) -> AsyncIterator[Troupe]:
        names = [person.name for person in scenario.people]
        async with open_stage(
            settings_in(tmp_path / "data"),
            names,
            server=scenario.server,
            channel=scenario.channel,
            chance=Dice(),
            finder=BY_RULES,
            library=english(),
        ) as stage:
            troupe = Troupe(stage, scenario)
            assert await troupe.begin()
            yield troupe

    return begin


async def one_action(troupe: Troupe, *names: str) -> bool:
    """Let the first of ``names`` who has something to do do it, as the page does."""
    async for _ in troupe.actions(*names):
        return True
    return False


async def to_the_end(troupe: Troupe, you: str, *, restart_every: int = 0) -> Troupe:
    """The others act whenever they can, ``you`` when nobody else can, and time goes by when nobody can.

    With ``restart_every`` both the bot and those who act are new after so many actions.
    """
    stage, names = troupe.stage, [person.name for person in troupe.scenario.people]
    others, acted = [name for name in names if name != you], 0
    for _ in range(MOST_ROUNDS):
        if await one_action(troupe, *others) or await one_action(troupe, you):
            acted += 1
            await stage.pass_time()
            if restart_every and acted % restart_every == 0:
                await stage.restart()
                troupe = Troupe(stage, troupe.scenario)
            continue
        due = await troupe.next_due()
        if due is None:
            return troupe
        await stage.pass_time(due - troupe.now + POSTS_ARE_OUT)
    pytest.fail(f"it never ended: {await troupe.session()}")


def shown(stage: Stage) -> str:
    """Whatever stands in the channel and its threads, as everyone can read it."""
    places = [stage.channel, *stage.channel.threads]
    posts = [post for place in places for post in stage.posts(place) if not post.flags.ephemeral]
    return "\n".join(message_text(post) or post.content for post in posts)


def written_by(scenario: Scenario) -> list[str]:
    """Every line of more than a word that somebody in it gives to the others."""
    lines = [line for each in scenario.people for line in (each.idea, each.asks, each.speaks_for, *each.says)]
    if scenario.prepared is not None:
        lines += [text for each in scenario.prepared.questions for text in (each.text, each.answer)]
    if scenario.vignette is not None:
        lines += [text for each in scenario.vignette.questions for text in (each.text, each.answer)]
        lines += [scenario.vignette.addition, *(each.text for each in scenario.vignette.thoughts)]
    return [line for line in lines if line]


def nothing_is_doubled(troupe: Troupe) -> None:
    """Each line stands there once, if at all."""
    text = shown(troupe.stage)
    assert {line: text.count(line) for line in written_by(troupe.scenario) if text.count(line) > 1} == {}


async def ended(troupe: Troupe) -> Session:
    session = await troupe.session()
    assert session is not None
    assert session.status == "closed"
    return session


async def took_its_course(troupe: Troupe) -> None:
    """What a scenario is about has happened."""
    stage, scenario = troupe.stage, troupe.scenario
    text = shown(stage)
    nothing_is_doubled(troupe)
    group = await troupe.group()
    assert group is not None
    match scenario.id:
        case "vignette":
            [vignette] = await troupe.vignettes(group)
            assert vignette.status == "closed"
            assert "She is in her forties and" in vignette.text
            assert [line for line in written_by(scenario) if line not in text] == []
        case "written-case":
            session = await ended(troupe)
            [case] = await troupe.cases(group)
            assert case.formulated
            assert len(case.questions) == len(session.facts) == 2
            assert session.outcome is not None
            assert len(session.closings) == len(scenario.people)
        case "reminder":
            gil, you = stage["Gil"], stage["You"]
            [reminder] = await stage.bot.desk.reminders.of(group, gil.id)
            assert [note.how for note in reminder.notes] == ["adapted", "not-yet", "did"]
            assert reminder.state == "stopped"
            [plan] = await stage.bot.desk.commitments.of(group, you.id)
            assert (plan.status, [note.kind for note in plan.notes]) == ("kept", ["cue", "back"])
            assert plan.line == scenario.step.line
        case "taken-back":
            session = await ended(troupe)
            assert session.taken_back
            assert scenario.case.account not in text
            left = session.known(stage["Per"].id)
            assert left is not None
            assert left.away
        case _:
            assert len((await ended(troupe)).closings) == len(scenario.people)


@pytest.mark.parametrize(
    ("name", "you"),
    [
        *((FIRST, name) for name in ("You", "Bea", "Cem")),
        *(("reminder", name) for name in ("You", "Kai", "Gil")),
        ("slow-fortnight", "Ida"),
        *(("taken-back", name) for name in ("You", "Lea", "Max")),
        *(("vignette", name) for name in ("You", "Remy", "Nell")),
        *(("written-case", name) for name in ("You", "Sol", "Ivo")),
    ],
)
async def test_to_the_end_as_anyone(begun: Begun, name: str, you: str) -> None:
    """Whoever sits at the page does only what is theirs; the others see to the rest."""
    async with begun(load_scenario(name)) as troupe:
        await took_its_course(await to_the_end(troupe, you))


@pytest.mark.parametrize("name", NEW)
async def test_a_restart_at_every_third_action(begun: Begun, name: str) -> None:
    """Nothing is lost and nothing comes twice, though nobody remembers what they have done."""
    scenario = load_scenario(name)
    async with begun(scenario) as troupe:
        await took_its_course(await to_the_end(troupe, scenario.you, restart_every=3))


async def test_two_devices_leave_one_trace(begun: Begun) -> None:
    """All that one of them does arrives twice at the same instant, and counts once."""
    async with begun(load_scenario("written-case")) as first:
        stage, arrived = first.stage, Counter[str]()

        def count(event: str, payload: Mapping[str, Any]) -> None:
            if event == "INTERACTION_CREATE" and payload["member"]["user"]["id"] == str(stage["Ada"].id):
                arrived[str(payload["data"].get("custom_id", ""))] += 1

        stage.env.backend.subscribers.append(count)
        troupe = await to_the_end(first, "You")
        group = await troupe.group()
        assert group is not None
        [case] = await troupe.cases(group)
        session = await ended(troupe)
        ada = session.known(stage["Ada"].id)
        assert ada is not None
        script, prepared = troupe.scenario.person("Ada"), troupe.scenario.prepared
        assert prepared is not None
        asked = [each.text for each in case.questions]
        assert sorted(asked) == sorted(each.text for each in prepared.questions)
        assert [fact.question for fact in session.facts].count(script.asks) == 1
        assert session.walk(ada).fits == script.fits
        assert shown(stage).count(script.idea) == shown(stage).count(script.speaks_for) == 1
        assert len(arrived) > 10
        assert all(times % 2 == 0 for times in arrived.values())


async def test_the_facilitator_waits_for_whoever_sits_at_the_page(begun: Begun) -> None:
    """Nobody is left behind in the ratings; when their time is up, the group goes on."""
    scenario = load_scenario("taken-back")
    async with begun(scenario) as troupe:
        stage = troupe.stage
        others = [person.name for person in scenario.people if person.name != "Max"]
        for _ in range(60):
            session = await troupe.session()
            assert session is not None
            if session.step == "ratings" and not await one_action(troupe, *others):
                break
            if not await one_action(troupe, *others):
                await stage.pass_time(30)
        await stage.pass_time(120)
        assert not await one_action(troupe, *others)
        await stage.pass_time(300)
        assert await one_action(troupe, *others)
        session = await troupe.session()
        assert session is not None
        assert session.step == "reveal"


async def test_a_question_of_yours_is_answered(begun: Begun) -> None:
    """The presenter has an answer to what nobody wrote one for, and the author of a vignette too."""
    async with begun(load_scenario("vignette")) as troupe:
        stage, you = troupe.stage, troupe.stage["You"]
        others = [person.name for person in troupe.scenario.people if person.name != "You"]
        for _ in range(2):
            while await one_action(troupe, *others):
                pass
            due = await troupe.next_due()
            assert due is not None
            await stage.pass_time(due - troupe.now + POSTS_ARE_OUT)
        await you.press("v-ask", on=stage.newest_with(stage.channel, "v-ask"))
        await you.fill(text="Is there a spoon?")
        assert await one_action(troupe, *others)
        due = await troupe.next_due()
        assert due is not None
        await stage.pass_time(due - troupe.now + POSTS_ARE_OUT)
        script = troupe.scenario.vignette
        assert script is not None
        text = shown(stage)
        assert text.count("Is there a spoon?") == 1
        assert script.otherwise[0] in text


async def test_a_pause_does_not_last_for_ever(begun: Begun) -> None:
    """Nobody goes on during it, and after a while a facilitator who acts by script lets it be over."""
    async with begun(load_scenario("taken-back")) as troupe:
        lea, stage = troupe.stage["Lea"], troupe.stage
        others = [person.name for person in troupe.scenario.people if person.name != "Lea"]
        await lea.press("mine", on=troupe.board("mine"))
        await lea.press("brake", "on")
        await stage.pass_time(90)
        assert not await one_action(troupe, *others)
        await stage.pass_time(60)
        assert await one_action(troupe, *others)
        session = await troupe.session()
        assert session is not None
        assert session.paused_at is None


@pytest.mark.parametrize("name", scenario_names())
def test_each_says_what_happens_in_two_sentences(name: str) -> None:
    """A title, who sits at the page, and two sentences: what happens, and what to try."""
    scenario = load_scenario(name)
    assert scenario.id == name
    assert scenario.title
    assert scenario.person(scenario.you)
    assert scenario.about.count(". ") == 1
    assert scenario.about.endswith(".")


def test_somebody_who_is_not_there(tmp_path: Path) -> None:
    """A name that nobody in the scenario has is told at once."""
    data = load_scenario("vignette").model_dump()
    data["vignette"]["thoughts"][0]["by"] = "Zoe"
    with pytest.raises(ValueError, match="Zoe"):
        Scenario.model_validate(data)
