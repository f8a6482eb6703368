"""What a delivery row comes to, at the moment of sending."""

from dataclasses import dataclass

import discord


@dataclass(frozen=True)
class Picture:
    """A file that travels with a post."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Post:
    """A message to be there and to look like ``view``.

    ``stays_fresh``: rather posted anew than edited once it is old. ``rouses``: the one user it may ping.
    ``carries_session``: without it the session can't go on. ``silent``: no phone makes a sound for it.
    """

    channel_id: int
    view: discord.ui.LayoutView
    pictures: tuple[Picture, ...] = ()
    stays_fresh: bool = False
    rouses: int | None = None
    carries_session: bool = True
    silent: bool = False


@dataclass(frozen=True)
class PrivateThread:
    """A private thread to be there. Its name ends with the row's token, by which it is known again."""

    channel_id: int
    name: str


@dataclass(frozen=True)
class DirectPost:
    """A message to be in somebody's own inbox, as long as it is wanted."""

    user: int
    view: discord.ui.LayoutView
    silent: bool = False


@dataclass(frozen=True)
class PostThread:
    """A thread to hang on a post of the channel."""

    channel_id: int
    message_id: int
    name: str


@dataclass(frozen=True)
class ThreadGuest:
    """A person to be in a thread, or not to be in it any more."""

    thread_id: int
    user: int
    inside: bool = True


@dataclass(frozen=True)
class Removal:
    """A message to be gone, or a whole thread where there is no message."""

    channel_id: int
    message_id: int | None


@dataclass(frozen=True)
class Withdrawn:
    """Nothing to show any more: the row's message goes, and the row."""


@dataclass(frozen=True)
class NotYet:
    """Its thread is still to be made."""


Wish = Post | DirectPost | PrivateThread | PostThread | ThreadGuest | Removal | Withdrawn | NotYet
