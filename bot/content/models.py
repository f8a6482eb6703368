"""The shapes of the files in prompts/: frozen, and strict about what they take in.

Every limit below is one that the screens rely on: Discord's own (45 characters for a label, 100 for
its description and placeholder, 10 options in a group) or the design's (60 words on a rating card).
Checks that concern several fields raise `bot.content.problems.refusal`, so that they name the field.
"""

from collections.abc import Callable, Iterable
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
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
FRAME_CHARACTERS: Final = 1200
"""Characters of a text of the frame, with its title and its source."""
FIELD_CHARACTERS: Final = 4000
"""Characters that Discord takes in one text field."""
FEWEST_OPTIONS: Final = 2
"""Options of a group of buttons, at least."""

Addressed = Literal["client", "self"]
FieldKind = Literal["short", "paragraph", "choice", "scale"]
Situation = Literal["gifts", "time", "contact", "are-you-ill", "breaks", "disclosure", "favours", "own-side"]
SITUATIONS: Final[tuple[Situation, ...]] = get_args(Situation)
"""Occasions by which strategies are looked up, in the order they are offered."""


def _check(*, lines: bool) -> Callable[[str], str]:
    def check(text: str) -> str:
        if advice := fault(text, lines=lines):
            raise refusal("", advice)
        return text

    return check


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


def unique(field: str, values: Iterable[str]) -> None:
    """Refuse ``field`` where a value stands twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise refusal(field, f"Name “{value}” only once; it stands here twice.")
        seen.add(value)


class Content(BaseModel):
    """What every file's model has in common."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class More(Content):
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


class Mechanism(Content):
    """One of the ways of looking at a case; a hypothesis about an interaction, never about a person.

    `null_hypothesis` marks ordinary care, which is rated first and which the others must beat.
    `amplifier` marks the therapist's own side, which is asked as its own question and drawn apart.
    `before_a_step` is what comes before any step where the presenter says that this one fits.
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
    before_a_step: Annotated[Line, Field(max_length=160)] | None = None
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


class Aliases(Content):
    """The words of which aliases are made: one of `first`, one of `second`."""

    first: Annotated[tuple[Line, ...], Field(min_length=20)]
    second: Annotated[tuple[Line, ...], Field(min_length=20)]

    @model_validator(mode="after")
    def _names_words_once(self) -> Self:
        unique("first", self.first)
        unique("second", self.second)
        return self


class Strategy(Content):
    """A boundary-setting strategy: something to say to the client, or (`self`) to ask oneself.

    `situations` are the occasions it is looked up by; one that suits any occasion has none. `wording`
    holds example sentences without quotation marks. `source` says where the rationale comes from and
    what of it was read; no wording has been tested with clients.
    """

    id: Id
    name: Annotated[Line, Field(max_length=60)]
    mechanisms: Annotated[tuple[Id, ...], Field(min_length=1)]
    situations: tuple[Situation, ...] = ()
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
        unique("mechanisms", self.mechanisms)
        unique("situations", self.situations)
        if self.characters > STRATEGY_CHARACTERS:
            raise refusal(
                "whole file",
                f"Shorten the texts to {STRATEGY_CHARACTERS} characters in all; there are {self.characters}.",
            )
        return self


class FrameText(Content):
    """A short text to read before any strategy: what a boundary is, and what to ask oneself.

    `name` is its title. `text` may hold blank lines and lists whose lines begin with a hyphen.
    `source` says what of it was read and what is only named.
    """

    id: Id
    name: Annotated[Line, Field(max_length=60)]
    order: Annotated[StrictInt, Field(ge=1, le=99)]
    text: Prose
    source: Line

    @property
    def characters(self) -> int:
        """Count the characters of title, text and source together."""
        return _characters((self.name, self.text, self.source))

    @model_validator(mode="after")
    def _is_short(self) -> Self:
        if self.characters > FRAME_CHARACTERS:
            raise refusal(
                "text",
                f"Shorten name, text and source to {FRAME_CHARACTERS} characters in all; "
                f"there are {self.characters}.",
            )
        return self


class TemplateField(Content):
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
            unique("options", self.options)
        else:
            if self.options:
                raise refusal("options", f"Take these out, or make the kind choice; it is {self.kind} now.")
            if self.max_length is None:
                raise refusal("max_length", f"Say how many characters fit, at most {FIELD_CHARACTERS}.")
        return self


class Template(Content):
    """A case-presentation form: its fields in the order they are asked, five to a page."""

    id: Id
    title: Annotated[Line, Field(max_length=45)]
    when_to_use: Annotated[Line, Field(max_length=300)]
    leave_out: Annotated[Line, Field(max_length=300)]
    fields: Annotated[tuple[TemplateField, ...], Field(min_length=1, max_length=25)]

    @model_validator(mode="after")
    def _names_fields_once(self) -> Self:
        unique("fields", (field.id for field in self.fields))
        return self
