"""The bot as Discord sees it: signs in, hands every interaction to the router, keeps its loops alive."""

import asyncio
import hashlib
import json
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import discord
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

import cogs.case
import cogs.commitment
import cogs.formulate
import cogs.group
import cogs.privacy
import cogs.remind
import cogs.strategy
import cogs.template
import cogs.vignette
import cogs.writing
from bot.chance import Chance, SystemChance
from bot.clock import Clock, Nap
from bot.content.library import Library, load_library
from bot.delivery.sender import Sender
from bot.desk import Desk
from bot.logs import quiet_logs
from bot.refusal import Refusal
from bot.services.ground import Ground
from bot.services.screening import Finder
from bot.settings import Settings
from bot.storage.engine import Database
from bot.storage.files import held
from bot.storage.keys import DATABASE_FILE, KeyRing, open_keys
from bot.ui.note_wishes import NoteWishes
from bot.ui.wishes import Wishes

log = logging.getLogger(__name__)

COMMANDS_FILE = "commands.sha256"
LOCK_FILE = "running.lock"
_CLICKS = (discord.InteractionType.component, discord.InteractionType.modal_submit)


class Sixfold(commands.Bot):
    """One process of the bot. It needs no privileged intent and reads no message."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=discord.app_commands.AppCommandContext(guild=True),
            allowed_installs=discord.app_commands.AppInstallationType(guild=True),
            max_messages=None,
        )
        self.desk = desk
        self.keeper = desk.keeper
        wishes = Wishes(
            desk.formulating,
            desk.vignettes,
            desk.cases,
            NoteWishes(desk.reminders, desk.commitments, desk.ground),
            desk.ground,
            lambda: desk.printer,
        )
        self.sender = Sender(desk.ground, self, wishes.wish_for, self._strand, self._undelivered)
        self._loops: list[asyncio.Task[None]] = []

    async def setup_hook(self) -> None:
        """Make the commands known; begin to keep dates and to send."""
        for cog in (
            cogs.case,
            cogs.commitment,
            cogs.formulate,
            cogs.group,
            cogs.privacy,
            cogs.remind,
            cogs.strategy,
            cogs.template,
            cogs.vignette,
            cogs.writing,
        ):
            await cog.add(self, self.desk)
        self.desk.screening.warm(list(self.desk.ground.libraries))
        await self._sync_commands()
        self.desk.ground.changed = self._changed
        self._loops = [
            asyncio.create_task(self._keep_alive("keeper", self.keeper.run)),
            asyncio.create_task(self._keep_alive("sender", self.sender.run)),
        ]

    async def _sync_commands(self) -> None:
        """Tell Discord about the commands, but only if they changed: it counts how often it is told."""
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        told = f"{self.application_id} {json.dumps(payload, sort_keys=True)}"
        digest = hashlib.sha256(told.encode()).hexdigest()
        file = self.desk.ground.database.path.with_name(COMMANDS_FILE)
        if not file.exists() or file.read_text(encoding="ascii") != digest:
            await self.tree.sync()
            file.write_text(digest, encoding="ascii")

    async def _strand(self, subject: str) -> None:
        """Whatever ``subject`` names, its place in Discord can't be reached any more."""
        await self.desk.formulating.strand(subject)
        await self.desk.vignettes.lose(subject)
        await self.desk.cases.lose(subject)

    async def _undelivered(self, subject: str, ref: str) -> None:
        """A note about whatever ``subject`` names could not be delivered."""
        await self.desk.reminders.undelivered(subject, ref)
        await self.desk.commitments.undelivered(subject, ref)

    def _changed(self) -> None:
        for nap in self.naps:
            nap.wake()

    @property
    def naps(self) -> tuple[Nap, ...]:
        """What the standing loops wait with."""
        return (self.keeper.nap, self.sender.nap)

    async def _keep_alive(self, name: str, run: Callable[[], Awaitable[None]]) -> None:
        """A loop that falls begins again; what it did is in the database."""
        while True:
            try:
                await run()
            except Exception as error:  # noqa: BLE001 - the loops must outlive whatever happens in them
                log.error("the %s fell: %s", name, type(error).__name__)  # noqa: TRY400 - a traceback may quote a text
                await asyncio.sleep(30)

    async def on_ready(self) -> None:
        """Note which servers let the bot go while it was off."""
        await self.desk.privacy.reconcile({guild.id for guild in self.guilds})

    async def on_guild_join(self, _guild: discord.Guild) -> None:
        """A server that let the bot go while it was off may have called it back: then nothing is erased."""
        await self.on_ready()

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Erase what was about a server that let the bot go."""
        await self.desk.privacy.erase_server(guild.id)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Hand clicks and forms to the router; commands find their way by themselves."""
        if interaction.type in _CLICKS:
            await self.desk.router.handle(interaction)

    async def stop_loops(self) -> None:
        """Keep no more dates and send nothing more; what was under way is taken up at the next start."""
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        self._loops = []

    async def close(self) -> None:
        """Stop the loops, sign out, close the desk."""
        await self.stop_loops()
        await super().close()
        await self.desk.close()


def end_when_told() -> None:
    """Cancel the present task where the process is told to end or its terminal goes, as Ctrl+C does."""
    task = asyncio.current_task()
    if task is not None:
        for told in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(told, task.cancel)


async def build(
    ring: KeyRing,
    settings: Settings,
    *,
    clock: Clock | None = None,
    chance: Chance | None = None,
    library: Library | None = None,
    finder: Finder | None = None,
) -> Sixfold:
    """The bot on its database, brought up to date and checked against the key file."""
    database = await Database.open(settings.data_dir / DATABASE_FILE, ring)
    content = library or load_library()
    ground = Ground(
        database=database,
        libraries={content.language: content},
        clock=clock or Clock(),
        chance=chance or SystemChance(),
        seal_keys=ring.seal_keys,
    )
    return Sixfold(Desk(ground, finder or Finder()))


def run(settings: Settings) -> int:
    """Run the bot against Discord until it is stopped. Gives the exit code.

    ``Refusal`` where another process runs on the same data: each would send what the other has sent.
    """
    quiet_logs(settings.log_level)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    Route.BASE = settings.rest_base
    ring = open_keys(settings.data_dir)
    if ring.created:
        log.warning("made a key file: %s. Keep a copy of it apart from the database.", ring.path)

    async def serve() -> None:
        end_when_told()
        bot = await build(ring, settings)
        async with bot:
            token = settings.discord_token.get_secret_value() if settings.discord_token is not None else ""
            await bot.login(token)
            # discord.py has the gateway's address in its code, and asks only where it shards: a proxy of
            # one's own would be passed by.
            _, gateway, _ = await bot.http.get_bot_gateway()
            known = DiscordWebSocket.DEFAULT_GATEWAY
            DiscordWebSocket.DEFAULT_GATEWAY = type(known)(gateway)
            await bot.connect()

    with held(settings.data_dir / LOCK_FILE) as alone:
        if not alone:
            raise Refusal("run-twice", folder=str(settings.data_dir))
        with suppress(KeyboardInterrupt, asyncio.CancelledError):
            asyncio.run(serve())
    return 0
