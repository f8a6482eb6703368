"""What a handler gives back: exactly one thing, sent as the one response to a click, a form or a command."""

from collections.abc import Mapping
from dataclasses import dataclass

import discord

from bot.delivery.wishes import Picture
from bot.services.access import Caller, Standing
from bot.ui.control import Control

Fields = Mapping[str, str | list[str]]


def text_in(fields: Fields, name: str) -> str:
    """What was typed in a field; empty where nothing was."""
    value = fields.get(name, "")
    return value if isinstance(value, str) else ""


def chosen_in(fields: Fields, name: str) -> list[str]:
    """What was chosen in a field."""
    value = fields.get(name, [])
    if isinstance(value, str):
        return [value] if value else []
    return list(value)


def users_in(fields: Fields, name: str) -> list[int]:
    """Who was chosen in a field, by user id."""
    return [int(user) for user in chosen_in(fields, name) if user.isdigit()]


@dataclass(frozen=True)
class Private:
    """Only the person who asked sees this. ``in_place``: it replaces the private message it came from."""

    view: discord.ui.LayoutView
    pictures: tuple[Picture, ...] = ()
    in_place: bool = True


@dataclass(frozen=True)
class Form:
    """A form to be filled in."""

    modal: discord.ui.Modal


Answer = Private | Form


@dataclass(frozen=True)
class Request:
    """A click or a form that was admitted: what it is about, and what was chosen or typed."""

    control: Control
    standing: Standing
    fields: Fields

    @property
    def caller(self) -> Caller:
        """Who it came from."""
        return self.standing.caller

    def text(self, field: str) -> str:
        """What was typed in a field, without space around it; empty where nothing was."""
        return text_in(self.fields, field).strip()

    def chosen(self, field: str) -> list[str]:
        """What was chosen in a field."""
        return chosen_in(self.fields, field)

    def first_chosen(self, field: str = "chosen") -> str:
        """The one thing that was chosen in a field; empty where nothing was."""
        return next(iter(self.chosen(field)), "")
