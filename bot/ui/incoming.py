"""What an interaction brings: who it came from, and what was typed or chosen."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

import discord

from bot.refusal import Refusal
from bot.services.access import DIRECT, Caller
from bot.ui.answers import Fields

_THREADS = (
    discord.ChannelType.private_thread,
    discord.ChannelType.public_thread,
    discord.ChannelType.news_thread,
)


def caller_of(interaction: discord.Interaction[Any]) -> Caller:
    """Who pressed or typed, and where; ``Refusal`` elsewhere than in a server or their direct messages."""
    channel = interaction.channel
    if channel is None:
        raise Refusal("server-only")
    if interaction.guild_id is None:
        if not isinstance(channel, discord.DMChannel):
            raise Refusal("server-only")
        return Caller(interaction.user.id, DIRECT, channel.id)
    thread = channel.id if channel.type in _THREADS else None
    parent = getattr(channel, "parent_id", None) if thread is not None else None
    return Caller(
        user=interaction.user.id,
        guild=interaction.guild_id,
        channel=parent if isinstance(parent, int) else channel.id,
        thread=thread,
        manages_server=interaction.permissions.manage_guild,
    )


def sent(data: Mapping[str, Any]) -> Fields:
    """What stands in the fields of a form that was sent, without the bots among the people chosen."""
    return _without_bots(_fields_of(data.get("components", ())), data.get("resolved", {}))


def _fields_of(components: Iterable[Mapping[str, Any]]) -> dict[str, str | list[str]]:
    """What stands in each field of a form that was sent, by the name of the field."""
    found: dict[str, str | list[str]] = {}
    for component in components:
        inner = component.get("component")
        children: Any = component.get("components", ()) if inner is None else [inner]
        found.update(_fields_of(children))
        if "custom_id" in component:
            values = cast("list[object] | None", component.get("values"))
            alone = component.get("value")
            found[component["custom_id"]] = (
                str(alone or "") if values is None else [str(each) for each in values]
            )
    return found


def _without_bots(fields: dict[str, str | list[str]], resolved: Mapping[str, Any]) -> Fields:
    # Discord offers them among the people, and none can facilitate.
    bots = {user for user, told in resolved.get("users", {}).items() if told.get("bot")}
    return {
        name: [each for each in value if each not in bots] if isinstance(value, list) else value
        for name, value in fields.items()
    }
