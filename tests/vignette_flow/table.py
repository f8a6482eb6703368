"""A group at its table: people who accepted the charter, and the way from a form to a published text."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import discord
from simcord.results import ResponseMessage

from bot.rehearsal.stage import Actor, Message, Stage, components_of, message_text
from bot.services.access import Caller
from bot.vignettes.slots import SLOT_SECONDS
from bot.vignettes.vignette import Vignette
from tests.services.evening import ZONE

TITLE = "The early bird"
CLEAN = (
    "A client comes early each time and brings coffee for both of us. I am asked how I slept, and when I say "
    "well there is a laugh. I felt looked after, and then I felt guilty."
)
OPEN = (
    "My client Mrs Kowalska comes early each time and brings coffee from Leeds for both of us. She asks how "
    "I slept, and when I say well she laughs. She writes to me from anna.k@example.org. I felt looked after."
)
QUESTION = "What do I miss?"
HARMLESS = {"client": "no", "relative": "no", "needed": "yes", "changed": "", "placement": "no-trainee"}
PEOPLE = ("Mo", "Bea", "Cem", "Dag", "Eli", "Fay")
"""The first one manages the server and looks after the group."""


@dataclass
class Table:
    """Everyone around it, by name."""

    stage: Stage

    def __getitem__(self, name: str) -> Actor:
        return self.stage[name]

    def say(self, key: str, **values: str | int) -> str:
        return self.stage.library.texts(key, **values)

    async def kept(self) -> list[Vignette]:
        """Every vignette that is stored."""
        desk = self.stage.bot.desk
        async with desk.ground.reading() as store:
            group = await store.groups.by_channel(self.stage.channel.id)
            assert group is not None
            return [stored.vignette for stored in await store.vignettes.of_group(group.token)]

    async def drafts(self) -> int:
        """How many drafts there are, whosever."""
        async with self.stage.bot.desk.ground.reading() as store:
            return len(await store.drafts.owners())

    def cards(self) -> list[discord.Message]:
        """The vignettes in the channel, as everyone sees them."""
        return [post for post in self.stage.posts(self.stage.channel) if offers_in(post, "v-more")]

    def card(self, title: str = TITLE) -> discord.Message:
        """The newest one of this title."""
        return next(post for post in reversed(self.cards()) if title in message_text(post))

    def said(self) -> list[str]:
        """What stands in the threads below the vignettes, oldest first."""
        return [
            message_text(post) for thread in self.stage.channel.threads for post in self.stage.posts(thread)
        ]

    async def to_slot(self, *, slots: int = 1) -> None:
        """Let the next quarter of an hour come in which something written now may show."""
        for _ in range(slots):
            now = int(self.stage.env.now().timestamp())
            await self.stage.pass_time((now + 180) // SLOT_SECONDS * SLOT_SECONDS + SLOT_SECONDS - now + 3)

    async def type_in(self, who: Actor, text: str = CLEAN, *, title: str = TITLE, **fields: str) -> None:
        """Open the form and send it."""
        await who.command("vignette write")
        if who.offers("vignette"):
            await who.press("vignette")
        await who.fill(title=title, text=text, question=fields.pop("question", QUESTION), **fields)

    async def to_the_name(self, who: Actor, text: str = CLEAN, *, title: str = TITLE, **answers: str) -> None:
        """From the form to the last screen, taking every suggestion."""
        await self.type_in(who, text, title=title)
        if who.offers("w-all"):
            await who.press("w-all")
        await who.press("w-next")
        await who.press("w-questions")
        await who.fill(**{**HARMLESS, **answers})

    async def take_in(
        self, who: Actor, text: str = CLEAN, *, title: str = TITLE, how: str = "alias.now"
    ) -> None:
        """All the way, until it is on its way."""
        await self.to_the_name(who, text, title=title)
        await publish(who, how)

    async def published(self, who: Actor, text: str = CLEAN, *, title: str = TITLE) -> discord.Message:
        """All the way, until it stands in the channel."""
        await self.take_in(who, text, title=title)
        await self.to_slot()
        return self.card(title)

    async def more(self, who: Actor, title: str = TITLE) -> None:
        """What this person can do about a vignette."""
        await who.press("v-more", on=self.card(title))


def offers_in(message: Message, verb: str) -> list[str]:
    """The arguments with which a message offers a verb."""
    return [each.split(":", 3)[3] for each in ids_in(message) if each.split(":")[2] == verb]


def ids_in(message: Message) -> list[str]:
    """The custom_ids in a message as it is now: a private message that is replaced has others then."""
    return [str(each["custom_id"]) for each in components_of(message) if "custom_id" in each]


def before(who: Actor) -> ResponseMessage:
    """The private message that someone has before them."""
    response = who.shown.response if who.shown is not None else None
    assert response is not None
    return response


async def publish(who: Actor, how: str = "alias.now") -> None:
    """Press the button of this choice on the last screen."""
    choices = [argument for argument in offers_in(before(who), "w-publish") if argument.startswith(how)]
    assert choices, who.text
    await who.press("w-publish", choices[0])


Opener = Callable[..., AbstractAsyncContextManager[Stage]]


@asynccontextmanager
async def seated(
    opened: Opener, people: tuple[str, ...] = PEOPLE, *, second_reader: bool = False, **how: object
) -> AsyncIterator[Table]:
    """A group whose people have all accepted the charter; nobody but ``Ola`` has not."""
    async with opened(names=(*people, "Ola"), **how) as stage:
        desk, first = stage.bot.desk, stage[people[0]].id
        caller = Caller(first, stage.guild.id, stage.channel.id, manages_server=True)
        group = await desk.groups.set_up(caller, ZONE, "en", "14", (first,), second_reader=second_reader)
        for name in people:
            await desk.groups.accept_charter(
                group.token, Caller(stage[name].id, stage.guild.id, stage.channel.id)
            )
        yield Table(stage)
