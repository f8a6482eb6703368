"""The few parts that every screen is made of. Everything built here is sent once and thrown away."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.ui.control import Control

ACCENT = 0x4F7A76
TEXT_CHARACTERS = 4000

View = discord.ui.LayoutView
Row = discord.ui.ActionRow[View]
Style = discord.ButtonStyle
Button = discord.ui.Button[View]
Modal = discord.ui.Modal
Part = str | Row | discord.ui.Item[View]


def container(*parts: Part | None) -> discord.ui.Container[View]:
    """Parts within one frame. Strings become text; None is left out."""
    framed: discord.ui.Container[View] = discord.ui.Container(accent_colour=ACCENT)
    for part in parts:
        if isinstance(part, str):
            framed.add_item(discord.ui.TextDisplay(part))
        elif part is not None:
            framed.add_item(part)
    return framed


def screen(*parts: Part | None) -> View:
    """A message of one container."""
    view = View(timeout=None)
    view.add_item(container(*parts))
    # A view that has ended is not kept by discord.py: clicks are answered by the router alone.
    view.stop()
    return view


def button(label: str, control: Control, style: Style = Style.secondary, *, disabled: bool = False) -> Button:
    """A button that leads to the router."""
    return discord.ui.Button(label=label, custom_id=str(control), style=style, disabled=disabled)


def row(*buttons: Button | None) -> Row | None:
    """Up to five buttons side by side; None where none is left."""
    kept = [each for each in buttons if each is not None]
    return discord.ui.ActionRow(*kept) if kept else None


def choice(placeholder: str, control: Control, options: Sequence[tuple[str, str, str]]) -> Row:
    """A select of (value, label, description), of which one is taken."""
    select: discord.ui.Select[View] = discord.ui.Select(
        custom_id=str(control),
        placeholder=placeholder,
        options=[
            discord.SelectOption(value=value, label=label, description=description or None)
            for value, label, description in options
        ],
    )
    return discord.ui.ActionRow(select)


def someone(placeholder: str, control: Control) -> Row:
    """A select of one person of the server."""
    select: discord.ui.UserSelect[View] = discord.ui.UserSelect(
        custom_id=str(control), placeholder=placeholder, min_values=1, max_values=1
    )
    return discord.ui.ActionRow(select)


def rule() -> discord.ui.Separator[View]:
    """A thin line."""
    return discord.ui.Separator()


def picture(name: str, description: str) -> discord.ui.MediaGallery[View]:
    """An attached picture, with its alternative text (1,024 characters at most)."""
    return discord.ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{name}", description=description))


def attached(name: str) -> discord.ui.File[View]:
    """An attached file."""
    return discord.ui.File(f"attachment://{name}")


def clock_time(seconds: int) -> str:
    """An instant (seconds UTC) that each reader's client shows as a local time of day."""
    return f"<t:{seconds}:t>"


def countdown(seconds: int) -> str:
    """An instant (seconds UTC) that each reader's client counts down to: "in 4 minutes"."""
    return f"<t:{seconds}:R>"


def day_and_time(seconds: int) -> str:
    """An instant (seconds UTC) that each reader's client shows as a local day and time."""
    return f"<t:{seconds}:f>"


def in_full(seconds: int) -> str:
    """An instant (seconds UTC) that each reader's client shows as a local day of the week, date and time."""
    return f"<t:{seconds}:F>"


def date(seconds: int) -> str:
    """An instant (seconds UTC) that each reader's client shows as a local date."""
    return f"<t:{seconds}:D>"


def shortened(text: str, room: int) -> str:
    """``text`` in at most ``room`` characters, with an ellipsis where something is left out."""
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def modal(title: str, *parts: discord.ui.Label[Modal] | discord.ui.TextDisplay[Any] | None) -> Modal:
    """A form of at most five parts. The router gives it its custom_id."""
    form = Modal(title=title, timeout=None)
    for part in parts:
        if part is not None:
            form.add_item(part)
    form.stop()
    return form


def note(text: str) -> discord.ui.TextDisplay[Any]:
    """A few lines to read within a form."""
    return discord.ui.TextDisplay(text)


def field(
    name: str,
    label: str,
    *,
    hint: str | None = None,
    example: str | None = None,
    filled: str = "",
    long: bool = False,
    required: bool = True,
    most: int,
) -> discord.ui.Label[Modal]:
    """A text field of at most ``most`` characters; the ``example`` shows while nothing is typed."""
    return discord.ui.Label(
        text=label,
        description=hint,
        component=discord.ui.TextInput(
            custom_id=name,
            style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
            placeholder=example,
            default=filled[:most] or None,
            required=required,
            max_length=most,
        ),
    )


def one_of(
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    hint: str | None = None,
    filled: str = "",
    required: bool = True,
) -> discord.ui.Label[Modal]:
    """One of up to ten (value, label), all in sight."""
    return discord.ui.Label(
        text=label,
        description=hint,
        component=discord.ui.RadioGroup(
            custom_id=name,
            required=required,
            options=[
                discord.RadioGroupOption(value=value, label=text, default=value == filled)
                for value, text in options
            ],
        ),
    )


def pick(
    name: str,
    label: str,
    options: Sequence[tuple[str, str, str]],
    *,
    hint: str | None = None,
    filled: str = "",
) -> discord.ui.Label[Modal]:
    """One of up to 25 (value, label, description), or none; they show when it is opened."""
    return discord.ui.Label(
        text=label,
        description=hint,
        component=discord.ui.Select(
            custom_id=name,
            required=False,
            min_values=0,
            options=[
                discord.SelectOption(
                    value=value, label=text, description=description or None, default=value == filled
                )
                for value, text, description in options
            ],
        ),
    )


def several_of(
    name: str,
    label: str,
    options: Sequence[tuple[str, str]],
    *,
    hint: str | None = None,
    filled: Sequence[str] = (),
) -> discord.ui.Label[Modal]:
    """Any number of up to ten (value, label), all in sight."""
    return discord.ui.Label(
        text=label,
        description=hint,
        component=discord.ui.CheckboxGroup(
            custom_id=name,
            required=False,
            # Both: with one of them alone a phone can't untick the last box again.
            min_values=0,
            max_values=len(options),
            options=[
                discord.CheckboxGroupOption(value=value, label=text, default=value in filled)
                for value, text in options
            ],
        ),
    )


def people(
    name: str, label: str, *, hint: str | None = None, filled: Sequence[int] = (), most: int = 1
) -> discord.ui.Label[Modal]:
    """Up to ``most`` people of the server; none is allowed too."""
    return discord.ui.Label(
        text=label,
        description=hint,
        component=discord.ui.UserSelect(
            custom_id=name,
            required=False,
            min_values=0,
            max_values=most,
            default_values=[discord.Object(user, type=discord.User) for user in filled],
        ),
    )
