"""The shapes of the files in prompts/: frozen, and strict about what they take in.

Every limit below is one that the screens rely on: Discord's own (45 characters for a label, 100 for
its description and placeholder, 10 options in a group) or the design's (60 words on a rating card).
Checks that concern several fields raise `bot.content.problems.refusal`, so that they name the field.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Final, Literal, Self, TypeVar, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictBool,
    StrictInt,
    StringConstraints,
    model_validator,
)

from bot.content.problems import refusal
from bot.content.wording import count_words, fault

CARD_WORDS: Final = 60
"""Words on a mechanism's rating card: name, question, meaning and its four signs."""
MORE_CHARACTERS: Final = 3200
"""Characters of all texts under *More*; with their headings they fit Discord's 4000 for one message."""
STRATEGY_CHARACTERS: Final = 1500
"""Characters of all texts of a strategy."""
GUIDE_WORDS: Final = 25
"""Words of a step's guide, which shares a board of 45 words with the clock and the names."""
FIELD_CHARACTERS: Final = 4000
"""Characters that Discord takes in one text field."""
FEWEST_OPTIONS: Final = 2
"""Options of a group of buttons, at least."""

Addressed = Literal["client", "self"]
FieldKind = Literal["short", "paragraph", "choice", "scale"]
StepKind = Literal[
    "arrive",
    "telling",
    "facts",
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


def _check(*, lines: bool) -> Callable[[str], str]:
    def check(text: str) -> str:
        if advice := fault(text, lines=lines):
            raise refusal("", advice)
        return text

    return check


def _whole_number_keys(value: object) -> object:
    """Read the keys of a TOML table, which are always text, as the numbers they spell."""
    if not isinstance(value, Mapping):
        return value
    table = cast("Mapping[object, object]", value)
    return {int(key) if isinstance(key, str) and key.isdecimal() else key: one for key, one in table.items()}


_BY_LENGTH = (BeforeValidator(_whole_number_keys), AfterValidator(ByLength), PlainSerializer(dict))

Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Line = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=FIELD_CHARACTERS),
    AfterValidator(_check(lines=False)),
]
Prose = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=FIELD_CHARACTERS),
    AfterValidator(_check(lines=True)),
]
TwoToFour = Annotated[tuple[Line, ...], Field(min_length=2, max_length=4)]


def _characters(texts: Iterable[str]) -> int:
    return sum(map(len, texts))


def _unique(field: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise refusal(field, f"Name “{value}” only once; it stands here twice.")
        seen.add(value)


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class More(_Content):
    """What a member reads behind *More*: at most 3200 characters in all.

    `sources` are short references and say honestly what was read and what is only named.
    """

    definition: Prose
    origin: Prose
    sources: Annotated[tuple[Line, ...], Field(min_length=1, max_length=8)]
    further_for: TwoToFour
    further_against: TwoToFour
    questions: TwoToFour
    own_part: Prose
    ordinary: Prose
    excessive: Prose
    not_to_conclude: Prose
    culture: Prose

    @property
    def characters(self) -> int:
        """Count the characters of all texts together, without headings."""
        lists = (*self.sources, *self.further_for, *self.further_against, *self.questions)
        single = (self.definition, self.origin, self.own_part, self.ordinary, self.excessive)
        return _characters((*lists, *single, self.not_to_conclude, self.culture))

    @model_validator(mode="after")
    def _fits_one_message(self) -> Self:
        if self.characters > MORE_CHARACTERS:
            raise refusal(
                "",
                f"Shorten these texts to {MORE_CHARACTERS} characters in all; there are {self.characters}.",
            )
        return self


class Mechanism(_Content):
    """One of the ways of looking at a case; a hypothesis about an interaction, never about a person.

    `null_hypothesis` marks ordinary care, which is rated first and which the others must beat.
    `amplifier` marks the therapist's own side, which is asked as its own question and drawn apart.
    """

    id: Id
    name: Annotated[Line, Field(max_length=30)]
    order: Annotated[StrictInt, Field(ge=1, le=99)]
    null_hypothesis: StrictBool = False
    amplifier: StrictBool = False
    question: Line
    meaning: Line
    signs_for: Annotated[tuple[Line, ...], Field(min_length=2, max_length=2)]
    signs_against: Annotated[tuple[Line, ...], Field(min_length=2, max_length=2)]
    more: More

    @property
    def words(self) -> int:
        """Count the words that stand on the rating card."""
        card = (self.name, self.question, self.meaning, *self.signs_for, *self.signs_against)
        return sum(map(count_words, card))

    @model_validator(mode="after")
    def _fits_the_card(self) -> Self:
        if self.words > CARD_WORDS:
            raise refusal(
                "meaning",
                f"Shorten name, question, meaning and signs to {CARD_WORDS} words in all; "
                f"there are {self.words}.",
            )
        if self.null_hypothesis and self.amplifier:
            raise refusal("amplifier", "Choose one: null_hypothesis or amplifier can be true, not both.")
        return self


class Strategy(_Content):
    """A boundary-setting strategy: something to say to the client, or (`self`) to ask oneself.

    `wording` holds example sentences without quotation marks. `source` says where the rationale comes
    from and what of it was read; no wording has been tested with clients.
    """

    id: Id
    name: Annotated[Line, Field(max_length=60)]
    mechanisms: Annotated[tuple[Id, ...], Field(min_length=1)]
    when: Line
    wording: Annotated[tuple[Line, ...], Field(min_length=2, max_length=3)]
    caution: Prose
    source: Line
    addressed: Addressed

    @property
    def characters(self) -> int:
        """Count the characters of all texts together, without headings."""
        return _characters((self.name, self.when, *self.wording, self.caution, self.source))

    @model_validator(mode="after")
    def _fits_its_card(self) -> Self:
        _unique("mechanisms", self.mechanisms)
        if self.characters > STRATEGY_CHARACTERS:
            raise refusal(
                "whole file",
                f"Shorten the texts to {STRATEGY_CHARACTERS} characters in all; there are {self.characters}.",
            )
        return self


class TemplateField(_Content):
    """One question of a case-presentation form.

    `shared = false` keeps the answer with the presenter. `max_length` (characters) belongs to `short`
    and `paragraph`, `options` to `choice` and `scale`. `example` is shown as a placeholder.
    """

    id: Id
    label: Annotated[Line, Field(max_length=45)]
    guidance: Annotated[Line, Field(max_length=100)]
    example: Annotated[Line, Field(max_length=100)] | None = None
    kind: FieldKind
    options: Annotated[tuple[Annotated[Line, Field(max_length=100)], ...], Field(max_length=10)] = ()
    required: StrictBool
    shared: StrictBool
    max_length: Annotated[StrictInt, Field(ge=1, le=FIELD_CHARACTERS)] | None = None

    @model_validator(mode="after")
    def _suits_its_kind(self) -> Self:
        if self.kind in ("choice", "scale"):
            if len(self.options) < FEWEST_OPTIONS:
                raise refusal("options", f"List two to ten options; a {self.kind} needs them.")
            if self.max_length is not None:
                raise refusal("max_length", f"Take this out; a {self.kind} has no length.")
            _unique("options", self.options)
        else:
            if self.options:
                raise refusal("options", f"Take these out, or make the kind choice; it is {self.kind} now.")
            if self.max_length is None:
                raise refusal("max_length", f"Say how many characters fit, at most {FIELD_CHARACTERS}.")
        return self


class Template(_Content):
    """A case-presentation form: its fields in the order they are asked, five to a page."""

    id: Id
    title: Annotated[Line, Field(max_length=45)]
    when_to_use: Annotated[Line, Field(max_length=300)]
    leave_out: Annotated[Line, Field(max_length=300)]
    fields: Annotated[tuple[TemplateField, ...], Field(min_length=1, max_length=25)]

    @model_validator(mode="after")
    def _names_fields_once(self) -> Self:
        _unique("fields", (field.id for field in self.fields))
        return self


class Step(_Content):
    """One step of a protocol.

    `minutes` holds minutes by session length; 0 leaves the step out at that length, apart from a
    handout, which takes no time. `text` says whether the plain text mode runs the step. `evidence`
    says which ratings need an observation: the highest, every one claimed (3 or more), or all.
    `topics` is how many mechanisms are talked about. `hidden` keeps what is written unseen until the
    reveal. The minutes of a `reserve` step can't be touched by extensions.
    """

    id: Id
    kind: StepKind
    title: Annotated[Line, Field(max_length=40)]
    guide: Annotated[Line, Field(max_length=300)]
    presenter_guide: Annotated[Line, Field(max_length=300)] | None = None
    minutes: Annotated[Mapping[StrictInt, Annotated[StrictInt, Field(ge=0, le=120)]], *_BY_LENGTH]
    text: StrictBool
    evidence: Annotated[Mapping[StrictInt, Evidence], *_BY_LENGTH] | None = None
    topics: Annotated[Mapping[StrictInt, Annotated[StrictInt, Field(ge=1, le=6)]], *_BY_LENGTH] | None = None
    who_writes: WhoWrites
    hidden: StrictBool = False
    reserve: StrictBool = False

    @model_validator(mode="after")
    def _suits_its_kind(self) -> Self:
        words = count_words(self.guide)
        if words > GUIDE_WORDS:
            raise refusal("guide", f"Shorten this to {GUIDE_WORDS} words; there are {words}.")
        if self.kind == "handout" and any(self.minutes.values()):
            raise refusal("minutes", "Write 0 for every length; a handout takes none of the group's time.")
        for field, kind, value in (("evidence", "ratings", self.evidence), ("topics", "talk", self.topics)):
            if self.kind == kind and value is None:
                raise refusal(field, f"Add this field, one value for each length; {kind} needs it.")
            if self.kind != kind and value is not None:
                raise refusal(field, f"Take this out; it belongs to a step of kind {kind}.")
            if value is not None and set(value) != set(self.minutes):
                raise refusal(field, f"Give one value for each length in minutes: {_spell(self.minutes)}.")
        return self


class Protocol(_Content):
    """The script of a session: its steps in order, each kind at most once."""

    id: Id
    title: Annotated[Line, Field(max_length=45)]
    good_for: Annotated[Line, Field(max_length=300)]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @property
    def lengths(self) -> tuple[int, ...]:
        """Return the session lengths it has a timetable for, in minutes, shortest first."""
        return tuple(self.steps[0].minutes)

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
        _unique("steps", (step.id for step in self.steps))
        _unique("steps", (step.kind for step in self.steps))
        kinds = [step.kind for step in self.steps]
        for earlier, later in (("ratings", "reveal"), ("reveal", "second-ratings")):
            if later in kinds and earlier not in kinds[: (place := kinds.index(later))]:
                advice = f"Put a step of kind {earlier} before this one."
                raise refusal(f"steps[{self.steps[place].id}].kind", advice)
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
        for length in self.lengths:
            if (total := self.minutes(length)) > length:
                raise refusal("steps", f"Shorten the steps for {length} minutes; they take {total}.")
        return self


def _spell(lengths: Iterable[int]) -> str:
    return ", ".join(str(length) for length in lengths)
