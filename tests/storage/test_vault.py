from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.keys import KeyRing, rotate_text_key
from bot.storage.vault import Tampered, Vault, VaultError, WrongKey

COLUMN = "sessions.document"


@pytest.fixture
def vault(ring: KeyRing) -> Vault:
    return Vault(ring)


def test_what_is_sealed_opens_in_its_place(vault: Vault) -> None:
    """Text and bytes, empty ones too."""

    @given(st.binary() | st.text(st.characters(exclude_categories=["Cs"])))
    def returns(plain: bytes | str) -> None:
        sealed = vault.seal(COLUMN, "token", plain)
        if isinstance(plain, str):
            assert vault.open_text(COLUMN, "token", sealed) == plain
        else:
            assert vault.open(COLUMN, "token", sealed) == plain

    returns()


def test_sealed_values_have_the_documented_shape(vault: Vault, ring: KeyRing) -> None:
    """Key number, nonce, AES-256-GCM bound to `table.column:token`: another program could read it."""
    sealed = vault.seal(COLUMN, "token", "plain")

    assert sealed[0] == ring.text.current
    cipher = AESGCM(ring.text.keys[sealed[0]])
    assert cipher.decrypt(sealed[1:13], sealed[13:], b"sessions.document:token") == b"plain"


def test_the_same_text_never_looks_the_same(vault: Vault) -> None:
    """Two rows with equal text can't be told by comparing them."""
    assert len({vault.seal(COLUMN, "token", "plain") for _ in range(100)}) == 100


@pytest.mark.parametrize(("column", "token"), [("drafts.content", "token"), (COLUMN, "token2")])
def test_a_value_moved_elsewhere_does_not_open(vault: Vault, column: str, token: str) -> None:
    """Whoever can write to the database can't put one case in the place of another."""
    sealed = vault.seal(COLUMN, "token", "plain")

    with pytest.raises(Tampered):
        vault.open(column, token, sealed)


def test_no_byte_can_be_changed_or_left_out(vault: Vault) -> None:
    """Every flipped byte and every shorter value is refused."""
    sealed = vault.seal(COLUMN, "token", "plain")
    flipped = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]
    shorter = [sealed[:size] for size in range(len(sealed))]

    for value in flipped + shorter:
        with pytest.raises(VaultError):
            vault.open(COLUMN, "token", value)


def test_a_key_that_is_not_there_is_named_as_such(vault: Vault, ring: KeyRing) -> None:
    """A missing key is another trouble than a changed value, and has another remedy."""
    newer = Vault(rotate_text_key(ring))

    with pytest.raises(WrongKey):
        vault.open(COLUMN, "token", newer.seal(COLUMN, "token", "plain"))


def test_a_number_with_another_key_behind_it_does_not_open(vault: Vault, ring: KeyRing) -> None:
    """The number only says which key to try."""
    other = replace(ring, text=replace(ring.text, keys={ring.text.current: bytes(32)}))

    with pytest.raises(Tampered):
        Vault(other).open(COLUMN, "token", vault.seal(COLUMN, "token", "plain"))


def test_after_rotation_the_old_opens_and_the_new_is_used(vault: Vault, ring: KeyRing) -> None:
    """Everyone who holds the vault goes over to the new key at once."""
    old = vault.seal(COLUMN, "token", "plain")
    newer = rotate_text_key(ring)

    vault.adopt(newer)

    assert vault.ring == newer
    assert vault.open_text(COLUMN, "token", old) == "plain"
    assert vault.seal(COLUMN, "token", "plain")[0] == newer.text.current


@pytest.mark.parametrize(
    ("column", "token"), [("sessions.docment", "token"), ("groups.zone", "t"), (COLUMN, "")]
)
def test_only_known_columns_are_sealed(vault: Vault, column: str, token: str) -> None:
    """A column that a key rotation does not know of would be lost with the old key."""
    with pytest.raises(ValueError, match="sealed column"):
        vault.seal(column, token, "plain")
    with pytest.raises(ValueError, match="sealed column"):
        vault.open(column, token, b"sealed")


def test_errors_hold_neither_text_nor_token(vault: Vault) -> None:
    """They may be logged."""
    with pytest.raises(Tampered) as caught:
        vault.open(COLUMN, "my-token", vault.seal(COLUMN, "other", "plain"))

    assert str(caught.value) == COLUMN
    assert caught.value.__cause__ is None
