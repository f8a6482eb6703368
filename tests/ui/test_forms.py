"""What is typed: looked through before anyone sees it, given back whole, and its author's alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle

import pytest

from bot.formulation.acts import Ask, End, Join, Next
from bot.rehearsal.stage import Stage
from bot.services.drafts import DRAFT_DAYS
from bot.services.formulating import PROTOCOL
from bot.services.ground import SECONDS_A_DAY
from bot.ui.control import Control
from bot.ui.forms import NONE_OF_THESE, SOMETHING_ELSE
from tests.conftest import OUTSIDER
from tests.services.evening import StageEvening, session_in
from tests.ui.raw import Asked, opening, press, send

IDENTIFYING = {
    "email": "Write to h.ron@example.org",
    "phone": "Call 020 7946 0958",
    "link": "See https://example.org/a",
    "mention": "Ask <@123456789012345678>",
    "file": "It is in letter.pdf",
}
HARMLESS = "The heron came back."


@dataclass(frozen=True)
class Occasion:
    """When a form can be sent and by whom: the kind of its step, the person, and what else stands in it."""

    step: str
    role: str
    argument: str = ""
    others: Mapping[str, str | Sequence[str]] = field(default_factory=dict[str, str | Sequence[str]])
    protocol: str = PROTOCOL


# One for each form that has a field with text for others. A verb that is not here fails.
OCCASIONS = {
    "start": Occasion(
        "arrive", "presenter", others={"title": "A title", "question": "Why?", "time": "text.60"}
    ),
    "tell": Occasion("arrive", "presenter"),
    "ask": Occasion("facts", "member"),
    "reply": Occasion("facts", "presenter", "0a0a0a0a"),
    "suppose": Occasion("ratings", "member"),
    "observe": Occasion("ratings", "member", "role-reversal"),
    "respond": Occasion("answer", "presenter"),
    "decide": Occasion("step", "presenter", others={"cue": "she asks", "action": "wait"}),
    "ask-client": Occasion("step", "presenter"),
    "note": Occasion("step", "presenter"),
    "goodbye": Occasion("close", "member"),
    "restate": Occasion("restate", "presenter", protocol="kollegiale-beratung"),
    "contribute": Occasion("gather", "member", protocol="kollegiale-beratung"),
}


ELSEWHERE = {"reader", "author", "carer", "peer", "case-presenter", "committed", "reminder-holder"}
"""Theirs are in tests/vignette_flow, tests/case_flow, tests/commitment_flow and tests/remind_flow."""


def person(evening: StageEvening, role: str) -> int:
    return evening.presenter if role == "presenter" else evening.members[0]


async def submit(
    stage: Stage, user: int, custom_id: str | Control, fields: Mapping[str, str | Sequence[str]]
) -> Asked:
    asked = send(stage, user, custom_id, fields, stage.thread.id)
    await stage.env.settle()
    return asked


async def pressed(stage: Stage, user: int, custom_id: str | Control) -> Asked:
    asked = press(stage, user, custom_id, stage.thread.id)
    await stage.env.settle()
    return asked


async def drafts_of(stage: Stage, evening: StageEvening, user: int) -> list[str]:
    return await stage.bot.desk.drafts.of(user, evening.group.token)


async def test_every_text_that_others_will_read_is_looked_through(
    stage: Stage, evening: StageEvening
) -> None:
    """Each checked field of each form: refused with its reason, given back, changed, and then taken."""
    verbs = stage.bot.desk.router.verbs
    elsewhere = {*LOOKED_THROUGH_EACH_ROUND, *IN_A_TEMPLATE}
    checked = {
        name: verb
        for name, verb in verbs.items()
        if verb.checked and verb.who not in ELSEWHERE and name not in elsewhere
    }
    assert set(checked) == set(OCCASIONS)
    say = stage.library.texts
    people = (evening.presenter, evening.facilitator, evening.members)
    other = await session_in(stage, evening.group, *people, protocol="kollegiale-beratung", token="c" * 16)
    texts = cycle(IDENTIFYING.values())
    evenings = {PROTOCOL: evening, "kollegiale-beratung": other}
    for name, occasion in OCCASIONS.items():
        evening = evenings[occasion.protocol]
        await evening.to(occasion.step)
        if name == "reply":
            await evening.act(Ask("0a0a0a0a", "How long?"), evening.members[0])
        user = person(evening, occasion.role)
        token = "b" * 16 if name == "start" else evening.token
        for place in checked[name].checked:
            before, text = await evening.session(), next(texts)
            control = Control(token, name, occasion.argument)
            asked = await submit(stage, user, control.opened(opening()), {**occasion.others, place: text})
            assert say("text-refused") in asked.text, (name, place, text)
            assert text in asked.text, (name, place, text)
            assert await evening.session() == before, (name, place)
            again = await pressed(stage, user, asked.control("edit"))
            assert again.filled[place] == text, (name, place)
            taken = await submit(stage, user, again.form["custom_id"], {**occasion.others, place: HARMLESS})
            assert say("given-back") not in taken.text, (name, place, taken.text)
            assert await drafts_of(stage, evening, user) == [], (name, place)
        if name != "start":
            assert HARMLESS in (await evening.session()).model_dump_json(), name


NEVER_POSTED = {"retention", "entries", "entry"}
IN_A_TEMPLATE = {"template", "t-head", "t-field", "t-page"}
"""Of a group's own form: see tests/templates."""
READ_AS_TIMES = {"r-new", "r-channel"}
"""When a reminder comes: days and hours, and what is none of them is refused."""
LOOKED_THROUGH_EACH_ROUND = {"vignette", "w-edit", "w-own", "w-questions", "c-page"}
"""A vignette or a case under way, which its own review looks through; what one says changed is not kept."""


async def test_every_text_field_is_among_those_looked_through(stage: Stage, evening: StageEvening) -> None:
    """Whoever adds a field to a form also has it checked, unless nobody else will ever read it."""
    for name, verb in stage.bot.desk.router.verbs.items():
        if (
            verb.form is not None
            and verb.who not in ELSEWHERE
            and name not in {*LOOKED_THROUGH_EACH_ROUND, *IN_A_TEMPLATE, *READ_AS_TIMES}
        ):
            control = Control(evening.token, name, "role-reversal" if name == "observe" else "")
            who = evening.presenter if verb.who == "presenter" else evening.facilitator
            form = await pressed(stage, who, control)
            assert set(form.filled) - NEVER_POSTED == set(verb.checked), name


async def test_the_reason_names_each_kind_once(stage: Stage, evening: StageEvening) -> None:
    """A text with everything in it is told everything at once."""
    account = ". ".join(IDENTIFYING.values())
    asked = await submit(stage, evening.presenter, Control(evening.token, "tell"), {"account": account})
    why = asked.text.split(stage.library.texts("given-back"))[0]
    assert len([line for line in why.splitlines() if line.startswith("- ")]) == len(IDENTIFYING)


async def test_a_draft_is_its_author_s(stage: Stage, evening: StageEvening) -> None:
    """Nobody else opens it, throws it away or sees that it is there, whoever they are."""
    asked = await submit(
        stage, evening.presenter, Control(evening.token, "tell"), {"account": IDENTIFYING["email"]}
    )
    token = asked.control("edit").split(":")[1]
    for name in ("You", "Cem", OUTSIDER):
        user = stage[name].id
        for verb in ("edit", "discard", "discard-now"):
            other = await pressed(stage, user, Control(token, verb))
            assert other.text == stage.library.texts("draft-gone")
            assert other.result.modal is None
        await stage[name].command("formulate mine")
        assert not stage[name].offers("edit")
    assert await drafts_of(stage, evening, evening.presenter)


async def test_somebody_else_s_draft_is_not_written_over(stage: Stage, evening: StageEvening) -> None:
    """A form whose name was made by hand, with the draft of another in it, makes a draft of its own."""
    asked = await submit(
        stage, evening.presenter, Control(evening.token, "tell"), {"account": IDENTIFYING["email"]}
    )
    token = asked.control("edit").split(":")[1]
    await evening.to("facts")
    forged = Control(evening.token, "ask", draft=token).opened(opening())
    other = await submit(stage, evening.members[0], forged, {"question": IDENTIFYING["phone"]})
    assert other.control("edit").split(":")[1] != token
    sent = await submit(stage, evening.members[0], forged, {"question": HARMLESS})
    assert sent.callbacks == 1
    await evening.act(End(), evening.facilitator)
    again = await pressed(stage, evening.presenter, asked.control("edit"))
    assert again.filled == {"account": IDENTIFYING["email"]}


async def test_a_draft_can_be_thrown_away(stage: Stage, evening: StageEvening) -> None:
    """Not without a question first; then its button says that it is gone, and nothing of it is kept."""
    asked = await submit(
        stage, evening.presenter, Control(evening.token, "tell"), {"account": IDENTIFYING["email"]}
    )
    say = stage.library.texts
    sure = await pressed(stage, evening.presenter, asked.control("discard"))
    assert say("given-back-sure") in sure.text
    again = await pressed(stage, evening.presenter, sure.control("edit"))
    assert again.filled == {"account": IDENTIFYING["email"]}
    gone = await pressed(stage, evening.presenter, sure.control("discard-now"))
    assert gone.text == say("draft-discarded")
    for late in (asked.control("edit"), asked.control("discard"), sure.control("discard-now")):
        assert (await pressed(stage, evening.presenter, late)).text == say("draft-gone")
    assert await drafts_of(stage, evening, evening.presenter) == []


async def test_a_form_that_comes_too_late_comes_back(stage: Stage, evening: StageEvening) -> None:
    """The group has moved on, or the session is over: what was typed is kept, and *my part* offers it."""
    say = stage.library.texts
    cem = evening.members[0]
    await evening.to("facts")
    form = await pressed(stage, cem, Control(evening.token, "ask"))
    await evening.act(Next(await evening.here()), evening.facilitator)
    late = await submit(stage, cem, form.form["custom_id"], {"question": HARMLESS})
    assert say("step-moved-on") in late.text
    assert HARMLESS in late.text
    await evening.act(End(), evening.facilitator)
    await stage["Cem"].command("formulate mine")
    assert say("draft-waiting") in stage["Cem"].text
    again = await stage["Cem"].press("edit")
    assert again.modal is not None
    over = await submit(stage, cem, again.modal["custom_id"], {"question": HARMLESS})
    assert say("session-over") in over.text
    assert HARMLESS in over.text
    assert len(await drafts_of(stage, evening, cem)) >= 1


async def test_what_someone_may_not_send_comes_back_too(stage: Stage, evening: StageEvening) -> None:
    """Forgotten between opening and sending, or no member at all: the text is not lost with the refusal."""
    await evening.to("facts")
    fay = stage["Fay"].id
    await evening.colleague(fay)
    await evening.act(Join("00000000000000ff"), fay)
    form = await pressed(stage, fay, Control(evening.token, "ask"))
    await stage.bot.desk.privacy.forget(fay, stage.guild.id)
    asked = await submit(stage, fay, form.form["custom_id"], {"question": HARMLESS})
    assert stage.library.texts("only-rater") in asked.text
    assert HARMLESS in asked.text
    assert (await evening.session()).facts == ()


async def test_none_of_these_beside_one_that_fits(stage: Stage, evening: StageEvening) -> None:
    """The form comes back with every tick and every word of it, after a restart too; one of the two goes."""
    say = stage.library.texts
    bea = stage["Bea"]
    await evening.to("answer")
    before = await evening.session()
    ticked = [NONE_OF_THESE, "role-reversal", SOMETHING_ELSE]
    await bea.press("respond", on=stage.newest_with(stage.thread, "respond"))
    await bea.fill(fits=ticked, text=HARMLESS)
    assert say("none-and-some") in bea.text
    assert HARMLESS in bea.text
    assert await evening.session() == before
    await stage.restart()
    again = await bea.press("edit")
    assert again.modal is not None
    fits, words = (part["component"] for part in again.modal["components"])
    assert {each["value"] for each in fits["options"] if each.get("default")} == set(ticked)
    assert words["value"] == HARMLESS
    await bea.fill(fits=[NONE_OF_THESE, SOMETHING_ELSE], text=HARMLESS)
    answer = (await evening.session()).answer
    assert answer is not None
    assert (answer.fits, answer.something_else, answer.text) == ((), True, HARMLESS)
    assert await drafts_of(stage, evening, bea.id) == []


async def test_a_slow_start_without_an_account_comes_back(stage: Stage, evening: StageEvening) -> None:
    """Everything that was chosen and typed stands in the form again, and there is room for the account."""
    say, bea, cem = stage.library.texts, stage["Bea"], stage["Cem"]
    typed = {"title": "The early apology", "question": "What am I missing?", "time": "slow.0"}
    await bea.command("formulate start")
    await bea.fill(**typed, account="", facilitator=[cem.member.user])
    assert say("account-for-slow") in bea.text
    again = await bea.press("edit")
    assert again.modal is not None
    parts = {part["component"]["custom_id"]: part["component"] for part in again.modal["components"]}
    assert {name: parts[name]["value"] for name in ("title", "question")} == {
        name: typed[name] for name in ("title", "question")
    }
    assert [each["value"] for each in parts["time"]["options"] if each.get("default")] == ["slow.0"]
    assert [int(each["id"]) for each in parts["facilitator"]["default_values"]] == [cem.id]
    assert not parts["account"].get("value")
    await bea.fill(**typed, account=HARMLESS, facilitator=[cem.member.user])
    assert bea.text == say("start-done", mode="slow")
    async with stage.bot.desk.ground.reading() as store:
        (session,) = [each.session for each in await store.sessions.all() if each.session.mode == "slow"]
    assert (session.account, session.title) == (HARMLESS, typed["title"])
    assert session.holder("facilitator") == session.person(cem.id)
    assert await drafts_of(stage, evening, bea.id) == []


async def test_a_step_takes_so_many_lines(stage: Stage, evening: StageEvening) -> None:
    """Another is offered while there is room for one; what is sent beyond that comes back."""
    people = (evening.presenter, evening.facilitator, evening.members)
    other = await session_in(stage, evening.group, *people, protocol="incident-method", token="c" * 16)
    await other.to("gather")
    cem, say = stage["Cem"], stage.library.texts
    form = await cem.press("contribute", on=stage.newest_with(stage.thread, "contribute"))
    assert form.modal is not None
    await cem.fill(text=HARMLESS)
    assert cem.text == say("contributed-hidden")
    assert not cem.offers("contribute")
    again = Control(other.token, "contribute").opened(opening())
    asked = await submit(stage, cem.id, again, {"text": "Another one."})
    assert say("enough-lines", most=1) in asked.text
    assert "Another one." in asked.text
    assert [line.text for line in (await other.session()).lines] == [HARMLESS]


async def test_my_part_offers_what_was_not_posted_without_a_session(
    stage: Stage, evening: StageEvening
) -> None:
    """Someone whose start form came back, and who is in no session, finds it with the same command."""
    fay = stage["Fay"]
    await evening.colleague(fay.id)
    typed = {"title": "A title", "question": IDENTIFYING["email"], "time": "text.60"}
    await submit(stage, fay.id, Control("b" * 16, "start"), typed)
    await fay.command("formulate mine")
    await fay.press("edit")
    await fay.fill(title="A title", question="What am I not seeing?", time="text.60")
    assert fay.text == stage.library.texts("start-done", mode="text")
    async with stage.bot.desk.ground.reading() as store:
        started = await store.sessions.load("b" * 16)
    assert started is not None
    assert started.session.question == "What am I not seeing?"


async def test_a_draft_is_kept_for_seven_days(stage: Stage, evening: StageEvening) -> None:
    """To the day that the message says; afterwards its button says that it is gone."""
    asked = await submit(
        stage, evening.presenter, Control(evening.token, "tell"), {"account": IDENTIFYING["email"]}
    )
    await stage.env.advance_time(DRAFT_DAYS * SECONDS_A_DAY - 60)
    again = await pressed(stage, evening.presenter, asked.control("edit"))
    assert again.filled == {"account": IDENTIFYING["email"]}
    await stage.env.advance_time(SECONDS_A_DAY + 120)
    await stage.bot.keeper.keep()
    gone = await pressed(stage, evening.presenter, asked.control("edit"))
    assert gone.text == stage.library.texts("draft-gone")


@pytest.mark.parametrize("days", ["two", "-3", "0", "9999", "١٤"])
async def test_a_group_s_form_comes_back_as_well(stage: Stage, days: str) -> None:
    """Days that can't be kept: the sentence says which can, and the form opens again with what was chosen."""
    you = stage["You"]
    await you.command("group setup", zone="Europe/Berlin")
    chosen = [stage["Cem"].member.user]
    await you.fill(**{"language": ["en"], "retention": days, "facilitators": chosen, "second-reader": "yes"})
    assert stage.library.texts("retention-out-of-range", least=1, most=90) in you.text
    await you.press("edit")
    assert you.shown is not None
    parts = {
        part["component"]["custom_id"]: part["component"] for part in (you.shown.modal or {})["components"]
    }
    assert parts["retention"]["value"] == days
    assert [int(each["id"]) for each in parts["facilitators"]["default_values"]] == [stage["Cem"].id]
    assert [each["value"] for each in parts["second-reader"]["options"] if each.get("default")] == ["yes"]
    await you.fill(**{"language": ["en"], "retention": "14", "facilitators": [], "second-reader": "no"})
    async with stage.bot.desk.ground.reading() as store:
        (group,) = await store.groups.all()
    assert (group.zone, group.retention_days, group.facilitators) == ("Europe/Berlin", 14, (you.id,))
