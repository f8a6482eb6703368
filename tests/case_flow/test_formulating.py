"""A session about a case that was prepared in writing."""

from bot.formulation.acts import TakeCaseBack
from bot.rehearsal.stage import message_text
from tests.case_flow.desk import BEHAVIOUR, QUESTION, Cases, values
from tests.services.evening import Evening
from tests.ui.raw import press, send


async def test_formulated(cases: Cases) -> None:
    """Its answers are the account; a rating can point at them; the card and the list say so."""
    bea, cem = cases["Bea"], cases["Cem"]
    card = await cases.posted(bea)
    await bea.press("k-formulate", on=card)
    filled = values(bea)
    assert filled["title"] == "My client looks after me"
    assert filled["question"] == QUESTION
    assert BEHAVIOUR in filled["account"]
    assert "What does the client do?" in filled["account"]
    await bea.fill(**{**filled, "time": "text.60", "facilitator": [cases["Mo"].member]})
    await cases.stage.pass_time(5)
    assert cases.say("case-formulated") in message_text(cases.card())
    async with cases.stage.bot.desk.ground.reading() as store:
        [stored] = await store.sessions.all()
    exhibits = stored.session.exhibits
    assert ("What does the client do?", BEHAVIOUR) in exhibits
    assert all(text != QUESTION for _, text in exhibits)
    invitation = cases.stage.newest_with(cases.stage.channel, "join")
    for name in ("Cem", "Dag", "Eli"):
        await cases[name].press("join", on=invitation)
        if cases[name].offers("enter"):
            await cases[name].press("enter")
    desk, token = cases.stage.bot.desk, stored.session.token
    evening = Evening(
        lambda: desk,
        await cases.group(),
        token,
        bea.id,
        cases["Mo"].id,
        (cem.id, cases["Dag"].id, cases["Eli"].id),
    )
    await evening.to("ratings")
    await cases.stage.env.settle()
    mechanism = cases.stage.library.mechanisms[0].id
    opened = press(cases.stage, cem.id, f"6:{token}:observe:{mechanism}", channel=cases.stage.thread.id)
    await cases.stage.env.settle()
    chooser = next(
        part["component"] for part in opened.form["components"] if part["component"]["custom_id"] == "exhibit"
    )
    assert [(each["label"], each["description"]) for each in chooser["options"]] == list(exhibits)
    number = next(each["value"] for each in chooser["options"] if each["description"] == BEHAVIOUR)
    send(
        cases.stage,
        cem.id,
        opened.form["custom_id"],
        {"exhibit": [number], "for": "It is every week.", "against": ""},
        channel=cases.stage.thread.id,
    )
    await cases.stage.env.settle()
    session = await evening.session()
    [seen] = [walk.evidence[mechanism] for walk in session.walks.values() if mechanism in walk.evidence]
    assert "It is every week." in seen.speaks_for
    assert BEHAVIOUR in seen.speaks_for


async def test_taking_the_case_back_takes_its_answers_too(cases: Cases) -> None:
    """Nothing of the prepared case is left in a session that its presenter has stopped."""
    bea, desk = cases["Bea"], cases.stage.bot.desk
    card = await cases.posted(bea)
    await bea.press("k-formulate", on=card)
    await bea.fill(**{**values(bea), "time": "text.60"})
    await cases.stage.pass_time(5)
    async with desk.ground.reading() as store:
        [before_it] = await store.sessions.all()
    assert BEHAVIOUR in before_it.session.model_dump_json()
    await desk.formulating.act(before_it.session.token, TakeCaseBack(), bea.id)
    async with desk.ground.reading() as store:
        [after] = await store.sessions.all()
    assert BEHAVIOUR not in after.session.model_dump_json()
    assert len(await cases.kept()) == 1
