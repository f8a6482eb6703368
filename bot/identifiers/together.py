"""Ordinary details that point to one person when they stand together.

Quasi-identifiers: none of them names anybody, and a few of them leave few people over. Sweeney ("Simple
Demographics Often Identify People Uniquely", 2000) found 87 % of the people of the United States unique by
post code, birth date and gender alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bot.identifiers.findings import Finding
from bot.identifiers.lexicon import Lexicon, Trait
from bot.identifiers.plain import Plain, lowered
from bot.identifiers.words import Manner, Word, words_of

Detail = Literal[
    "age", "gender", "origin", "job", "region", "family", "diagnosis", "event", "faith", "orientation"
]
LEAST: Final = 4
"""So many of them together warn."""

# Those whose blurring leaves most people over come first; a gender or a decade of age leaves half or a tenth.
_MOST_TELLING: Final[tuple[Detail, ...]] = (
    "event",
    "job",
    "region",
    "family",
    "origin",
    "orientation",
    "faith",
    "diagnosis",
    "age",
    "gender",
)
_BY_FINDING: Final[Mapping[str, Detail]] = {
    "age": "age",
    "place": "region",
    "organisation": "job",
    "profession": "job",
    "family": "family",
}
_SAID_BY: Final[Mapping[Detail, str]] = {
    "age": (
        r"in (?:his|her|their) (?:early |mid |late |mid-)?(?:teens|twenties|thirties|forties|fifties|"
        r"sixties|seventies|eighties|\d0s)|teenage(?:r)?|toddler|pensioner|elderly|middle-aged"
    ),
    "gender": (
        r"she|he|her|his|him|woman|man|mother|father|girl|boy|trans|non-?binary|mum|dad|wife|husband|lady|"
        r"bloke|lad"
    ),
    "family": (
        r"widow(?:ed|er)?|divorced?|separated|single (?:mother|father|mum|dad|parent)|adopted|"
        r"foster(?:ed)?|orphan(?:ed)?|twins?|only child|step(?:mother|father|son|daughter|family)|"
        r"remarried|childless|(?:two|three|four|five) (?:children|kids|sons|daughters)"
    ),
    "event": (
        r"accident|fire|murder(?:ed)?|trial|in the (?:news|papers?)|inquest|explosion|shooting|flood|"
        r"earthquake|crash|bankruptcy|lottery|kidnap(?:ped)?|arrested|convicted|prison sentence|overdosed?|"
        r"drowned|stabbed|asylum|refugee"
    ),
    "orientation": r"gay|lesbian|bisexual|queer|same-sex|asexual|polyamorous|coming out|came out",
    "faith": (
        r"church|mosque|temple|synagogue|gurdwara|pastor|imam|rabbi|priest|vicar|congregation|missionary|"
        r"nun|monk|baptised"
    ),
}
_ENGLISH: Final[Mapping[Detail, re.Pattern[str]]] = {
    detail: re.compile(rf"\b(?:{pattern})\b") for detail, pattern in _SAID_BY.items()
}
_FAITHS: Final = re.compile(
    r"(?:christian|catholic|protestant|muslim|jewish|hindu|sikh|buddhist|mormon|evangelical|pentecostal|"
    r"orthodox|"
    r"quaker|methodist|baptist|anglican|lutheran|adventist|jehovah|jain|bahai|amish|mennonite|ismaili|"
    r"sunni|shia)"
)
_COMMON_JOBS: Final = frozenset(
    "therapist counsellor counselor client patient mother student friend partner supervisor colleague "
    "parent child member "
    "presenter facilitator psychologist psychotherapist boss manager carer volunteer".split()
)


@dataclass(frozen=True)
class Together:
    """What stands together, and the two whose blurring would help most."""

    traits: tuple[Detail, ...]
    blur: tuple[Detail, Detail]

    def sentence(self, say: Callable[..., str]) -> str:
        """It in words; ``say`` gives the text of a key of ``prompts/`` with its values."""
        first, second = (say(f"together-{detail}") for detail in self.blur)
        return say(
            "together",
            traits=", ".join(say(f"together-{detail}") for detail in self.traits),
            first=first,
            second=second,
        )


def together(text: str, findings: Iterable[Finding], language: str = "en") -> Together | None:
    """Whether ``text`` says so much of one person that it may point to them; None below ``LEAST`` details.

    ``findings`` are those of ``find`` for the same text. English only: None for other languages.
    """
    if language != "en":
        return None
    plain = Plain.of(text).text
    said: set[Detail] = {_BY_FINDING[finding.kind] for finding in findings if finding.kind in _BY_FINDING}
    lower = lowered(plain)
    said |= {detail for detail, pattern in _ENGLISH.items() if pattern.search(lower)}
    for word in words_of(plain, Lexicon.of(language), Manner.of(plain)):
        said |= _said_by(word)
    if len(said) < LEAST:
        return None
    ordered: tuple[Detail, ...] = tuple(trait for trait in _MOST_TELLING if trait in said)
    return Together(ordered, (ordered[0], ordered[1]))


def _said_by(word: Word) -> set[Detail]:
    said: set[Detail] = set()
    entry = word.phrase or word.entry
    if Trait.PEOPLE in entry:
        said.add("faith" if _FAITHS.match(word.key) else "origin")
    if Trait.COUNTRY in entry:
        said.add("origin")
    if Trait.DIAGNOSIS in entry:
        said.add("diagnosis")
    if Trait.JOB in entry and word.key not in _COMMON_JOBS:
        said.add("job")
    return said
