"""What the people of a rehearsal do: data in ``prompts/<language>/rehearsal/``."""

import importlib.resources
import tomllib
from importlib.resources.abc import Traversable
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.content.protocols import StepKind
from bot.formulation.session import Mode
from bot.reminders.reminder import How
from bot.reminders.typed import Way

Fit = Annotated[int, Field(ge=0, le=4)]


class _Scripted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ScriptedCase(_Scripted):
    """The case as it goes into the start form."""

    title: str = ""
    question: str = ""
    account: str = ""


class ScriptedAnswer(_Scripted):
    """What the presenter says fits, and whether their own side may be talked about."""

    fits: tuple[str, ...] = ()
    text: str = ""
    own_side: bool = False


class ScriptedStep(_Scripted):
    """The strategy that the presenter looks at, the plan that comes of it, and a ``line`` about it later."""

    strategy: str = ""
    cue: str = ""
    action: str = ""
    line: str = ""


class PresenterPart(_Scripted):
    """What the presenter does while the others think: private notes, and a rating of their own.

    ``otherwise`` is what they answer to a question that nobody wrote an answer for, in turn. ``stops_in``:
    in a step of this kind, once the others have had their turn, they take their case back.
    """

    note: str = ""
    own_fits: dict[str, Fit] = {}
    otherwise: tuple[str, ...] = ()
    stops_in: StepKind | None = None


class ScriptedPerson(_Scripted):
    """One person. A mechanism that is not in ``fits`` is a "can't tell"; an empty ``idea`` is skipped.

    ``reply`` is what the presenter answers to what this person ``asks``. ``again`` holds the second fits
    where they differ from the first. Without ``rates`` they rate nothing; who ``arrives_late`` comes in
    when the ratings have begun; who ``wants_nudge`` acts, in slow mode, only when reminded. Who is ``slow``
    does everything last; who ``presses_twice`` has two devices and uses both at once; who ``steps_out_in`` a
    step of some kind leaves then, and does not say why.
    """

    name: str
    asks: str = ""
    reply: str = ""
    idea: str = ""
    fits: dict[str, Fit] = {}
    again: dict[str, Fit] = {}
    rates: bool = True
    arrives_late: bool = False
    wants_nudge: bool = False
    slow: bool = False
    presses_twice: bool = False
    steps_out_in: StepKind | None = None
    speaks_for: str = ""
    speaks_against: str = ""
    says: tuple[str, ...] = ()
    word: str = ""
    looked_after: Fit | None = None


class Asked(_Scripted):
    """What a reader ``by`` name asks below something written, and what its author answers."""

    by: str
    text: str
    answer: str


class Offered(_Scripted):
    """A thought that a reader ``by`` name offers."""

    by: str
    text: str


class PreparedCase(_Scripted):
    """A case that one of them brings in writing: the answers go by the fields of its template.

    It stands there ``beforehand``, or is written while one looks on. ``otherwise`` is answered to questions
    that nobody wrote an answer for. ``minutes`` of a ``session`` follow about it, where there is one.
    """

    presenter: str
    template: str
    answers: dict[str, str]
    beforehand: bool = True
    questions: tuple[Asked, ...] = ()
    otherwise: tuple[str, ...] = ()
    session: Literal["voice", "text"] | None = None
    minutes: int = 45


class ScriptedVignette(_Scripted):
    """A vignette from writing to close. ``changed`` is what its author says they have changed in it.

    After ``adds_after`` seconds without anything new its author adds something, and closes it after
    ``closes_after`` more.
    """

    author: str
    title: str
    text: str
    question: str
    changed: str = ""
    questions: tuple[Asked, ...] = ()
    otherwise: tuple[str, ...] = ()
    thoughts: tuple[Offered, ...] = ()
    addition: str = ""
    adds_after: int = 3600
    closes_after: int = 86_400


class ScriptedReminder(_Scripted):
    """What one of them types after ``/remind me``, and what becomes of each note; the last one ends it."""

    by: str
    how: Way
    typed: dict[str, str | tuple[str, ...]]
    answers: tuple[How, ...]


class Scenario(_Scripted):
    """A group, what it has before it, and what each of its people does.

    ``you`` is the name under which whoever sits at the page begins. ``starts``: when the page opens, the
    session of this script is ``open``; or ``over``, so that what follows can be seen; or there is ``none``.
    """

    id: str
    title: str
    about: str
    you: str
    server: str
    channel: str
    zone: str
    facilitator: str
    starts: Literal["open", "over", "none"] = "open"
    protocol: str = "six-mechanisms"
    mode: Mode = "voice"
    minutes: int = 45
    presenter: str = ""
    case: ScriptedCase = ScriptedCase()
    answer: ScriptedAnswer = ScriptedAnswer()
    step: ScriptedStep = ScriptedStep()
    presenter_part: PresenterPart = PresenterPart()
    prepared: PreparedCase | None = None
    vignette: ScriptedVignette | None = None
    reminders: tuple[ScriptedReminder, ...] = ()
    people: tuple[ScriptedPerson, ...]

    @model_validator(mode="after")
    def _everyone_is_there(self) -> Self:
        there = {person.name for person in self.people}
        named = {self.you, self.facilitator, *(each.by for each in self.reminders)}
        named |= {self.presenter} if self.presenter or self.starts != "none" else set()
        if self.prepared is not None:
            named |= {self.prepared.presenter, *(each.by for each in self.prepared.questions)}
        if self.vignette is not None:
            script = self.vignette
            named |= {script.author, *(each.by for each in (*script.questions, *script.thoughts))}
        if missing := named - there:
            message = f"nobody of this scenario is called {', '.join(sorted(missing))}"
            raise ValueError(message)
        return self

    def person(self, name: str) -> ScriptedPerson:
        """What this person does."""
        return next(person for person in self.people if person.name == name)


FIRST = "first-evening"


def load_scenario(name: str = FIRST, language: str = "en") -> Scenario:
    """The scenario of this name."""
    file = _folder(language) / f"{name}.toml"
    return Scenario.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))


def scenario_names(language: str = "en") -> list[str]:
    """Every scenario there is, the first evening first."""
    names = [each.name.removesuffix(".toml") for each in _folder(language).iterdir()]
    return sorted(names, key=lambda name: (name != FIRST, name))


def _folder(language: str) -> Traversable:
    return importlib.resources.files("prompts") / language / "rehearsal"
