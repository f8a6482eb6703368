"""Which posts a session has in Discord, and what each of them depends on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.content.models import Mechanism
from bot.content.protocols import StepKind
from bot.formulation.reveal import changes, gathered, pages, revealed
from bot.formulation.script import Script, moment
from bot.formulation.session import NOBODY, Session
from bot.formulation.walk import asked_in, is_done, progress

PostKind = Literal[
    "thread",
    "member",
    "invitation",
    "board",
    "question",
    "account",
    "fact",
    "restated",
    "gathered",
    "reveal",
    "observations",
    "change",
    "answer",
    "closing",
    "call",
    "nudge",
    "second-reader",
    "vignette",
    "discussion",
    "vignette-page",
    "vignette-item",
    "concern",
    "case",
    "case-thread",
    "case-page",
    "case-item",
    "case-follow-up",
    "note",
    "plan-note",
    "told-back",
]

COUNTED: frozenset[StepKind] = frozenset({"facts", "gather", "ratings", "reveal", "talk", "second-ratings"})
"""Steps of which the board may say how many are done. What one gives to the others shows in no edit of it."""


@dataclass(frozen=True, order=True)
class PostKey:
    """One post. ``ref`` tells those of a kind apart: a person's key, a fact's key, a page."""

    kind: PostKind
    ref: str = ""


@dataclass(frozen=True)
class Version:
    """``content``: what an edit would change. ``place``: a new one asks for a fresh post at the end."""

    content: tuple[object, ...] = ()
    place: str = ""


def posts(session: Session, script: Script, mechanisms: Sequence[Mechanism]) -> Mapping[PostKey, Version]:
    """Every post that the session has by now, in the order in which they were first due.

    Two sessions that give a post the same version show the same in it, so the difference of two
    such mappings is all that must be sent after a change. A post that is no longer in it goes.
    """
    shown: dict[PostKey, Version] = {
        PostKey("thread"): Version(),
        PostKey("invitation"): _invitation(session),
    }
    named = [person for person in session.people if person.user != NOBODY]
    shown |= {PostKey("member", person.key): Version((person.away,)) for person in named}
    if not session.taken_back:
        shown |= _case(session)
        shown |= _gathered(session, script)
        shown |= _revealed(session, script, mechanisms)
        shown |= _ending(session)
        shown |= {PostKey("told-back", told.key): Version((told.by, told.text)) for told in session.told_back}
    shown[PostKey("board")] = _board(session, script)
    if session.status == "open":
        shown |= _calls(session, script)
    return shown


def _invitation(session: Session) -> Version:
    return Version((session.title, session.status))


def _case(session: Session) -> dict[PostKey, Version]:
    shown = {PostKey("question"): Version((session.title, session.question))}
    if session.told and session.account is not None:
        shown[PostKey("account")] = Version((session.account,))
    answering = session.reveal is None and session.status == "open"
    for fact in session.facts:
        shown[PostKey("fact", fact.key)] = Version((fact.question, fact.answer, answering))
    if session.restated is not None:
        shown[PostKey("restated")] = Version((session.restated,))
    return shown


def _gathered(session: Session, script: Script) -> dict[PostKey, Version]:
    shown: dict[PostKey, Version] = {}
    for step in script.steps:
        if step.kind != "gather" or (step.hidden and step.id not in session.opened):
            continue
        for number, page in enumerate(pages(gathered(session, step.id))):
            shown[PostKey("gathered", f"{step.id}.{number}")] = Version((page,))
    return shown


def _revealed(session: Session, script: Script, mechanisms: Sequence[Mechanism]) -> dict[PostKey, Version]:
    if session.reveal is None:
        return {}
    shown_now = revealed(session, mechanisms, session.reveal.seed)
    figures = tuple((seen.mechanism, seen.spread, seen.cannot_tell) for seen in shown_now.seen)
    shown = {PostKey("reveal"): Version(figures)}
    for number, page in enumerate(pages(shown_now.observations)):
        shown[PostKey("observations", str(number))] = Version((page,))
    again = next((step.id for step in script.steps if step.kind == "second-ratings"), None)
    if again in session.opened and session.talked_about:
        shown[PostKey("change")] = Version(tuple(changes(session).items()))
    return shown


def _ending(session: Session) -> dict[PostKey, Version]:
    shown: dict[PostKey, Version] = {}
    if session.answer is not None:
        shown[PostKey("answer")] = Version((session.answer,))
    if session.status == "closed" and (session.closings or not session.ended_early):
        # Sorted: who came first is not shown, and equal sessions may hold their closings in another order.
        words = tuple(sorted(each.word for each in session.closings.values()))
        answers = sorted(
            each.looked_after for each in session.closings.values() if each.looked_after is not None
        )
        shown[PostKey("closing")] = Version((words, tuple(answers)))
    return shown


def _board(session: Session, script: Script) -> Version:
    step = script.step(session)
    facilitator = session.holder("facilitator")
    shown = (
        session.status,
        session.taken_back,
        session.paused_at,
        script.until(session),
        session.slower,
        facilitator.key if facilitator is not None else None,
        session.account is None,
        session.talked_about if step.topics else None,
        session.chosen.get(step.id),
        progress(session, step) if step.kind in COUNTED else None,
        session.handout_withheld,
    )
    return Version(shown, str(moment(session)))


def _calls(session: Session, script: Script) -> dict[PostKey, Version]:
    """What goes to one person alone: the facilitator when time is up, and those who asked for a nudge."""
    shown: dict[PostKey, Version] = {}
    step = script.step(session)
    facilitator = session.holder("facilitator")
    here = str(moment(session))
    if session.mode != "slow" and session.time_up and facilitator is not None:
        called = "reserve" if session.reserve_called else "time"
        shown[PostKey("call", f"{here}.{called}.{facilitator.key}")] = Version()
    if session.nudged:
        asked = asked_in(session, step)
        for person in asked:
            if person.nudge and not is_done(session, step, person):
                shown[PostKey("nudge", f"{person.key}.{step.id}")] = Version((session.due_at,))
    return shown
