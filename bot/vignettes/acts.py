"""Everything that can happen to a vignette, and who may let it happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from bot.vignettes.vignette import Concern

Who = Literal["reader", "author", "carer", "clock"]
"""A ``reader`` has accepted the charter; the ``author`` opens the seal; a ``carer`` facilitates the group."""


@dataclass(frozen=True)
class Ask:
    """A reader's factual question; ``key`` is that of the form."""

    key: str
    text: str


@dataclass(frozen=True)
class Answer:
    """The author's answer to one question."""

    question: str
    text: str
    slot: int


@dataclass(frozen=True)
class Offer:
    """A reader's thought."""

    key: str
    text: str
    slot: int


@dataclass(frozen=True)
class Continue:
    """Something that the author adds under the alias."""

    key: str
    text: str
    slot: int


@dataclass(frozen=True)
class Rewrite:
    """The author's changed text."""

    text: str
    slot: int


@dataclass(frozen=True)
class Close:
    """The author is done: nothing can be added, and the seal goes."""


@dataclass(frozen=True)
class Pass:
    """The second reader lets it go out."""

    slot: int


@dataclass(frozen=True)
class SendBack:
    """The second reader asks for a change first."""

    words: str


@dataclass(frozen=True)
class Hide:
    """A carer hides it, with words for its author; or lets it be seen again (None)."""

    because: str | None


@dataclass(frozen=True)
class WantChange:
    """A carer asks its author for a change."""

    words: str


@dataclass(frozen=True)
class Tell:
    """A reader tells the carers of a concern; nobody is told who did."""

    concern: Concern


@dataclass(frozen=True)
class Release:
    """A slot has come. ``alone``: nothing else goes out in it."""

    slot: int
    alone: bool


@dataclass(frozen=True)
class Lose:
    """Its post or its thread is gone from Discord."""


Act = (
    Ask
    | Answer
    | Offer
    | Continue
    | Rewrite
    | Close
    | Pass
    | SendBack
    | Hide
    | WantChange
    | Tell
    | Release
    | Lose
)


@dataclass(frozen=True)
class Rule:
    """Who may do it, and while it has which status."""

    who: Who
    statuses: frozenset[str]


_OUT = frozenset({"published"})
_ANY = frozenset({"held", "waiting", "published", "closed"})

RULES: Mapping[type[Act], Rule] = MappingProxyType(
    {
        Ask: Rule("reader", _OUT),
        Answer: Rule("author", _OUT),
        Offer: Rule("reader", _OUT),
        Continue: Rule("author", _OUT),
        Rewrite: Rule("author", frozenset({"held", "waiting", "published"})),
        Close: Rule("author", _OUT),
        Pass: Rule("reader", frozenset({"held"})),
        SendBack: Rule("reader", frozenset({"held"})),
        Hide: Rule("carer", frozenset({"published", "closed"})),
        WantChange: Rule("carer", _OUT),
        Tell: Rule("reader", frozenset({"published", "closed"})),
        Release: Rule("clock", _ANY),
        Lose: Rule("clock", _ANY),
    }
)
