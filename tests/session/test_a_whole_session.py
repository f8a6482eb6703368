"""One session of six people, asserted from what each of them could see."""

from pathlib import Path

from bot.rehearsal.play import take_home, through
from bot.rehearsal.scenario import Scenario
from bot.rehearsal.stage import Stage, message_text
from bot.rehearsal.troupe import Troupe
from tests.conftest import OUTSIDER, StageOpener, until


def thread_text(stage: Stage, viewer: str) -> str:
    return "\n".join(message_text(message) for message in stage.posts(viewer=stage[viewer]))


def private_lines(scenario: Scenario) -> list[str]:
    return [
        line
        for person in scenario.people
        for line in (person.idea, person.speaks_for, person.speaks_against)
        if line
    ]


async def test_the_invitation_shows_the_title_and_nothing_of_the_case(troupe: Troupe) -> None:
    """The channel sees a neutral title; question and account stay out of it."""
    stage, case = troupe.stage, troupe.scenario.case
    seen = "\n".join(message_text(each) for each in stage.posts(stage.channel, stage[OUTSIDER]))
    assert case.title in seen
    assert case.question not in seen
    assert case.account[:40] not in seen


async def test_nobody_reads_the_account_before_the_telling(troupe: Troupe) -> None:
    """What was typed into the start form is in nobody's thread until the step for it begins."""
    opening = troupe.scenario.case.account.split(".")[0]
    assert opening not in thread_text(troupe.stage, "Cem")
    await until(troupe, "telling")
    assert opening in thread_text(troupe.stage, "Cem")


async def test_an_outsider_sees_nothing_of_the_thread(troupe: Troupe) -> None:
    """Someone who did not join can't open the thread."""
    await until(troupe, "telling")
    assert troupe.stage.posts(viewer=troupe.stage[OUTSIDER]) == []


async def test_ratings_stay_private_until_the_reveal(troupe: Troupe) -> None:
    """No idea, observation or fit of anyone shows before everyone sees all of them."""
    stage, scenario = troupe.stage, troupe.scenario
    await until(troupe, "ratings")
    async for _ in troupe.actions("Cem", "Dag", "Eli"):
        await stage.pass_time()
    seen = thread_text(stage, "Fay")
    assert "Most are done." in seen
    for line in private_lines(scenario):
        assert line not in seen
    assert not any(message.attachments for message in stage.posts())


async def test_the_reveal_shows_everything_at_once_and_nobody_s_name(troupe: Troupe) -> None:
    """Observations, ideas and the chart appear together; no name, no id, no mention beside them."""
    stage, scenario = troupe.stage, troupe.scenario
    await until(troupe, "reveal")
    seen = thread_text(stage, "Bea")
    for line in private_lines(scenario):
        assert line in seen
    pictures = [each for message in stage.posts() for each in message.attachments]
    assert [each.filename for each in pictures] == ["chart.png"]
    revealed = seen[seen.index("What we saw") :]
    for name, actor in stage.actors.items():
        assert str(actor.id) not in revealed
        assert name == "You" or name not in revealed


async def test_the_presenter_s_plan_is_theirs_alone(troupe: Troupe) -> None:
    """The group reads the answer; the plan and the strategy behind it stay with the presenter."""
    stage, step = troupe.stage, troupe.scenario.step
    await until(troupe, "close")
    everyone_sees = thread_text(stage, "Cem")
    assert troupe.scenario.answer.text in everyone_sees
    assert step.cue not in everyone_sees
    assert step.action not in everyone_sees
    await stage["Bea"].command("formulate mine", where=stage.thread)
    assert step.cue in stage["Bea"].text


async def test_the_group_is_asked_whether_it_looked_after_the_presenter(troupe: Troupe) -> None:
    """The private item shows for all together only; the words show, in no order that tells who."""
    await until(troupe, "handout")
    seen = thread_text(troupe.stage, "Dag")
    assert "curious · relieved · slowly · tea · thoughtful · warm" in seen
    assert "Most of us think we thought with them." in seen


async def test_the_handout_names_nobody(troupe: Troupe, tmp_path: Path) -> None:
    """Chart, PDF and Markdown come to the presenter, without a name or an id in them."""
    await until(troupe, "handout")
    written = {path.name: path for path in await take_home(troupe, tmp_path / "home")}
    assert set(written) == {"chart.png", "handout.pdf", "handout.md"}
    text = written["handout.md"].read_text()
    for line in private_lines(troupe.scenario):
        assert line in text
    for name, actor in troupe.stage.actors.items():
        assert name == "You" or name not in text
        assert str(actor.id) not in text
    assert "If she asks whether I am tired, then I say what is true" in text
    assert written["handout.pdf"].read_bytes().startswith(b"%PDF")


async def test_only_the_presenter_gets_the_handout(troupe: Troupe) -> None:
    """Anybody else who presses the button is told whose it is."""
    await until(troupe, "handout")
    cem = troupe.stage["Cem"]
    await cem.press("handout", on=troupe.stage.newest_with(troupe.stage.thread, "handout"))
    assert cem.text == "This belongs to the presenter."


async def test_the_same_session_with_a_restart_after_every_action(
    opened: StageOpener, scenario: Scenario, tmp_path: Path
) -> None:
    """Restarted after every single action or never: the handout is the same, byte for byte."""
    names = [person.name for person in scenario.people]
    homes: list[dict[str, bytes]] = []
    for folder in ("steady", "restarted"):
        async with opened(folder) as stage:
            restarts = 0

            async def beat(stage: Stage = stage, folder: str = folder) -> None:
                nonlocal restarts
                if folder == "restarted":
                    restarts += 1
                    await stage.restart()

            troupe = Troupe(stage, scenario, beat)
            await troupe.prepare()
            assert await troupe.bring_case()
            await troupe.gather()
            await through(troupe, names)
            written = await take_home(troupe, tmp_path / f"home-{folder}")
            homes.append({path.name: path.read_bytes() for path in written})
    assert restarts > 80
    assert homes[0] == homes[1]
