"""What every change of a session needs to know, and the few things that all of them do."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.content.models import Mechanism
from bot.formulation.script import Script
from bot.formulation.session import Person, Session
from bot.refusal import Refusal


@dataclass(frozen=True)
class Scene:
    """What a change needs to know besides the session: the script, the mechanisms, who and when.

    ``by`` is a user id, None for the clock; ``at`` is in seconds UTC.
    """

    script: Script
    mechanisms: Sequence[Mechanism]
    by: int | None
    at: int


def changed(session: Session, **changes: object) -> Session:
    """The session with these fields anew."""
    return session.model_copy(update=changes)


def me(session: Session, scene: Scene) -> Person:
    """Who it comes from; ``Refusal`` where they are not in the session."""
    person = session.person(scene.by) if scene.by is not None else None
    if person is None:
        raise Refusal("only-member")
    return person


def said(text: str) -> None:
    """``Refusal`` where there is nothing but space."""
    if not text.strip():
        raise Refusal("nothing-written")


def with_person(session: Session, person: Person, **changes: object) -> Session:
    """The session with one of its people changed."""
    people = tuple(
        each.model_copy(update=changes) if each.key == person.key else each for each in session.people
    )
    return changed(session, people=people)
