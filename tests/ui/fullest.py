"""Sessions with as much in them as can be: every field to its last character, 25 people, 30 questions."""

from collections.abc import Iterator

from bot.content.library import Library
from bot.content.protocols import Protocol, Way
from bot.formulation.calendar import evening_after
from bot.formulation.giving import MOST_FACTS
from bot.formulation.reveal import revealed, topics
from bot.formulation.script import Script
from bot.formulation.session import (
    MOST_PEOPLE,
    Answer,
    Closing,
    Evidence,
    Fact,
    Line,
    Mode,
    Outcome,
    Person,
    Reveal,
    Role,
    Session,
    Walk,
)
from bot.ui import forms

START = 1_790_000_000
PURGE = START + 90 * 86_400
TOKEN = "f" * 16
SIX = "six-mechanisms"
LISTENING = 3
MOST = forms.MOST_OBSERVATION


def full(characters: int, mark: str = "") -> str:
    """A text of exactly so many characters, in words as one writes them; ``mark`` tells it from others."""
    words = "Something she said about the house by the lake stayed with us. " * (characters // 60 + 1)
    return f"{mark} {words}"[:characters].strip().ljust(characters, "e")


def people(count: int = MOST_PEOPLE) -> tuple[Person, ...]:
    members: list[Role] = ["member"] * (count - 2)
    roles: list[Role] = ["presenter", "facilitator", *members]
    return tuple(
        Person(key=f"{number:016x}", user=2**63 - 1 - number, role=role) for number, role in enumerate(roles)
    )


def with_listeners(session: Session) -> Session:
    """The same session, where the last of its people listen."""
    taking_part, others = session.people[:-LISTENING], session.people[-LISTENING:]
    listening = tuple(person.model_copy(update={"role": "observer"}) for person in others)
    return session.model_copy(update={"people": (*taking_part, *listening), "room": len(taking_part)})


def fits_of(library: Library, number: int) -> dict[str, int | None]:
    """As far apart as they can be, with somebody who can't tell."""
    return {
        mechanism.id: None if (number + place) % 9 == 0 else (0, 4)[(number + place) % 2]
        for place, mechanism in enumerate(library.mechanisms)
    }


def walk_of(library: Library, number: int) -> Walk:
    """Everything rated and observed, and rated once more the other way round."""
    seen = Evidence(
        speaks_for=full(MOST, f"{number}"),
        # The same that somebody else wrote.
        speaks_against=full(MOST, f"{number // 2}"),
    )
    fits = fits_of(library, number)
    return Walk(
        idea=full(forms.MOST_LINE),
        fits=fits,
        evidence={mechanism.id: seen for mechanism in library.mechanisms},
        done=number % 2 == 0,
        again={mechanism: None if fit is None else 4 - fit for mechanism, fit in fits.items()},
    )


def lines_of(protocol: Protocol, everyone: tuple[Person, ...]) -> tuple[Line, ...]:
    """As many lines as each step takes from each member."""
    return tuple(
        Line(key=f"{place:04x}{number:04x}", step=step.id, by=person.key, text=full(MOST, f"{number}"))
        for step in protocol.steps
        if step.kind == "gather"
        for place, person in enumerate(everyone)
        if person.role != "presenter"
        for number in range(step.lines or 1)
    )


def fullest(
    library: Library,
    step: str,
    protocol: str = SIX,
    mode: Mode = "text",
    minutes: int = 90,
    count: int = MOST_PEOPLE,
) -> Session:
    """A session in this step, with all that a session can hold by then and after."""
    told = library.protocol(protocol)
    everyone = people(count)
    rated = any(each.kind == "ratings" for each in told.steps)
    session = Session(
        token=TOKEN,
        group="a" * 16,
        protocol=told.id,
        mode=mode,
        minutes=0 if mode == "slow" else minutes,
        retention_days=90,
        title=full(forms.MOST_TITLE),
        question=full(forms.MOST_QUESTION),
        account=full(forms.MOST_ACCOUNT),
        told=True,
        restated=full(forms.MOST_QUESTION),
        people=everyone,
        step=step,
        started_at=START,
        step_began_at=START + 60,
        due_at=evening_after(START, 3, "UTC") if mode == "slow" else None,
        facts=tuple(
            Fact(
                key=f"{number:08x}",
                asked_by=everyone[-1].key,
                question=full(forms.MOST_LINE),
                answer=full(forms.MOST_REPLY),
            )
            for number in range(MOST_FACTS)
        ),
        chosen={each.id: longest_way(each.options) for each in told.steps if each.options},
        lines=lines_of(told, everyone),
        opened=tuple(each.id for each in told.steps if each.hidden),
        walks={
            person.key: walk_of(library, number)
            for number, person in enumerate(everyone)
            if rated and person.role != "presenter"
        },
        own_fits=fits_of(library, 1) if rated else {},
        note=full(forms.MOST_NOTE),
        own_side_may_be_talked_about=True,
        answer=Answer(
            fits=tuple(mechanism.id for mechanism in library.mechanisms) if rated else (),
            something_else=True,
            text=full(forms.MOST_ANSWER),
        ),
        outcome=Outcome(
            kind="plan",
            strategy=library.strategies[0].id,
            cue=full(forms.MOST_CUE),
            action=full(forms.MOST_ACTION),
            question=full(forms.MOST_LINE),
        ),
        closings={
            person.key: Closing(word="W" * forms.MOST_WORD, looked_after=number % 5)
            for number, person in enumerate(everyone)
        },
        reveal=Reveal(seed="0", topics=()) if rated else None,
    )
    if not rated:
        return session
    shown = revealed(session, library.mechanisms, "0")
    room = Script.of(session, told).topics
    return session.model_copy(
        update={"reveal": Reveal(seed="0", topics=topics(shown, library.mechanisms, room, own_side=True))}
    )


def longest_way(options: tuple[Way, ...]) -> str:
    return max(options, key=lambda way: len(way.title) + len(way.guide)).id


def scripts(library: Library) -> Iterator[Script]:
    """Every protocol in every mode and length that it has."""
    for protocol in library.protocols:
        for mode in ("voice", "text"):
            for minutes in protocol.lengths:
                yield Script(protocol, mode, minutes)
        if protocol.can_be_slow:
            yield Script(protocol, "slow", 0)


def every_state(library: Library) -> Iterator[Session]:
    """Each step of each script: running, held, out of time, each topic, bare and led by nobody, and over."""
    for script in scripts(library):
        for step in script.steps:
            session = fullest(library, step.id, script.protocol.id, script.mode, script.minutes)
            if step is script.steps[-1]:
                yield from _over(session)
                continue
            yield session
            yield session.model_copy(update={"paused_at": START + 90})
            late = {"time_up": True, "reserve_called": True, "slower": True}
            yield with_listeners(session.model_copy(update=late))
            yield _bare(session)
            if script.mode == "slow":
                everyone = tuple(person.key for person in session.people)
                yield session.model_copy(update={"due_at": None, "moved": True, "done": everyone})
            for way in script.protocol.step(step.follows).options if step.follows is not None else ():
                yield session.model_copy(update={"chosen": {step.follows: way.id}})
            if step.topics:
                for topic in range(1, len(session.topics)):
                    yield session.model_copy(update={"topic": topic, "slower": True})
                yield session.model_copy(update={"reveal": Reveal(seed="0", topics=())})
                yield session.model_copy(update={"set_aside": session.topics})


def _bare(session: Session) -> Session:
    """Nobody facilitates, and nothing has been given to it."""
    return session.model_copy(
        update={
            "people": tuple(person for person in session.people if person.role != "facilitator"),
            "account": None,
            "restated": None,
            "facts": (),
            "chosen": {},
            "lines": (),
            "walks": {},
            "own_fits": {},
            "note": "",
            "answer": None,
            "outcome": None,
            "closings": {},
        }
    )


def _over(session: Session) -> Iterator[Session]:
    closed = session.model_copy(update={"status": "closed", "closed_at": START + 3600, "due_at": None})
    yield closed
    yield closed.model_copy(update={"status": "stranded"})
    yield closed.model_copy(update={"handout_withheld": True, "closings": {}})
    erased = {"taken_back": True, "title": "", "question": "", "facts": (), "lines": (), "reveal": None}
    yield _bare(closed).model_copy(update=erased)
