"""The wire between the bot and Discord. It loses what it is told to lose, and knows nonces."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Literal

import aiohttp
import discord
from simcord.builders import ChannelHandle
from simcord.http.router import parse_form

from bot.rehearsal.stage import Stage
from bot.storage.deliveries import Delivery

# "The past few minutes", of which two are counted on; and a second, since attempts are noted in whole ones.
NONCE_IS_KNOWN = 121
_NEVER = 1_000_000_000.0

LATE = 60.0

Fate = Literal["request lost", "answer lost", "request held", "answer held", "answer late"]


def server_error(status: int = 503) -> discord.DiscordServerError:
    return discord.DiscordServerError(_response(status), "upstream connect error")


def http_error(status: int, code: int, text: str = "") -> discord.HTTPException:
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    kind = discord.DiscordServerError if status >= 500 else kinds.get(status, discord.HTTPException)
    return kind(_response(status), {"code": code, "message": text})


def _response(status: int, headers: dict[str, str] | None = None) -> Any:
    return SimpleNamespace(status=status, reason="", headers=headers or {})


def too_many(seconds: str) -> discord.HTTPException:
    """What discord.py raises once its own patience with a 429 is at an end."""
    return discord.HTTPException(_response(429, {"Retry-After": seconds}), "slow down")


UNCLEAR: dict[str, Callable[[], Exception]] = {
    "503": server_error,
    "dropped connection": lambda: aiohttp.ClientOSError(104, "Connection reset by peer"),
    "no network": lambda: OSError(101, "Network is unreachable"),
    "no answer in time": TimeoutError,
}


@dataclass(frozen=True)
class Sent:
    """One request, as it left the bot, with the virtual instant at which it did."""

    method: str
    path: str
    body: dict[str, Any]
    at: float


@dataclass
class Trouble:
    method: str
    path: re.Pattern[str]
    fate: Fate
    error: Callable[[], Exception]
    times: int


@dataclass(frozen=True)
class Known:
    until: float
    answer: Any


@dataclass
class Wire:
    """Stands between every bot of a stage and its server, restarts included."""

    stage: Stage
    sent: list[Sent] = field(default_factory=list[Sent])
    troubles: list[Trouble] = field(default_factory=list[Trouble])
    _known: dict[tuple[str, str], "Known"] = field(default_factory=dict[tuple[str, str], "Known"])

    def trouble(
        self,
        fate: Fate,
        method: str,
        path: str,
        error: Callable[[], Exception] = server_error,
        *,
        times: int = 1,
    ) -> Trouble:
        """Let the next ``times`` requests whose method is this and whose path matches have this fate."""
        trouble = Trouble(method, re.compile(path), fate, error, times)
        self.troubles.append(trouble)
        return trouble

    def clear(self) -> None:
        self.troubles.clear()

    def of(self, method: str, path: str = "") -> list[Sent]:
        """What was sent so far, by method and a pattern that its whole path matches."""
        wanted = re.compile(path or ".*")
        return [each for each in self.sent if each.method == method and wanted.fullmatch(each.path)]

    def _next(self, method: str, path: str) -> Trouble | None:
        for trouble in self.troubles:
            if trouble.times and trouble.method in (method, "*") and trouble.path.fullmatch(path):
                trouble.times -= 1
                return trouble
        return None

    async def carry(
        self, request: Callable[..., Awaitable[Any]], client: Any, route: Any, **options: Any
    ) -> Any:
        path = route.url.split("?")[0].removeprefix(route.BASE)
        body = options.get("json")
        if options.get("form"):
            body, _ = parse_form(list(options["form"]), [])
        now = self.stage.env.now().timestamp()
        self.sent.append(Sent(route.method, path, body if isinstance(body, dict) else {}, now))
        trouble = self._next(route.method, path)
        if trouble is not None and trouble.fate == "request held":
            await asyncio.sleep(_NEVER)
        if trouble is not None and trouble.fate == "request lost":
            raise trouble.error()
        answer = await self._arrive(request, client, route, path, now, options)
        if trouble is not None and trouble.fate == "answer held":
            await asyncio.sleep(_NEVER)
        if trouble is not None and trouble.fate == "answer late":
            await asyncio.sleep(LATE)
        if trouble is not None and trouble.fate == "answer lost":
            raise trouble.error()
        return answer

    async def _arrive(
        self,
        request: Callable[..., Awaitable[Any]],
        client: Any,
        route: Any,
        path: str,
        now: float,
        options: dict[str, Any],
    ) -> Any:
        nonce = self.sent[-1].body.get("nonce")
        if nonce is None:
            return await request(client, route, **options)
        known = self._known.get((path, nonce))
        if known is None or now >= known.until:
            known = Known(now + NONCE_IS_KNOWN, await request(client, route, **options))
            self._known[path, nonce] = known
        return known.answer


def own_posts(stage: Stage, where: ChannelHandle | None = None) -> list[discord.Message]:
    """The bot's posts, oldest first, without the lines that Discord writes by itself."""
    return [
        message
        for message in stage.posts(where)
        if message.author.bot and message.type is discord.MessageType.default
    ]


async def rows_of(stage: Stage, subject: str, kind: str = "") -> list[Delivery]:
    async with stage.bot.desk.ground.reading() as store:
        rows = await store.deliveries.of_subject(subject)
    return [row for row in rows if not kind or row.kind == kind]


async def row_of(stage: Stage, subject: str, kind: str) -> Delivery:
    (row,) = await rows_of(stage, subject, kind)
    return row


async def nothing_twice(stage: Stage, *subjects: str) -> None:
    """Each post that stands there is known to one row, and what the rows know stands there."""
    known = [row.message_id for subject in subjects for row in await rows_of(stage, subject)]
    there = [
        message.id for place in (stage.channel, *stage.channel.threads) for message in own_posts(stage, place)
    ]
    assert sorted(there) == sorted(each for each in known if each is not None)
