import hashlib
import hmac
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.aliases import (
    SALT_BYTES,
    Seal,
    SealKeys,
    Stop,
    is_stopped,
    mark_in_group,
    opens,
    seal,
    words_key,
)

KEYS = SealKeys({1: b"\1" * 32, 2: b"\2" * 32}, 2)
SALT = bytes(range(SALT_BYTES))
NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)

USERS = st.integers(1, 2**63 - 1)
SUBJECTS = st.text(st.characters(codec="utf-8"), max_size=20)
SALTS = st.binary(min_size=SALT_BYTES, max_size=SALT_BYTES)


@given(USERS, SUBJECTS, SALTS)
def test_a_seal_opens_for_its_owner(user: int, subject: str, salt: bytes) -> None:
    """For whoever made it, about what it was made for."""
    assert opens(user, subject, seal(user, subject, salt, KEYS), KEYS)


@given(USERS, USERS, SUBJECTS, SALTS)
def test_a_seal_opens_for_nobody_else(user: int, other: int, subject: str, salt: bytes) -> None:
    """However alike two people's numbers are."""
    sealed = seal(user, subject, salt, KEYS)
    assert opens(other, subject, sealed, KEYS) is (other == user)


@given(USERS, SUBJECTS, SUBJECTS, SALTS)
def test_a_seal_is_about_one_thing(user: int, subject: str, other: str, salt: bytes) -> None:
    """A seal moved from one vignette to another does not open there."""
    sealed = seal(user, subject, salt, KEYS)
    assert opens(user, other, sealed, KEYS) is (other == subject)


@given(USERS, SUBJECTS, SALTS, SALTS)
def test_equal_owners_leave_unequal_seals(user: int, subject: str, salt: bytes, other: bytes) -> None:
    """Two rows of one person can't be told by comparing them, and a salt can't be exchanged."""
    one, two = seal(user, subject, salt, KEYS), seal(user, subject, other, KEYS)
    assert (one.mark == two.mark) is (salt == other)
    assert opens(user, subject, Seal(other, one.mark, one.key_version), KEYS) is (salt == other)


@pytest.mark.parametrize(
    ("one", "other"), [((1, "23"), (12, "3")), ((1, "2"), (12, "")), ((11, "1"), (1, "11"))]
)
def test_what_is_sealed_does_not_run_together(one: tuple[int, str], other: tuple[int, str]) -> None:
    """The last sign of the subject can't stand for the first digit of the user, or the other way round."""
    assert seal(*one, SALT, KEYS).mark != seal(*other, SALT, KEYS).mark


def test_a_seal_is_made_with_the_current_key() -> None:
    """And says which one that was."""
    old = SealKeys(KEYS.keys, 1)
    assert seal(7, "draft", SALT, KEYS).key_version == 2
    assert seal(7, "draft", SALT, old).key_version == 1
    assert seal(7, "draft", SALT, KEYS).mark != seal(7, "draft", SALT, old).mark


def test_older_seals_open_with_their_own_key() -> None:
    """A new key does not lock anyone out."""
    before = seal(7, "draft", SALT, SealKeys({1: b"\1" * 32}, 1))
    assert opens(7, "draft", before, KEYS)


def test_a_lost_key_makes_its_seals_mute() -> None:
    """They open for nobody, their owner included, and nothing fails."""
    sealed = seal(7, "draft", SALT, KEYS)
    assert not opens(7, "draft", sealed, SealKeys({1: b"\1" * 32}, 1))
    assert not opens(7, "draft", sealed, SealKeys({2: b"\3" * 32}, 2))
    assert not opens(7, "draft", Seal(sealed.salt, sealed.mark, 1), KEYS)


@pytest.mark.parametrize("size", [0, 8, 15, 17, 32])
def test_a_salt_has_its_size(size: int) -> None:
    """A short one would make seals of one person alike."""
    with pytest.raises(ValueError, match="16 bytes"):
        seal(7, "draft", bytes(size), KEYS)


@given(USERS, SUBJECTS)
def test_a_seal_tells_nothing_without_its_key(user: int, subject: str) -> None:
    """Whoever has the table alone can't try all members: no hash of what it holds gives the mark."""
    sealed = seal(user, subject, SALT, KEYS)
    plain = [SALT, subject.encode(), str(user).encode()]
    guesses = {hashlib.sha256(b"".join(plain)).digest(), hmac.new(SALT, plain[2], "sha256").digest()}
    assert sealed.mark not in guesses
    assert len(sealed.mark) == 32


# Stops


def stop(user: int, subject: str = "vignette", ends: timedelta = timedelta(days=1)) -> Stop:
    return Stop(subject, seal(user, subject, os.urandom(SALT_BYTES), KEYS), NOW + ends)


def test_a_stop_stops_its_author() -> None:
    """And nobody else."""
    stops = [stop(1), stop(2, "another"), stop(3, "a third")]
    assert [is_stopped(user, stops, NOW, KEYS) for user in range(5)] == [False, True, True, True, False]


def test_nobody_is_stopped_by_nothing() -> None:
    """A group without stops takes from everyone."""
    assert not is_stopped(1, [], NOW, KEYS)


@pytest.mark.parametrize(("ends", "stopped"), [(-1, False), (0, False), (1, True)])
def test_a_stop_ends(ends: int, stopped: bool) -> None:
    """At its very second the author may write again."""
    assert is_stopped(1, [stop(1, ends=timedelta(seconds=ends))], NOW, KEYS) is stopped


def test_one_live_stop_is_enough() -> None:
    """An ended one beside it does not lift it."""
    stops = [stop(1, "one", timedelta(-1)), stop(1, "two"), stop(2, "three", timedelta(-1))]
    assert is_stopped(1, stops, NOW, KEYS)
    assert not is_stopped(2, stops, NOW, KEYS)


def test_a_stop_outlives_what_it_is_about() -> None:
    """Its own copy of the seal is all that it needs."""
    sealed = seal(1, "gone", SALT, KEYS)
    assert is_stopped(1, [Stop("gone", sealed, NOW + timedelta(1))], NOW, KEYS)
    assert not is_stopped(1, [Stop("elsewhere", sealed, NOW + timedelta(1))], NOW, KEYS)


class CountingKeys(dict[int, bytes]):
    """Keys that count how often one is asked for."""

    asked = 0

    def get(self, version: int, default: bytes | None = None) -> bytes | None:  # type: ignore[override]
        self.asked += 1
        return super().get(version, default)


@pytest.mark.parametrize("user", [1, 4, 8, 99])
@pytest.mark.parametrize("ends", [timedelta(1), timedelta(-1)])
def test_every_stop_is_looked_at(user: int, ends: timedelta) -> None:
    """Whether the first is theirs, the last or none, ended or not: the time it takes tells nothing."""
    counting = CountingKeys(KEYS.keys)
    looked_at: list[int] = []

    def stops() -> Iterator[Stop]:
        for author in range(1, 9):
            looked_at.append(author)
            yield stop(author, ends=ends)

    is_stopped(user, stops(), NOW, SealKeys(counting, 2))
    assert looked_at == list(range(1, 9))
    assert counting.asked == 8


# Marks of members


@given(USERS, USERS, SUBJECTS, SUBJECTS)
def test_a_member_is_known_within_one_group_alone(user: int, other: int, group: str, elsewhere: str) -> None:
    """Equal for the same person in the same group, and unlike for anyone and anywhere else."""
    mark = mark_in_group(user, group, KEYS)
    assert mark == mark_in_group(user, group, KEYS)
    assert (mark == mark_in_group(other, group, KEYS)) is (user == other)
    assert (mark == mark_in_group(user, elsewhere, KEYS)) is (group == elsewhere)


def test_a_new_key_forgets_no_member() -> None:
    """Nobody has to accept the charter again because a key was added."""
    before = mark_in_group(7, "group", SealKeys({1: b"\1" * 32}, 1))
    assert mark_in_group(7, "group", KEYS) == before
    assert mark_in_group(7, "group", SealKeys({1: b"\7" * 32}, 1)) != before


def test_a_mark_is_no_seal() -> None:
    """One can't be put in the place of the other."""
    mark = mark_in_group(7, "group", KEYS)
    assert not opens(7, "group", Seal(SALT, mark, 1), KEYS)
    assert not opens(7, "group", Seal(b"", mark, 1), KEYS)


@given(SUBJECTS, SUBJECTS)
def test_each_group_marks_its_words_with_a_key_of_its_own(group: str, elsewhere: str) -> None:
    """A word has unlike marks in two groups, and the key is no mark of a member."""
    assert (words_key(group, KEYS) == words_key(elsewhere, KEYS)) is (group == elsewhere)
    assert words_key(group, KEYS) not in {mark_in_group(0, group, KEYS), *KEYS.keys.values()}


def test_a_new_key_forgets_no_word() -> None:
    """A list lives on when a seal key is added; with another key file nobody can try a word against it."""
    before = words_key("group", SealKeys({1: b"\1" * 32}, 1))
    assert words_key("group", KEYS) == before
    assert words_key("group", SealKeys({1: b"\7" * 32}, 1)) != before
