"""What a private message offers."""

import discord

from bot.rehearsal.stage import Actor, components_of
from tests.vignette_flow.table import before


def offered(who: Actor, verb: str) -> list[str]:
    """The values of the select of ``verb`` in the message before them."""
    return [
        option["value"]
        for part in components_of(before(who))
        if part.get("custom_id", "::").split(":")[2] == verb
        for option in part.get("options", ())
    ]


def primary(who: Actor) -> int:
    """How many of its buttons stand out."""
    return sum(
        part["type"] == discord.ComponentType.button.value
        and part["style"] == discord.ButtonStyle.primary.value
        for part in components_of(before(who))
    )
