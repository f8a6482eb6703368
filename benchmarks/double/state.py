"""What this Discord remembers: people, channels, messages and interactions, in the shapes that are sent."""

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

Payload = dict[str, Any]

EPOCH = 1_420_070_400_000
GUILD, BOT, EVERYONE = 111_111_111_111_111_111, 222_222_222_222_222_222, 111_111_111_111_111_111
TEXT, DIRECT, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 11, 12
THREADS = (PUBLIC_THREAD, PRIVATE_THREAD)
EPHEMERAL = 1 << 6
MANAGE_GUILD = 1 << 5
ORDINARY = 1 << 10 | 1 << 11 | 1 << 16 | 1 << 31 | 1 << 38
NONCE_LASTS = 180.0
ANSWER_WITHIN = 3.0
TOKEN_LASTS = 900.0
COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5


class Refused(Exception):
    """Discord's no, with its status and its code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"code": code, "message": message}


UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
EXPIRED_TOKEN = (401, 50027, "Invalid Webhook Token")
ANSWERED_BEFORE = (400, 40060, "Interaction has already been acknowledged.")


@dataclass
class Channel:
    """A channel, a thread or an inbox. ``nonces``: when each was last used, and for which message."""

    id: int
    name: str
    type: int
    parent: int | None = None
    messages: dict[int, Payload] = field(default_factory=dict[int, Payload])
    members: set[int] = field(default_factory=set[int])
    nonces: dict[str, tuple[float, int]] = field(default_factory=dict[str, tuple[float, int]])
    archived: bool = False


@dataclass
class Interaction:
    """One command, click or form. ``answer`` comes to what its person is shown, or to an exception."""

    id: int
    token: str
    kind: int
    user: int
    channel: int
    made_at: float
    source: Payload | None
    answer: "asyncio.Future[Payload | None]"
    acknowledged: int | None = None
    original: Payload | None = None
    ephemeral: bool = False
    answered_after: float | None = None
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    """Set as soon as it is acknowledged."""


class World:
    """One server with one bot in it. ``dispatch`` is what the gateway does with an event."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self.dispatch: Callable[[str, Payload], None] = lambda _event, _data: None
        self.somebody_listens: Callable[[], bool] = lambda: False
        self.users: dict[int, Payload] = {BOT: user_payload(BOT, "Sixfold", bot=True)}
        self.managers: set[int] = set()
        self.channels: dict[int, Channel] = {}
        self.interactions: dict[int, Interaction] = {}
        self.private: dict[int, list[Payload]] = {}
        self.commands: list[Payload] = []
        self.files: dict[str, bytes] = {}
        self.created: list[tuple[int, str]] = []
        """Channel and nonce of every message that was really made, deleted ones too."""
        self._numbers = count(1)
        self._last_ms = 0

    def snowflake(self) -> int:
        """An id that no other has, in the order of time."""
        self._last_ms = max(self._last_ms, int(self.now() * 1000) - EPOCH)
        return (self._last_ms << 22) | (next(self._numbers) & 0x3F_FFFF)

    # People and places

    def add_user(self, name: str, *, manages: bool = False) -> int:
        user = self.snowflake()
        self.users[user] = user_payload(user, name)
        if manages:
            self.managers.add(user)
        return user

    def add_channel(self, name: str) -> Channel:
        made = Channel(self.snowflake(), name, TEXT)
        self.channels[made.id] = made
        self.dispatch("CHANNEL_CREATE", self.channel_payload(made))
        return made

    def channel(self, channel_id: int) -> Channel:
        if channel_id not in self.channels:
            raise Refused(*UNKNOWN_CHANNEL)
        return self.channels[channel_id]

    def threads_of(self, channel: Channel, kind: int | None = None) -> list[Channel]:
        found = (each for each in self.channels.values() if each.parent == channel.id)
        return [each for each in found if each.type in ((kind,) if kind is not None else THREADS)]

    def inbox(self, user: int) -> Channel:
        found = next((c for c in self.channels.values() if c.type == DIRECT and user in c.members), None)
        if found is None:
            found = Channel(self.snowflake(), "", DIRECT, members={user})
            self.channels[found.id] = found
        return found

    def delete_channel(self, channel_id: int) -> Payload:
        channel = self.channel(channel_id)
        del self.channels[channel_id]
        payload = self.channel_payload(channel)
        self.dispatch("THREAD_DELETE" if channel.type in THREADS else "CHANNEL_DELETE", payload)
        return payload

    def start_thread(self, parent: Channel, name: str, kind: int, message: int | None = None) -> Channel:
        if message is not None:
            if message not in parent.messages:
                raise Refused(*UNKNOWN_MESSAGE)
            if message in self.channels:
                raise Refused(400, 160004, "A thread has already been created for this message")
        made = Channel(message or self.snowflake(), name, kind, parent.id, members={BOT})
        self.channels[made.id] = made
        self.dispatch("THREAD_CREATE", self.channel_payload(made) | {"newly_created": True})
        return made

    # Messages

    def message(self, channel_id: int, message_id: int) -> Payload:
        found = self.channel(channel_id).messages.get(message_id)
        if found is None:
            raise Refused(*UNKNOWN_MESSAGE)
        return found

    def post(self, channel: Channel, body: Payload, files: Mapping[str, tuple[str, bytes]]) -> Payload:
        """Make a message, or give the one that the same nonce made some minutes ago."""
        nonce = str(body.get("nonce") or "")
        if nonce and body.get("enforce_nonce") and nonce in channel.nonces:
            at, known = channel.nonces[nonce]
            if self.now() - at < NONCE_LASTS and known in channel.messages:
                return channel.messages[known]
        made = self.write(channel.id, BOT, body, files)
        channel.messages[int(made["id"])] = made
        if nonce:
            channel.nonces[nonce] = (self.now(), int(made["id"]))
            self.created.append((channel.id, nonce))
        return made

    def forget_nonces(self) -> None:
        """As some minutes later."""
        for channel in self.channels.values():
            channel.nonces.clear()

    def write(
        self, channel: int, author: int, body: Payload, files: Mapping[str, tuple[str, bytes]]
    ) -> Payload:
        made: Payload = {
            "id": str(self.snowflake()),
            "channel_id": str(channel),
            "author": self.users[author],
            "content": "",
            "timestamp": instant(self.now()),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "components": [],
            "pinned": False,
            "type": 0,
            "flags": 0,
        }
        self.change(made, body, files)
        made["edited_timestamp"] = None
        return made

    def change(self, message: Payload, body: Payload, files: Mapping[str, tuple[str, bytes]]) -> None:
        """Make a message that is there look like ``body``."""
        if "content" in body:
            message["content"] = body["content"] or ""
        if "flags" in body:
            message["flags"] = (message["flags"] & EPHEMERAL) | int(body["flags"] or 0)
        if "attachments" in body or files:
            kept = {str(each["id"]) for each in body.get("attachments") or ()}
            old = [each for each in message["attachments"] if each["id"] in kept]
            message["attachments"] = old + [self._keep(name, content) for name, content in files.values()]
        if "components" in body:
            urls = {each["filename"]: each["url"] for each in message["attachments"]}
            message["components"] = _settled(body["components"] or [], urls, count(1))
        message["edited_timestamp"] = instant(self.now())

    def _keep(self, name: str, content: bytes) -> Payload:
        number = str(self.snowflake())
        self.files[number] = content
        url = f"https://cdn.invalid/{number}/{name}"
        told = {"id": number, "filename": name, "size": len(content), "content_type": _kind_of(name)}
        return {**told, "url": url, "proxy_url": url}

    def posts(self) -> Iterator[tuple[Channel, Payload]]:
        """Every message that stands in a channel or a thread."""
        for channel in self.channels.values():
            for message in channel.messages.values():
                yield channel, message

    # How it goes over the wire

    def member_payload(self, user: int) -> Payload:
        rights = ORDINARY | (MANAGE_GUILD if user in self.managers else 0)
        return {
            "user": self.users[user],
            "roles": [],
            "joined_at": instant(0),
            "deaf": False,
            "mute": False,
            "flags": 0,
            "permissions": str(rights),
        }

    def channel_payload(self, channel: Channel) -> Payload:
        told: Payload = {"id": str(channel.id), "type": channel.type, "name": channel.name, "flags": 0}
        if channel.type == DIRECT:
            return told | {"recipients": [self.users[user] for user in channel.members]}
        told |= {"guild_id": str(GUILD), "parent_id": channel.parent and str(channel.parent), "position": 0}
        if channel.type == TEXT:
            return told | {
                "permission_overwrites": [],
                "nsfw": False,
                "topic": None,
                "rate_limit_per_user": 0,
            }
        shelf = {"archived": channel.archived, "auto_archive_duration": 10080, "locked": False}
        shelf |= {"archive_timestamp": instant(0), "invitable": False}
        joined = {"id": str(channel.id), "user_id": str(BOT), "join_timestamp": instant(0), "flags": 0}
        told |= {"owner_id": str(BOT), "message_count": 0, "member_count": len(channel.members)}
        return told | {"rate_limit_per_user": 0, "thread_metadata": shelf, "member": joined}

    def guild_payload(self) -> Payload:
        channels = [each for each in self.channels.values() if each.type == TEXT]
        threads = [each for each in self.channels.values() if each.type in THREADS]
        role = {"id": str(EVERYONE), "name": "@everyone", "permissions": str(ORDINARY), "position": 0}
        role |= {"color": 0, "colors": {"primary_color": 0}, "hoist": False, "managed": False, "flags": 0}
        role |= {"mentionable": False}
        zeros = (
            "verification_level default_message_notifications explicit_content_filter mfa_level nsfw_level"
        )
        told: Payload = dict.fromkeys(zeros.split(), 0)
        told |= {"premium_tier": 0, "system_channel_flags": 0, "premium_subscription_count": 0}
        empty = "emojis stickers features presences voice_states stage_instances guild_scheduled_events"
        told |= {name: [] for name in (*empty.split(), "soundboard_sounds")}
        none = "icon splash discovery_splash afk_channel_id application_id system_channel_id rules_channel_id"
        told |= dict.fromkeys((*none.split(), "banner", "description", "vanity_url_code"))
        told |= {"afk_timeout": 300, "preferred_locale": "en-US", "premium_progress_bar_enabled": False}
        told |= {"id": str(GUILD), "name": "Tuesday group", "owner_id": "333333333333333333"}
        told |= {"member_count": len(self.users), "large": False, "unavailable": False}
        told |= {"joined_at": instant(0), "roles": [role], "members": [self.member_payload(BOT)]}
        told |= {"channels": [self.channel_payload(each) for each in channels]}
        return told | {"threads": [self.channel_payload(each) for each in threads]}


def user_payload(user: int, name: str, *, bot: bool = False) -> Payload:
    """A user as Discord tells of one."""
    named = {"id": str(user), "username": name, "global_name": None if bot else name, "discriminator": "0"}
    return {**named, "avatar": None, "bot": bot, "system": False, "public_flags": 0, "flags": 0}


def instant(seconds: float) -> str:
    """Seconds UTC as Discord writes them."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def walk(components: Sequence[Payload]) -> Iterator[Payload]:
    """Every component, outer ones first."""
    for component in components:
        yield component
        yield from walk(component.get("components") or ())
        for inner in ("accessory", "component"):
            if component.get(inner):
                yield from walk([component[inner]])


def text_of(message: Payload) -> str:
    """All the text of a message."""
    return "\n".join(str(each["content"]) for each in walk(message["components"]) if "content" in each)


def controls(message: Payload) -> list[str]:
    """The custom_ids in a message that can be pressed."""
    parts = walk(message["components"])
    return [str(each["custom_id"]) for each in parts if "custom_id" in each and not each.get("disabled")]


def _settled(components: Sequence[Payload], urls: Mapping[str, str], numbers: Iterator[int]) -> list[Payload]:
    """Components as they are told back: each with an id, and pictures with an address."""
    settled: list[Payload] = []
    for component in components:
        told = {**component, "id": component.get("id") or next(numbers)}
        if "components" in component:
            told["components"] = _settled(component["components"], urls, numbers)
        for inner in ("accessory", "component"):
            if component.get(inner):
                told[inner] = _settled([component[inner]], urls, numbers)[0]
        if "items" in component:
            told["items"] = [{**item, "media": _media(item["media"], urls)} for item in component["items"]]
        for inner in ("media", "file"):
            if isinstance(component.get(inner), dict):
                told[inner] = _media(component[inner], urls)
        settled.append(told)
    return settled


def _media(media: Payload, urls: Mapping[str, str]) -> Payload:
    name = str(media["url"]).removeprefix("attachment://")
    if name == media["url"]:
        return media
    if name not in urls:
        raise Refused(400, 50035, f"there is no attachment {name}")
    return {"url": urls[name], "proxy_url": urls[name], "loading_state": 2, "content_type": _kind_of(name)}


def _kind_of(name: str) -> str:
    return {"png": "image/png", "pdf": "application/pdf"}.get(name.rpartition(".")[2], "text/plain")
