"""Interactions as the gateway brings them: at the same instant, or made by hand."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simcord import interactions
from simcord.backend import serializers
from simcord.results import InteractionResult

from bot.rehearsal.stage import Stage, text_of
from bot.ui.control import Control

COMMAND, COMPONENT, FORM = 2, 3, 5
BUTTON, SELECT = 2, 3
STRING, FILE = 3, 11
TEXT_INPUT, RADIO, CHECKBOXES, USERS, LABEL = 4, 21, 22, 5, 18
FORM_CALLBACK = 9


@dataclass(frozen=True)
class Asked:
    """One interaction on its way, and what came back."""

    stage: Stage
    result: InteractionResult

    @property
    def text(self) -> str:
        """What the person was told, in their private message."""
        answers = [self.result.response, *self.result.followups]
        return "\n".join(text_of(each.components) for each in answers if each is not None)

    @property
    def form(self) -> dict[str, Any]:
        form = self.result.modal
        assert form is not None, self.text
        return form

    @property
    def filled(self) -> dict[str, Any]:
        """What stands in each text field of the form that opened."""
        inner = [part["component"] for part in self.form["components"] if "component" in part]
        return {each["custom_id"]: each.get("value") or "" for each in inner if each["type"] == TEXT_INPUT}

    @property
    def controls(self) -> list[str]:
        """The custom_ids in the private message."""
        answers = [self.result.response, *self.result.followups]
        return [found for each in answers if each is not None for found in custom_ids(each.components)]

    @property
    def choices(self) -> dict[str, list[str]]:
        """The selects in the private message, each with the values it offers."""
        answers = [self.result.response, *self.result.followups]
        return {
            part["custom_id"]: [option["value"] for option in part["options"]]
            for each in answers
            if each is not None
            for part in parts_of(each.components)
            if part["type"] == SELECT
        }

    def control(self, verb: str) -> str:
        return next(each for each in self.controls if each.split(":")[2] == verb)

    @property
    def callbacks(self) -> int:
        """How many first responses this interaction got."""
        path = f"/interactions/{self.result._interaction.id}/"
        return sum(request.path.startswith(path) for request in self.stage.env.http_requests)


def parts_of(components: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Components with everything inside them."""
    found: list[Mapping[str, Any]] = []
    for each in components:
        found.append(each)
        found += parts_of(each.get("components", ()))
        found += parts_of([each[inner] for inner in ("accessory", "component") if inner in each])
    return found


def custom_ids(components: Sequence[Mapping[str, Any]]) -> list[str]:
    return [each["custom_id"] for each in parts_of(components) if "custom_id" in each]


def emit(
    stage: Stage,
    user: int,
    channel: int,
    kind: int,
    data: dict[str, Any],
    *,
    guild: int | None = -1,
    source: int | None = None,
) -> Asked:
    """Let an interaction come in, and don't wait for its answer. ``guild`` None is a direct message."""
    backend = stage.env.backend
    record, payload = interactions.base_payload(
        backend,
        type=kind,
        channel_id=channel,
        guild_id=stage.guild.id if guild == -1 else guild,
        user_id=user,
        data=data,
    )
    if source is not None:
        stored = backend.get_message(channel, source)
        payload["message"] = dict(serializers.message_payload(backend, stored))
        record.source_message_id = source
    backend.emit("INTERACTION_CREATE", payload)
    return Asked(stage, InteractionResult(stage.env, record))


def press(
    stage: Stage,
    user: int,
    custom_id: str | Control,
    channel: int | None = None,
    *,
    guild: int | None = -1,
    source: int | None = None,
    values: Sequence[str] | None = None,
) -> Asked:
    """Press a button, or choose ``values`` in a select, and don't wait."""
    data: dict[str, Any] = {"custom_id": str(custom_id), "component_type": BUTTON}
    if values is not None:
        data |= {"component_type": SELECT, "values": list(values)}
    return emit(stage, user, channel or stage.channel.id, COMPONENT, data, guild=guild, source=source)


def send(
    stage: Stage,
    user: int,
    custom_id: str | Control,
    fields: Mapping[str, str | Sequence[str]],
    channel: int | None = None,
    *,
    guild: int | None = -1,
    source: int | None = None,
) -> Asked:
    """Send a form with this custom_id, and don't wait. Texts are text fields; lists are what was chosen."""
    parts = [
        {
            "type": LABEL,
            "id": number,
            "component": {"type": TEXT_INPUT, "id": number + 100, "custom_id": name, "value": value}
            if isinstance(value, str)
            else {"type": CHECKBOXES, "id": number + 100, "custom_id": name, "values": list(value)},
        }
        for number, (name, value) in enumerate(fields.items(), start=1)
    ]
    data = {"custom_id": str(custom_id), "components": parts}
    return emit(stage, user, channel or stage.channel.id, FORM, data, guild=guild, source=source)


def run(
    stage: Stage,
    user: int,
    name: str,
    /,
    *,
    channel: int | None = None,
    guild: int | None = -1,
    **options: str | tuple[str, bytes],
) -> Asked:
    """Type a command with its subcommand, and don't wait. A file is its name and what is in it."""
    root, sub = name.split()
    known = stage.env.backend.find_command(root, None, type=1)
    assert known is not None
    where, resolved = channel or stage.channel.id, dict[str, Any]()
    chosen: list[dict[str, Any]] = []
    for key, value in options.items():
        if isinstance(value, str):
            chosen.append({"name": key, "type": STRING, "value": value})
        else:
            stored = interactions.store_interaction_attachment(stage.env.backend, where, *value, resolved)
            chosen.append({"name": key, "type": FILE, "value": stored})
    data: dict[str, Any] = {
        "id": known["id"],
        "name": root,
        "type": 1,
        "options": [{"name": sub, "type": 1, "options": chosen}],
    }
    if resolved:
        data["resolved"] = resolved
    return emit(stage, user, where, COMMAND, data, guild=guild)


def opening() -> str:
    return secrets.token_hex(4)
