"""The two ends of what a group may give: four people of whom two rate, and a call in which nobody types."""

import re
from pathlib import Path

from bot.rehearsal.play import take_home
from bot.rehearsal.scenario import load_scenario
from bot.rehearsal.stage import Actor, Stage
from tests.conftest import StageOpener, gathered, session_of, until
from tests.services.evening import evening_on
from tests.session.moves import go_on, handout_of, mine, press_post
from tests.session.sight import board, named_in, seen_by
from tests.ui.raw import FORM_CALLBACK

FIGURES = re.compile(r"median|\.png|\d\s*(?:of|/)\s*4|: \d( \d)+|: [0-4]\b")


async def test_two_who_rate_have_no_figures(opened: StageOpener, tmp_path: Path) -> None:
    """No dot, median or picture anywhere, nor a hint of one in words: what was seen is gone round instead."""
    scenario = load_scenario("four-people")
    async with opened(names=tuple(person.name for person in scenario.people)) as stage:
        troupe = await gathered(stage, scenario)
        await until(troupe, "reveal")
        seen = seen_by(stage["Mia"], stage.thread)
        shown = seen[seen.index("What we saw") :]
        assert "Go round instead" in shown
        for person in scenario.people:
            for line in (person.idea, person.speaks_for, person.speaks_against):
                assert line in shown
        assert named_in(shown, stage) == []
        await until(troupe, "talk")
        assert (await session_of(troupe)).topics == ()
        assert "One after the other: my strongest idea, and what speaks against it." in board(stage)
        lou = stage["Lou"]
        await mine(lou)
        assert not lou.offers("own-chart")
        await until(troupe, "handout")
        paper = {path.name: path for path in await take_home(troupe, tmp_path / "home")}
        assert set(paper) == {"handout.pdf", "handout.md"}
        everything = "\n".join(seen_by(actor) for actor in stage.actors.values())
        for text in (everything, paper["handout.md"].read_text()):
            assert FIGURES.findall(text) == []
        assert not any(message.attachments for message in stage.posts() if not message.flags.ephemeral)


async def tap_through(actor: Actor) -> None:
    """Rate all six without a word."""
    stage = actor.stage
    await press_post(actor, "walk")
    await actor.press("skip")
    fits = dict(zip((each.id for each in stage.library.mechanisms), (1, 2, 4, 0, 3, 2), strict=True))
    while mechanism := actor.rates():
        await actor.press("rate", f"{mechanism}.{(fits[mechanism] + actor.id) % 5}")
    await actor.press("finish")


async def test_a_call_in_which_nobody_types(stage: Stage) -> None:
    """No account, no question of fact, no evidence, no answer, no word: every step goes on all the same."""
    evening = await evening_on(stage, members=("Cem", "Dag", "Eli"), mode="voice", account="")
    met: list[str] = []
    while (kind := await evening.kind()) != "handout":
        met.append(kind)
        if kind == "ratings":
            for name in ("You", "Cem", "Dag", "Eli"):
                await tap_through(stage[name])
            await stage.pass_time()
            assert "All are done." in board(stage)
        if kind == "step":
            bea = stage["Bea"]
            await press_post(bea, "step")
            await bea.press("steps")
            await bea.press("outcome", "watch")
        await go_on(stage)
    assert met == [
        "arrive",
        "telling",
        "facts",
        "ratings",
        "reveal",
        "talk",
        "talk",
        "second-ratings",
        "answer",
        "step",
        "close",
    ]
    session = await evening.session()
    assert session.status == "closed"
    seen = seen_by(stage["Cem"])
    assert "Nobody left a word, and that is fine." in seen
    assert "The presenter answers" not in seen
    assert "What speaks for and against" not in seen
    assert [
        each
        for each in stage.env.http_requests
        if isinstance(each.json, dict) and each.json.get("type") == FORM_CALLBACK
    ] == []
    paper = (await handout_of(stage))["handout.md"].decode()
    assert "Leave it and watch." in paper
    assert not re.search(r"^#+ .*\n+(?=#|\Z)", paper, re.MULTILINE), "a heading over nothing"
