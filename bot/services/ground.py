"""What every service stands on."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.aliases import SealKeys
from bot.chance import Chance
from bot.clock import Clock
from bot.content.library import Library
from bot.formulation.session import Session
from bot.storage.engine import Database
from bot.storage.groups import Group
from bot.storage.store import Store

SECONDS_A_DAY = 86_400
DEFAULT_LANGUAGE = "en"


def _nobody_waits() -> None:
    return


@dataclass
class Ground:
    """Storage, content, time and randomness, handed in once.

    ``changed`` is called after each commit that left something to send or to wait for; delivery and
    the keeper of due dates put their wake there.
    """

    database: Database
    libraries: Mapping[str, Library]
    clock: Clock
    chance: Chance
    seal_keys: SealKeys
    changed: Callable[[], None] = field(default=_nobody_waits)

    def library(self, of: Group | Session | None = None) -> Library:
        """The content in a group's or a session's language, or in the one spoken where there is neither."""
        return self.libraries[of.language if of is not None else DEFAULT_LANGUAGE]

    @property
    def today(self) -> int:
        """Days since 1970, UTC: the finest date kept about a person."""
        return self.clock.seconds() // SECONDS_A_DAY

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[Store]:
        """One consistent look at everything stored."""
        async with self.database.read() as connection:
            yield Store(connection, self.database.vault)

    @asynccontextmanager
    async def writing(self, *, wakes: bool = True) -> AsyncGenerator[Store]:
        """One transaction that commits wholly at its end, or not at all.

        Without ``wakes`` nothing comes of it for delivery or the keeper to do but what whoever writes does.
        """
        try:
            async with self.database.write() as connection:
                yield Store(connection, self.database.vault)
        finally:
            # Also after a cancellation, which may come when the commit is done already.
            if wakes:
                self.changed()
