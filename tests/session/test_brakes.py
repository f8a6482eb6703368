"""Every brake, asserted from what everyone else could see and from every request they could notice."""

import sqlite3
from contextlib import closing
from typing import Any

from bot.formulation.acts import FinishWalk, Next, Observe, Rate, Suppose
from bot.rehearsal.stage import Stage, message_text
from bot.services.ground import SECONDS_A_DAY
from bot.ui.control import Control
from tests.conftest import OUTSIDER, StageOpener
from tests.services.evening import QUESTION, TITLE, StageEvening, evening_on
from tests.session.moves import go_on, handout_of, mine, options_of, panel, press_post
from tests.session.sight import before, board, named_in, noticeable, requests_so_far, seen_by
from tests.ui.raw import press

INSIDE = ("You", "Bea", "Cem", "Dag", "Eli")
RATERS = ("You", "Cem", "Dag", "Eli")
ACCOUNT = "A gardener waters the plants in my waiting room."
FITS = {
    "You": {"role-reversal": 4, "transference": 0, "avoiding-vulnerability": 2},
    "Cem": {"role-reversal": 0, "transference": 4, "avoiding-vulnerability": 2},
    "Dag": {"role-reversal": 4, "transference": 1, "avoiding-vulnerability": 3},
    "Eli": {"role-reversal": 0, "transference": 3, "avoiding-vulnerability": 2},
}


def idea_of(name: str) -> str:
    return f"An idea like the {RATERS.index(name) + 1}th of them."


def seen_for(name: str) -> str:
    return f"Something for it, the {RATERS.index(name) + 1}th of them."


def seen_against(name: str) -> str:
    return f"Something against it, the {RATERS.index(name) + 1}th of them."


def words_of_raters(*names: str) -> list[str]:
    return [words(name) for name in names for words in (idea_of, seen_for, seen_against)]


async def rated(evening: StageEvening, *names: str) -> None:
    """Each of ``names`` rates, and writes an idea and what speaks for and against one mechanism."""
    for name in names:
        highest = max(FITS[name], key=lambda each, fits=FITS[name]: fits[each])
        cards = [each.id for each in evening.stage.library.mechanisms]
        for act in (
            Suppose(idea_of(name)),
            *(Rate(card, FITS[name].get(card, 1)) for card in cards),
            Observe(highest, seen_for(name), seen_against(name)),
            FinishWalk(),
        ):
            await evening.desk().formulating.act(evening.token, act, evening.stage[name].id)
    await evening.settle()


async def on_to(evening: StageEvening, kind: str) -> None:
    """The facilitator goes on until a step of this kind begins."""
    while await evening.kind() != kind:
        await evening.act(Next(await evening.here()), evening.facilitator)
    await evening.stage.pass_time()


def sights(stage: Stage, *names: str) -> dict[str, str]:
    return {name: seen_by(stage[name]) for name in names}


async def pausing(stage: Stage) -> None:
    """A pause by the presenter says that one was asked for, and looks like one by the facilitator."""
    bea, you = stage["Bea"], await panel(stage)
    await you.press("pause", "on")
    await stage.pass_time()
    by_facilitator = board(stage)
    await you.press("pause", "off")
    await stage.pass_time()
    running = sights(stage, *INSIDE)

    so_far = requests_so_far(stage)
    await mine(bea)
    await bea.press("brake", "on")
    await stage.pass_time()
    assert board(stage) == by_facilitator
    assert "a short pause was asked for" in board(stage)
    sent = noticeable(stage, so_far)
    assert len(sent) == 1, "more than the board's one edit"
    assert named_in(sent[0], stage) == []
    held = await panel(stage)
    assert "a short pause was asked for" in before(held)
    assert not held.offers("next"), "the group can be moved while it is paused"

    await bea.press("brake", "off")
    await stage.pass_time()
    assert {name: _untimed(seen) for name, seen in running.items()} == {
        name: _untimed(seen) for name, seen in sights(stage, *INSIDE).items()
    }


def _untimed(seen: str) -> str:
    return "\n".join(line for line in seen.splitlines() if "<t:" not in line)


async def slowing_down(evening: StageEvening) -> None:
    """Whoever asks for a slower pace, on the board or in their own part: the same sentence, and no name."""
    stage, said = evening.stage, []
    for name in ("Dag", "Eli"):
        so_far = requests_so_far(stage)
        if name == "Eli":
            await mine(stage[name])
            await stage[name].press("slower")
        else:
            await stage[name].press("slower", on=stage.newest_with(stage.thread, "slower"))
        await stage.pass_time()
        sent = noticeable(stage, so_far)
        assert len(sent) == 1
        assert named_in(sent[0], stage) == []
        said.append([line for line in board(stage).splitlines() if "Slower, please." in line])
        await go_on(stage)
        assert "Slower, please." not in board(stage), "it outlives its step"
    assert said == [["Slower, please. Somebody asked for it."]] * 2


async def taking_a_line_back(stage: Stage) -> None:
    """An author's line goes from everyone's thread, and nothing else changes in it."""
    cem, others = stage["Cem"], ("You", "Bea", "Dag", "Eli")
    shown = sights(stage, *others)
    so_far = requests_so_far(stage)
    await mine(cem)
    await cem.press("own-words")
    assert [line for line in words_of_raters("Cem") if line not in before(cem)] == []
    assert [line for line in words_of_raters("You", "Dag", "Eli") if line in before(cem)] == []
    await cem.choose("take-back", "transference.for")
    assert seen_for("Cem") not in before(cem)
    await stage.pass_time()
    for name, seen in sights(stage, *others).items():
        assert seen == shown[name].replace(f"- {seen_for('Cem')}\n", "")
    sent = noticeable(stage, so_far)
    assert sent
    assert [name for each in sent for name in named_in(each, stage)] == []


async def setting_a_line_aside(stage: Stage) -> None:
    """A line that the presenter does not want looked at goes too, and they are not named."""
    bea, others = stage["Bea"], ("You", "Cem", "Dag", "Eli")
    shown = sights(stage, *others)
    await mine(bea)
    await bea.press("aside", "0")
    assert set(options_of(bea)) == set(words_of_raters(*RATERS)) - {seen_for("Cem")}
    so_far = requests_so_far(stage)
    await bea.choose("aside-line", options_of(bea)[idea_of("Dag")])
    await stage.pass_time()
    for name, seen in sights(stage, *others).items():
        assert seen == shown[name].replace(f"\n- {idea_of('Dag')}", "")
    assert [name for each in noticeable(stage, so_far) for name in named_in(each, stage)] == []


async def setting_a_topic_aside(evening: StageEvening) -> None:
    """The topic is left as if the facilitator had gone on: one new board, and no word of who or why."""
    stage, bea = evening.stage, evening.stage["Bea"]
    assert (await evening.session()).topics == ("role-reversal", "transference")
    assert "Now: **Role reversal**" in board(stage)
    so_far = requests_so_far(stage)
    await mine(bea)
    await bea.press("aside", "0")
    await bea.press("aside-topic")
    await stage.pass_time()
    assert "Now: **Transference**" in board(stage)
    sent = noticeable(stage, so_far)
    assert [each for each in sent if named_in(each, stage) or "aside" in each] == []
    assert [each.split('"')[1] for each in sent] == ["POST", "DELETE"]

    await go_on(stage)
    dag = stage["Dag"]
    await press_post(dag, "again")
    assert dag.rates("rate-again") == "transference"
    await dag.press("rate-again", "transference.2")
    assert "Thank you." in before(dag), "what was set aside is asked for again"


async def handed_out(stage: Stage) -> str:
    """The presenter's handout, after the facilitator has ended the session."""
    you = await panel(stage)
    await you.press("panel-more")
    await you.press("end")
    await you.press("end-now", "handout")
    await stage.pass_time()
    return (await handout_of(stage))["handout.md"].decode()


async def test_brakes_take_effect_without_a_name(stage: Stage) -> None:
    """Pause, slow down, a line taken back, a line and a topic set aside: what others see is never who."""
    evening = await evening_on(stage, members=("Cem", "Dag", "Eli"), mode="voice", account=ACCOUNT)
    await evening.to("telling")
    await pausing(stage)
    await slowing_down(evening)
    assert await evening.kind() == "ratings"
    await rated(evening, *RATERS)
    await on_to(evening, "reveal")
    await taking_a_line_back(stage)
    await setting_a_line_aside(stage)
    await on_to(evening, "talk")
    await setting_a_topic_aside(evening)
    paper = await handed_out(stage)
    gone = (seen_for("Cem"), idea_of("Dag"))
    for line in words_of_raters(*RATERS):
        assert (line in paper) is (line not in gone), line


async def test_a_case_taken_back_is_gone_from_every_post(stage: Stage) -> None:
    """Account, question and all that was seen in them go at once; the close is calm, and owes no reason."""
    bea, others = stage["Bea"], ("You", "Cem", "Dag", "Eli")
    evening = await evening_on(stage, members=("Cem", "Dag", "Eli"), mode="voice", account=ACCOUNT)
    await evening.to("facts")
    await press_post(stage["Dag"], "ask")
    await stage["Dag"].fill(question="Is it always the same plant?")
    await evening.to("ratings")
    await rated(evening, *RATERS)
    await on_to(evening, "talk")
    everything = [ACCOUNT, QUESTION, TITLE, "Is it always the same plant?", *words_of_raters(*RATERS)]
    for name in others:
        assert [text for text in everything if text not in seen_by(stage[name])] == []
    await mine(stage["Cem"])
    assert "leaving means taking it back" in await pressed_anyway(evening, "step-out")

    await mine(bea)
    assert not bea.offers("leave")
    await bea.press("stop")
    assert "You owe nobody a reason." in before(bea)
    assert ACCOUNT in seen_by(stage["Cem"]), "one press was enough"
    so_far = requests_so_far(stage)
    await bea.press("stop-now")
    assert "It is gone." in before(bea)
    await stage.pass_time(5)
    for name in (*others, OUTSIDER):
        assert [text for text in everything if text in seen_by(stage[name])] == []
    posts = [message for message in stage.posts() if not message.flags.ephemeral]
    assert [message_text(post).splitlines()[0] for post in posts] == ["## The case was taken back"]
    assert [post.attachments for post in posts] == [[]]
    sent = noticeable(stage, so_far)
    assert [each for each in sent if named_in(each, stage) or any(text in each for text in everything)] == []

    await stage["Cem"].press("own-words")
    assert [text for text in everything if text in before(stage["Cem"])] == []
    await stage["Cem"].member.send(stage.thread, "Take care, all of you.")
    await bea.command("formulate mine", where=stage.thread)
    assert "You took your case back." in before(bea)
    assert not bea.offers("handout")
    session = await evening.session()
    assert [text for text in everything if text in session.model_dump_json()] == []
    assert "nothing left for a handout" in await pressed_anyway(evening, "handout")
    await stage.pass_time(SECONDS_A_DAY)
    assert stage.channel.threads == []
    assert TITLE not in seen_by(stage[OUTSIDER])


async def pressed_anyway(evening: StageEvening, verb: str) -> str:
    """What the presenter is told who presses a button that their client still shows."""
    stage = evening.stage
    pressed = press(stage, evening.presenter, Control(evening.token, verb), stage.thread.id)
    await stage.env.settle()
    return pressed.text


async def recused(stage: Stage, way: str) -> list[str]:
    """An evening in which Cem, who has rated, steps out the one way or the other; all that others notice."""
    cem = stage["Cem"]
    evening = await evening_on(stage, members=("Cem", "Dag", "Eli", "Fay"), mode="voice", account=ACCOUNT)
    await evening.to("facts")
    await press_post(cem, "ask")
    await cem.fill(question="Since when?")
    await go_on(stage)
    await rated(evening, "Cem", "Dag")
    await stage.pass_time(30)

    so_far = requests_so_far(stage)
    await mine(cem)
    await cem.press("leave")
    await cem.press("step-out", way)
    assert "You are out" in before(cem)
    await stage.pass_time(5)
    assert noticeable(stage, so_far)[0].startswith('["DELETE", "/channels/'), "still in the thread"
    assert [each for each in noticeable(stage, so_far) if way in each or "step" in each] == []
    assert stage.posts(viewer=cem) == []

    await rated(evening, "You", "Eli")
    await on_to(evening, "reveal")
    seen = seen_by(stage["Fay"])
    assert [line for line in words_of_raters("Cem") if line in seen] == []
    assert [line for line in words_of_raters("You", "Dag", "Eli") if line not in seen] == []
    assert "Since when?" in seen, "what all have read goes with its author, and shows who it was"
    await on_to(evening, "handout")
    return noticeable(stage)


async def test_recusing_and_leaving_look_the_same(opened: StageOpener) -> None:
    """The same evening with either button: every request that others could notice is the same."""
    noticed: dict[str, list[str]] = {}
    for way in ("recuse", "go"):
        async with opened(f"data-{way}") as stage:
            noticed[way] = await recused(stage, way)
    assert len(noticed["go"]) > 30
    assert noticed["recuse"] == noticed["go"]


def all_that_is_stored(stage: Stage) -> dict[str, list[Any]]:
    """Every row of every table."""
    with closing(sqlite3.connect(stage.settings.data_dir / "sixfold.db")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        # The names come from the schema itself.
        return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}  # noqa: S608


async def test_letting_it_pass_before_coming_in_leaves_no_trace(stage: Stage) -> None:
    """Whoever reads the question and lets it pass: nothing is sent, nothing stored, nothing says so later."""
    evening = await evening_on(stage, members=("Cem",), mode="voice", account=ACCOUNT)
    ola = stage[OUTSIDER]
    await evening.colleague(ola.id)
    await stage.pass_time()
    so_far, kept = requests_so_far(stage), all_that_is_stored(stage)
    await ola.press("join", on=stage.newest_with(stage.channel, "join"))
    assert QUESTION in before(ola)
    assert f"<@{stage['Bea'].id}>" in before(ola)
    assert ACCOUNT not in before(ola)
    await ola.press("step-out")
    assert "It passes. Nobody is told." in before(ola)
    await stage.pass_time(60)
    assert noticeable(stage, so_far) == []
    assert all_that_is_stored(stage) == kept
