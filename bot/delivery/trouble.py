"""What an error from Discord means for what was being sent."""

import asyncio
import math
from typing import Literal

import aiohttp
import discord

Trouble = Literal[
    "place-gone", "message-gone", "person-gone", "inbox-closed", "archived", "too-old", "unclear", "refused"
]
"""``unclear``: it may or may not have had its effect, or could not be tried; again later.
``refused``: Discord says that the request itself is wrong; again would be no better."""

_BY_CODE: dict[int, Trouble] = {
    10003: "place-gone",
    10004: "place-gone",
    10007: "person-gone",
    10008: "message-gone",
    10013: "person-gone",
    30046: "too-old",
    40003: "unclear",
    50001: "place-gone",
    50007: "inbox-closed",
    50013: "place-gone",
    50083: "archived",
}
_TOO_MANY = 429
_SERVER_ERROR = 500


def judge(error: Exception) -> Trouble | None:
    """What ``error`` means, or None where it is no trouble of the network but a fault of ours."""
    if isinstance(error, discord.RateLimited | aiohttp.ClientError | asyncio.TimeoutError | OSError):
        return "unclear"
    if not isinstance(error, discord.HTTPException):
        return None
    known = _BY_CODE.get(error.code)
    if known is not None:
        return known
    if error.status == _TOO_MANY or error.status >= _SERVER_ERROR:
        return "unclear"
    if isinstance(error, discord.Forbidden | discord.NotFound):
        return "place-gone"
    return "refused"


def retry_after(error: Exception, attempts: int) -> int:
    """Seconds until the next attempt: doubling up to five minutes, and never sooner than Discord asks."""
    return max(min(2**attempts, 300), _asked_for(error))


def _asked_for(error: Exception) -> int:
    if isinstance(error, discord.RateLimited):
        return math.ceil(error.retry_after)
    if isinstance(error, discord.HTTPException) and error.status == _TOO_MANY:
        # discord.py waits by itself, except where a proxy before Discord has shut the door for longer.
        asked = str(error.response.headers.get("Retry-After", ""))
        return int(asked) if asked.isascii() and asked.isdigit() else 0
    return 0
