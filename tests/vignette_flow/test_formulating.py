"""A vignette in a session: in writing behind the alias, or live by name."""

from bot.formulation.session import NOBODY, Session
from bot.rehearsal.stage import Actor, message_text
from tests.ui.raw import press
from tests.vignette_flow.table import Table, before, ids_in


async def session_of(table: Table) -> Session:
    async with table.stage.bot.desk.ground.reading() as store:
        kept = [stored.session for stored in await store.sessions.all()]
    return max(kept, key=lambda each: each.started_at)


async def in_writing(table: Table) -> None:
    """Cem's vignette in a session under its alias, whose invitation is out; Bea facilitates."""
    await table.published(table["Cem"])
    await table.stage.pass_time(200)
    await table.more(table["Cem"])
    await table["Cem"].press("v-formulate")
    await table["Cem"].press("v-slow")
    assert table["Cem"].text == table.say("vignette-slow-done", alias=(await table.kept())[0].alias)


async def come_in(person: Actor, invitation: object) -> None:
    """Past the question, into the session."""
    await person.press("join", on=invitation)  # pyright: ignore[reportArgumentType]
    if person.offers("enter"):
        await person.press("enter")


async def my_part(table: Table, name: str = "Cem") -> None:
    await table[name].command("vignette mine")
    await table[name].press("v-more")
    await table[name].press("present")


async def test_the_alias_presents(table: Table) -> None:
    """The invitation comes with a slot, names the alias and nobody; no id of the author is stored with it."""
    cem = table["Cem"]
    await in_writing(table)
    await table.stage.pass_time(10)
    assert table.stage.newest_with(table.stage.channel, "join") is None
    await table.to_slot()
    invitation = table.stage.newest_with(table.stage.channel, "join")
    assert invitation is not None
    [vignette] = await table.kept()
    assert any(f"*{vignette.alias}*" in message_text(post) for post in table.stage.posts())
    session = await session_of(table)
    assert [person.user for person in session.people] == [NOBODY]
    assert str(cem.id) not in session.model_dump_json()


async def test_pressed_twice_there_is_one_session(table: Table) -> None:
    """And a second one can begin only when the first is over."""
    await in_writing(table)
    await table.more(table["Cem"])
    assert not table["Cem"].offers("v-formulate")
    async with table.stage.bot.desk.ground.reading() as store:
        assert len(await store.sessions.all()) == 1


async def test_the_author_acts_as_presenter_and_as_member(table: Table) -> None:
    """Joined like the others, they still present from their own screen; what they do shows at a slot."""
    cem, dag, eli = table["Cem"], table["Dag"], table["Eli"]
    await in_writing(table)
    await table.to_slot()
    invitation = table.stage.newest_with(table.stage.channel, "join")
    for person in (dag, eli, cem):
        await come_in(person, invitation)
    await table.stage.pass_time(5)
    session = await session_of(table)
    assert {person.user for person in session.people} == {NOBODY, cem.id, dag.id, eli.id}
    assert all(person.role != "presenter" for person in session.people if person.user != NOBODY)
    await my_part(table)
    # Told by the same person at two instants: one as a member, one as the presenter.
    await cem.press("tell")
    await cem.fill(account="It goes on like this.")
    session = await session_of(table)
    assert session.account == "It goes on like this."


async def test_nobody_else_acts_as_presenter(table: Table) -> None:
    """The presenter's buttons, copied into another member's hands, are refused there."""
    cem, dag = table["Cem"], table["Dag"]
    await in_writing(table)
    await table.to_slot()
    invitation = table.stage.newest_with(table.stage.channel, "join")
    await come_in(dag, invitation)
    await my_part(table)
    rules = table.stage.bot.desk.router.verbs
    copied = [each for each in ids_in(before(cem)) if rules[each.split(":")[2]].who == "presenter"]
    assert copied
    told = [press(table.stage, dag.id, each, table.stage.thread.id) for each in copied]
    await table.stage.env.settle()
    assert {each.text for each in told} == {table.say("only-presenter")}


async def rate_all(rater: Actor) -> None:
    await rater.press("walk")
    if rater.offers("skip"):
        await rater.press("skip")
    while mechanism := rater.rates():
        await rater.press("rate", f"{mechanism}.2")


async def test_from_beginning_to_close(table: Table) -> None:
    """All of it in writing, over more days than a vignette is kept: it stays until that is over."""
    cem, dag, eli, bea = (table[name] for name in ("Cem", "Dag", "Eli", "Bea"))
    stage = table.stage
    await in_writing(table)
    await table.to_slot()
    invitation = stage.newest_with(stage.channel, "join")
    for person in (dag, eli, bea, cem):
        await come_in(person, invitation)
    await stage.pass_time(5)
    answered = False
    for _ in range(25):
        session = await session_of(table)
        if session.status != "open":
            break
        await my_part(table)
        if cem.offers("respond") and not answered:
            answered = True
            await cem.press("respond")
            await cem.fill(fits=[], text="I recognise the looking after.")
        for rater in (dag, eli, bea) if session.step == "ratings" else ():
            await rater.command("formulate mine", where=stage.thread)
            if rater.offers("walk"):
                await rate_all(rater)
        await stage.pass_time(86_400)
    assert answered
    session = await session_of(table)
    assert session.status == "closed"
    texts = [
        message_text(post) for place in (stage.channel, *stage.channel.threads) for post in stage.posts(place)
    ]
    assert not any(f"<@{cem.id}>" in text and "presents" in text for text in texts)
    assert "I recognise the looking after." in str(texts)


async def test_not_closed_and_not_withdrawn_from_under_a_session(table: Table) -> None:
    """While the group works on it, it stays; the presenter can still take their case back."""
    cem = table["Cem"]
    await in_writing(table)
    await table.to_slot()
    for verb in ("v-close", "v-withdraw"):
        await table.more(cem)
        await cem.press(verb)
        await cem.press(f"{verb}-now")
        assert cem.text == table.say("vignette-in-session")
    assert len(await table.kept()) == 1


async def test_live_by_name(table: Table) -> None:
    """A session like any other, filled in from the vignette; nothing in its token leads back to it."""
    cem = table["Cem"]
    await table.published(cem)
    await table.more(cem)
    await cem.press("v-formulate")
    await cem.press("v-live")
    await cem.fill(
        title="A case", question="What now?", account="It happened.", time="voice.60", facilitator=[]
    )
    assert cem.text == table.say("start-done", mode="voice")
    session = await session_of(table)
    [vignette] = await table.kept()
    assert session.people[0].user == cem.id
    assert session.alias is None
    assert vignette.token[:6] not in session.token
