"""From an empty form to the channel: page by page, on any device, and what comes back on the way."""

import pytest

from bot.rehearsal.stage import message_text
from tests.case_flow.desk import (
    BEFORE,
    BEHAVIOUR,
    BLOCKING,
    FIRST,
    FORM,
    LAST,
    QUESTION,
    WARNING,
    Cases,
    controls,
    fields,
    values,
)
from tests.ui.raw import press
from tests.vignette_flow.table import before


async def test_from_the_list_of_forms(cases: Cases) -> None:
    """Chosen, filled in, looked through, seen as the group will see it, posted: the card stands there."""
    bea = cases["Bea"]
    await bea.command("case present")
    offered = [
        option["value"]
        for part in before(bea).components[0]["components"]
        for each in part.get("components", ())
        for option in each.get("options", ())
    ]
    assert offered[0] == FORM
    assert len(offered) == 12
    await bea.choose("c-choose", FORM)
    assert fields(bea)["behaviour"]["required"] is False
    await bea.fill(**FIRST)
    assert not any(post for post in cases.cards())
    await bea.press("c-page", "2")
    await bea.fill(**LAST)
    await bea.press("c-look")
    assert all(label in bea.text for label in ("What does the client do?", "Your question to the group"))
    await bea.press("c-next")
    preview = bea.text
    await bea.press("c-post")
    assert cases.say("case-posted") in bea.text
    await cases.stage.pass_time(5)
    shown = message_text(cases.card())
    assert shown in preview
    assert f"<@{bea.id}>" in shown
    assert all(text in shown for text in (BEHAVIOUR, "From the first sessions on", BEFORE, QUESTION))
    assert await cases.drafts() == {}


async def test_found_by_what_it_is_for(cases: Cases) -> None:
    """By a word of its title or of its purpose; by its title typed whole; else a sentence."""
    bea, channel = cases["Bea"], cases.stage.channel
    found = await bea.member.autocomplete(channel, "case present", "template", "ending")
    assert found
    library = {each.id: each for each in cases.stage.library.templates}
    assert all(
        "ending" in f"{library[each['value']].title} {library[each['value']].when_to_use}".casefold()
        for each in found
    )
    everything = await bea.member.autocomplete(channel, "case present", "template", "")
    assert everything[0]["value"] == FORM
    assert len(everything) == 12
    assert all(len(each["name"]) <= 100 for each in everything)
    await bea.command("case present", template="MY CLIENT looks after me")
    assert "behaviour" in fields(bea)
    await bea.command("case present", template="no such form")
    assert bea.text == cases.say("template-gone")


async def test_back_and_forth(cases: Cases) -> None:
    """Each page opens with what stands on it; one filled in later changes no other; empty is empty again."""
    bea = cases["Bea"]
    await cases.begin(bea)
    await bea.press("c-page", "1")
    await bea.fill(displaced="Her own week.")
    await bea.press("c-page", "0")
    assert values(bea)["behaviour"] == BEHAVIOUR
    chosen = [each["value"] for each in fields(bea)["how-often"]["options"] if each.get("default")]
    assert chosen == ["1"]
    await bea.fill(behaviour="She is late.")
    assert await cases.answers() == {"behaviour": "She is late.", "displaced": "Her own week."}
    await bea.press("c-page", "1")
    assert values(bea)["displaced"] == "Her own week."


async def test_restarted_after_every_press(cases: Cases) -> None:
    """The process ends between any two steps, and nothing of it is noticed."""
    bea, stage = cases["Bea"], cases.stage
    await bea.command("case present")
    await stage.restart()
    await bea.choose("c-choose", FORM)
    await stage.restart()
    await bea.fill(**{**FIRST, "behaviour": f"{BEHAVIOUR} {BLOCKING}"})
    await stage.restart()
    await bea.press("c-page", "2")
    await stage.restart()
    await bea.fill(**LAST)
    for verb in ("c-look", "w-one", "w-take", "c-next", "c-post"):
        await stage.restart()
        await bea.press(verb)
    await stage.restart()
    await stage.pass_time(5)
    assert BEHAVIOUR in message_text(cases.card())
    assert "anna.k" not in message_text(cases.card())
    assert len(stage.channel.threads) == 1
    await stage.restart()
    await bea.press("k-more", on=cases.card())
    assert bea.offers("k-withdraw")


async def test_finished_on_another_device(cases: Cases) -> None:
    """`/case drafts` lists what was begun, goes on with it, throws it away; nobody else finds it."""
    bea = cases["Bea"]
    await bea.command("case drafts")
    assert bea.text == cases.say("case-drafts-none")
    await cases.begin(bea)
    await bea.command("case present", template="consultation")
    await bea.fill(client="Someone who is kind.")
    await cases["Cem"].command("case drafts")
    assert cases["Cem"].text == cases.say("case-drafts-none")
    await bea.command("case present")
    assert cases.say("case-drafts-wait", count=2) in bea.text
    await bea.command("case drafts")
    assert "My client looks after me" in bea.text
    going_on = controls(bea, "c-pages")
    assert len(going_on) == 2
    drafts = await cases.drafts()
    first = next(each for each in going_on if drafts[each.split(":")[1]].template.id == FORM)
    resumed = await cases.again("Bea", first)
    assert "My client looks after me" in resumed.text
    assert cases.say("case-leave-out", words=drafts[first.split(":")[1]].template.leave_out) in resumed.text
    other = next(each for each in controls(bea, "discard") if each.split(":")[1] != first.split(":")[1])
    sure = await cases.again("Bea", other)
    await cases.again("Bea", next(each for each in sure.controls if each != other))
    assert set(await cases.drafts()) == {first.split(":")[1]}


async def test_what_is_missing_is_named(cases: Cases) -> None:
    """The labels of the fields, on the pages again; nothing is lost, and it goes on once they are filled."""
    bea = cases["Bea"]
    await bea.command("case present", template=FORM)
    await bea.fill(behaviour=BEHAVIOUR)
    await bea.press("c-look")
    assert "“Your question to the group”" in bea.text
    assert "“The ten minutes before”" in bea.text
    assert "“What does the client do?”" not in bea.text
    assert await cases.answers() == {"behaviour": BEHAVIOUR}
    await bea.press("c-page", "2")
    await bea.fill(**LAST)
    await bea.press("c-page", "0")
    assert values(bea)["behaviour"] == BEHAVIOUR
    await bea.fill(**FIRST)
    await bea.press("c-look")
    assert bea.offers("c-next")


async def test_findings_stand_at_their_field(cases: Cases) -> None:
    """Which field it is, by its label; all suggestions at once; what blocks never goes on."""
    bea = cases["Bea"]
    await cases.to_look(bea, behaviour=WARNING, **{"ten-minutes-before": BLOCKING})
    assert not bea.offers("c-next")
    lines = [line for line in bea.text.splitlines() if "anna.k@example.org" in line and "【" not in line]
    assert lines
    assert all("The ten minutes before" in line for line in lines)
    await bea.press("w-all")
    assert "Kowalska" not in bea.text
    assert "anna.k" not in bea.text
    await bea.press("c-next")
    await bea.press("c-post")
    await cases.stage.pass_time(5)
    assert "Kowalska" not in message_text(cases.card())


async def test_one_by_one(cases: Cases) -> None:
    """Kept, in words of one's own; then back to the pages, where the changed words stand."""
    bea = cases["Bea"]
    await cases.to_look(bea, behaviour=WARNING, **{"ten-minutes-before": BLOCKING})
    await bea.press("w-one", "0")
    assert "Kowalska" in bea.text
    await bea.press("w-one", "1")
    assert not bea.offers("w-keep")
    await bea.press("w-own")
    await bea.fill(words="her sister's desk")
    await bea.press("w-review")
    await bea.press("w-one", "0")
    await bea.press("w-keep")
    assert bea.offers("c-next")
    await bea.press("c-pages")
    await bea.press("c-page", "0")
    assert values(bea)["behaviour"] == WARNING
    assert values(bea)["ten-minutes-before"] == "She writes from her sister's desk."
    await bea.fill(**{**FIRST, "behaviour": WARNING, "ten-minutes-before": BLOCKING})
    await bea.press("c-look")
    assert not bea.offers("c-next")
    assert await cases.kept() == []


async def test_what_a_suggestion_made_longer_is_not_cut(cases: Cases) -> None:
    """More than the field takes by itself stands there whole when its page is opened again."""
    bea = cases["Bea"]
    question = "Ask x@y.org, or z@w.org? " * 5 + "Where do I stand? " + "z" * 7
    assert len(question) == 150
    await cases.begin(bea)
    await bea.press("c-page", "2")
    await bea.fill(question=question)
    await bea.press("c-look")
    await bea.press("w-all")
    longer = (await cases.answers())["question"]
    assert len(longer) > 150
    await bea.press("c-pages")
    await bea.press("c-page", "2")
    assert values(bea)["question"] == longer
    await bea.fill(question=longer)
    assert (await cases.answers())["question"] == longer


async def test_posted_once_though_pressed_twice(cases: Cases) -> None:
    """Two presses at one instant make one case; the other is told, and a third one later too."""
    bea = cases["Bea"]
    await cases.to_preview(bea)
    [post] = controls(bea, "c-post")
    both = [press(cases.stage, bea.id, post) for _ in range(2)]
    await cases.stage.env.settle()
    assert sorted(each.text == cases.say("draft-gone") for each in both) == [False, True]
    assert (await cases.again("Bea", post)).text == cases.say("draft-gone")
    await cases.stage.pass_time(5)
    assert len(await cases.kept()) == len(cases.cards()) == 1


@pytest.mark.parametrize("verb", ["c-next", "c-post"])
async def test_a_stale_press_changes_nothing(cases: Cases, verb: str) -> None:
    """What was pressed for another wording is answered with a sentence, and nothing is posted."""
    bea = cases["Bea"]
    await cases.to_look(bea)
    if verb == "c-post":
        await bea.press("c-next")
    [old] = controls(bea, verb)
    await bea.command("case drafts")
    await bea.press("c-pages")
    await bea.press("c-page", "2")
    await bea.fill(question="Is it about me?")
    assert (await cases.again("Bea", old)).text == cases.say("writing-changed")
    assert await cases.kept() == []
    assert (await cases.answers())["question"] == "Is it about me?"
