"""What the people of a rehearsal do: data in ``prompts/<language>/rehearsal/``."""

import importlib.resources
import tomllib
from importlib.resources.abc import Traversable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.formulation.session import Mode

Fit = Annotated[int, Field(ge=0, le=4)]


class _Scripted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ScriptedCase(_Scripted):
    """The case as it goes into the start form."""

    title: str
    question: str
    account: str


class ScriptedAnswer(_Scripted):
    """What the presenter says fits, and whether their own side may be talked about."""

    fits: tuple[str, ...]
    text: str
    own_side: bool


class ScriptedStep(_Scripted):
    """The strategy that the presenter looks at, the plan that comes of it, and a ``line`` about it later."""

    strategy: str
    cue: str
    action: str
    line: str = ""


class PresenterPart(_Scripted):
    """What the presenter does while the others think: private notes, and a rating of their own."""

    note: str = ""
    own_fits: dict[str, Fit] = {}


class ScriptedPerson(_Scripted):
    """One person. A mechanism that is not in ``fits`` is a "can't tell"; an empty ``idea`` is skipped.

    ``reply`` is what the presenter answers to what this person ``asks``. ``again`` holds the second fits
    where they differ from the first. Without ``rates`` they rate nothing; who ``arrives_late`` comes in
    when the ratings have begun; who ``wants_nudge`` acts, in slow mode, only when reminded.
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
    speaks_for: str = ""
    speaks_against: str = ""
    says: tuple[str, ...] = ()
    word: str = ""
    looked_after: Fit | None = None


class PreparedCase(_Scripted):
    """A case that one of them has posted in writing before: the answers go by the fields of its template."""

    presenter: str
    template: str
    answers: dict[str, str]


class Scenario(_Scripted):
    """A group, its case, and what each of its people does."""

    id: str
    title: str
    about: str
    server: str
    channel: str
    zone: str
    protocol: str
    mode: Mode
    minutes: int
    facilitator: str
    presenter: str
    case: ScriptedCase
    answer: ScriptedAnswer
    step: ScriptedStep
    presenter_part: PresenterPart = PresenterPart()
    prepared: PreparedCase | None = None
    people: tuple[ScriptedPerson, ...]

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
