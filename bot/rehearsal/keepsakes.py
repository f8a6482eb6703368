"""What can be taken home from a rehearsal at any moment: charts, handouts, and what everyone has seen."""

from collections.abc import Iterator

import discord

from bot.content.texts import Texts
from bot.rehearsal.transcript import shown_in
from bot.rehearsal.window import Place, Window

TRANSCRIPT = "transcript.txt"
Found = tuple[Place, discord.Message, str | None]


def seen_by_all(window: Window) -> Iterator[Found]:
    """Every message in every place, oldest first within it; the name is of whoever sees it alone."""
    for place in window.places():
        everybody: dict[int, tuple[discord.Message, str | None]] = {}
        for number in place.who:
            for message in window.posts(place, number):
                alone = window.people[number] if message.flags.ephemeral else None
                everybody[message.id] = (message, alone)
        for key in sorted(everybody):
            yield place, *everybody[key]


def attachments(window: Window) -> dict[str, discord.Attachment]:
    """The newest file of each name that somebody has been given."""
    return {
        attachment.filename: attachment
        for _, message, _ in seen_by_all(window)
        for attachment in message.attachments
    }


def transcript(window: Window) -> str:
    """Everything that stands anywhere now, with the time and with whoever sees it alone."""
    say, lines, last = window.texts, [""], ""
    for place, message, alone in seen_by_all(window):
        # Discord itself says nothing when a private thread is made; the simulator does.
        if message.type is not discord.MessageType.default and not message.flags.ephemeral:
            continue
        if place.id != last:
            lines += [f"== {named(say, place)} ==", ""]
            last = place.id
        at = message.created_at.astimezone(window.local_time.tzinfo)
        speaker = message.author.display_name if alone is None else say("play-only", name=alone)
        lines += [f"{at:%Y-%m-%d %H:%M} · {speaker}", window.as_shown(shown_in(message)), ""]
    return "\n".join(lines).lstrip()


def named(say: Texts, place: Place) -> str:
    """A place by its name."""
    return say("play-inbox", name=place.name) if place.kind == "inbox" else place.name
