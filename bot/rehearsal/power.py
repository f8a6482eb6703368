"""The bot cut off in the middle of something, and built again from what it had stored."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from bot.app import build
from bot.rehearsal.stage import Stage
from bot.storage.keys import open_keys

_IN_THE_MIDDLE = 0.002
"""Seconds that something has been under way when it is cut off."""


async def cut_off(stage: Stage, under_way: Awaitable[object] | None = None) -> None:
    """Take the bot away without a goodbye, and with it whatever ``under_way`` had begun.

    Who presses something afterwards gets no answer, as in life. ``bring_back`` ends it.
    """
    begun = asyncio.ensure_future(under_way) if under_way is not None else None
    await asyncio.sleep(_IN_THE_MIDDLE)
    old = stage.bot
    # The simulator has no public name for it: it ends what the bot does without letting it finish.
    detach: Any = getattr(stage.env, "_detach_bot")  # noqa: B009
    await detach()
    if begun is not None:
        # Whoever acted finds no form or no answer before them; that is the point.
        await asyncio.gather(begun, return_exceptions=True)
    await old.stop_loops()
    await old.desk.close()
    _forgive(stage)


async def bring_back(stage: Stage) -> None:
    """Build the bot again on the same data."""
    new = await build(
        open_keys(stage.settings.data_dir),
        stage.settings,
        clock=stage.clock,
        chance=stage.chance,
        library=stage.library,
        finder=stage.finder,
    )
    _forgive(stage)
    await stage.env.restart_bot(new)
    await stage.env.settle()


def _forgive(stage: Stage) -> None:
    # What fell because it was cut off is no fault of the bot's: looking at it takes it as known.
    _ = stage.env.errors
