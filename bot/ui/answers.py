"""What a handler gives back: exactly one thing, sent as the one response to a click, a form or a command."""

from collections.abc import Mapping
from dataclasses import dataclass

import discord

from bot.delivery.wishes import Picture
from bot.services.access import Caller, Standing
from bot.ui.control import Control

Fields = Mapping[str, str | list[str]]


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
        value = self.fields.get(field, "")
        return value.strip() if isinstance(value, str) else ""

    def chosen(self, field: str) -> list[str]:
        """What was chosen in a field."""
        value = self.fields.get(field, [])
        return [value] if isinstance(value, str) and value else list(value) if isinstance(value, list) else []
