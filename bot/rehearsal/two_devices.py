"""Somebody with two devices at hand, who does everything on both at once."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from simcord import interactions
from simcord.env import Env


@contextmanager
def on_both(env: Env, *, twice: bool) -> Generator[None]:
    """What is pressed or sent within reaches the bot ``twice``, the second at the same instant as the first.

    Nobody sees what the second one is told but whoever pressed, and they look at the first.
    """
    backend, said = env.backend, not twice

    def again(event: str, payload: Mapping[str, Any]) -> None:
        nonlocal said
        if event != "INTERACTION_CREATE" or said:
            return
        said = True
        guild, person = payload.get("guild_id"), payload.get("member", payload)
        record, second = interactions.base_payload(
            backend,
            type=payload["type"],
            channel_id=int(payload["channel_id"]),
            guild_id=int(guild) if guild is not None else None,
            user_id=int(person["user"]["id"]),
            data=deepcopy(payload["data"]),
        )
        if "message" in payload:
            second["message"] = payload["message"]
            record.source_message_id = int(payload["message"]["id"])
        backend.emit(event, second)

    backend.subscribers.append(again)
    try:
        yield
    finally:
        backend.subscribers.remove(again)
