"""A session of any size in which everyone has rated everything, as pure data."""

from bot.content.library import Library
from bot.formulation.reveal import revealed, topics
from bot.formulation.session import (
    Answer,
    Closing,
    Evidence,
    Fact,
    Outcome,
    Person,
    Reveal,
    Session,
    Walk,
)
from bot.rehearsal.scenario import Scenario
from bot.services.formulating import PROTOCOL

SEED = "0123456789abcdef"
TOKEN = "e0e0e0e0e0e0e0e0"
FIRST_USER = 100_000_000_000_000_000
LATER = 1800


def person(number: int) -> Person:
    """The first presents, the second facilitates."""
    role = ("presenter", "facilitator")[number] if number < 2 else "member"
    return Person(key=f"{number:016x}", user=FIRST_USER + number, role=role)


def rating_session(
    people: int, group: str, now: int, library: Library, scenario: Scenario, variation: int = 0
) -> Session:
    """In the rating step, with every walk at its end. What is said is the first evening's, over and over.

    No two variations have a line of the walks in common, and the fits differ.
    """
    everyone = tuple(person(number) for number in range(people))
    raters = [each for each in scenario.people if each.name != scenario.presenter]
    walks: dict[str, Walk] = {}
    for number, each in enumerate(everyone[1:]):
        scripted = raters[number % len(raters)]
        fits: dict[str, int | None] = {mechanism.id: None for mechanism in library.mechanisms}
        fits |= {mechanism: (fit + variation) % 5 for mechanism, fit in scripted.fits.items()}
        highest = max(scripted.fits, key=lambda fit, said=scripted: said.fits[fit])
        evidence = Evidence(
            speaks_for=f"{scripted.speaks_for} {variation}",
            speaks_against=f"{scripted.speaks_against} {variation}",
        )
        idea = f"{scripted.idea} {variation}"
        walks[each.key] = Walk(idea=idea, fits=fits, evidence={highest: evidence}, done=True)
    facts = [
        Fact(key=f"{number:08x}", asked_by=everyone[2].key, question=each.asks, answer=each.reply)
        for number, each in enumerate(raters)
        if each.asks
    ]
    return Session(
        token=TOKEN,
        group=group,
        protocol=PROTOCOL,
        mode=scenario.mode,
        minutes=scenario.minutes,
        retention_days=14,
        title=scenario.case.title,
        question=scenario.case.question,
        account=scenario.case.account,
        told=True,
        people=everyone,
        step="ratings",
        started_at=now,
        step_began_at=now,
        facts=tuple(facts),
        walks=walks,
    )


def finished_session(people: int, library: Library, scenario: Scenario, variation: int) -> Session:
    """The same after its close: all that a handout can hold."""
    session = rating_session(people, TOKEN, 0, library, scenario, variation)
    shown = revealed(session, library.mechanisms, SEED)
    talked_about = topics(shown, library.mechanisms, 2, own_side=True)
    words = [each.word for each in scenario.people]
    return session.model_copy(
        update={
            "step": "close",
            "status": "closed",
            "closed_at": LATER,
            "reveal": Reveal(seed=SEED, topics=talked_about),
            "opened": ("second-ratings",),
            "walks": {
                key: walk.model_copy(update={"again": {topic: _moved(walk, topic) for topic in talked_about}})
                for key, walk in session.walks.items()
            },
            "answer": Answer(
                fits=scenario.answer.fits,
                something_else=False,
                text=f"{scenario.answer.text} {variation}",
            ),
            "outcome": Outcome(kind="plan", cue=scenario.step.cue, action=scenario.step.action),
            "closings": {
                each.key: Closing(word=words[number % len(words)], looked_after=1)
                for number, each in enumerate(session.people)
            },
        }
    )


def _moved(walk: Walk, topic: str) -> int | None:
    """Everyone a point nearer to the middle."""
    fit = walk.fits[topic]
    return fit if fit is None else fit + (fit < 2) - (fit > 2)
