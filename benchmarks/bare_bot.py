"""The least that a bot on discord.py can be: it acknowledges every click. ``click_over_http`` starts it."""

import asyncio
import os

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL


class Bare(discord.Client):
    """Says that it has heard, and nothing else."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()


async def main() -> None:
    Route.BASE = os.environ["SIXFOLD_REST_BASE"]
    async with Bare() as client:
        await client.login(os.environ["SIXFOLD_DISCORD_TOKEN"])
        _, gateway, _ = await client.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)
        await client.connect()


if __name__ == "__main__":
    asyncio.run(main())
