"""One evening of six people in a call, asserted from what each of them could see."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.rehearsal.play import take_home
from bot.rehearsal.scenario import Scenario
from bot.rehearsal.stage import Stage
from bot.rehearsal.troupe import Troupe
from tests.conftest import OUTSIDER, StageOpener, gathered, session_of, until
from tests.session.sight import before, board, named_in, seen_by

END = re.compile(r"end\s<t:(\d+):t>")
STEPS = (
    "arrive",
    "telling",
    "facts",
    "ratings",
    "reveal",
    "talk",
    "second-ratings",
    "answer",
    "step",
    "close",
    "handout",
)

Look = Callable[[Troupe], Awaitable[None]]


def private_lines(scenario: Scenario) -> list[str]:
    """What the raters write alone, and the group reads without names."""
    return [
        line
        for person in scenario.people
        for line in (person.idea, person.speaks_for, person.speaks_against)
        if line
    ]


def pictures(stage: Stage) -> list[str]:
    return [each.filename for message in stage.posts() for each in message.attachments]


async def invited(troupe: Troupe) -> None:
    """The channel sees a neutral title; the thread opens with the question, and nobody reads the account."""
    stage, case = troupe.stage, troupe.scenario.case
    invitation = seen_by(stage[OUTSIDER])
    assert case.title in invitation
    assert case.question not in invitation
    inside = seen_by(stage["Cem"])
    assert case.question in inside
    assert told(troupe) not in inside


async def told_to_those_inside(troupe: Troupe) -> None:
    """What went into the start form shows when its step begins, and an outsider can't open the thread."""
    assert told(troupe) in seen_by(troupe.stage["Cem"])
    assert troupe.stage.posts(viewer=troupe.stage[OUTSIDER]) == []
    assert told(troupe) not in seen_by(troupe.stage[OUTSIDER])


async def rating_alone(troupe: Troupe) -> None:
    """Three of five are done, and nothing of theirs shows to anyone."""
    async for _ in troupe.own_parts("Cem", "Dag", "Eli", "Bea"):
        await troupe.stage.pass_time()
    for name in troupe.stage.actors:
        seen = seen_by(troupe.stage[name])
        assert [line for line in private_lines(troupe.scenario) if line in seen] == []
    assert "Most are done." in board(troupe.stage)
    assert pictures(troupe.stage) == []


async def revealed(troupe: Troupe) -> None:
    """Everything that was written alone shows at once, without a name beside it."""
    stage, scenario = troupe.stage, troupe.scenario
    seen = seen_by(stage["Bea"], stage.thread)
    assert [line for line in private_lines(scenario) if line not in seen] == []
    assert pictures(stage) == ["chart.png"]
    assert named_in(seen[seen.index("What we saw") :], stage) == []
    assert scenario.presenter_part.note not in seen


async def talked(troupe: Troupe) -> None:
    """The widest split comes first; countertransference, though the presenter said yes, does not."""
    session = await session_of(troupe)
    assert session.topics == ("fear-of-abandonment", "countertransference")
    assert "Now: **Fear of abandonment**" in board(troupe.stage)


async def looking_again(troupe: Troupe) -> None:
    """Second ratings are as private as the first, until the step is over."""
    async for _ in troupe.own_parts("Cem", "Dag", "Eli", "Fay"):
        await troupe.stage.pass_time()
    assert pictures(troupe.stage) == ["chart.png"]
    assert "What moved, and what stayed" not in seen_by(troupe.stage["Cem"])


async def answering(troupe: Troupe) -> None:
    """What moved shows as before and after, and the presenter's time has come."""
    stage = troupe.stage
    assert pictures(stage) == ["chart.png", "before-and-after.png"]
    seen = seen_by(stage["Cem"], stage.thread)
    assert named_in(seen[seen.index("What moved, and what stayed") :].partition("Time for")[0], stage) == []
    assert f"Time for <@{stage['Bea'].id}> now." in board(stage)


async def closing(troupe: Troupe) -> None:
    """The group reads the answer; plan, strategy and notes stay with the presenter."""
    stage, scenario = troupe.stage, troupe.scenario
    theirs = (scenario.step.cue, scenario.step.action, scenario.presenter_part.note)
    for name in ("You", "Cem", "Dag", "Eli", "Fay"):
        seen = seen_by(stage[name])
        assert scenario.answer.text in seen
        assert [line for line in theirs if line in seen] == []
    await stage["Bea"].command("formulate mine", where=stage.thread)
    assert scenario.step.cue in before(stage["Bea"])
    assert scenario.presenter_part.note in before(stage["Bea"])


async def over(troupe: Troupe) -> None:
    """Words show in no order that tells who, the private item for all together; only one gets the handout."""
    stage = troupe.stage
    seen = seen_by(stage["Dag"])
    assert "curious · relieved · slowly · tea · thoughtful · warm" in seen
    assert "Most of us think we thought with them." in seen
    cem = stage["Cem"]
    await cem.press("handout", on=stage.newest_with(stage.thread, "handout"))
    assert cem.text == "This belongs to the presenter."


LOOKS: dict[str, Look] = {
    "arrive": invited,
    "telling": told_to_those_inside,
    "ratings": rating_alone,
    "reveal": revealed,
    "talk": talked,
    "second-ratings": looking_again,
    "close": closing,
    "handout": over,
}


def told(troupe: Troupe) -> str:
    """The beginning of the account."""
    return troupe.scenario.case.account.split(".")[0]


async def test_an_evening_in_a_call(stage: Stage, scenario: Scenario, tmp_path: Path) -> None:
    """From the invitation to the handout: everyone sees what is theirs, when its time has come."""
    troupe = await gathered(stage, scenario)
    ends: set[str] = set()
    for step in STEPS:
        await until(troupe, step)
        if step != "handout":
            ends |= set(END.findall(board(stage)))
        if step in LOOKS:
            await LOOKS[step](troupe)
        if step == "answer":
            async for _ in troupe.own_parts("Bea"):
                await stage.pass_time()
            await answering(troupe)
    assert len(ends) == 1, "the end was moved"
    written = {path.name: path for path in await take_home(troupe, tmp_path / "home")}
    assert set(written) == {"chart.png", "before-and-after.png", "handout.pdf", "handout.md"}
    paper = written["handout.md"].read_text()
    theirs = (
        scenario.presenter_part.note,
        "If she asks whether I am tired (Thursday 15:00), then I say what is true",
    )
    assert [line for line in (*private_lines(scenario), *theirs) if line not in paper] == []
    assert named_in(paper, stage) == []
    assert written["handout.pdf"].read_bytes().startswith(b"%PDF")


def smaller(scenario: Scenario) -> Scenario:
    """The same in writing, with four who rate: the fewest that have figures."""
    people = tuple(person for person in scenario.people if person.name != "Fay")
    return scenario.model_copy(update={"people": people, "mode": "text", "minutes": 45})


async def test_the_same_session_with_a_restart_after_every_action(
    opened: StageOpener, scenario: Scenario, tmp_path: Path
) -> None:
    """Restarted after every single action or never: the handout is the same, byte for byte."""
    homes: list[dict[str, bytes]] = []
    restarts = 0
    for folder in ("steady", "restarted"):
        async with opened(folder) as stage:

            async def beat(stage: Stage = stage, folder: str = folder) -> None:
                nonlocal restarts
                if folder == "restarted":
                    restarts += 1
                    await stage.restart()

            troupe = Troupe(stage, smaller(scenario), beat)
            await troupe.prepare()
            assert await troupe.bring_case()
            await troupe.gather()
            await until(troupe, "handout")
            paths = await take_home(troupe, tmp_path / f"home-{folder}")
            homes.append({path.name: path.read_bytes() for path in paths})
    assert restarts > 80
    assert set(homes[0]) == {"chart.png", "handout.pdf", "handout.md"}
    assert homes[0] == homes[1]
