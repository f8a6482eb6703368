"""A group that prepares cases: the way from an empty form to a card, and what is stored meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.cases.case import Case
from bot.cases.writing import CaseWriting
from bot.rehearsal.stage import Actor, Stage, message_text
from bot.services.writing import writing_in
from bot.storage import tables
from bot.storage.cases import StoredCase
from bot.storage.groups import Group
from tests.ui.raw import Asked, press
from tests.vignette_flow.table import Table, before, ids_in
from tests.vignettes.shelf import rows_of

FORM = "my-client-looks-after-me"
BEHAVIOUR = "She brings coffee and asks how I slept."
BEFORE = "We spoke about a loss."
QUESTION = "What do I miss?"
FIRST = {"behaviour": BEHAVIOUR, "how-often": "1", "ten-minutes-before": BEFORE}
"""The first page of ``FORM``, as it is sent; its last one is a question alone."""
LAST = {"question": QUESTION}
BLOCKING = "She writes from anna.k@example.org."
WARNING = "My client Mrs Kowalska brings coffee."


@dataclass
class Cases:
    """Everyone around the table, and the cases of their group."""

    table: Table

    def __getitem__(self, name: str) -> Actor:
        return self.table[name]

    @property
    def stage(self) -> Stage:
        return self.table.stage

    def say(self, key: str, **values: str | int) -> str:
        return self.table.say(key, **values)

    async def group(self) -> Group:
        async with self.stage.bot.desk.ground.reading() as store:
            group = await store.groups.by_channel(self.stage.channel.id)
        assert group is not None
        return group

    async def stored(self) -> list[StoredCase]:
        """Every case there is, the newest first."""
        group = await self.group()
        return [stored for stored, _ in await self.stage.bot.desk.cases.of_group(group)]

    async def kept(self) -> list[Case]:
        return [stored.case for stored in await self.stored()]

    async def drafts(self) -> dict[str, CaseWriting]:
        """Every case that somebody is writing, whoever it is."""
        found = dict[str, CaseWriting]()
        async with self.stage.bot.desk.ground.reading() as store:
            for token, _ in await store.drafts.owners():
                draft = await store.drafts.load(token)
                assert draft is not None
                if draft.purpose == CaseWriting.purpose:
                    writing = writing_in(draft)
                    assert isinstance(writing, CaseWriting)
                    found[token] = writing
        return found

    async def rows(self, table: Any) -> list[dict[str, Any]]:
        return await rows_of(self.stage.bot.desk, table)

    async def answers(self) -> Mapping[str, str]:
        """What is kept of the one case that is being written."""
        [writing] = (await self.drafts()).values()
        return writing.answers

    # To the channel

    async def begin(self, who: Actor, **first: str) -> None:
        """The form, and its first page sent."""
        await who.command("case present", template=FORM)
        await who.fill(**{**FIRST, **first})

    async def to_look(self, who: Actor, **first: str) -> None:
        """The first page and the last, and what the review says."""
        await self.begin(who, **first)
        await who.press("c-page", "2")
        await who.fill(**LAST)
        await who.press("c-look")

    async def to_preview(self, who: Actor, **first: str) -> None:
        await self.to_look(who, **first)
        if who.offers("w-all"):
            await who.press("w-all")
        await who.press("c-next")

    async def posted(self, who: Actor, **first: str) -> discord.Message:
        """All the way, until its card stands in the channel."""
        await self.to_preview(who, **first)
        await who.press("c-post")
        await self.stage.pass_time(5)
        return self.card()

    # What everyone sees

    def cards(self) -> list[discord.Message]:
        """The cases in the channel, the oldest first."""
        return [
            post
            for post in self.stage.posts(self.stage.channel)
            if not post.flags.ephemeral and any(":k-more:" in each for each in ids_in(post))
        ]

    def card(self) -> discord.Message:
        return self.cards()[-1]

    def said(self) -> list[str]:
        """What stands in the threads of the cases, the oldest first."""
        open_ones = [thread for thread in self.stage.channel.threads if _is_open(self.stage, thread.id)]
        return [message_text(post) for thread in open_ones for post in self.stage.posts(thread)]

    async def again(self, who: str, control: str, *, values: list[str] | None = None) -> Asked:
        """A press with a control that was copied, or seen on another device."""
        asked = press(self.stage, self[who].id, control, values=values)
        await self.stage.env.settle()
        return asked


def _is_open(stage: Stage, thread: int) -> bool:
    return stage.env.backend.get_channel(thread).type == discord.ChannelType.public_thread.value


def controls(who: Actor, *verbs: str) -> list[str]:
    """The custom_ids of these verbs in the private message before somebody."""
    return [each for each in ids_in(before(who)) if each.split(":")[2] in verbs]


def fields(who: Actor) -> dict[str, Mapping[str, Any]]:
    """The fields of the form that is open, by their names."""
    assert who.shown is not None
    assert who.shown.modal is not None, who.text
    inner = [part["component"] for part in who.shown.modal["components"] if "component" in part]
    return {each["custom_id"]: each for each in inner}


def form_id(who: Actor) -> str:
    """Under which custom_id the open form is sent."""
    assert who.shown is not None
    assert who.shown.modal is not None, who.text
    return str(who.shown.modal["custom_id"])


def values(who: Actor) -> dict[str, str]:
    """What stands in each text field of the open form."""
    return {name: each.get("value") or "" for name, each in fields(who).items() if each["type"] == 4}


async def nothing_is_left(cases: Cases) -> bool:
    """Whether no row is about a case or a text under way any more."""
    return not await cases.rows(tables.cases) and not await cases.drafts()
