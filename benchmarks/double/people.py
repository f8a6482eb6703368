"""People at their phones: they see what this Discord shows them, and press only what is there."""

import asyncio
import secrets
from collections.abc import Sequence
from typing import Any

from benchmarks.double.state import (
    ANSWER_WITHIN,
    BOT,
    COMMAND,
    COMPONENT,
    DIRECT,
    EPHEMERAL,
    GUILD,
    MODAL,
    ORDINARY,
    PRIVATE_THREAD,
    Channel,
    Interaction,
    Payload,
    World,
    controls,
    text_of,
    walk,
)

PATIENCE = 60.0
"""Seconds that somebody looks at "thinking…"."""
SELECTS = (3, 5, 6, 7, 8)
TEXT_INPUT, RADIO, CHECKBOXES, CHECKBOX = 4, 21, 22, 23


class NoAnswer(Exception):
    """A person sees "This interaction failed", or "thinking…" without an end."""


class NotInSight(LookupError):
    """There is no such control before this person."""


class Person:
    """One person. ``shown`` is what they were shown last: a private message, or a form.

    Each act waits for its answer, and raises ``NoAnswer`` where none comes in time.
    """

    def __init__(self, world: World, user: int, name: str, channel: Channel) -> None:
        self.world = world
        self.id = user
        self.name = name
        self.channel = channel
        self.shown: Payload | None = None
        self.last: Interaction | None = None
        self.last_data: Payload | None = None

    # What they see

    @property
    def text(self) -> str:
        """What the private message before them says."""
        return text_of(self.shown) if self.shown is not None and "form" not in self.shown else ""

    def offers(self, verb: str, argument: str | None = None) -> bool:
        """Whether the private message before them has this control."""
        return (
            self.shown is not None and "form" not in self.shown and bool(_named(self.shown, verb, argument))
        )

    def rates(self, verb: str = "rate") -> str | None:
        """The mechanism on the card before them, or None where there is no card."""
        found = _named(self.shown, verb, None) if self.shown is not None and "form" not in self.shown else []
        return found[0].split(":", 3)[3].rpartition(".")[0] if found else None

    def newest_with(self, where: Channel, verb: str, argument: str | None = None) -> Payload | None:
        """The newest post of a channel that has this control."""
        posts = reversed(where.messages.values())
        return next((each for each in posts if _named(each, verb, argument)), None)

    def _in_sight(self, verb: str, argument: str | None) -> Payload:
        if self.shown is not None and "form" not in self.shown and _named(self.shown, verb, argument):
            return self.shown
        threads = [
            each
            for each in reversed(self.world.threads_of(self.channel))
            if each.type != PRIVATE_THREAD or self.id in each.members
        ]
        for place in (*threads, self.channel):
            found = self.newest_with(place, verb, argument)
            if found is not None:
                return found
        raise NotInSight(f"{self.name} has no {verb} {argument or ''} in sight; shown: {self.text[:200]!r}")

    # What they do

    async def slash(self, name: str, **options: object) -> Payload | None:
        """Type a command in the channel they look at."""
        first, *deeper = name.split(" ")
        command = next((each for each in self.world.commands if each["name"] == first), None)
        if command is None:
            raise NotInSight(f"there is no command /{first}")
        given: list[Payload] = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
        for part in reversed(deeper):
            given = [{"name": part, "type": 1, "options": given}]
        data = {"id": command["id"], "name": first, "type": 1, "guild_id": str(GUILD), "options": given}
        return await self._do(COMMAND, data, self.channel, None)

    async def press(
        self, verb: str, argument: str | None = None, *, on: Payload | None = None
    ) -> Payload | None:
        """Press the button of ``verb``, on a message or on the one nearest at hand."""
        return await self._use(verb, argument, on, {})

    async def choose(self, verb: str, *values: str, on: Payload | None = None) -> Payload | None:
        """Choose in the select of ``verb``."""
        return await self._use(verb, None, on, {"values": list(values)})

    async def _use(
        self, verb: str, argument: str | None, on: Payload | None, more: Payload
    ) -> Payload | None:
        message = on or self._in_sight(verb, argument)
        found = _named(message, verb, argument)
        if not found:
            raise NotInSight(f"no {verb} in that message")
        part = next(each for each in walk(message["components"]) if each.get("custom_id") == found[0])
        data = {"custom_id": found[0], "component_type": part["type"], "id": part["id"], **more}
        if part["type"] in SELECTS and "options" in part:
            offered = {each["value"] for each in part["options"]}
            assert offered.issuperset(more["values"]), f"{verb} does not offer {more['values']}"
        place = self.world.channels.get(int(message["channel_id"]), self.channel)
        return await self._do(COMPONENT, data, place, message)

    async def submit(self, **values: object) -> Payload | None:
        """Send the form before them; what is not named stays as it was filled."""
        form = self.shown
        if form is None or "form" not in form:
            raise NotInSight(f"{self.name} has no form before them")
        named = {name.replace("_", "-").rstrip("-"): value for name, value in values.items()}
        sent = [self._filled(each, named) for each in form["components"] if each["type"] != 10]
        if named:
            raise NotInSight(f"the form has no {', '.join(named)}")
        chosen = [user for each in sent for user in each["component"].get("values", ()) if user.isdigit()]
        people = {user: self.world.users[int(user)] for user in chosen if int(user) in self.world.users}
        data: Payload = {"custom_id": form["custom_id"], "components": sent}
        data["resolved"] = {"users": people} if people else {}
        place = form["channel"]
        return await self._do(MODAL, data, place, form["source"])

    def _filled(self, label: Payload, named: dict[str, object]) -> Payload:
        part = label["component"]
        name, kind = part["custom_id"], part["type"]
        told: Payload = {"type": kind, "custom_id": name, "id": 1}
        preset = [each["value"] for each in part.get("options", ()) if each.get("default")]
        value: Any = named.pop(name, None)
        if kind in SELECTS or kind == CHECKBOXES:
            preset += [str(each["id"]) for each in part.get("default_values", ())]
            told["values"] = preset if value is None else _strings(value)
        elif kind == CHECKBOX:
            told["value"] = bool(part.get("default")) if value is None else bool(value)
        elif kind == RADIO:
            told["value"] = next(iter(preset), None) if value is None else str(value)
        else:
            told["value"] = str(part.get("value") or "") if value is None else str(value)
            assert told["value"] or not part.get("required", True), f"{name} must not be empty"
            assert len(told["value"]) <= part.get("max_length", 4000), f"{name} is too long"
        return {"type": 18, "id": 1, "component": told}

    async def _do(self, kind: int, data: Payload, place: Channel, source: Payload | None) -> Payload | None:
        asked = self.reach_out(kind, data, place, source)
        self.shown = await self.answer_to(asked)
        if self.shown is not None and "form" in self.shown:
            self.shown |= {"channel": place, "source": source}
        return self.shown

    def reach_out(self, kind: int, data: Payload, place: Channel, source: Payload | None) -> Interaction:
        """Send an interaction without waiting for what comes of it."""
        world = self.world
        answer: asyncio.Future[Payload | None] = asyncio.get_running_loop().create_future()
        number, token = world.snowflake(), secrets.token_urlsafe(40)
        asked = Interaction(number, token, kind, self.id, place.id, world.now(), source, answer)
        world.interactions[asked.id] = self.last = asked
        self.last_data = data
        told: Payload = {"id": str(asked.id), "application_id": str(BOT), "type": kind, "token": asked.token}
        told |= {"version": 1, "channel_id": str(place.id), "data": data}
        told |= {"channel": world.channel_payload(place), "locale": "en-GB", "app_permissions": str(ORDINARY)}
        told |= {"attachment_size_limit": 10 << 20, "entitlements": []}
        if place.type == DIRECT:
            told |= {"context": 1, "user": world.users[self.id], "authorizing_integration_owners": {"0": "0"}}
        else:
            told |= {"guild": {"id": str(GUILD), "locale": "en-US", "features": []}, "guild_id": str(GUILD)}
            told |= {"context": 0, "member": world.member_payload(self.id), "guild_locale": "en-US"}
            told["authorizing_integration_owners"] = {"0": str(GUILD)}
        if source is not None:
            told["message"] = source
        if not world.somebody_listens():
            answer.set_exception(TimeoutError())
            asked.heard.set()
        world.dispatch("INTERACTION_CREATE", told)
        return asked

    async def answer_to(self, asked: Interaction) -> Payload | None:
        """What comes of an interaction, as soon as it is more than "thinking…"."""
        try:
            if not asked.answer.done():
                async with asyncio.timeout(ANSWER_WITHIN + 0.2):
                    await asked.heard.wait()
            async with asyncio.timeout(PATIENCE):
                return await asked.answer
        except TimeoutError:
            raise NoAnswer(f"{self.name}: this interaction failed") from None

    def private(self) -> Sequence[Payload]:
        """Every private message they were shown."""
        return [each for each in self.world.private.get(self.id, ()) if each["flags"] & EPHEMERAL]


def _named(message: Payload, verb: str, argument: str | None) -> list[str]:
    parts = (each.split(":", 3) for each in controls(message))
    return [
        ":".join(each) for each in parts if len(each) == 4 and each[2] == verb and argument in (None, each[3])
    ]


def _strings(value: Any) -> list[str]:  # noqa: ANN401 - whatever a form takes
    if isinstance(value, str):
        return [value] if value else []
    return [str(getattr(each, "id", each)) for each in value]
