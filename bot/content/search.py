"""Finding strategies by what somebody types, with their slips of the thumb. Nothing of it is kept."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from rapidfuzz.distance import OSA, Prefix

from bot.content.library import Library
from bot.content.models import Strategy

MOST_FOUND: Final = 10
MOST_WORDS: Final = 12
"""Words of a search that are looked at."""
MOST_TYPED: Final = 100
"""Characters of a search."""
_NAME, _SITUATION, _MECHANISM, _WHEN, _WORDING = 4.0, 3.0, 2.0, 2.0, 1.0
"""What a word counts for, by where it stands."""
_TOO_MANY = 0.6
"""A word that stands in a greater share of the strategies tells nothing."""
_BESIDE_THE_BEST = 0.5
"""What reaches this share of the best is shown although some words are not in it."""
_SHORT, _LONG = 4, 8
_STEM = 5
_STEM_SHARE = 0.6
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’`")


@dataclass(frozen=True)
class _Entry:
    strategy: Strategy
    words: Mapping[str, float]
    """What each of its words counts for."""


def search(library: Library, typed: str) -> tuple[Strategy, ...]:
    """The strategies that ``typed`` is about, the nearest first; none where it is about none of them."""
    entries = [_entry(library, one) for one in library.strategies]
    known = {word for entry in entries for word in entry.words}
    scores = dict.fromkeys((entry.strategy.id for entry in entries), 0.0)
    hits = dict.fromkeys(scores, 0)
    telling = 0
    for word in dict.fromkeys(_words(typed[:MOST_TYPED])[:MOST_WORDS]):
        near = _near(word, known)
        found = {entry.strategy.id: score for entry in entries if (score := _best(entry, near))}
        if not 0 < len(found) <= len(entries) * _TOO_MANY:
            continue
        telling += 1
        for id_, score in found.items():
            hits[id_] += 1
            scores[id_] += score * log((len(entries) + 1) / len(found))
    near_enough = max(scores.values(), default=0.0) * _BESIDE_THE_BEST

    def rank(one: Strategy) -> tuple[float, int, str]:
        return -round(scores[one.id], 3), len(one.mechanisms), one.id

    kept = [
        one
        for one in library.strategies
        if hits[one.id] and (hits[one.id] == telling or scores[one.id] >= near_enough)
    ]
    return tuple(sorted(kept, key=rank)[:MOST_FOUND])


def named(library: Library, typed: str) -> tuple[Strategy, ...]:
    """The strategies whose name has every word of ``typed``, begun or mistyped, the nearest first.

    One that is called exactly so, or has that id, stands alone.
    """
    wanted = " ".join(typed[:MOST_TYPED].casefold().split())
    for one in library.strategies:
        if wanted in (one.id, one.name.casefold()):
            return (one,)
    words = _words(wanted)[:MOST_WORDS]
    scores: dict[str, float] = {}
    for one in library.strategies:
        name = set(_words(f"{one.name} {one.id}"))
        each = [max((_alike(word, token, begun=1) for token in name), default=0.0) for word in words]
        if all(each):
            scores[one.id] = sum(each)
    kept = [one for one in library.strategies if one.id in scores]
    return tuple(sorted(kept, key=lambda one: (-scores[one.id], one.name)))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_APOSTROPHES)
    return _WORD.findall("".join(each for each in plain if not unicodedata.combining(each)))


def _entry(library: Library, one: Strategy) -> _Entry:
    say = library.texts
    fields: Sequence[tuple[float, Iterable[str]]] = (
        (_NAME, (one.name,)),
        (
            _SITUATION,
            (f"{say(f'situation-{id_}')} {say(f'situation-{id_}-words')}" for id_ in one.situations),
        ),
        (_MECHANISM, (library.mechanism(id_).name for id_ in one.mechanisms)),
        (_WHEN, (one.when,)),
        (_WORDING, one.wording),
    )
    words: dict[str, float] = {}
    for weight, texts in fields:
        for word in {word for text in texts for word in _words(text)}:
            words[word] = words.get(word, 0.0) + weight
    return _Entry(one, words)


def _near(word: str, known: Collection[str]) -> Mapping[str, float]:
    """Which of the known words may be meant by ``word``. A slip is only looked for where nothing else is."""
    near = {token: alike for token in known if (alike := _alike(word, token, begun=3)) > 0}
    meant = {token: alike for token, alike in near.items() if alike > _SLIP}
    return meant or near


def _best(entry: _Entry, near: Mapping[str, float]) -> float:
    return max((entry.words.get(token, 0.0) * alike for token, alike in near.items()), default=0.0)


_SLIP = 0.7


def _alike(word: str, token: str, *, begun: int) -> float:
    """From 0 to 1; at most ``_SLIP`` for a slip. ``begun``: so many letters are enough for a beginning."""
    if word == token:
        return 1.0
    if len(word) >= begun and token.startswith(word):
        return 0.9
    longer = max(len(word), len(token))
    if len(token) >= max(_SHORT, longer * _STEM_SHARE) and word.startswith(token):
        return 0.85
    stem = Prefix.similarity(word, token)
    if stem >= _STEM and stem >= longer * _STEM_SHARE:
        return 0.75
    shorter = min(len(word), len(token))
    # Of short words nearly all are alike, so their first letter must be right.
    if shorter < _SHORT - 1 or (shorter <= _SHORT and stem == 0):
        return 0.0
    most = 2 if shorter >= _LONG else 1
    slips = OSA.distance(word, token, score_cutoff=most)
    return _SLIP - 0.1 * (slips - 1) if slips <= most else 0.0
