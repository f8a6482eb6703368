"""Two people at the same instant, and one who presses twice: one effect each, one answer each."""

import pytest

from bot.rehearsal.stage import Stage
from bot.ui.control import Control
from tests.delivery.wire import nothing_twice
from tests.services.evening import StageEvening, evening_of, evening_on
from tests.ui.raw import Asked, opening, press, run, send


async def at_once(stage: Stage, *asked: Asked) -> None:
    """Let what came in at the same instant be answered, once each."""
    await stage.env.settle()
    assert [each.callbacks for each in asked] == [1] * len(asked)
    assert stage.library.texts("error", code="").split(":")[0] not in "".join(each.text for each in asked)


async def test_next_is_pressed_twice(stage: Stage, evening: StageEvening) -> None:
    """By one impatient thumb: the session goes on by one step, and both presses show where it is."""
    control = Control(evening.token, "next", "arrive.0")
    presses = [press(stage, evening.facilitator, control, stage.thread.id) for _ in range(3)]
    await at_once(stage, *presses)
    assert (await evening.session()).step == "telling"
    assert len({each.text for each in presses}) == 1
    await stage.pass_time(5)
    await nothing_twice(stage, evening.token)


async def test_two_facilitators_go_on(stage: Stage, evening: StageEvening) -> None:
    """One hands over and both press at the same instant: one step on, and whoever may not is told so."""
    you, cem = evening.facilitator, evening.members[0]
    control = Control(evening.token, "next", "arrive.0")
    await at_once(
        stage,
        press(stage, you, Control(evening.token, "hand-over"), stage.thread.id, values=[str(cem)]),
        press(stage, you, control, stage.thread.id),
        press(stage, cem, control, stage.thread.id),
    )
    session = await evening.session()
    assert session.holder("facilitator") == session.person(cem)
    assert session.step in ("arrive", "telling")
    both = [press(stage, user, control, stage.thread.id) for user in (you, cem)]
    await at_once(stage, *both)
    assert (await evening.session()).step == "telling"
    assert both[0].text == stage.library.texts("only-facilitator")
    both = [press(stage, cem, Control(evening.token, "next", f"telling.{each}")) for each in (0, 0)]
    await at_once(stage, *both)
    assert (await evening.session()).step == "facts"
    await stage.pass_time(5)
    await nothing_twice(stage, evening.token)


async def test_one_goes_on_while_another_goes_back(stage: Stage, evening: StageEvening) -> None:
    """From two devices: whichever comes first happens, and the other sees where the session is."""
    await evening.to("telling")
    you = evening.facilitator
    verbs = ("next", "go-back", "more-time", "skip-step")
    await at_once(
        stage,
        *(press(stage, you, Control(evening.token, verb, "telling.0"), stage.thread.id) for verb in verbs),
    )
    session = await evening.session()
    assert session.step in ("arrive", "facts")
    assert session.extra_seconds == 0


async def test_two_people_take_the_facilitator_s_role(stage: Stage) -> None:
    """One has it, the other is told so, and both are in the session."""
    evening = await evening_on(stage)
    await stage.bot.desk.privacy.forget(evening.facilitator, stage.guild.id)
    fay, cem = stage["Fay"].id, evening.members[0]
    await evening.colleague(fay)
    control = Control(evening.token, "facilitate")
    both = [press(stage, user, control, stage.thread.id) for user in (fay, cem)]
    await at_once(stage, *both)
    session = await evening.session()
    assert [person.role for person in session.people].count("facilitator") == 1
    taken = stage.library.texts("facilitator-taken")
    assert [each.text for each in both].count(taken) == 1


async def test_one_person_joins_twice(stage: Stage, evening: StageEvening) -> None:
    """They are in once, and are added to the thread once."""
    fay = stage["Fay"].id
    await evening.colleague(fay)
    await at_once(stage, *(press(stage, fay, Control(evening.token, "enter")) for _ in range(3)))
    await stage.pass_time(5)
    assert [person.user for person in (await evening.session()).people].count(fay) == 1
    added = [each for each in stage.env.http_requests if each.path.endswith(f"thread-members/{fay}")]
    assert len(added) == 1


async def test_everybody_joins_at_once(stage: Stage, evening: StageEvening) -> None:
    """Nobody is lost to anybody else's press."""
    newcomers = [stage[name].id for name in ("Fay", "Ola")]
    for user in newcomers:
        await evening.colleague(user)
    await at_once(stage, *(press(stage, user, Control(evening.token, "enter")) for user in newcomers))
    people = {person.user for person in (await evening.session()).people}
    assert people == {evening.presenter, evening.facilitator, *evening.members, *newcomers}


async def test_a_card_is_tapped_twice(stage: Stage, evening: StageEvening) -> None:
    """The last tap counts, whichever comes last, and everybody else's taps count as well."""
    await evening.to("ratings")
    raters = (evening.facilitator, *evening.members)
    taps = [
        press(stage, rater, Control(evening.token, "rate", f"role-reversal.{fit}"), stage.thread.id)
        for fit in (1, 3)
        for rater in raters
    ]
    await at_once(stage, *taps)
    session = await evening.session()
    fits = [session.walk(person).fits for person in session.raters]
    assert all(list(each) == ["role-reversal"] for each in fits)
    assert {each["role-reversal"] for each in fits} <= {1, 3}


async def test_a_question_is_sent_twice(stage: Stage, evening: StageEvening) -> None:
    """The same form asks once; two forms ask twice, also the same words."""
    await evening.to("facts")
    cem, dag, *_ = evening.members
    form = Control(evening.token, "ask").opened(opening())
    other = Control(evening.token, "ask").opened(opening())
    fields = {"question": "How long has she been coming?"}
    await at_once(
        stage,
        send(stage, cem, form, fields, stage.thread.id),
        send(stage, cem, form, fields, stage.thread.id),
        send(stage, dag, other, fields, stage.thread.id),
    )
    assert len((await evening.session()).facts) == 2
    await stage.pass_time(5)
    await nothing_twice(stage, evening.token)


async def test_a_start_form_is_sent_twice(stage: Stage, evening: StageEvening) -> None:
    """One session comes of it, with one thread and one invitation."""
    form = Control("b" * 16, "start").opened(opening())
    fields = {"title": "A title", "question": "Why?", "account": "", "time": "text.60"}
    await at_once(stage, *(send(stage, evening.presenter, form, fields) for _ in range(2)))
    await stage.pass_time(5)
    assert len(stage.channel.threads) == 2
    await nothing_twice(stage, evening.token, "b" * 16)


async def test_the_last_open_session_is_started_by_one_of_two(stage: Stage, evening: StageEvening) -> None:
    """A group has a few open sessions at most, also where two begin at the same instant."""
    await evening_of(evening.desk, evening.group, evening.presenter, evening.facilitator, (), token="c" * 16)
    fields = {"title": "A title", "question": "Why?", "account": "", "time": "text.60"}
    both = [
        send(stage, user, Control(token * 16, "start").opened(opening()), fields)
        for user, token in ((evening.presenter, "d"), (evening.members[0], "e"))
    ]
    await at_once(stage, *both)
    async with stage.bot.desk.ground.reading() as store:
        assert len(await store.sessions.all()) == 3
    full = stage.library.texts("too-many-sessions", most=3)
    assert sum(full in each.text for each in both) == 1


async def test_the_charter_is_accepted_twice(stage: Stage, evening: StageEvening) -> None:
    """Once is enough, and a command at the same instant is answered either way."""
    fay = stage["Fay"].id
    control = Control(evening.group.token, "accept")
    await at_once(
        stage, press(stage, fay, control), press(stage, fay, control), run(stage, fay, "formulate mine")
    )
    later = run(stage, fay, "formulate mine")
    await at_once(stage, later)
    assert later.text == stage.library.texts("no-session-here")


async def test_someone_is_forgotten_while_they_press(stage: Stage, evening: StageEvening) -> None:
    """Whatever comes first: nothing of theirs is left afterwards."""
    await evening.to("ratings")
    cem = evening.members[0]
    await at_once(
        stage,
        press(stage, cem, Control(evening.token, "rate", "role-reversal.3"), stage.thread.id),
        press(stage, cem, Control("f" * 16, "forget")),
        press(stage, cem, Control(evening.token, "rate", "role-reversal.2"), stage.thread.id),
    )
    session = await evening.session()
    assert session.person(cem) is None
    assert session.walks == {}


@pytest.mark.parametrize(
    ("kind", "verb", "field"), [("facts", "ask", "question"), ("ratings", "suppose", "idea")]
)
@pytest.mark.parametrize("first", ["next", "form"])
async def test_the_group_moves_on_while_somebody_sends(
    stage: Stage, evening: StageEvening, kind: str, verb: str, field: str, first: str
) -> None:
    """Either it was in time, or it comes back to its author; it is never half there, and never lost."""
    await evening.to(kind)
    if kind == "ratings":
        await evening.rate_all()
    step = (await evening.session()).step
    cem, text = evening.members[0], "Two tired people."

    def move() -> Asked:
        return press(stage, evening.facilitator, Control(evening.token, "next", f"{step}.0"), stage.thread.id)

    def form() -> Asked:
        control = Control(evening.token, verb).opened(opening())
        return send(stage, cem, control, {field: text}, stage.thread.id)

    await at_once(stage, *((move(), form()) if first == "next" else (form(), move())))
    after = await evening.session()
    assert after.step != step
    kept = await stage.bot.desk.drafts.of(cem, evening.group.token)
    assert (text in after.model_dump_json()) != bool(kept)
