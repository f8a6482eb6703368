"""What each person of a rehearsal saw, as it came."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import discord
from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel

from bot.content.texts import Texts
from bot.rehearsal.stage import Actor, Message, Stage, components_of, message_text

_TIMESTAMP = re.compile(r"<t:(\d+):([tDfFR])>")
_MENTION = re.compile(r"<[@#](\d+)>")
_FORMATS = {"t": "%H:%M", "D": "%d %B %Y", "f": "%A %d %B, %H:%M", "F": "%A %d %B, %H:%M"}
_BUTTON = 2
A_WHILE = 300
"""Seconds after which the time is printed again."""


def form_text(form: Mapping[str, Any]) -> str:
    """A form as a person reads it: its title, and each field with its hint."""
    lines = [f"## {form['title']}"]
    for part in form["components"]:
        if "label" not in part:
            lines.append(part["content"])
            continue
        hint = f" ({part['description']})" if part.get("description") else ""
        lines.append(f"- {part['label']}{hint}")
    return "\n".join(lines)


def shown_in(message: Message) -> str:
    """A message as a person reads it: its text, its buttons, the names of its files."""
    buttons = [f"[{each['label']}]" for each in components_of(message) if each.get("type") == _BUTTON]
    files = [f"📎 {each.filename}" for each in message.attachments]
    parts = (message_text(message) or message.content, " ".join(buttons), " ".join(files))
    return "\n\n".join(part for part in parts if part)


def as_shown(text: str, stage: Stage, zone: ZoneInfo) -> str:
    """Times, people and channels as Discord shows them, and not as they are written."""
    names = {actor.id: f"@{actor.name}" for actor in stage.actors.values()}
    places = {each.id: f"#{each.name}" for each in (stage.channel, *stage.channel.threads)}
    now = stage.clock.seconds()

    def time_of(match: re.Match[str]) -> str:
        at = datetime.fromtimestamp(int(match[1]), zone)
        if match[2] == "R":
            minutes = round((int(match[1]) - now) / 60)
            return stage.library.texts("play-in-minutes", minutes=minutes)
        return at.strftime(_FORMATS[match[2]])

    text = _TIMESTAMP.sub(time_of, text).replace("-# ", "")
    return _MENTION.sub(lambda match: (names | places).get(int(match[1]), match[0]), text)


@dataclass
class Transcript:
    """Prints each thing that someone sees for the first time, and who it is for."""

    stage: Stage
    say: Texts
    console: Console
    zone: ZoneInfo
    seen: dict[int, str] = field(default_factory=dict[int, str])
    private: dict[str, str] = field(default_factory=dict[str, str])
    minute: int = 0

    async def note(self) -> None:
        """Print what is new since the last time."""
        for actor in self.stage.actors.values():
            self._note_private(actor)
        for key, place in (
            ("play-channel", self.stage.channel),
            *(("play-thread", each) for each in self.stage.channel.threads),
        ):
            for message in self.stage.posts(place):
                self._note_post(self.say(key), message)
        for actor in self.stage.actors.values():
            for message in actor.inbox:
                self._note_post(self.say("play-inbox", name=actor.name), message)

    def _note_time(self) -> None:
        """Print what time it is by now, where a while has gone by since it was last said."""
        seconds = self.stage.clock.seconds()
        if seconds - self.minute >= A_WHILE:
            self.minute = seconds
            self.console.rule(f"{datetime.fromtimestamp(seconds, self.zone):%A %d %B, %H:%M}")

    def _note_post(self, audience: str, message: discord.Message) -> None:
        text = shown_in(message)
        # Discord itself says nothing when a private thread is made; the simulator does.
        if message.type is discord.MessageType.default and self.seen.get(message.id) != text:
            self.seen[message.id] = text
            speaker = "" if message.author.bot else f": {message.author.name}"
            self._print(f"{audience}{speaker}", text)

    def _note_private(self, actor: Actor) -> None:
        if actor.shown is None:
            return
        response = actor.shown.response
        form = actor.shown.modal
        text = form_text(form) if form is not None else shown_in(response) if response is not None else ""
        if text and self.private.get(actor.name) != text:
            self.private[actor.name] = text
            self._print(self.say("play-only", name=actor.name), text)

    def _print(self, title: str, text: str) -> None:
        self._note_time()
        markdown = Markdown(as_shown(text, self.stage, self.zone).replace("\n", "  \n"))
        self.console.print(Panel(markdown, title=title, title_align="left"))
