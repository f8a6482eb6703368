import base64
import json
import os
import resource
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.storage.keys import (
    DATABASE_FILE,
    KEY_FILE,
    KEY_IDS,
    KeyRing,
    Keys,
    open_keys,
    retire_text_keys,
    rotate_text_key,
)
from bot.storage.problems import KeyProblem
from tests.storage import rows

KEY = base64.b64encode(bytes(range(32))).decode()
SHORT = base64.b64encode(bytes(31)).decode()


def content(**changes: object) -> dict[str, Any]:
    keys = {"current": 1, "keys": {"1": KEY}}
    return {"format": 1, "text": keys, "seal": keys, **changes}


def test_first_run_makes_a_folder_and_a_file_for_their_owner_alone(tmp_path: Path) -> None:
    """Whatever the umask, nobody else can read the keys."""
    before = os.umask(0)
    try:
        ring = open_keys(tmp_path / "new" / "data")
    finally:
        os.umask(before)

    assert ring.created
    assert ring.path == tmp_path / "new" / "data" / KEY_FILE
    assert ring.path.stat().st_mode & 0o777 == 0o600
    assert ring.path.parent.stat().st_mode & 0o777 == 0o700
    assert rows.names(ring.path.parent) == [KEY_FILE]


def test_later_runs_read_the_same_keys(tmp_path: Path) -> None:
    """Keys are made once."""
    first = open_keys(tmp_path)
    again = open_keys(tmp_path)

    assert again == first
    assert not again.created
    assert len(first.text.keys[first.text.current]) == len(first.seal.keys[first.seal.current]) == 32
    assert first.text != first.seal


def test_two_installations_have_different_keys(tmp_path: Path) -> None:
    """Keys are random."""
    one, other = open_keys(tmp_path / "one"), open_keys(tmp_path / "other")

    assert one.text != other.text
    assert one.seal != other.seal


def test_processes_that_start_together_agree_on_the_keys(tmp_path: Path) -> None:
    """One makes them, the others wait and read."""
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(open_keys, [tmp_path / "data"] * 8))

    assert all(ring == rings[0] for ring in rings)
    assert sum(ring.created for ring in rings) == 1


def test_lost_keys_of_a_database_are_not_made_anew(tmp_path: Path) -> None:
    """New keys beside an old database would only hide that the old ones are needed."""
    (tmp_path / DATABASE_FILE).write_bytes(b"precious")

    with pytest.raises(KeyProblem) as caught:
        open_keys(tmp_path)

    assert (caught.value.code, caught.value.key) == ("lost", "storage-key-lost")
    assert caught.value.values == {"path": str(tmp_path / KEY_FILE)}
    assert rows.names(tmp_path) == [DATABASE_FILE]
    assert (tmp_path / DATABASE_FILE).read_bytes() == b"precious"


def test_a_database_elsewhere_counts_too(tmp_path: Path) -> None:
    """With the data folder gone and its database kept elsewhere, not even the folder is made."""
    database = tmp_path / "elsewhere.db"
    database.write_bytes(b"precious")

    with pytest.raises(KeyProblem) as caught:
        open_keys(tmp_path / "data", database)

    assert caught.value.code == "lost"
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "malformed"),
        ("not json", "malformed"),
        ("[]", "malformed"),
        ("\udcff", "malformed"),
        (json.dumps(content(format=2)), "malformed"),
        (json.dumps(content(extra=1)), "malformed"),
        (json.dumps(content(text={"current": 1, "keys": {}})), "malformed"),
        (json.dumps(content(text={"current": 2, "keys": {"1": KEY}})), "malformed"),
        (json.dumps(content(text={"current": True, "keys": {"1": KEY}})), "malformed"),
        (json.dumps(content(text={"current": 256, "keys": {"256": KEY}})), "malformed"),
        (json.dumps(content(text={"current": 1, "keys": {"01": KEY}})), "malformed"),
        (json.dumps(content(seal={"current": 1, "keys": {"1": "*" * 44}})), "malformed"),
        (json.dumps(content(seal={"current": 1, "keys": {"1": "ключ"}})), "malformed"),
        (json.dumps(content(seal={"current": 1, "keys": {"1": SHORT}})), "wrong-length"),
        (json.dumps(content(text={"current": 1, "keys": {"1": KEY, "2": ""}})), "wrong-length"),
    ],
)
def test_a_damaged_file_is_refused_and_left_alone(tmp_path: Path, text: str, code: str) -> None:
    """The file may be all that is left, so nothing is written over it."""
    file = tmp_path / KEY_FILE
    file.write_bytes(text.encode(errors="surrogateescape"))

    with pytest.raises(KeyProblem) as caught:
        open_keys(tmp_path)

    assert caught.value.code == code
    assert caught.value.__context__ is None, "an error that quotes the file must not hang on"
    assert file.read_bytes() == text.encode(errors="surrogateescape")
    assert rows.names(tmp_path) == [KEY_FILE]


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """Here a folder stands in its place."""
    (tmp_path / KEY_FILE).mkdir()

    with pytest.raises(KeyProblem) as caught:
        open_keys(tmp_path)

    assert caught.value.code == "unreadable"


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """Here a file stands in its place."""
    (tmp_path / "data").write_text("")

    with pytest.raises(KeyProblem) as caught:
        open_keys(tmp_path / "data")

    assert caught.value.code == "unwritable"


def test_a_file_that_others_may_read_is_closed_to_them(tmp_path: Path) -> None:
    """A backup put back by hand often has the wrong mode."""
    file = open_keys(tmp_path).path
    file.chmod(0o644)

    open_keys(tmp_path)

    assert file.stat().st_mode & 0o777 == 0o600


def test_rotation_adds_a_current_text_key_and_keeps_the_rest(tmp_path: Path) -> None:
    """Old text stays readable; seals are not touched, since rotating them would make them mute."""
    old = open_keys(tmp_path)

    new = rotate_text_key(old)

    assert new.text.current != old.text.current
    assert {**new.text.keys, **old.text.keys} == new.text.keys
    assert len(new.text.keys) == 2
    assert new.seal == old.seal
    assert open_keys(tmp_path) == new
    assert rows.names(tmp_path) == [KEY_FILE]
    assert new.path.stat().st_mode & 0o777 == 0o600


def test_retiring_drops_all_but_the_current_text_key(tmp_path: Path) -> None:
    """Afterwards the file opens nothing that is still under an older key."""
    new = rotate_text_key(open_keys(tmp_path))

    kept = retire_text_keys(new)

    assert dict(kept.text.keys) == {new.text.current: new.text.keys[new.text.current]}
    assert open_keys(tmp_path) == kept


def test_a_retired_number_comes_back_last(tmp_path: Path) -> None:
    """A value from an old backup says wrong key, not tampered, for as long as can be."""
    ring = open_keys(tmp_path)
    numbers = [ring.text.current]
    for _ in range(KEY_IDS):
        ring = retire_text_keys(rotate_text_key(ring))
        numbers.append(ring.text.current)

    assert len(set(numbers[:KEY_IDS])) == KEY_IDS
    assert numbers[KEY_IDS] == numbers[0]


def test_rotation_stops_when_every_number_is_taken(tmp_path: Path) -> None:
    """A key in use is never written over."""
    first = open_keys(tmp_path)
    full = replace(first, text=Keys(9, {number: bytes(32) for number in range(KEY_IDS)}))

    with pytest.raises(KeyProblem) as caught:
        rotate_text_key(full)

    assert caught.value.code == "used-up"
    assert open_keys(tmp_path) == first


def test_a_ring_that_is_no_longer_the_file_is_not_written(tmp_path: Path) -> None:
    """Otherwise two rotations at once would lose the key of the first."""
    stale = open_keys(tmp_path)
    newer = rotate_text_key(stale)

    for change in (rotate_text_key, retire_text_keys):
        with pytest.raises(KeyProblem) as caught:
            change(stale)
        assert caught.value.code == "changed"

    assert open_keys(tmp_path) == newer


def test_a_write_cut_short_leaves_the_old_keys(tmp_path: Path) -> None:
    """The disk runs full in the middle of the new file."""
    ring = open_keys(tmp_path)
    before = ring.path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (20, limits[1]))
    try:
        with pytest.raises(KeyProblem) as caught:
            rotate_text_key(ring)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert caught.value.code == "unwritable"
    assert ring.path.read_bytes() == before
    assert rows.names(tmp_path) == [KEY_FILE]


def test_what_a_crash_left_behind_does_not_stop_the_next_rotation(tmp_path: Path) -> None:
    """A half-written new file is never taken for the real one."""
    ring = open_keys(tmp_path)
    (tmp_path / f"{KEY_FILE}.new").write_bytes(b'{"format": 1, "te')

    assert open_keys(tmp_path) == ring
    assert open_keys(tmp_path) != rotate_text_key(ring) == open_keys(tmp_path)
    assert rows.names(tmp_path) == [KEY_FILE]


def test_a_link_to_the_key_file_stays_a_link(tmp_path: Path) -> None:
    """A mounted secret is changed where it lies, not left behind with the old keys."""
    secret = tmp_path / "secret"
    open_keys(tmp_path / "made").path.rename(secret)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / KEY_FILE).symlink_to(secret)

    new = rotate_text_key(open_keys(tmp_path / "data"))

    assert (tmp_path / "data" / KEY_FILE).is_symlink()
    assert json.loads(secret.read_bytes())["text"]["current"] == new.text.current


def test_keys_are_not_shown(tmp_path: Path) -> None:
    """A traceback or a log line with a ring in it gives nothing away."""
    ring = open_keys(tmp_path)

    for keys in (ring.text, ring.seal):
        for key in keys.keys.values():
            assert repr(key) not in repr(ring)
            assert base64.b64encode(key).decode() not in repr(ring)


def test_a_ring_cannot_be_changed(tmp_path: Path) -> None:
    """What was verified at the start stays what is used."""
    ring = open_keys(tmp_path)

    with pytest.raises(TypeError):
        ring.text.keys[2] = bytes(32)  # type: ignore[index]


def test_seal_keys_come_in_the_shape_that_seals_take(tmp_path: Path) -> None:
    """The domain knows nothing of files."""
    ring: KeyRing = open_keys(tmp_path)

    assert dict(ring.seal_keys.keys) == dict(ring.seal.keys)
    assert ring.seal_keys.current == ring.seal.current
