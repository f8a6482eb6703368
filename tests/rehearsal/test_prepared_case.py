"""A colleague's case in writing, which stands in the rehearsal's channel from the beginning."""

from bot.rehearsal.stage import message_text
from bot.rehearsal.troupe import Troupe
from tests.cases.desk import ANSWERS, TEMPLATE


async def test_a_colleague_has_posted_a_case(troupe: Troupe) -> None:
    """Whoever sits at the page asks for a fact, and can prepare one of their own beside it."""
    stage, prepared = troupe.stage, troupe.scenario.prepared
    assert prepared is not None
    await troupe.post_prepared()
    await stage.pass_time(5)
    card = stage.newest_with(stage.channel, "k-ask")
    assert card is not None
    shown = message_text(card)
    template = stage.library.template(prepared.template)
    for field in template.fields:
        answer = prepared.answers.get(field.id, "")
        assert (answer in shown) is (field.shared or not answer), field.id
    you = stage["You"]
    await you.press("k-ask", on=card)
    await you.fill(text="How long has he been coming?")
    assert you.text == stage.library.texts("case-ask-done")
    await you.command("case present", template=TEMPLATE)
    await you.fill(behaviour=ANSWERS["behaviour"])
    assert you.offers("c-look")


async def test_an_evening_without_one_posts_none(troupe: Troupe) -> None:
    """Most scenarios have none."""
    troupe.scenario = troupe.scenario.model_copy(update={"prepared": None})
    await troupe.post_prepared()
    await troupe.stage.pass_time(5)
    assert troupe.stage.newest_with(troupe.stage.channel, "k-ask") is None
