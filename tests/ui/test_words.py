"""The group's list of words: added, found however they are written, removed, and never to be read."""

import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest

from bot.rehearsal.stage import Actor, Stage
from bot.services.words import MOST_CHARACTERS, MOST_ENTRIES, MOST_GROUP_WORDS
from bot.storage.groups import Group
from bot.ui.control import Control
from tests.conftest import StageOpener
from tests.services.evening import group_of
from tests.services.left import files_hold, rows_left
from tests.services.reading import STRICT
from tests.ui.raw import Asked, opening, press, send


@dataclass
class Room:
    """A group without a session; its members bring texts in the form that would start one."""

    stage: Stage
    group: Group

    @property
    def you(self) -> Actor:
        return self.stage["You"]

    async def add(self, entries: str, kind: str = "place") -> None:
        await self.you.command("group words")
        await self.you.press("words-add")
        await self.you.fill(entries=entries, kind=kind)

    async def take_away(self, entry: str) -> None:
        await self.you.command("group words")
        await self.you.press("words-remove")
        await self.you.fill(entry=entry)

    async def count(self) -> int:
        return await self.stage.bot.desk.words.count(self.group)

    async def bring(self, question: str, name: str = "Bea") -> Asked:
        control = Control("b" * 16, "start").opened(opening())
        fields = {"title": "A title", "question": question, "time": "text.60"}
        asked = send(self.stage, self.stage[name].id, control, fields)
        await self.stage.env.settle()
        return asked

    async def blocks(self, question: str) -> bool:
        """Whether a text comes back because of the list."""
        asked, say = await self.bring(question), self.stage.library.texts
        return say("finding-listed", words="#").split("#")[0] in asked.text

    async def no_names(self, asked: Asked, name: str = "Bea") -> Asked:
        pressed = press(self.stage, self.stage[name].id, asked.control("no-names"))
        await self.stage.env.settle()
        return pressed


async def room_on(stage: Stage) -> Room:
    everyone = [actor.id for actor in stage.actors.values()]
    return Room(
        stage,
        await group_of(stage.bot.desk, stage.guild.id, stage.channel.id, stage["You"].id, everyone),
    )


@pytest.fixture
async def room(stage: Stage) -> Room:
    return await room_on(stage)


@pytest.fixture
async def strict(opened: StageOpener) -> AsyncIterator[Room]:
    async with opened(finder=STRICT) as stage:
        yield await room_on(stage)


async def test_a_listed_word_blocks_however_it_is_written(room: Room) -> None:
    """Other capitals, other accents, a possessive s; through restarts; and for everyone."""
    you, say = room.you, room.stage.library.texts
    await you.command("group words")
    assert say("words-head", count=0, most=MOST_GROUP_WORDS) in you.text
    assert not you.offers("words-remove")
    await you.press("words-add")
    await room.stage.restart()
    await you.fill(entries="Café Zoë\n\n  St Mary's. \nthe old mill", kind="place")
    assert say("words-added", count=3) in you.text
    assert await room.count() == 3
    await room.stage.restart()
    for text in (
        "We met at CAFE ZOE.",
        "she waits in café zoë",
        "St Mary’s was full",
        "by The Old Mill's gate",
    ):
        assert await room.blocks(text), text
    asked = await room.bring("Which old mill? The old mill?", "You")
    assert say("text-refused") in asked.text
    assert [each.split(":")[2] for each in asked.controls] == ["edit", "discard"]


async def test_the_list_is_of_one_group(room: Room) -> None:
    """Another channel's group has its own, and the same word has another mark there."""
    you = room.you
    await room.add("the old mill")
    elsewhere = room.stage.guild.create_text_channel("thursday")
    await you.command("group setup", where=elsewhere, zone="Europe/Berlin")
    await you.fill(**{"language": ["en"], "retention": "14", "facilitators": [], "second-reader": "no"})
    await you.command("group words", where=elsewhere)
    assert room.stage.library.texts("words-head", count=0, most=MOST_GROUP_WORDS) in you.text
    await you.press("words-add")
    await you.fill(entries="the old mill", kind="place")
    async with room.stage.bot.desk.ground.reading() as store:
        marks = [await store.words.of_group(group.token) for group in await store.groups.all()]
    assert [len(each) for each in marks] == [1, 1]
    assert not marks[0].keys() & marks[1].keys()


async def test_a_word_is_taken_away_by_typing_it(room: Room) -> None:
    """It is said whether it was there; nothing else tells what is on the list."""
    say = room.stage.library.texts
    await room.add("the old mill\nMarshgate")
    await room.add("MARSHGATE", "organisation")
    assert say("words-added", count=0) in room.you.text
    assert await room.count() == 2
    for typed, sentence in (
        ("Marsh", say("words-not-there")),
        (" ", say("nothing-written")),
        ("…", say("words-no-word", line=1)),
        ("marshgate", say("words-removed")),
        ("Marshgate", say("words-not-there")),
    ):
        await room.take_away(typed)
        assert sentence in room.you.text
    assert await room.count() == 1
    assert not await room.blocks("she lives near marshgate")


async def test_emptying_asks_first(room: Room) -> None:
    """There is a way back, and pressing twice is pressing once."""
    you, say = room.you, room.stage.library.texts
    await room.add("the old mill\nMarshgate")
    await you.press("words-empty")
    assert say("words-empty-ask", count=2) in you.text
    await you.press("words")
    assert await room.count() == 2
    await room.stage.restart()
    await you.press("words-empty")
    twice = [press(room.stage, you.id, Control("b" * 16, "words-empty-now")) for _ in range(2)]
    await room.stage.env.settle()
    assert say("words-emptied", count=2) in twice[0].text + twice[1].text
    assert say("words-emptied", count=0) in twice[0].text + twice[1].text
    assert await room.count() == 0


async def test_what_can_t_be_taken_comes_back(room: Room) -> None:
    """None of it is added, the sentence says why, and after a restart the form opens with all of it."""
    you, say = room.you, room.stage.library.texts
    refused = {
        "\n".join(f"place {number}" for number in range(MOST_ENTRIES + 1)): say(
            "words-too-many", most=MOST_ENTRIES
        ),
        f"Marshgate\n{'a' * (MOST_CHARACTERS + 1)}": say("words-too-long", line=2, most=MOST_CHARACTERS),
        "Marshgate\n\none two three four five six": say("words-too-many-words", line=3, most=5),
        "Marshgate\n...": say("words-no-word", line=2),
        "  \n ": say("nothing-written"),
    }
    for typed, sentence in refused.items():
        await room.add(typed)
        assert sentence in you.text
        assert await room.count() == 0
        if len(typed) > MOST_CHARACTERS:
            await room.stage.restart()
        await you.press("edit")
        assert you.shown is not None
        parts = [part["component"] for part in (you.shown.modal or {})["components"]]
        assert parts[0]["value"] == typed
    await you.fill(entries="Marshgate", kind="place")
    assert await room.count() == 1


async def test_the_list_has_an_end(room: Room) -> None:
    """Five hundred; more are refused whole, and what is there already needs no room."""
    desk, you, say = room.stage.bot.desk, room.you, room.stage.library.texts
    names = [f"place {number}" for number in range(MOST_GROUP_WORDS)]
    for first in range(0, MOST_GROUP_WORDS, MOST_ENTRIES):
        await desk.words.add(room.group, "place", "\n".join(names[first : first + MOST_ENTRIES]))
    await room.add("place 3\nMarshgate")
    assert say("words-full", count=MOST_GROUP_WORDS, most=MOST_GROUP_WORDS) in you.text
    await room.add("place 3\nplace 4")
    assert say("words-added", count=0) in you.text
    assert await room.count() == MOST_GROUP_WORDS


async def test_forgetting_takes_an_author_s_words_and_leaves_the_group_s(strict: Room) -> None:
    """They are counted before, for their author alone, and gone after; others' stay."""
    stage, say = strict.stage, strict.stage.library.texts
    await strict.add("the old mill")
    for name in ("Bea", "Cem"):
        await strict.no_names(await strict.bring("Did Marguerite sleep?", name), name)
    for name, count in (("Bea", 1), ("Cem", 1), ("Dag", 0)):
        await stage[name].command("privacy notice")
        assert stage[name].text == say("notice", days=14, words=count)
    assert (await stage.bot.desk.privacy.forget(stage["Bea"].id, stage.guild.id)).words == 1
    await stage["Bea"].command("privacy notice")
    assert stage["Bea"].text == say("notice", days=14, words=0)
    left = await rows_left(stage.bot.desk)
    assert (left["own_words"], left["group_words"]) == (1, 1)


CANARY = "Zaunkoenigsweiler"
NO_NAME = "Rotkehlchenau"


async def test_no_word_of_a_list_is_anywhere(strict: Room, log_text: Callable[[], str]) -> None:
    """Added, taken away, found in a text, said to be no name: in no file, no request of ours, no log."""
    stage = strict.stage
    quiet = logging.getLogger("discord").level
    logging.getLogger("discord").setLevel(logging.INFO)
    await strict.add(f"{CANARY}\nthe {CANARY} clinic")
    await strict.take_away(f"the {CANARY} clinic")
    assert await strict.count() == 1
    assert CANARY not in "\n".join(str(request.json) for request in stage.env.http_requests)
    assert await strict.blocks(f"near {CANARY}")
    asked = await strict.bring(f"In March it was {NO_NAME}.")
    await strict.no_names(asked)
    assert (await rows_left(stage.bot.desk))["own_words"] == 1
    needles = [form.encode() for word in (CANARY, NO_NAME) for form in (word, word.lower())]
    assert files_hold(stage.settings.data_dir / "sixfold.db", needles) == []
    logged = log_text()
    logging.getLogger("discord").setLevel(quiet)
    # The simulator and its HTTP client are Discord's side, not the bot's.
    ours = [line for line in logged.splitlines() if not line.startswith(("simcord", "aiohttp"))]
    assert not [line for line in ours if CANARY.lower() in line.lower() or NO_NAME.lower() in line.lower()]
