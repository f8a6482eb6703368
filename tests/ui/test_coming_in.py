"""The way to a session: which way of working, who presents what, and coming in or letting it pass."""

from bot.content.protocols import Protocol
from bot.rehearsal.stage import Stage, message_text
from bot.ui.parts import shortened
from tests.conftest import OUTSIDER
from tests.services.evening import QUESTION, TITLE, StageEvening, session_in


async def offered(stage: Stage, typed: str) -> list[str]:
    choices = await stage["Bea"].member.autocomplete(stage.channel, "formulate start", "protocol", typed)
    assert all(len(each["name"]) <= 100 for each in choices)
    return [each["value"] for each in choices]


FOUND = {
    "practical question": "kollegiale-beratung",
    "QUESTION practical": "kollegiale-beratung",
    "complaint": "incident-method",
    "stays in your mind": "balint",
    "look after the therapist": "six-mechanisms",
    "Balint": "balint",
}


async def test_a_way_of_working_is_found_by_its_use(stage: Stage) -> None:
    """Whatever it is needed for, in any order and any capitals; and its title finds it too."""
    for typed, found in FOUND.items():
        assert await offered(stage, typed) == [found], typed


async def test_every_way_of_working_is_offered(stage: Stage, evening: StageEvening) -> None:
    """Nothing typed: all of them, each with what it is good for. What was chosen opens its own form."""
    protocols: dict[str, Protocol] = {each.id: each for each in stage.library.protocols}
    assert await offered(stage, "") == list(protocols)
    assert await offered(stage, "xylophone") == []
    bea, say = stage["Bea"], stage.library.texts
    choices = await bea.member.autocomplete(stage.channel, "formulate start", "protocol", "balint")
    told = protocols["balint"]
    assert [each["name"] for each in choices] == [shortened(f"{told.title}: {told.good_for}", 100)]
    for protocol in protocols.values():
        await bea.command("formulate start", protocol=protocol.id)
        assert bea.shown is not None
        parts = [part["component"] for part in (bea.shown.modal or {})["components"]]
        times = next(each for each in parts if each["custom_id"] == "time")
        values = [each["value"] for each in times["options"]]
        assert ("slow.0" in values) is protocol.can_be_slow
        assert {each.partition(".")[2] for each in values} - {"0"} == {str(each) for each in protocol.lengths}
    await bea.command("formulate start", protocol="not-there")
    assert bea.text == say("protocol-unknown")
    await bea.command("formulate start", protocol="balint")
    await bea.fill(title="A title", question="Why?", account="", time="voice.45", facilitator=[])
    assert bea.text == say("start-done", mode="voice")


async def test_the_question_is_seen_before_anyone_comes_in(stage: Stage, evening: StageEvening) -> None:
    """The invitation has the title alone; whoever presses sees who presents what, and decides."""
    say, fay, ola = stage.library.texts, stage["Fay"], stage[OUTSIDER]
    invitation = stage.newest_with(stage.channel, "join")
    assert invitation is not None
    assert TITLE in message_text(invitation)
    assert QUESTION not in message_text(invitation)
    for actor in (fay, ola):
        await evening.colleague(actor.id)
        await actor.press("join", on=invitation)
        assert say("before-head", presenter=f"<@{evening.presenter}>") in actor.text
        assert QUESTION in actor.text
    before = await evening.session()
    await ola.press("step-out")
    assert ola.text == say("passed-done")
    assert await evening.session() == before
    await fay.press("enter")
    assert say("joined", thread=f"<#{stage.thread.id}>") in fay.text
    assert (await evening.session()).person(fay.id) is not None
    # Pressed once more by somebody who is in, the invitation shows the way to the thread.
    await fay.press("join", on=invitation)
    assert say("joined", thread=f"<#{stage.thread.id}>") in fay.text


async def test_stepping_out_asks_first_and_says_no_reason(stage: Stage, evening: StageEvening) -> None:
    """Either button does the same and shows the same; the invitation lets them in again."""
    say = stage.library.texts
    told: list[str] = []
    for name, why in (("Cem", "recuse"), ("Dag", "go")):
        actor = stage[name]
        await actor.press("mine", on=stage.newest_with(stage.thread, "mine"))
        await actor.press("leave")
        assert say("leave-question") in actor.text
        await actor.press("step-out", why)
        told.append(actor.text)
        assert (await evening.session()).person(actor.id) is None
        await stage.pass_time()
        await actor.command("formulate mine")
        assert actor.text == say("no-session-here")
    assert told == [say("left-done")] * 2
    away = [person for person in (await evening.session()).people if person.away]
    assert len({person.model_dump_json(exclude={"key", "user"}) for person in away}) == 1
    cem = stage["Cem"]
    await cem.press("join", on=stage.newest_with(stage.channel, "join"))
    await cem.press("enter")
    assert (await evening.session()).person(cem.id) is not None
    await stage["Bea"].press("mine", on=stage.newest_with(stage.thread, "mine"))
    assert not stage["Bea"].offers("leave")


async def test_my_part_shows_what_is_still_open(stage: Stage, evening: StageEvening) -> None:
    """In slow mode too, where some steps end early only when people say that they are done."""
    slow = await session_in(
        stage,
        evening.group,
        evening.presenter,
        evening.facilitator,
        evening.members,
        mode="slow",
        token="c" * 16,
    )
    await slow.to("facts")
    say, cem = stage.library.texts, stage["Cem"]
    await cem.press("mine", on=stage.newest_with(stage.thread, "mine"))
    assert cem.offers("done-here")
    await cem.press("done-here")
    assert cem.text == say("done-here")
    await cem.press("mine", on=stage.newest_with(stage.thread, "mine"))
    assert not cem.offers("done-here")
    for name in ("Bea", "You", "Dag"):
        actor = stage[name]
        await actor.press("mine", on=stage.newest_with(stage.thread, "mine"))
        await actor.press("done-here")
    await stage["Eli"].press("done-here", on=stage.newest_with(stage.thread, "done-here"))
    assert stage["Eli"].text == say("done-here-all")
    assert (await slow.session()).step == "ratings"
