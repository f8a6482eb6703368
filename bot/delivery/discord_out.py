"""The requests themselves, without memory: one function a thing that is sent."""

import hashlib
import io
from collections.abc import Sequence

import discord

from bot.delivery.wishes import Picture, Post

RECENT_MESSAGES = 100
_HAS_A_THREAD = 160004
_NOBODY = discord.AllowedMentions.none()


def nonce(token: str, number: int) -> str:
    """What Discord tells two attempts at one post by, for a few minutes (25 characters at most)."""
    return f"{token}.{number}"


def mark(token: str, number: int) -> int:
    """The component id (31 bits) by which a post is found again when its nonce is long forgotten."""
    digest = hashlib.sha256(nonce(token, number).encode()).digest()
    return int.from_bytes(digest[:4]) & 0x7FFF_FFFF | 0x4000_0000


def files(pictures: Sequence[Picture]) -> list[discord.File]:
    """Pictures as discord.py sends them; good for one request."""
    return [discord.File(io.BytesIO(picture.content), picture.name) for picture in pictures]


def _place(client: discord.Client, channel_id: int) -> discord.PartialMessageable:
    return client.get_partial_messageable(channel_id)


async def send(client: discord.Client, post: Post, token: str, number: int) -> int:
    """Send ``post`` as number ``number`` of its row, and give the message's id."""
    post.view.children[0].id = mark(token, number)
    mentions = (
        _NOBODY if post.rouses is None else discord.AllowedMentions(users=[discord.Object(post.rouses)])
    )
    message = await _place(client, post.channel_id).send(
        view=post.view,
        files=files(post.pictures),
        nonce=nonce(token, number),
        allowed_mentions=mentions,
        silent=post.silent,
    )
    return message.id


async def edit(client: discord.Client, post: Post, message_id: int, token: str, number: int) -> None:
    """Make a message that is there look like ``post``."""
    post.view.children[0].id = mark(token, number)
    message = _place(client, post.channel_id).get_partial_message(message_id)
    await message.edit(view=post.view, attachments=files(post.pictures), allowed_mentions=_NOBODY)


async def find_own(client: discord.Client, channel_id: int, token: str, number: int) -> int | None:
    """The message that an unclear attempt left behind after all, among the channel's recent ones."""
    wanted = mark(token, number)
    async for message in _place(client, channel_id).history(limit=RECENT_MESSAGES):
        if any(getattr(component, "id", None) == wanted for component in message.components):
            return message.id
    return None


async def delete_message(client: discord.Client, channel_id: int, message_id: int) -> None:
    """Delete a message."""
    await _place(client, channel_id).get_partial_message(message_id).delete()


async def delete_thread(client: discord.Client, thread_id: int) -> None:
    """Delete a thread with everything in it."""
    await client.http.delete_channel(thread_id)


async def make_thread(client: discord.Client, channel_id: int, name: str) -> int:
    """Make a private thread that only the bot adds people to, and give its id."""
    made = await client.http.start_thread_without_message(
        channel_id,
        name=name,
        type=discord.ChannelType.private_thread.value,
        auto_archive_duration=10080,
        invitable=False,
    )
    return int(made["id"])


async def make_post_thread(client: discord.Client, channel_id: int, message_id: int, name: str) -> int:
    """Make the thread that hangs on a post, or take the one that hangs on it already, and give its id."""
    try:
        made = await client.http.start_thread_with_message(
            channel_id, message_id, name=name, auto_archive_duration=10080
        )
    except discord.HTTPException as error:
        if error.code != _HAS_A_THREAD:
            raise
        # Discord gives such a thread the id of its post.
        return message_id
    return int(made["id"])


async def find_thread(client: discord.Client, guild_id: int, channel_id: int, name: str) -> int | None:
    """A thread of exactly this name in this channel, made by an attempt whose answer was lost."""
    found = await client.http.get_active_threads(guild_id)
    return next(
        (
            int(thread["id"])
            for thread in found["threads"]
            if thread["name"] == name and int(thread["parent_id"]) == channel_id
        ),
        None,
    )


async def add_guest(client: discord.Client, thread_id: int, user: int) -> None:
    """Add a person to a thread; one who is in it already stays."""
    await client.http.add_user_to_thread(thread_id, user)


async def remove_guest(client: discord.Client, thread_id: int, user: int) -> None:
    """Take a person out of a thread; one who is not in it stays out."""
    await client.http.remove_user_from_thread(thread_id, user)


async def inbox(client: discord.Client, user: int) -> int:
    """The channel of direct messages between the bot and a person."""
    opened = await client.http.start_private_message(str(user))
    return int(opened["id"])


async def unarchive(client: discord.Client, thread_id: int) -> None:
    """Open a thread that Discord put away."""
    await client.http.edit_channel(thread_id, archived=False)
