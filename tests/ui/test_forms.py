"""What is typed: looked through before anyone sees it, given back whole, and its author's alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from bot.formulation.acts import Ask, End, Join, Next
from bot.formulation.script import moment
from bot.rehearsal.stage import Stage
from bot.services.ground import SECONDS_A_DAY
from bot.services.privacy import DRAFT_DAYS
from bot.ui.control import Control
from tests.conftest import OUTSIDER
from tests.services.evening import SEED, StageEvening
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


# One for each form that has a field with text for others. A verb that is not here fails.
OCCASIONS = {
    "start": Occasion(
        "arrive", "presenter", others={"title": "A title", "question": "Why?", "minutes": "60"}
    ),
    "tell": Occasion("arrive", "presenter"),
    "ask": Occasion("facts", "member"),
    "reply": Occasion("facts", "presenter", "0a0a0a0a"),
    "suppose": Occasion("ratings", "member"),
    "observe": Occasion("ratings", "member", "role-reversal"),
    "respond": Occasion("answer", "presenter"),
    "decide": Occasion("step", "presenter", others={"cue": "she asks", "action": "wait"}),
    "goodbye": Occasion("close", "member"),
}


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
    checked = {name: verb for name, verb in verbs.items() if verb.checked}
    assert set(checked) == set(OCCASIONS)
    say = stage.library.texts
    for name, occasion in OCCASIONS.items():
        await evening.to(occasion.step)
        if name == "reply":
            await evening.act(Ask("0a0a0a0a", "How long?"), evening.members[0])
        user = person(evening, occasion.role)
        token = "b" * 16 if name == "start" else evening.token
        for place in checked[name].checked:
            before = await evening.session()
            control = Control(token, name, occasion.argument)
            refused = {
                text: send(
                    stage, user, control.opened(opening()), {**occasion.others, place: text}, stage.thread.id
                )
                for text in IDENTIFYING.values()
            }
            await stage.env.settle()
            for text, asked in refused.items():
                assert say("text-refused") in asked.text, (name, place, text)
                assert text in asked.text, (name, place, text)
            assert await evening.session() == before, (name, place)
            text, asked = list(refused.items())[-1]
            again = await pressed(stage, user, asked.control("edit"))
            assert again.filled[place] == text, (name, place)
            taken = await submit(stage, user, again.form["custom_id"], {**occasion.others, place: HARMLESS})
            assert say("given-back") not in taken.text, (name, place, taken.text)
            left = await drafts_of(stage, evening, user)
            assert len(left) == len(refused) - 1, (name, place)
            for draft in left:
                await stage.bot.desk.drafts.drop(draft, user)
        if name != "start":
            assert HARMLESS in (await evening.session()).model_dump_json(), name


NEVER_POSTED = {"retention", "entries", "entry"}


async def test_every_text_field_is_among_those_looked_through(stage: Stage, evening: StageEvening) -> None:
    """Whoever adds a field to a form also has it checked, unless nobody else will ever read it."""
    for name, verb in stage.bot.desk.router.verbs.items():
        if verb.form is not None:
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
    for name in ("You", "Cem", OUTSIDER):
        user = stage[name].id
        for verb in ("edit", "discard"):
            other = await pressed(stage, user, asked.control(verb))
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
    """Then its button says that it is gone, and nothing of it is kept."""
    asked = await submit(
        stage, evening.presenter, Control(evening.token, "tell"), {"account": IDENTIFYING["email"]}
    )
    gone = await pressed(stage, evening.presenter, asked.control("discard"))
    assert gone.text == stage.library.texts("draft-discarded")
    for verb in ("edit", "discard"):
        late = await pressed(stage, evening.presenter, asked.control(verb))
        assert late.text == stage.library.texts("draft-gone")
    assert await drafts_of(stage, evening, evening.presenter) == []


async def test_a_form_that_comes_too_late_comes_back(stage: Stage, evening: StageEvening) -> None:
    """The group has moved on, or the session is over: what was typed is kept, and *my part* offers it."""
    say = stage.library.texts
    cem = evening.members[0]
    await evening.to("facts")
    form = await pressed(stage, cem, Control(evening.token, "ask"))
    await evening.act(Next(str(moment(await evening.session())), SEED), evening.facilitator)
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


async def test_my_part_offers_what_was_not_posted_without_a_session(
    stage: Stage, evening: StageEvening
) -> None:
    """Someone whose start form came back, and who is in no session, finds it with the same command."""
    fay = stage["Fay"]
    await evening.colleague(fay.id)
    typed = {"title": "A title", "question": IDENTIFYING["email"], "minutes": "60"}
    await submit(stage, fay.id, Control("b" * 16, "start"), typed)
    await fay.command("formulate mine")
    await fay.press("edit")
    await fay.fill(title="A title", question="What am I not seeing?", minutes="60")
    assert fay.text == stage.library.texts("start-done")
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
    await stage.env.advance_time(120)
    await stage.bot.keeper.keep()
    gone = await pressed(stage, evening.presenter, asked.control("edit"))
    assert gone.text == stage.library.texts("draft-gone")


@pytest.mark.parametrize("days", ["two", "-3", "0", "9999", "١٤"])
async def test_a_group_s_form_comes_back_as_well(stage: Stage, days: str) -> None:
    """Days that can't be kept: the sentence says which can, and the form opens again with what was chosen."""
    you = stage["You"]
    await you.command("group setup", zone="Europe/Berlin")
    await you.fill(language=["en"], retention=days, facilitators=[stage["Cem"].member.user])
    assert stage.library.texts("retention-out-of-range", least=1, most=90) in you.text
    await you.press("edit")
    assert you.shown is not None
    parts = {
        part["component"]["custom_id"]: part["component"] for part in (you.shown.modal or {})["components"]
    }
    assert parts["retention"]["value"] == days
    assert [int(each["id"]) for each in parts["facilitators"]["default_values"]] == [stage["Cem"].id]
    await you.fill(language=["en"], retention="14", facilitators=[])
    async with stage.bot.desk.ground.reading() as store:
        (group,) = await store.groups.all()
    assert (group.zone, group.retention_days, group.facilitators) == ("Europe/Berlin", 14, (you.id,))
