"""A group whose facilitators are two, on the simulated server."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

import pytest

from bot.content.models import Template
from bot.rehearsal.stage import Actor, Stage, components_of
from bot.services.templates import TemplateService
from bot.storage.groups import Group
from tests.conftest import StageOpener
from tests.vignette_flow.table import Table, before, offers_in, seated

QUESTION = "Your question to the group"
"""What a new one begins with."""


@dataclass
class Shelf:
    """The group's templates, and the people around them: ``Mo`` and ``Bea`` look after them."""

    table: Table
    group: Group

    @property
    def stage(self) -> Stage:
        return self.table.stage

    @property
    def service(self) -> TemplateService:
        return self.stage.bot.desk.templates

    def __getitem__(self, name: str) -> Actor:
        return self.table[name]

    def say(self, key: str, **values: str | int) -> str:
        return self.table.say(key, **values)

    async def find(self, id_: str) -> Template:
        return await self.service.find(self.group, id_)

    async def version(self, id_: str) -> int:
        return await self.service.version(self.group, id_)

    async def begin(self, who: Actor, title: str = "A short look", **fields: str) -> None:
        """Open the first form of a new one, and send it."""
        await who.command("template new")
        if who.offers("template"):
            await who.press("template")
        typed = {"when_to_use": "When there is little time.", "leave_out": "Names.", **fields}
        await who.fill(title=title, **typed)

    async def reopen(self, who: Actor) -> None:
        """Come back to the one that was begun."""
        await who.command("template new")
        await who.press("t-list")

    async def add(
        self,
        who: Actor,
        label: str = "The moment",
        *,
        guidance: str = "As a camera would see it.",
        kind: str = "paragraph",
        more: str = "",
        marks: Sequence[str] = (),
    ) -> None:
        """Add a field."""
        await who.press("t-field")
        await who.fill(label=label, guidance=guidance, kind=kind, more=more, marks=list(marks))


def labels(who: Actor) -> list[str]:
    """The fields that the select before someone offers, in order, without their numbers."""
    parts = [each for each in components_of(before(who)) if ":t-pick:" in str(each.get("custom_id"))]
    return [option["label"].partition(". ")[2] for part in parts for option in part["options"]]


async def pick(who: Actor, label: str) -> None:
    """Choose a field in that select."""
    (part,) = [each for each in components_of(before(who)) if ":t-pick:" in str(each.get("custom_id"))]
    value = next(each["value"] for each in part["options"] if each["label"].endswith(f". {label}"))
    await who.choose("t-pick", value)


async def move(who: Actor, place: int) -> None:
    """Press the button that moves the field before someone to a place, counted from 0."""
    (argument,) = [each for each in offers_in(before(who), "t-move") if each.endswith(f".{place}")]
    await who.press("t-move", argument)


@pytest.fixture
async def shelf(opened: StageOpener) -> AsyncIterator[Shelf]:
    async with seated(opened) as table:
        desk = table.stage.bot.desk
        async with desk.ground.writing() as store:
            group = await store.groups.by_channel(table.stage.channel.id)
            assert group is not None
            group = replace(group, facilitators=(table["Mo"].id, table["Bea"].id))
            await store.groups.save(group, desk.ground.today)
        yield Shelf(table, group)
