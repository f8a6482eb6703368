"""Which posts a session has in Discord, and what each of them depends on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.content.models import Mechanism
from bot.formulation.reveal import pages, revealed
from bot.formulation.script import moment
from bot.formulation.session import Session
from bot.formulation.walk import progress

PostKind = Literal[
    "thread",
    "member",
    "invitation",
    "board",
    "question",
    "account",
    "fact",
    "reveal",
    "observations",
    "answer",
    "closing",
]


@dataclass(frozen=True, order=True)
class PostKey:
    """One post. ``ref`` tells those of a kind apart: a person's key, a fact's key."""

    kind: PostKind
    ref: str = ""


@dataclass(frozen=True)
class Version:
    """``content``: what an edit would change. ``place``: a new one asks for a fresh post at the end."""

    content: tuple[object, ...] = ()
    place: str = ""


def posts(session: Session, mechanisms: Sequence[Mechanism]) -> Mapping[PostKey, Version]:
    """Every post that the session has by now, in the order in which they were first due.

    Two sessions that give a post the same version show the same in it, so the difference of two
    such mappings is all that must be sent after a change. A post that is no longer in it goes.
    """
    shown: dict[PostKey, Version] = {
        PostKey("thread"): Version(),
        PostKey("invitation"): _invitation(session),
    }
    shown |= {PostKey("member", person.key): Version() for person in session.people}
    shown[PostKey("question")] = Version((session.title, session.question))
    if session.told and session.account is not None:
        shown[PostKey("account")] = Version((session.account,))
    for fact in session.facts:
        shown[PostKey("fact", fact.key)] = Version((fact.question, fact.answer))
    if session.reveal is not None:
        shown_now = revealed(session, mechanisms, session.reveal.seed)
        shown[PostKey("reveal")] = Version(shown_now.seen)
        shown |= {
            PostKey("observations", str(number)): Version((page,))
            for number, page in enumerate(pages(shown_now))
        }
    if session.answer is not None:
        shown[PostKey("answer")] = Version((session.answer,))
    if session.status == "closed" and (session.closings or not session.ended_early):
        shown[PostKey("closing")] = _closing(session)
    shown[PostKey("board")] = _board(session, len(mechanisms))
    return shown


def _invitation(session: Session) -> Version:
    return Version((session.title, session.status))


def _closing(session: Session) -> Version:
    # Sorted: who came first is not shown, and equal sessions may hold their closings in another order.
    words = tuple(sorted(each.word for each in session.closings.values()))
    answers = sorted(each.looked_after for each in session.closings.values() if each.looked_after is not None)
    return Version((words, tuple(answers)))


def _board(session: Session, mechanism_count: int) -> Version:
    shown = (
        session.status,
        session.paused_at,
        session.paused_seconds,
        session.time_up,
        session.holder("facilitator"),
        session.account is None,
        progress(session, mechanism_count) if session.reveal is None else None,
    )
    return Version(shown, str(moment(session)))
