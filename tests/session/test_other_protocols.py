"""The three protocols that rate nothing, played to their end by people who press, write and talk."""

from bot.rehearsal.stage import Actor, Stage
from tests.services.evening import QUESTION, StageEvening, evening_on
from tests.session.moves import go_on, handout_of, mine, options_of, press_post
from tests.session.sight import before, board, named_in, seen_by

MEMBERS = ("Cem", "Dag", "Eli")
ACCOUNT = "Somebody keeps leaving something behind."
ANSWER = "The empty chair stays with me."
RATING = (":walk:", ":again:", ":rate:", ":own:", "chart.png", "Rate the six")


async def to(evening: StageEvening, step: str) -> None:
    """The facilitator goes on until a step begins."""
    while (await evening.session()).step != step:
        await go_on(evening.stage)


async def add(actor: Actor, text: str) -> None:
    """Give one line to the present step."""
    await press_post(actor, "contribute")
    await actor.fill(text=text)
    await actor.stage.pass_time()


async def answer_and_close(evening: StageEvening, *members: str) -> str:
    """The presenter answers, everyone leaves a word, and the presenter gets their paper."""
    stage, bea = evening.stage, evening.stage["Bea"]
    await to(evening, "answer")
    await press_post(bea, "respond")
    assert bea.shown is not None
    form = bea.shown.modal
    assert form is not None
    assert [part["component"]["custom_id"] for part in form["components"]] == ["text"], "it asks what fits"
    await bea.fill(text=ANSWER)
    await to(evening, "close")
    for name in ("You", "Bea", *members):
        await press_post(stage[name], "goodbye")
        await stage[name].fill(word=f"word{name.lower()}", looked_after="1")
    await go_on(stage)
    session = await evening.session()
    assert session.status == "closed"
    files = await handout_of(stage)
    assert set(files) == {"handout.pdf", "handout.md"}
    for actor in stage.actors.values():
        assert [text for text in RATING if text in seen_by(actor)] == []
    paper = files["handout.md"].decode()
    assert ANSWER in paper
    assert "None of the six" not in paper
    assert ANSWER in seen_by(stage["Eli"])
    assert named_in(paper, stage) == []
    return paper


async def test_a_balint_group_imagines_and_nothing_is_solved(stage: Stage) -> None:
    """Told, asked, imagined in talk, answered: nothing is rated, and no step is decided."""
    evening = await evening_on(stage, members=MEMBERS, mode="voice", protocol="balint", account="")
    bea, dag = stage["Bea"], stage["Dag"]
    await to(evening, "telling")
    assert "Only the presenter's microphone is on" in board(stage)
    await to(evening, "facts")
    await press_post(dag, "ask")
    await dag.fill(question="How old is the chair?")
    await stage.pass_time()
    fact = stage.newest_with(stage.thread, "reply")
    await bea.press("reply", on=fact)
    await bea.fill(answer="I don't know.")
    await to(evening, "talk")
    assert "Imagine the client and the clinician" in board(stage)
    await dag.member.send(stage.thread, "The client may be waiting for a word.")
    await mine(bea)
    assert "Microphone off, camera as you like." in before(bea)
    await mine(dag)
    assert "step" not in [
        each.id for each in evening.desk().formulating.script_of(await evening.session()).steps
    ]
    paper = await answer_and_close(evening, *MEMBERS)
    assert QUESTION in paper


async def test_a_consultation_collects_ideas_in_the_way_the_presenter_chose(stage: Stage) -> None:
    """The question put anew, a way of working chosen, ideas added one at a time without a name."""
    protocol = "kollegiale-beratung"
    evening = await evening_on(stage, members=MEMBERS, mode="text", protocol=protocol, account=ACCOUNT)
    bea, cem, dag, eli = (stage[name] for name in ("Bea", "Cem", "Dag", "Eli"))
    await to(evening, "restate")
    await press_post(bea, "restate")
    await bea.fill(question="How can I ask for it back?")
    await stage.pass_time()
    assert "How can I ask for it back?" in seen_by(eli)
    await to(evening, "choose")
    await press_post(cem, "ways")
    assert "presenter and the facilitator" in before(cem)
    await press_post(bea, "ways")
    await bea.choose("way", options_of(bea)["Headstand brainstorm"])
    assert "Chosen: **Headstand brainstorm**" in before(bea)
    await to(evening, "ideas")
    assert "how could it be made worse?" in board(stage)
    await press_post(cem, "contribute")
    assert cem.shown is not None
    assert cem.shown.modal is not None
    assert cem.shown.modal["components"][0]["label"] == "To make it worse, one could …"
    await cem.fill(text="Post it back without a word.")
    await stage.pass_time()
    await add(cem, "Keep it for ever.")
    await add(dag, "Wear it to the session.")
    await add(eli, "Say nothing about it.")
    for actor in (bea, dag, stage["You"]):
        seen = seen_by(actor)
        assert "## Headstand brainstorm" in seen
        assert "Keep it for ever." in seen
        assert named_in(seen[seen.index("## Headstand brainstorm") :], stage) == []

    await mine(dag)
    await dag.press("own-words")
    await dag.choose("take-back", options_of(dag)["Wear it to the session."])
    await mine(bea)
    await bea.press("aside", "0")
    await bea.choose("aside-line", options_of(bea)["Say nothing about it."])
    await stage.pass_time()
    gone = ("Wear it to the session.", "Say nothing about it.")
    assert [line for actor in (bea, cem, dag, eli) for line in gone if line in seen_by(actor)] == []

    await to(evening, "step")
    await press_post(bea, "step")
    await bea.press("steps")
    await bea.press("decide", "")
    await bea.fill(cue="something is left behind", action="name it at the door")
    paper = await answer_again(evening)
    assert [line for line in gone if line in paper] == []
    for line in ("Post it back without a word.", "Keep it for ever.", "How can I ask for it back?"):
        assert line in paper
    assert "If something is left behind, then I name it at the door." in paper


async def answer_again(evening: StageEvening) -> str:
    """From the step, where an answer can still be given, to the end."""
    stage, bea = evening.stage, evening.stage["Bea"]
    await mine(bea)
    await bea.press("respond")
    await bea.fill(text=ANSWER)
    await to(evening, "handout")
    return (await handout_of(stage))["handout.md"].decode()


async def test_positions_are_written_before_anyone_hears_the_others(stage: Stage) -> None:
    """Each writes one, nobody sees any until the step is over, then all show at once without names."""
    evening = await evening_on(
        stage, members=MEMBERS, mode="voice", protocol="incident-method", account=ACCOUNT
    )
    positions = {
        "You": "I would have waited.",
        "Cem": "I would have asked at once.",
        "Dag": "I would have rung a colleague.",
        "Eli": "I would have left it on the chair.",
    }
    await to(evening, "positions")
    for name, text in positions.items():
        await add(stage[name], text)
        assert "All lines show together when this step is over" in before(stage[name])
    for actor in stage.actors.values():
        assert [text for text in positions.values() if text in seen_by(actor)] == []
    await add(stage["Eli"], "And a second thought.")
    assert "You have added your line here." in before(stage["Eli"])
    await mine(stage["Eli"])
    await stage["Eli"].press("own-words")
    assert [text for text in positions.values() if text in before(stage["Eli"])] == [positions["Eli"]]
    await mine(stage["Cem"])
    await stage["Cem"].press("leave")
    await stage["Cem"].press("step-out", "go")
    await stage.restart()
    await mine(stage["Bea"])
    await stage["Bea"].press("aside", "0")
    assert [text for text in positions.values() if text in before(stage["Bea"])] == []

    await go_on(stage)
    left = [text for name, text in positions.items() if name != "Cem"]
    seen = seen_by(stage["Bea"])
    assert [text for text in left if text not in seen] == []
    assert positions["Cem"] not in seen, "what nobody had read yet goes with its author"
    assert "And a second thought." not in seen
    posted = seen[seen.index("## My own position") :]
    assert named_in(posted, stage) == []
    await to(evening, "advice")
    assert "Advice for a moment like this" in board(stage)
    await stage["Dag"].member.send(stage.thread, "Ring somebody first.")
    await stage.pass_time()
    paper = await answer_and_close(evening, "Dag", "Eli")
    assert [text for text in left if text not in paper] == []
    assert positions["Cem"] not in paper
