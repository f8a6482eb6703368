"""The link that adds the bot to a server."""

import base64
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.invite import (
    PERMISSIONS,
    application_id_from_token,
    invite_url,
    is_application_id,
    permission_number,
)
from tests.conftest import english

APPLICATION = "123456789012345678"


def token(first: str) -> str:
    return f"{first}.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_the_number_asks_for_the_named_permissions_and_no_other() -> None:
    """The bits written down here are the ones that the library knows under these names."""
    wanted = discord.Permissions(**{flag: True for flag, _ in PERMISSIONS})
    assert permission_number() == wanted.value


def test_nothing_that_could_harm_a_server_is_asked_for() -> None:
    """The bot can't moderate, mention everyone, or change the server."""
    asked = {flag for flag, _ in PERMISSIONS}
    assert not asked & {flag for flag, held in discord.Permissions.elevated() if held} - {"manage_threads"}
    assert not asked & {"mention_everyone", "manage_webhooks", "manage_messages", "embed_links"}


def test_each_permission_has_a_sentence_that_says_why() -> None:
    """Whoever adds the bot reads what each permission is for."""
    texts = english().texts
    reasons = [texts(why) for _, why in PERMISSIONS]
    assert len(set(reasons)) == len(PERMISSIONS)


def test_the_address_holds_id_scopes_and_permissions() -> None:
    """Discord reads three things from the address."""
    address = urlsplit(invite_url(APPLICATION))
    assert (address.scheme, address.netloc, address.path) == ("https", "discord.com", "/oauth2/authorize")
    assert parse_qs(address.query) == {
        "client_id": [APPLICATION],
        "permissions": [str(permission_number())],
        "scope": ["bot applications.commands"],
    }


@pytest.mark.parametrize("text", ["", "12", "0123456789012345678", "1234567890123456x", "\uff11" * 18])
def test_what_is_no_id_gets_no_address(text: str) -> None:
    """A slip in the id is refused before anyone opens an address that leads nowhere."""
    assert not is_application_id(text)
    with pytest.raises(ValueError, match="application id"):
        invite_url(text)


def test_a_token_begins_with_the_id() -> None:
    """The id is read from the token's first part, however its base64 was filled up."""
    for number in (APPLICATION, "1234567890123456789", "12345678901234567"):
        assert application_id_from_token(token(encoded(number))) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no token",
        token("not-base64-of-a-number-at-all"),
        token(encoded("a bot with a name")),
        token(encoded(APPLICATION) + "!"),
        encoded(APPLICATION),
        f"Bot {token(encoded(APPLICATION))}",
    ],
)
def test_what_is_no_token_gives_no_id(text: str) -> None:
    """Anything without the shape of a token is told from one."""
    assert application_id_from_token(text) is None
