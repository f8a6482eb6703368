"""What people could see of a session, and what anyone but the one who pressed could notice of it."""

import json
import re
from collections.abc import Iterable
from typing import Any

from simcord.builders import ChannelHandle

from bot.rehearsal.stage import Actor, Message, Stage, components_of

_EPHEMERAL = 1 << 6
_ANSWER = re.compile(r"/interactions/(\d+)/[^/]+/callback")
_LATER_ANSWER = re.compile(r"/webhooks/\d+/([^/]+)")
_MESSAGE = re.compile(r"(?<=/messages/)\d+")
_IN_PLACE = (6, 7)
_UNSEEN = (8, 9)
"""Kinds of answers: those that change the message they came from, and lists and forms."""


def words_of(message: Message) -> list[str]:
    """Every string of a message that a client could show: texts, labels, alternative texts, files."""
    shown = [message.content, *(each.filename for each in message.attachments)]
    shown += [text for part in components_of(message) for text in _own_strings(part)]
    return [text for text in shown if text]


def _own_strings(part: dict[str, Any] | Any) -> Iterable[str]:
    for key in ("content", "label", "placeholder", "description", "custom_id", "name"):
        if isinstance(part.get(key), str):
            yield part[key]
    for each in (*part.get("options", ()), *part.get("items", ())):
        yield from _own_strings(each)


def seen_by(actor: Actor, where: ChannelHandle | None = None) -> str:
    """All that ``actor`` can read in the channel and the session's thread, or in one of them.

    What was answered to them alone is not in it.
    """
    stage = actor.stage
    places = (stage.channel, *stage.channel.threads) if where is None else (where,)
    posts = [message for place in places for message in stage.posts(place, actor)]
    return "\n".join(text for post in posts if not post.flags.ephemeral for text in words_of(post))


def before(actor: Actor) -> str:
    """All that the private message before ``actor`` says, with the labels of its buttons."""
    response = actor.shown.response if actor.shown is not None else None
    return "\n".join(words_of(response)) if response is not None else ""


def board(stage: Stage) -> str:
    """What the board says, with the labels of its buttons."""
    message = stage.newest_with(stage.thread, "mine")
    assert message is not None
    return "\n".join(text for text in words_of(message) if not text.startswith("6:"))


def noticeable(stage: Stage, since: int = 0) -> list[str]:
    """Each request of the bot's that somebody could notice who did not press, in order.

    Those are all but the private answers to an interaction. Messages are named by the order in which they
    are met: a private answer takes an id too.
    """
    numbers: dict[str, str] = {}
    found: list[str] = []
    for request in stage.env.http_requests[since:]:
        if not _is_private(stage, request.path, request.json):
            path = _MESSAGE.sub(lambda match: numbers.setdefault(match[0], f"#{len(numbers)}"), request.path)
            found.append(json.dumps([request.method, path, request.params, request.json], sort_keys=True))
    return found


def _is_private(stage: Stage, path: str, body: Any) -> bool:
    backend = stage.env.backend
    if (answer := _ANSWER.fullmatch(path)) is not None:
        record = backend.interactions[int(answer[1])]
        if body["type"] in _UNSEEN:
            return True
        if body["type"] in _IN_PLACE:
            source = backend.messages[record.channel_id].get(record.source_message_id or 0)
            return source is not None and bool(source.flags & _EPHEMERAL)
        return bool(body["data"]["flags"] & _EPHEMERAL)
    if (later := _LATER_ANSWER.match(path)) is not None:
        return backend.interactions[backend.interaction_tokens[later[1]]].ephemeral
    return False


def named_in(text: str, stage: Stage, *names: str) -> list[str]:
    """Those of ``names`` (everyone, where there are none) who stand in a text, by name or by id.

    "You" is a word as well.
    """
    people = {name: stage[name].id for name in names or stage.actors}
    return [
        name
        for name, user in people.items()
        if str(user) in text or (name != "You" and re.search(rf"\b{name}\b", text))
    ]


def requests_so_far(stage: Stage) -> int:
    return len(stage.env.http_requests)
