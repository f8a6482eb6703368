"""The shape of a protocol: the script of a session as a file says it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Final, Literal, Self, TypeVar, cast, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    StrictBool,
    StrictInt,
    model_validator,
)

from bot.content.models import FEWEST_OPTIONS, Content, Id, Line, unique
from bot.content.problems import refusal
from bot.content.wording import count_words

GUIDE_WORDS: Final = 25
"""Words of a step's guide, which shares a board of 45 words with the clock and the names."""

StepKind = Literal[
    "arrive",
    "telling",
    "facts",
    "restate",
    "choose",
    "gather",
    "ratings",
    "reveal",
    "talk",
    "second-ratings",
    "answer",
    "step",
    "close",
    "handout",
]
Evidence = Literal["highest", "claimed", "all"]
WhoWrites = Literal["everyone", "members", "presenter", "nobody"]

ValueT = TypeVar("ValueT")


class ByLength(Mapping[int, ValueT]):
    """Values by the length of a session in minutes (45, 60, 90), shortest first; it can't be changed."""

    __slots__ = ("_pairs",)

    def __init__(self, values: Mapping[int, ValueT]) -> None:
        self._pairs = tuple(sorted(values.items(), key=lambda pair: pair[0]))

    def __getitem__(self, length: int) -> ValueT:
        for known, value in self._pairs:
            if known == length:
                return value
        raise KeyError(length)

    def __iter__(self) -> Iterator[int]:
        return (length for length, _ in self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __hash__(self) -> int:
        return hash(self._pairs)

    def __repr__(self) -> str:
        return f"ByLength({dict(self._pairs)!r})"


def _short_enough(guide: str) -> str:
    if (words := count_words(guide)) > GUIDE_WORDS:
        raise refusal("", f"Shorten this to {GUIDE_WORDS} words; there are {words}.")
    return guide


def _whole_number_keys(value: object) -> object:
    """Read the keys of a TOML table, which are always text, as the numbers they spell."""
    if not isinstance(value, Mapping):
        return value
    table = cast("Mapping[object, object]", value)
    return {int(key) if isinstance(key, str) and key.isdecimal() else key: one for key, one in table.items()}


_BY_LENGTH = (BeforeValidator(_whole_number_keys), AfterValidator(ByLength), PlainSerializer(dict))

Guide = Annotated[Line, Field(max_length=300), AfterValidator(_short_enough)]
Topics = Annotated[StrictInt, Field(ge=1, le=6)]


class Way(Content):
    """One way of working that a `choose` step offers; a `gather` that follows it takes its words from it."""

    id: Id
    title: Annotated[Line, Field(max_length=40)]
    guide: Guide
    ask: Annotated[Line, Field(max_length=45)]
    hint: Annotated[Line, Field(max_length=100)]


class Step(Content):
    """One step of a protocol.

    `minutes` holds minutes by session length; 0 leaves the step out at that length, apart from a
    handout, which takes no time. `days` is how many weekdays the step lasts at most in slow mode, after
    the day on which it begins; without it slow mode leaves the step out. `spoken` steps are spoken where
    the group is in a call, under `voice_guide`. `evidence` says which ratings need an observation: the
    highest, every one claimed (3 or more), or all. `topics` is how many mechanisms are talked about.
    `hidden` keeps what is written unseen until the step is over. The minutes of a `reserve` step can't be
    touched by extensions.

    A `gather` collects short lines (at most `lines` from each member) under the label `ask`; one that
    `follows` a `choose` step takes guide and label from the way that was chosen there.
    """

    id: Id
    kind: StepKind
    title: Annotated[Line, Field(max_length=40)]
    guide: Guide
    voice_guide: Guide | None = None
    slow_guide: Guide | None = None
    presenter_guide: Annotated[Line, Field(max_length=300)] | None = None
    minutes: Annotated[Mapping[StrictInt, Annotated[StrictInt, Field(ge=0, le=120)]], *_BY_LENGTH]
    days: Annotated[StrictInt, Field(ge=0, le=20)] | None = None
    spoken: StrictBool = False
    evidence: Annotated[Mapping[StrictInt, Evidence], *_BY_LENGTH] | None = None
    slow_evidence: Evidence | None = None
    topics: Annotated[Mapping[StrictInt, Topics], *_BY_LENGTH] | None = None
    slow_topics: Topics | None = None
    ask: Annotated[Line, Field(max_length=45)] | None = None
    hint: Annotated[Line, Field(max_length=100)] | None = None
    lines: Annotated[StrictInt, Field(ge=1, le=10)] | None = None
    options: Annotated[tuple[Way, ...], Field(max_length=7)] = ()
    follows: Id | None = None
    who_writes: WhoWrites
    hidden: StrictBool = False
    reserve: StrictBool = False

    @property
    def listened_to(self) -> bool:
        """Whether the presenter listens while the others think aloud."""
        return self.who_writes == "members" and self.kind in ("talk", "gather") and not self.hidden

    @model_validator(mode="after")
    def _suits_its_kind(self) -> Self:
        if self.kind == "handout" and (any(self.minutes.values()) or self.days is not None):
            raise refusal(
                "minutes", "Write 0 for every length, and no days; a handout takes none of the group's time."
            )
        self._has_what_it_needs()
        for field, value in (("evidence", self.evidence), ("topics", self.topics)):
            if value is not None and set(value) != set(self.minutes):
                raise refusal(field, f"Give one value for each length in minutes: {_spell(self.minutes)}.")
            slow = self.slow_evidence if field == "evidence" else self.slow_topics
            if (slow is not None) != (value is not None and self.days is not None):
                raise refusal(
                    f"slow_{field}", f"Give this where the step has {field} and days, and nowhere else."
                )
        return self

    def _has_what_it_needs(self) -> None:
        needed: tuple[tuple[str, tuple[StepKind, ...], object], ...] = (
            ("evidence", ("ratings",), self.evidence),
            ("ask", ("gather", "restate"), self.ask),
            ("hint", ("gather", "restate"), self.hint),
            ("lines", ("gather",), self.lines),
            ("options", ("choose",), self.options or None),
        )
        allowed: tuple[tuple[str, tuple[StepKind, ...], object], ...] = (
            ("topics", ("talk",), self.topics),
            ("follows", ("gather",), self.follows),
        )
        for field, kinds, value in needed:
            if self.kind in kinds and value is None:
                raise refusal(field, f"Add this; a step of kind {self.kind} needs it.")
        for field, kinds, value in (*needed, *allowed):
            if self.kind not in kinds and value is not None:
                raise refusal(field, f"Take this out; it belongs to a step of kind {' or '.join(kinds)}.")
        if self.kind == "choose" and len(self.options) < FEWEST_OPTIONS:
            raise refusal("options", "List two to seven ways to choose from.")
        unique("options", (option.id for option in self.options))


_ONCE: Final[frozenset[StepKind]] = frozenset(get_args(StepKind)) - {"talk", "gather", "choose"}
_ALWAYS: Final[frozenset[StepKind]] = frozenset({"arrive", "telling", "close"})
"""What no session can do without, whatever its length: people, an account, a word at the end."""
_NEEDS: Final[Mapping[StepKind, tuple[StepKind, ...]]] = {
    "ratings": ("reveal",),
    "reveal": ("ratings",),
    "second-ratings": ("reveal",),
}


class Protocol(Content):
    """The script of a session: its steps in order, from `arrive` to `handout`."""

    id: Id
    title: Annotated[Line, Field(max_length=45)]
    good_for: Annotated[Line, Field(max_length=300)]
    steps: Annotated[tuple[Step, ...], Field(min_length=2)]

    @property
    def lengths(self) -> tuple[int, ...]:
        """Return the session lengths it has a timetable for, in minutes, shortest first."""
        return tuple(self.steps[0].minutes)

    @property
    def can_be_slow(self) -> bool:
        """Return whether it can be run in writing over days."""
        return self.steps[0].days is not None

    def minutes(self, length: int) -> int:
        """Add up the minutes of all steps; KeyError for a length without a timetable."""
        return sum(step.minutes[length] for step in self.steps)

    def step(self, id: str) -> Step:  # noqa: A002
        """Return the step with that id; KeyError if there is none."""
        for step in self.steps:
            if step.id == id:
                return step
        raise KeyError(id)

    @model_validator(mode="after")
    def _keeps_its_order(self) -> Self:
        unique("steps", (step.id for step in self.steps))
        unique("steps", (step.kind for step in self.steps if step.kind in _ONCE))
        kinds = [step.kind for step in self.steps]
        if kinds[0] != "arrive" or kinds[-1] != "handout":
            raise refusal("steps", "Begin with a step of kind arrive, and end with one of kind handout.")
        for needed in ("telling", "close"):
            if needed not in kinds:
                raise refusal("steps", f"Add a step of kind {needed}; every session has one.")
        for earlier, later in (("telling", "facts"), ("ratings", "reveal"), ("reveal", "second-ratings")):
            if later in kinds and earlier not in kinds[: (place := kinds.index(later))]:
                advice = f"Put a step of kind {earlier} before this one."
                raise refusal(f"steps[{self.steps[place].id}].kind", advice)
        self._keeps_ratings_together(kinds)
        self._keeps_its_reserve()
        self._keeps_its_time()
        for length in self.lengths:
            self._is_whole([step for step in self.steps if step.minutes[length]], "minutes", f" at {length}")
        if slow := [step for step in self.steps if step.days is not None]:
            self._is_whole(slow, "days")
        return self

    def _keeps_ratings_together(self, kinds: Sequence[str]) -> None:
        for place, step in enumerate(self.steps):
            if step.kind == "ratings" and kinds[place + 1] != "reveal":
                raise refusal(f"steps[{step.id}].kind", "Put a step of kind reveal right after this one.")
            if step.topics is not None and "reveal" not in kinds[:place]:
                raise refusal(f"steps[{step.id}].topics", "Take this out; only what was rated has topics.")
            if step.kind == "second-ratings" and not any(each.topics for each in self.steps[:place]):
                raise refusal(f"steps[{step.id}].kind", "Put a talk with topics before this one.")
            choices = {each.id for each in self.steps[:place] if each.kind == "choose"}
            if step.follows is not None and step.follows not in choices:
                advice = "Name a step of kind choose that stands before this one."
                raise refusal(f"steps[{step.id}].follows", advice)

    def _keeps_its_reserve(self) -> None:
        reserved = False
        for step in self.steps:
            if set(step.minutes) != set(self.lengths):
                raise refusal(
                    f"steps[{step.id}].minutes", f"Give minutes for the same lengths: {_spell(self.lengths)}."
                )
            if reserved and not step.reserve and step.kind != "handout":
                raise refusal(
                    f"steps[{step.id}].reserve",
                    "Write true here or move the step up; once the reserve has begun, it runs to the end.",
                )
            reserved = reserved or step.reserve

    def _keeps_its_time(self) -> None:
        if not self.lengths:
            advice = "Give minutes for at least one length, such as { 60 = 4 }."
            raise refusal(f"steps[{self.steps[0].id}].minutes", advice)
        for length in self.lengths:
            if (total := self.minutes(length)) > length:
                raise refusal("steps", f"Shorten the steps for {length} minutes; they take {total}.")

    def _is_whole(self, taken: Sequence[Step], field: str, at: str = "") -> None:
        """Refuse a session of ``taken``, the steps that have this ``field``, where it lacks what it needs."""
        kinds = [step.kind for step in taken]
        without = "take them out" if field == "days" else "write 0"
        for step in self.steps:
            place = f"steps[{step.id}].{field}"
            if step.kind not in kinds:
                if step.kind in _ALWAYS:
                    otherwise = ", or take them out everywhere" if field == "days" else ""
                    raise refusal(place, f"Give this step {field}{at} too{otherwise}; every session has it.")
                continue
            for kind in _NEEDS.get(step.kind, ()):
                if kind not in kinds:
                    advice = f"Give {field}{at} to the step of kind {kind} too, or {without} here."
                    raise refusal(place, advice)
            before = taken[: kinds.index(step.kind)]
            if step.kind == "second-ratings" and not any(each.topics for each in before):
                advice = f"Give {field}{at} to a talk with topics before this one too, or {without} here."
                raise refusal(place, advice)


def _spell(lengths: Iterable[int]) -> str:
    return ", ".join(str(length) for length in lengths)
