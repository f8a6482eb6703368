"""Ways of guessing who it was. Each gives every person a score for one vignette; the highest is the guess."""

import hashlib
import hmac
import random
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import comb

from tests.conftest import english
from tests.vignette_flow.history import History

SLOT, AHEAD = 900, 180
Scores = Mapping[str, float]
Strategy = Callable[[History, str], Scores]


def too_many(tries: int, people: int, strategies: int) -> int:
    """More right guesses than this are no chance.

    The 97.5 % quantile of Binomial(tries, 1/people), with what is left shared by all the strategies that try.
    """
    chance, left, hits = 1 / people, 1.0, -1
    while left > 0.025 / strategies:
        hits += 1
        left -= comb(tries, hits) * chance**hits * (1 - chance) ** (tries - hits)
    return hits


def hits(histories: list[History], strategy: Strategy) -> int:
    """How many authors a strategy names. Where it can't choose, it throws a coin."""
    dice = random.Random(1)
    found = 0
    for history in histories:
        for token in history.vignettes:
            found += guess(history, strategy(history, token), dice) == history.wrote[token]
    return found


def guess(history: History, scores: Scores, dice: random.Random) -> str:
    names = sorted(history.people)
    best = max(scores.get(name, 0.0) for name in names)
    return dice.choice([name for name in names if scores.get(name, 0.0) == best])


# With the eyes of somebody who manages the server


def _last_seen(history: History, at: float) -> Scores:
    seen = sorted(history.seen)
    place = bisect_right(seen, (at, "~"))
    return {seen[place - 1][1]: 1.0} if place else {}


def _out(history: History, token: str) -> float:
    return min(history.traces(token), default=0.0)


def seen_last_before_the_post(history: History, token: str) -> Scores:
    return _last_seen(history, _out(history, token))


def seen_last_before_the_slot_was_closed(history: History, token: str) -> Scores:
    return _last_seen(history, _out(history, token) - AHEAD)


def seen_first_after_the_post(history: History, token: str) -> Scores:
    at = _out(history, token)
    later = sorted(each for each in history.seen if each[0] > at)
    return {later[0][1]: 1.0} if later else {}


def seen_last_before_each_trace(history: History, token: str) -> Scores:
    """Whoever was there a moment before most of what the bot did about it."""
    scores: dict[str, float] = {}
    for at in history.traces(token):
        for name, score in _last_seen(history, at).items():
            scores[name] = scores.get(name, 0.0) + score
    return scores


def around_when_it_goes(history: History, token: str) -> Scores:
    """Whoever was there just before the last that was done about it: a close, a withdrawal."""
    traces = history.traces(token)
    return _last_seen(history, max(traces)) if traces else {}


def seen_most_while_the_slot_was_open(history: History, token: str) -> Scores:
    out = _out(history, token)
    scores: dict[str, float] = {}
    for at, name in history.seen:
        if out - AHEAD - SLOT <= at <= out - AHEAD:
            scores[name] = scores.get(name, 0.0) + 1
    return scores


def by_order_of_joining(history: History, token: str) -> Scores:
    """The first vignette by the first who joined, and so on round."""
    order = sorted(history.vignettes, key=lambda each: _out(history, each))
    return {history.joined[order.index(token) % len(history.joined)]: 1.0}


def by_the_token(history: History, token: str) -> Scores:
    """The token as a number, or as a hash of an id."""
    names = sorted(history.people, key=lambda name: history.people[name])
    scores = {names[int(token, 16) % len(names)]: 0.5}
    for name, user in history.people.items():
        if _made_from(user, token):
            scores[name] = 2.0
    return scores


def _made_from(user: int, token: str) -> bool:
    digests = (hashlib.sha256, hashlib.md5, hashlib.sha1, hashlib.blake2b)
    made = {digest(str(user).encode()).hexdigest()[: len(token)] for digest in digests}
    return token in made or f"{user:x}" in token or str(user)[-8:] in token


def by_the_message_id(history: History, token: str) -> Scores:
    card = min((each.id for each in history.shown.values() if token in each.content), default=0)
    return {sorted(history.people)[card % len(history.people)]: 1.0}


def by_the_alias(history: History, token: str) -> Scores:
    """The two words as remainders of an id, or of its hash."""
    words = english().aliases
    first, _, second = history.aliases[token].partition(" ")
    scores: dict[str, float] = {}
    for name, user in history.people.items():
        for number in (user, user >> 22, int.from_bytes(hashlib.sha256(str(user).encode()).digest())):
            scores[name] = scores.get(name, 0.0) + (words.first[number % len(words.first)] == first)
            scores[name] += words.second[number % len(words.second)] == second
            scores[name] += words.second[number // len(words.first) % len(words.second)] == second
    return scores


def by_the_same_word(history: History, token: str) -> Scores:
    """An alias that shares a word with another, whose author is known by now (the worst that can be)."""
    words = set(history.aliases[token].split())
    return {
        history.wrote[other]: 1.0
        for other in history.vignettes
        if other != token and words & set(history.aliases[other].split())
    }


def named_in_its_messages(history: History, token: str) -> Scores:
    """An id or a name in its messages, in their controls, in what they answer, in the audit log beside it."""
    places = history.places_of(token)
    said = "".join(
        each.content for each in history.shown.values() if token in each.content or str(each.place) in places
    )
    lines = [line for line in history.audit.split("AuditLogEntry") if any(place in line for place in places)]
    return _named(history, said + "".join(lines))


def _named(history: History, said: str) -> Scores:
    return {
        name: float(said.count(str(user)) + len(re.findall(rf"\b{name}\b", said)))
        for name, user in history.people.items()
    }


def inside_its_threads(history: History, token: str) -> Scores:
    return _inside(history, token, 1.0)


def missing_in_its_threads(history: History, token: str) -> Scores:
    return _inside(history, token, -1.0)


def _inside(history: History, token: str, sign: float) -> Scores:
    alias = history.aliases[token]
    about = {each.place for each in history.shown.values() if alias in each.content or token in each.content}
    inside = [user for place in about for user in history.inside.get(place, ())]
    return {name: sign * inside.count(user) for name, user in history.people.items()}


def talks_least_about_it(history: History, token: str) -> Scores:
    """Whoever is least heard in the channel in the hour after it came out."""
    out = _out(history, token)
    return {
        name: -float(
            sum(each.author == user and out <= each.at <= out + 3600 for each in history.shown.values())
        )
        for name, user in history.people.items()
    }


OF_A_MANAGER: tuple[Strategy, ...] = (
    seen_last_before_the_post,
    seen_last_before_the_slot_was_closed,
    seen_first_after_the_post,
    seen_last_before_each_trace,
    around_when_it_goes,
    seen_most_while_the_slot_was_open,
    by_order_of_joining,
    by_the_token,
    by_the_message_id,
    by_the_alias,
    by_the_same_word,
    named_in_its_messages,
    inside_its_threads,
    missing_in_its_threads,
    talks_least_about_it,
)


# With the files, the log and all requests, without the key


def _rows_about(history: History, token: str) -> list[dict[str, object]]:
    found = [row for rows in history.rows.values() for row in rows if token in row.values()]
    sessions = [row for row in history.rows["sessions"] if token[:8] in str(row["token"])]
    known = {row["token"] for row in sessions}
    return [
        *found,
        *sessions,
        *(row for row in history.rows["deliveries"] if row["subject"] in known),
    ]


def by_times_in_its_rows(history: History, token: str) -> Scores:
    """Every number in its rows that could be an instant, also days before or after one."""
    first, last = min(history.seen)[0], max(history.seen)[0]
    scores: dict[str, float] = {}
    for row in _rows_about(history, token):
        for value in row.values():
            if not isinstance(value, int) or not 10**9 < value < 10**10 or value % SLOT == 0:
                continue
            for days in range(-90, 91):
                if first <= (at := value - days * 86_400) <= last:
                    for name, score in _last_seen(history, at).items():
                        scores[name] = scores.get(name, 0.0) + score
    return scores


def by_times_of_drafts(history: History, token: str) -> Scores:
    """What was written and not sent, with the instant at which it will be gone."""
    out = _out(history, token)
    times = [int(row["expires_at"]) - days * 86_400 for row in history.rows["drafts"] for days in (7, 8)]
    near = [at for at in times if out - SLOT - AHEAD <= at <= out and at % 86_400]
    return _last_seen(history, min(near)) if near else {}


def by_making_its_seal(history: History, token: str) -> Scores:
    """The seal made again for each person, with every key that needs no key file."""
    keys = (b"", b"\0" * 32, token.encode(), b"seal", b"sixfold")
    seals = [row for row in _rows_about(history, token) if isinstance(row.get("mark"), bytes)]
    return {
        name: float(any(_fits(user, token, row, key) for row in seals for key in keys))
        for name, user in history.people.items()
    }


def _fits(user: int, token: str, row: Mapping[str, object], key: bytes) -> bool:
    salt, mark = row.get("salt"), row["mark"]
    if not isinstance(salt, bytes) or not isinstance(mark, bytes):
        return False
    parts = (b"seal", salt, token.encode(), str(user).encode())
    framed = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    made = {hmac.new(key, message, hashlib.sha256).digest() for message in (framed, b"".join(parts))}
    made |= {
        hashlib.sha256(key + part).digest() for part in (salt + parts[3], parts[3] + salt, parts[3], framed)
    }
    return mark in made


def by_equal_marks(history: History, token: str) -> Scores:
    """A mark or a salt that stands with a vignette and with a member, of whom the day they came is known."""
    marks = {row["mark"] for row in _rows_about(history, token) if isinstance(row.get("mark"), bytes)}
    members = sorted(history.rows["members"], key=lambda row: (row["accepted_day"], row["mark"]))
    return {name: float(row["mark"] in marks) for name, row in zip(history.joined, members, strict=False)}


def by_neighbours_in_the_files(history: History, token: str) -> Scores:
    """The user id, in digits or as a number, that stands nearest to it in the files."""
    places = _places(history.files, token.encode())
    scores: dict[str, float] = {}
    for name, user in history.people.items():
        for form in (str(user).encode(), user.to_bytes(8, "big"), user.to_bytes(8, "little")):
            for other in _places(history.files, form):
                distance = min((abs(other - place) for place in places), default=10**9)
                scores[name] = max(scores.get(name, 0.0), 1 / (1 + distance))
    return scores


@lru_cache(maxsize=256)
def _places(files: bytes, needle: bytes) -> tuple[int, ...]:
    return tuple(each.start() for each in re.finditer(re.escape(needle), files))


def by_the_mark_that_came_before(history: History, token: str) -> Scores:
    """Of the marks of members, whose order of coming is known, the one written last before the vignette."""
    members = sorted(history.rows["members"], key=lambda row: history.files.find(row["mark"]))
    place = history.files.find(token.encode())
    before = [
        (history.files.rfind(row["mark"], 0, place), name)
        for name, row in zip(history.joined, members, strict=False)
    ]
    return {max(before)[1]: 1.0}


def named_beside_it_in_the_log(history: History, token: str) -> Scores:
    lines = history.log.splitlines()
    near = [
        line
        for number, line in enumerate(lines)
        if any(token in other or token[:8] in other for other in lines[max(number - 5, 0) : number + 6])
    ]
    return _named(history, "\n".join(near))


def named_in_its_requests(history: History, token: str) -> Scores:
    """The last person in a request before the first one about it, and whoever is named in one about it."""
    places = history.places_of(token)
    about = [
        number
        for number, each in enumerate(history.sent)
        if token in each.body or any(part in places for part in each.path.split("/"))
    ]
    said = "".join(f"{history.sent[number].path} {history.sent[number].body}" for number in about)
    scores = dict(_named(history, said))
    for each in reversed(history.sent[: min(about, default=0)]):
        named = _named(history, f"{each.path} {each.body}")
        if any(named.values()):
            for name, count in named.items():
                scores[name] = scores.get(name, 0.0) + (0.5 if count else 0.0)
            break
    return scores


OF_AN_OPERATOR: tuple[Strategy, ...] = (
    by_times_in_its_rows,
    by_times_of_drafts,
    by_making_its_seal,
    by_equal_marks,
    by_neighbours_in_the_files,
    by_the_mark_that_came_before,
    named_beside_it_in_the_log,
    named_in_its_requests,
)


# Who told the facilitator


def tellers_found(histories: list[History]) -> dict[str, int]:
    """How many who told the facilitator are whoever was seen last before the message, or its rows."""
    found = {"in the requests": 0, "in the rows": 0}
    for history in histories:
        for token, teller in history.told.items():
            notes = [
                each.at for each in history.sent if f"“{history.titles[token]}” may identify" in each.body
            ]
            times = [
                value
                for row in history.rows["deliveries"]
                if row["subject"] == token and row["kind"] == "concern"
                for value in row.values()
                if isinstance(value, int) and 10**9 < value < 10**10
            ]
            found["in the requests"] += bool(notes) and _last_seen(history, min(notes)) == {teller: 1.0}
            found["in the rows"] += bool(times) and _last_seen(history, min(times)) == {teller: 1.0}
    return found
