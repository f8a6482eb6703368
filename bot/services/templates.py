"""The forms a group can choose from: the shipped ones, and its own in front of those of the same id."""

from bot.content.models import Template
from bot.refusal import Refusal
from bot.services.ground import Ground
from bot.storage.groups import Group
from bot.storage.store import Store
from bot.storage.templates import StoredTemplate

MOST_OWN = 25
FIRST = "my-client-looks-after-me"
"""It leads every list: it is what Sixfold is for."""


class TemplateService:
    """Use cases of a group's templates."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def of(self, group: Group) -> tuple[Template, ...]:
        """Every template that ``group`` can fill in: ``FIRST``, then by title."""
        async with self._ground.reading() as store:
            own = await store.templates.of_group(group.token)
        found = {each.id: each for each in self._ground.library(group).templates}
        found |= {each.template.id: each.template for each in own}
        return tuple(
            sorted(found.values(), key=lambda each: (each.id != FIRST, each.title.casefold(), each.id))
        )

    async def matching(self, group: Group, typed: str) -> list[Template]:
        """Those that have every word that was typed in their title or in what they are for.

        Those with all of it in their title come first.
        """
        words = typed.casefold().split()

        def has(text: str) -> bool:
            return all(word in text.casefold() for word in words)

        found = [each for each in await self.of(group) if has(f"{each.title} {each.when_to_use}")]
        return sorted(found, key=lambda each: not has(each.title))

    async def find(self, group: Group, id: str) -> Template:  # noqa: A002
        """The template of that id; ``Refusal`` where ``group`` has none."""
        for each in await self.of(group):
            if each.id == id:
                return each
        raise Refusal("template-gone")

    async def called(self, group: Group, typed: str) -> Template:
        """The template that was chosen from a list or typed by hand, by its id or title; else ``Refusal``."""
        wanted = typed.strip().casefold()
        for each in await self.of(group):
            if wanted in (each.id, each.title.casefold()):
                return each
        raise Refusal("template-gone")

    async def own(self, group: Group) -> frozenset[str]:
        """The ids of the templates that are the group's own."""
        return frozenset(each.template.id for each in await self.kept(group))

    async def kept(self, group: Group) -> list[StoredTemplate]:
        """The templates that are the group's own, as they are stored."""
        async with self._ground.reading() as store:
            return await store.templates.of_group(group.token)

    async def version(self, group: Group, id: str) -> int:  # noqa: A002
        """How often the group's own template of that id was saved; 0 where it has none."""
        return next((each.version for each in await self.kept(group) if each.template.id == id), 0)

    async def save(self, group: Group, template: Template) -> int:
        """Put ``template`` among the group's own, in the place of one of the same id, and give its version.

        Versions count from 1; saving what is there already changes nothing. ``Refusal`` where it would be
        one more than ``MOST_OWN``.
        """
        async with self._ground.writing() as store:
            return await put(self._ground, store, group.token, template)

    async def remove(self, group: Group, id: str) -> None:  # noqa: A002
        """Take the group's own template of that id out; a shipped one of the same id is back then.

        ``Refusal`` where the group has none of its own.
        """
        async with self._ground.writing() as store:
            for each in await store.templates.of_group(group.token):
                if each.template.id == id:
                    await store.templates.remove(each.token)
                    return
            raise Refusal("template-not-own")


async def put(ground: Ground, store: Store, group: str, template: Template) -> int:
    """``TemplateService.save``, as part of a transaction."""
    known = await store.templates.of_group(group)
    for each in known:
        if each.template.id == template.id:
            if each.template == template:
                return each.version
            await store.templates.save(each.token, template, each.version + 1)
            return each.version + 1
    if len(known) >= MOST_OWN:
        raise Refusal("template-too-many", most=MOST_OWN)
    await store.templates.add(ground.chance.token(), group, template)
    return 1
