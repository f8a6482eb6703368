"""Everything that can happen to a case, and who may let it happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from bot.cases.case import FollowUp

Who = Literal["reader", "presenter", "clock"]
"""A ``reader`` has accepted the charter; the ``presenter`` posted it."""


@dataclass(frozen=True)
class Ask:
    """A reader's factual question; ``key`` is that of the form."""

    key: str
    text: str


@dataclass(frozen=True)
class Reply:
    """The presenter's answer to one question, in the place of one given before."""

    question: str
    text: str


@dataclass(frozen=True)
class Rewrite:
    """All of the presenter's answers anew."""

    answers: Mapping[str, str]
    at: int


@dataclass(frozen=True)
class Formulated:
    """A session was started about it."""


@dataclass(frozen=True)
class Close:
    """The presenter is done: nothing is asked or changed any more."""

    at: int


@dataclass(frozen=True)
class AddFollowUp:
    """The presenter tells what became of it, once."""

    follow_up: FollowUp


@dataclass(frozen=True)
class Lose:
    """Its post or its thread is gone from Discord."""


Act = Ask | Reply | Rewrite | Formulated | Close | AddFollowUp | Lose


@dataclass(frozen=True)
class Rule:
    """Who may do it, and while it has which status."""

    who: Who
    statuses: frozenset[str]


_OPEN = frozenset({"open"})
_ANY = frozenset({"open", "closed"})

RULES: Mapping[type[Act], Rule] = MappingProxyType(
    {
        Ask: Rule("reader", _OPEN),
        Reply: Rule("presenter", _OPEN),
        Rewrite: Rule("presenter", _OPEN),
        Formulated: Rule("presenter", _OPEN),
        Close: Rule("presenter", _OPEN),
        AddFollowUp: Rule("presenter", _ANY),
        Lose: Rule("clock", _ANY),
    }
)
