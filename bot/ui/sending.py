"""Giving an answer to Discord, once, whichever way it was waited for."""

import logging
from collections.abc import Awaitable
from typing import Any

import aiohttp
import discord

from bot.delivery.discord_out import files
from bot.ui.answers import Answer, Form, Private

log = logging.getLogger(__name__)


async def attempt(sending: Awaitable[None]) -> None:
    """Send, or go on without: what was decided is committed, and the person who presses again sees it."""
    try:
        await sending
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        log.warning("an answer could not be sent: %s", type(error).__name__)


async def defer(interaction: discord.Interaction[Any]) -> None:
    """Say that it takes a moment; the answer then takes the place of that."""
    in_place = interaction.message is not None and interaction.message.flags.ephemeral
    if in_place:
        await interaction.response.defer()
    else:
        await interaction.response.defer(ephemeral=True, thinking=True)


async def send(
    interaction: discord.Interaction[Any], answer: Answer, too_slow: discord.ui.LayoutView
) -> None:
    """Send an answer; ``too_slow`` in place of a form that can't follow on a wait."""
    late = interaction.response.is_done()
    if isinstance(answer, Form):
        if not late:
            await interaction.response.send_modal(answer.modal)
            return
        # What it was opened from stays, to be pressed once more.
        answer = Private(too_slow, in_place=False)
    answer.view.stop()
    private_before = interaction.message is not None and interaction.message.flags.ephemeral
    replaces = answer.in_place and private_before
    if late and (replaces or not private_before):
        await interaction.edit_original_response(view=answer.view, attachments=files(answer.pictures))
    elif late:
        await interaction.followup.send(view=answer.view, files=files(answer.pictures), ephemeral=True)
    elif replaces:
        await interaction.response.edit_message(view=answer.view, attachments=files(answer.pictures))
    else:
        await interaction.response.send_message(
            view=answer.view, files=files(answer.pictures), ephemeral=True
        )
