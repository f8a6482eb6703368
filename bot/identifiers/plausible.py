"""Whether what the reader took for an identifier can be one at all.

A network that has read a few hundred texts takes "she became tidy" for a date now and then, and a score
of 47 for an age. Each rule here names something that a kind always has, or never.
"""

import re
from collections.abc import Sequence
from typing import Final

from bot.identifiers.findings import NAMING, Kind
from bot.identifiers.lexicon import NAMES, Trait
from bot.identifiers.standing import NAMELIKE, Judged, Standing, standing
from bot.identifiers.words import LOW, Word

_NUMBERS = frozenset(
    "zero nought oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen"
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred double triple "
    "treble".split()
)
_TIMES = re.compile(
    r"(?:jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]*|[a-z]*(?:first|second|third|fourth|fifth|sixth|seventh|"
    r"eighth|ninth|tenth|eleventh|twelfth|teenth|tieth)|[a-z]*(?:mas|day|fest|eid|easter|ramadan|diwali)|saint|saints|souls|solstice|"
    r"year|eve|weekend|whitsun|pesach|ashura|vesak|onam|pongal|nowruz|mawlid|hanukk?ah|chanukah|passover|lent|term"
)
_SIGNS_OF_CONTACT = frozenset(
    "dot at com punkt punto ponto point arroba chez www http gmail hotmail org net underscore".split()
)
_LEAST_DIGIT_WORDS: Final = 6
_PAIR: Final = 2
_SURE_OF_A_WORD: Final = 0.92
_SURE_OF_A_PHRASE: Final = 0.6
_ORDINARY = frozenset({Trait.JOB, Trait.KIN, Trait.TITLE})


def settled(kind: Kind, group: Sequence[Judged], before: Sequence[Judged]) -> Kind | None:
    """What the words of ``group`` can be when the reader says ``kind``; None for nothing at all.

    ``before`` are the words that stand before them. A name that was taken for a date is still a name.
    """
    words = [each.word for each in group]
    if kind == "date":
        tells = any(word.is_number or _tells_time(word) for word in words)
        return "date" if tells else _a_name(group)
    if kind == "age":
        numbered = any(word.is_number or word.key in _NUMBERS or _has_number(word) for word in words)
        if not numbered and max(each.certainty for each in group) < _SURE_OF_A_NAME:
            return _a_name(group)
        return None if _is_score(before) else "age"
    if kind == "id":
        if not any(any(c.isdigit() for c in word.text) or word.key in _NUMBERS for word in words):
            return _a_name(group)
        return None if _is_score([*before, *group[:1]]) else "id"
    if kind == "contact":
        return "contact" if _reaches(group) else _a_name(group)
    if kind in NAMING:
        return kind if _may_name(kind, group, before) else None
    if kind in {"profession", "family"} and max(each.certainty for each in group) < _SURE_OF_A_PHRASE:
        return None
    return kind


def _a_name(group: Sequence[Judged]) -> Kind | None:
    """A person where ``group`` holds a word that is known as a name, or not known at all."""
    return "person" if any(standing(each.word) in NAMELIKE for each in group) else None


def _tells_time(word: Word) -> bool:
    phrase = word.phrase is not None and Trait.FESTIVAL in word.phrase
    return (
        phrase
        or Trait.FESTIVAL in word.entry
        or word.key in _NUMBERS
        or _TIMES.fullmatch(word.key) is not None
    )


def _has_number(word: Word) -> bool:
    return any(part in _NUMBERS for part in re.split(r"[-']", word.key))


def _is_score(before: Sequence[Judged]) -> bool:
    """Whether a measure stands shortly before ("PHQ-9 was down to 12")."""
    return any(Trait.MEASURE in each.word.entry and not each.word.entry.any(_NO_MEASURE) for each in before)


_NO_MEASURE = frozenset({Trait.WORD, Trait.FIRST_NAME, Trait.LAST_NAME, Trait.TITLE, Trait.KIN})


def _reaches(group: Sequence[Judged]) -> bool:
    digits = sum(sum(c.isdigit() for c in each.word.text) for each in group)
    spoken = sum(each.word.key in _NUMBERS for each in group)
    if digits + spoken >= _LEAST_DIGIT_WORDS:
        return True
    # Digits are spelt in other languages as well, and then the reader alone can tell.
    foreign = sum(standing(each.word) in NAMELIKE for each in group)
    return any(each.word.key in _SIGNS_OF_CONTACT for each in group) or (
        spoken + foreign > 1 and len(group) > _PAIR
    )


def _may_name(kind: Kind, group: Sequence[Judged], before: Sequence[Judged]) -> bool:
    known = [standing(each.word) for each in group]
    certainty = max(each.certainty for each in group)
    if all(each is Standing.SAFE for each in known):
        return any(Trait.EMPLOYER in each.word.entry for each in group) and certainty > _SURE_OF_A_WORD
    if all(each in {Standing.SAFE, Standing.FAMOUS} for each in known):
        introduced = bool(before) and before[-1].word.entry.any(_ORDINARY)
        if group[0].word.case in LOW:
            return introduced or certainty > _SURE_OF_A_WORD
        # That a famous person is called so says nothing against a town.
        return introduced or certainty > (_SURE_OF_A_NAME if kind == "person" else _SURE_OF_A_PHRASE)
    if len(group) > 1 or known[0] is not Standing.WORD or group[0].word.case not in LOW:
        return True
    entry = group[0].word.entry
    if entry.any(_ORDINARY):
        return False
    return certainty > (_SURE_OF_A_NAME if entry.any(NAMES) else _SURE_OF_A_WORD)


_SURE_OF_A_NAME: Final = 0.88
