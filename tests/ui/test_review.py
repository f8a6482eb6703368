"""The review on the way in: what blocks, what is asked about, what stays as it is, and what is no name."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from bot.identifiers import Finding, WordLists, ready_reader
from bot.rehearsal.stage import Stage
from bot.services.drafts import DRAFT_DAYS
from bot.services.ground import SECONDS_A_DAY
from bot.services.screening import BY_RULES, Finder
from bot.services.words import MOST_OWN_WORDS
from bot.ui.control import Control
from bot.ui.review import MOST_NAMED
from tests.conftest import OUTSIDER, StageOpener
from tests.services.evening import ACCOUNT, StageEvening, evening_on, group_of
from tests.services.reading import STRICT
from tests.ui.conftest import answers
from tests.ui.raw import Asked, opening, press, send

NAMED = "She asked whether Marguerite had slept."
DATED = "It began on 4 March 1987."
HARMLESS = "The heron came back."


@pytest.fixture
async def strict(opened: StageOpener) -> AsyncIterator[StageEvening]:
    """A session where every name blocks."""
    async with opened(finder=STRICT) as stage:
        evening = await evening_on(stage)
        await stage.pass_time()
        yield evening
        assert set(answers(stage).values()) <= {1}


async def tell(evening: StageEvening, text: str, user: int | None = None) -> Asked:
    control = Control(evening.token, "tell").opened(opening())
    asked = send(
        evening.stage, user or evening.presenter, control, {"account": text}, evening.stage.thread.id
    )
    await evening.stage.env.settle()
    return asked


async def ask(evening: StageEvening, user: int, text: str) -> Asked:
    control = Control(evening.token, "ask").opened(opening())
    asked = send(evening.stage, user, control, {"question": text}, evening.stage.thread.id)
    await evening.stage.env.settle()
    return asked


async def pressed(evening: StageEvening, user: int, custom_id: str) -> Asked:
    asked = press(evening.stage, user, custom_id, evening.stage.thread.id)
    await evening.stage.env.settle()
    return asked


def verbs_of(asked: Asked) -> list[str]:
    return [each.split(":")[2] for each in asked.controls]


def lines(asked: Asked) -> list[str]:
    return [line for line in asked.text.splitlines() if line.startswith("- ")]


async def account(evening: StageEvening) -> str | None:
    return (await evening.session()).account


async def drafts(evening: StageEvening, user: int | None = None) -> list[str]:
    return await evening.desk().drafts.of(user or evening.presenter, evening.group.token)


# A text without anything in it, and one that is only asked about


async def test_what_may_stay_is_asked_about_first(stage: Stage, evening: StageEvening) -> None:
    """What was found is named with what could stand there, and its author says whether it stays.

    A text without anything in it goes its way.
    """
    say = stage.library.texts
    asked = await tell(evening, DATED)
    assert say("text-asked-about") in asked.text
    assert lines(asked) == [
        say(
            "review-line",
            finding=say("finding-date", words="4 March 1987"),
            suggestion=say("suggest-season", season="spring"),
        )
    ]
    assert DATED in asked.text
    assert "you named" not in asked.text.lower()
    assert verbs_of(asked) == ["edit", "keep"]
    assert await account(evening) == ACCOUNT
    again = await pressed(evening, evening.presenter, asked.control("edit"))
    assert again.filled == {"account": DATED}
    kept = await pressed(evening, evening.presenter, asked.control("keep"))
    assert kept.text == say("told-done")
    assert await account(evening) == DATED
    unasked = await tell(evening, HARMLESS)
    assert unasked.text == say("told-done")
    assert await account(evening) == HARMLESS
    assert await drafts(evening) == []


async def test_it_is_kept_after_restarts(stage: Stage, evening: StageEvening) -> None:
    """Between sending, keeping, and looking; the answer stands where the question stood."""
    bea = stage["Bea"]
    await bea.press("mine", on=stage.posts()[-1])
    await bea.press("tell")
    await stage.restart()
    await bea.fill(account=DATED)
    await stage.restart()
    await bea.press("keep")
    await stage.restart()
    assert bea.text == stage.library.texts("told-done")
    assert await account(evening) == DATED


async def test_keeping_twice_has_one_effect(stage: Stage, evening: StageEvening) -> None:
    """An impatient thumb, two devices, or both: one question is asked, and each press is answered."""
    await evening.to("facts")
    cem = evening.members[0]
    asked = await ask(evening, cem, "Was that in March?")
    control = asked.control("keep")
    presses = [press(stage, cem, control, stage.thread.id) for _ in range(3)]
    await stage.env.settle()
    late = await pressed(evening, cem, control)
    assert [fact.question for fact in (await evening.session()).facts] == ["Was that in March?"]
    told = {stage.library.texts("asked-done"), stage.library.texts("draft-gone")}
    assert {each.text for each in presses} <= told
    assert late.text == stage.library.texts("draft-gone")


async def test_one_device_keeps_it_while_another_changes_it(stage: Stage, evening: StageEvening) -> None:
    """Changed, it is asked about anew as the same draft; the form that is still open is taken too."""
    asked = await tell(evening, DATED)
    form = await pressed(evening, evening.presenter, asked.control("edit"))
    longer = {"account": f"{DATED} Then."}
    again = send(stage, evening.presenter, form.form["custom_id"], longer, stage.thread.id)
    await stage.env.settle()
    assert again.control("keep") == asked.control("keep")
    await pressed(evening, evening.presenter, asked.control("keep"))
    assert await account(evening) == f"{DATED} Then."
    changed = send(stage, evening.presenter, form.form["custom_id"], {"account": HARMLESS}, stage.thread.id)
    await stage.env.settle()
    assert changed.callbacks == 1
    assert await account(evening) == HARMLESS
    assert await drafts(evening) == []


HELD = {"keep": DATED, "no-names": NAMED}


async def test_only_its_author_lets_it_go_on(strict: StageEvening) -> None:
    """Anybody else is told what a stranger to any draft is told, and nothing happens."""
    for verb, text in HELD.items():
        asked = await tell(strict, text)
        for name in ("You", "Cem", OUTSIDER):
            other = await pressed(strict, strict.stage[name].id, asked.control(verb))
            assert other.text == strict.stage.library.texts("draft-gone")
    assert await account(strict) == ACCOUNT
    assert len(await drafts(strict)) == len(HELD)


async def test_a_draft_that_is_gone_says_so(strict: StageEvening) -> None:
    """Thrown away, or over its seven days."""
    stage, gone = strict.stage, list[str]()
    for verb, text in HELD.items():
        thrown, old = await tell(strict, text), await tell(strict, text)
        discard = Control(thrown.control("edit").split(":")[1], "discard-now")
        await pressed(strict, strict.presenter, str(discard))
        gone += [thrown.control(verb), old.control(verb)]
    await stage.env.advance_time((DRAFT_DAYS + 1) * SECONDS_A_DAY)
    await stage.bot.keeper.keep()
    for control in gone:
        told = await pressed(strict, strict.presenter, control)
        assert told.text == stage.library.texts("draft-gone")


async def test_what_comes_too_late_is_not_lost_with_keeping_it(stage: Stage, evening: StageEvening) -> None:
    """The group has moved on meanwhile: the sentence says so, and the text is still there."""
    await evening.to("facts")
    cem = evening.members[0]
    asked = await ask(evening, cem, "Was that in March?")
    await evening.to("ratings")
    late = await pressed(evening, cem, asked.control("keep"))
    assert stage.library.texts("step-moved-on") in late.text
    assert "Was that in March?" in late.text
    assert len(await drafts(evening, cem)) == 1


async def test_what_blocks_is_looked_at_again(stage: Stage, evening: StageEvening) -> None:
    """Asked about yesterday, and known for a name since: keeping it is refused, and the text comes back."""
    asked = await tell(evening, f"{NAMED} {DATED}")
    assert "keep" in verbs_of(asked)
    stage.finder = STRICT
    await stage.restart()
    refused = await pressed(evening, evening.presenter, asked.control("keep"))
    assert stage.library.texts("text-refused") in refused.text
    assert await account(evening) == ACCOUNT
    assert await drafts(evening) == [asked.control("keep").split(":")[1]]


# What blocks, and what is no name


async def test_what_blocks_is_named_with_what_could_stand_there(strict: StageEvening) -> None:
    """First what must be changed, then what may stay; tentatively, and with the way to say it is no name."""
    say = strict.stage.library.texts
    asked = await tell(strict, f"{DATED} {NAMED}")
    assert say("text-refused") in asked.text
    assert asked.text.index("Marguerite") < asked.text.index(say("review-also")) < asked.text.index("1987")
    assert all(
        line.count(say("review-line", finding="", suggestion="").split(":")[-1]) for line in lines(asked)
    )
    assert "you named" not in asked.text.lower()
    assert verbs_of(asked) == ["edit", "no-names", "discard"]
    assert verbs_of(await tell(strict, "Write to h.ron@example.org")) == ["edit", "discard"]
    assert await account(strict) == ACCOUNT


async def test_six_are_named_and_the_others_counted(opened: StageOpener) -> None:
    """Each once, however often it stands there; and no more are said to be no names than were named."""

    def every_word(text: str, language: str, lists: WordLists | None) -> tuple[Finding, ...]:
        suggestion = STRICT.find(NAMED, language, None)[0].suggestion
        found = (
            Finding(each.start(), each.end(), "person", "block", "finding-name", suggestion)
            for each in re.finditer(r"\w+", text)
        )
        return tuple(
            each for each in found if lists is None or not lists.is_no_name(text[each.start : each.end])
        )

    async with opened(finder=Finder(every_word, lambda: True)) as stage:
        evening = await evening_on(stage)
        await stage.pass_time()
        asked = await tell(evening, "one two three one two three four five six seven eight one")
        assert len(lines(asked)) == MOST_NAMED
        assert stage.library.texts("review-more", count=2) in asked.text
        rest = await pressed(evening, evening.presenter, asked.control("no-names"))
        assert [line.split(": ")[1].split(".")[0] for line in lines(rest)] == ["seven", "eight"]
        await pressed(evening, evening.presenter, rest.control("no-names"))
        assert (await account(evening) or "").endswith("eight one")


async def test_these_are_not_names(strict: StageEvening) -> None:
    """The text goes on, and so does every later one of this author with these words, through restarts."""
    stage = strict.stage
    asked = await tell(strict, NAMED)
    await stage.restart()
    went_on = await pressed(strict, strict.presenter, asked.control("no-names"))
    assert went_on.text == stage.library.texts("told-done")
    assert await account(strict) == NAMED
    assert await drafts(strict) == []
    await stage.restart()
    shouted = await tell(strict, "Then MARGUÉRITE's cat, and marguerite.")
    assert shouted.text == stage.library.texts("told-done")
    other = await tell(strict, "Then Tomasz slept.")
    assert "no-names" in verbs_of(other)
    titled = await tell(strict, "Then Dr Tomasz Duval slept.")
    went_on = await pressed(strict, strict.presenter, titled.control("no-names"))
    assert went_on.text == stage.library.texts("told-done")
    assert "no-names" in verbs_of(await tell(strict, "Then Dr Duval slept."))


async def test_what_the_group_has_listed_no_author_takes_away(strict: StageEvening) -> None:
    """Alone, and within a longer name. What stands beside it goes on to be asked about, or goes its way."""
    await strict.desk().words.add(strict.group, "person", "Duval")
    for text in ("Then Duval slept.", "Then Dr Duval slept.", "Then Marguerite Duval slept."):
        assert verbs_of(await tell(strict, text)) == ["edit", "discard"]
    both = await tell(strict, "Then Duval slept, and Tomasz.")
    rest = await pressed(strict, strict.presenter, both.control("no-names"))
    assert verbs_of(rest) == ["edit", "discard"]
    assert "Tomasz" not in "".join(lines(rest))
    dated = await tell(strict, f"{NAMED} {DATED}")
    asked_about = await pressed(strict, strict.presenter, dated.control("no-names"))
    assert verbs_of(asked_about) == ["edit", "keep"]


async def test_it_is_a_name_for_everybody_else(strict: StageEvening) -> None:
    """The list is one author's alone, and of this group alone."""
    stage = strict.stage
    asked = await tell(strict, NAMED)
    await pressed(strict, strict.presenter, asked.control("no-names"))
    await strict.to("facts")
    for user in (strict.members[0], strict.facilitator):
        refused = await ask(strict, user, "Who is Marguerite?")
        assert stage.library.texts("text-refused") in refused.text
    elsewhere = stage.guild.create_text_channel("thursday")
    group = await group_of(
        stage.bot.desk, stage.guild.id, elsewhere.id, strict.facilitator, [strict.presenter]
    )
    fields = {"title": "A title", "question": NAMED, "time": "text.60"}
    start = send(stage, strict.presenter, Control("b" * 16, "start").opened(opening()), fields, elsewhere.id)
    await stage.env.settle()
    assert stage.library.texts("text-refused") in start.text
    assert await stage.bot.desk.words.count_no_names(group, strict.presenter) == 0


async def test_saying_it_twice_has_one_effect(strict: StageEvening) -> None:
    """On two devices at once: each is answered, the text is there once, and the words are counted once."""
    await strict.to("facts")
    cem = strict.members[0]
    asked = await ask(strict, cem, "Who is Marguerite?")
    for _ in range(3):
        press(strict.stage, cem, asked.control("no-names"), strict.stage.thread.id)
    await strict.stage.env.settle()
    assert len((await strict.session()).facts) == 1
    assert await strict.desk().words.count_no_names(strict.group, cem) == 1


async def test_an_author_s_list_has_an_end(strict: StageEvening) -> None:
    """A sentence says so, and the text is kept; words that are on it already need no room."""
    words = strict.desk().words
    many = [f"Marguerite{number}" for number in range(MOST_OWN_WORDS)]
    await words.say_no_names(strict.group, strict.presenter, many)
    asked = await tell(strict, NAMED)
    full = await pressed(strict, strict.presenter, asked.control("no-names"))
    assert full.text == strict.stage.library.texts("own-words-full", most=MOST_OWN_WORDS)
    assert await account(strict) == ACCOUNT
    assert len(await drafts(strict)) == 1
    await words.say_no_names(strict.group, strict.presenter, many[:3])
    assert await words.count_no_names(strict.group, strict.presenter) == MOST_OWN_WORDS


# The reader that is not there, and a finder that breaks


async def test_the_basic_check_says_that_it_is_one(stage: Stage, evening: StageEvening) -> None:
    """Only where the reader was not there, and in whatever the review says."""
    for fully in (False, True):
        stage.finder = replace(BY_RULES, reads_fully=lambda fully=fully: fully)
        await stage.restart()
        for text in (DATED, "Write to h.ron@example.org"):
            asked = await tell(evening, text)
            assert (stage.library.texts("review-basic") in asked.text) is not fully


async def test_the_reader_itself_reads_what_is_typed(opened: StageOpener) -> None:
    """As the bot runs: with the reader where it works, and by rules, with word of it, where it doesn't."""
    async with opened(finder=Finder()) as stage:
        evening = await evening_on(stage)
        await stage.pass_time()
        asked = await tell(evening, "Then Dr Marguerite Duval slept.")
        assert "Marguerite Duval" in "".join(lines(asked))
        assert (stage.library.texts("review-basic") in asked.text) is (ready_reader() is None)
        assert await account(evening) == ACCOUNT
        unasked = await tell(evening, HARMLESS)
        assert unasked.text == stage.library.texts("told-done")


async def test_a_review_that_breaks_lets_nothing_through(
    opened: StageOpener, log_text: Callable[[], str]
) -> None:
    """The text comes back with a code, and the log has nothing of it."""

    def broken(text: str, _language: str, _lists: WordLists | None) -> tuple[Finding, ...]:
        if text:
            raise ValueError(text)
        return ()

    async with opened(finder=Finder(broken, lambda: True)) as stage:
        evening = await evening_on(stage)
        await stage.pass_time()
        asked = await tell(evening, HARMLESS)
        assert stage.library.texts("error", code="").split(":")[0] in asked.text
        assert HARMLESS in asked.text
        assert await account(evening) == ACCOUNT
    assert "ValueError" in log_text()
    assert HARMLESS not in log_text()


async def test_ordinary_details_that_point_to_one_person_together_are_said(strict: StageEvening) -> None:
    """Beside what was found, with the two whose blurring would help most."""
    text = f"{NAMED} A Polish nurse in her thirties, divorced, who lost her house in the fire."
    asked = await tell(strict, text)
    assert "together they may point to one person" in asked.text
    assert "Making what happened and the job less precise would help most." in asked.text
    alone = await tell(strict, NAMED)
    assert "together" not in alone.text
