"""Sessions with as much in them as can be: every field to its last character, 25 people, 30 questions."""

from collections.abc import Iterator

from bot.content.library import Library
from bot.formulation.reveal import revealed, topics
from bot.formulation.script import Script
from bot.formulation.session import (
    MOST_PEOPLE,
    Answer,
    Closing,
    Evidence,
    Fact,
    Outcome,
    Person,
    Reveal,
    Role,
    Session,
    Walk,
)
from bot.formulation.transition import MOST_FACTS
from bot.ui import forms

START = 1_790_000_000
PURGE = START + 90 * 86_400
TOKEN = "f" * 16


def full(characters: int) -> str:
    """A text of exactly so many characters, in words as one writes them."""
    words = "Something she said about the house by the lake stayed with us. " * (characters // 60 + 1)
    return words[:characters].strip().ljust(characters, "e")


def people(count: int = MOST_PEOPLE) -> tuple[Person, ...]:
    members: list[Role] = ["member"] * (count - 2)
    roles: list[Role] = ["presenter", "facilitator", *members]
    return tuple(
        Person(key=f"{number:016x}", user=2**63 - 1 - number, role=role) for number, role in enumerate(roles)
    )


def fits_of(library: Library, number: int) -> dict[str, int | None]:
    """As far apart as they can be, with somebody who can't tell."""
    return {
        mechanism.id: None if (number + place) % 9 == 0 else (0, 4)[(number + place) % 2]
        for place, mechanism in enumerate(library.mechanisms)
    }


def walk_of(library: Library, number: int) -> Walk:
    seen = Evidence(speaks_for=full(forms.MOST_OBSERVATION), speaks_against=full(forms.MOST_OBSERVATION))
    return Walk(
        idea=full(forms.MOST_LINE),
        fits=fits_of(library, number),
        evidence={mechanism.id: seen for mechanism in library.mechanisms},
        done=number % 2 == 0,
    )


def fullest(library: Library, minutes: int, step: str, count: int = MOST_PEOPLE) -> Session:
    """A session in this step, with all that a session can hold by then and after."""
    protocol = next(iter(library.protocols))
    everyone = people(count)
    session = Session(
        token=TOKEN,
        group="a" * 16,
        protocol=protocol.id,
        minutes=minutes,
        retention_days=90,
        title=full(forms.MOST_TITLE),
        question=full(forms.MOST_QUESTION),
        account=full(forms.MOST_ACCOUNT),
        told=True,
        people=everyone,
        step=step,
        started_at=START,
        step_began_at=START + 60,
        facts=tuple(
            Fact(
                key=f"{number:08x}",
                asked_by=everyone[-1].key,
                question=full(forms.MOST_LINE),
                answer=full(forms.MOST_REPLY),
            )
            for number in range(MOST_FACTS)
        ),
        walks={
            person.key: walk_of(library, number)
            for number, person in enumerate(everyone)
            if person.role != "presenter"
        },
        own_side_may_be_talked_about=True,
        answer=Answer(
            fits=tuple(mechanism.id for mechanism in library.mechanisms),
            something_else=True,
            text=full(forms.MOST_ANSWER),
        ),
        outcome=Outcome(
            kind="plan",
            strategy=library.strategies[0].id,
            cue=full(forms.MOST_CUE),
            action=full(forms.MOST_ACTION),
        ),
        closings={
            person.key: Closing(word="W" * forms.MOST_WORD, looked_after=number % 5)
            for number, person in enumerate(everyone)
        },
        reveal=Reveal(seed="0", topics=()),
    )
    shown = revealed(session, library.mechanisms, "0")
    room = Script(protocol, minutes).topics_in_time()
    return session.model_copy(
        update={"reveal": Reveal(seed="0", topics=topics(shown, library.mechanisms, room, own_side=True))}
    )


def every_state(library: Library) -> Iterator[Session]:
    """Each step of each length: running, paused, out of time, each topic, nobody facilitating, and over."""
    protocol = next(iter(library.protocols))
    for minutes in protocol.lengths:
        script = Script(protocol, minutes)
        for step in script.steps:
            session = fullest(library, minutes, step.id)
            over = step is script.steps[-1]
            if over:
                yield session.model_copy(update={"status": "closed", "closed_at": START + 3600})
                yield session.model_copy(update={"status": "stranded", "closed_at": START + 3600})
                continue
            yield session
            yield session.model_copy(update={"paused_at": START + 90})
            yield session.model_copy(update={"time_up": True})
            yield session.model_copy(update={"account": None, "answer": None, "outcome": None, "facts": ()})
            nobody = tuple(person for person in session.people if person.role != "facilitator")
            yield session.model_copy(update={"people": nobody, "walks": {}})
            if step.kind == "talk" and session.reveal is not None:
                for topic in range(len(session.reveal.topics)):
                    yield session.model_copy(update={"topic": topic})
                yield session.model_copy(update={"reveal": Reveal(seed="0", topics=())})
