"""The link that adds the bot to a server, with the fewest permissions it can work with."""

import base64
import binascii
import re
from typing import Final
from urllib.parse import urlencode

SCOPES: Final = ("bot", "applications.commands")

# Each flag, its bit in Discord's permission number, and the key of the sentence that says what it is for.
# The bits: Discord's developer documentation, "Permissions", bitwise permission flags.
PERMISSION_BITS: Final = (
    ("view_channel", 10, "invite-view-channel"),
    ("send_messages", 11, "invite-send-messages"),
    ("send_messages_in_threads", 38, "invite-send-messages-in-threads"),
    ("create_private_threads", 36, "invite-create-private-threads"),
    ("create_public_threads", 35, "invite-create-public-threads"),
    ("manage_threads", 34, "invite-manage-threads"),
    ("read_message_history", 16, "invite-read-message-history"),
    ("attach_files", 15, "invite-attach-files"),
)

PERMISSIONS: Final = tuple((flag, why) for flag, _, why in PERMISSION_BITS)
"""Each permission asked for, with the key of the sentence that says why."""

_SNOWFLAKE = re.compile(r"[1-9]\d{16,19}")
_TOKEN = re.compile(r"([\w-]{20,})\.[\w-]{4,}\.[\w-]{20,}", re.ASCII)


def permission_number() -> int:
    """Return the permissions as the one number that Discord expects."""
    return sum(1 << bit for _, bit, _ in PERMISSION_BITS)


def is_application_id(text: str) -> bool:
    """Tell whether `text` has the shape of an id that Discord gives to an application."""
    return _SNOWFLAKE.fullmatch(text) is not None


def application_id_from_token(token: str) -> str | None:
    """Return the id that a bot token begins with, or None where the token has not the shape of one.

    A token is three parts with dots between them, and the first is the bot's id in base64
    (Discord's developer documentation, "Reference", authentication).
    """
    shape = _TOKEN.fullmatch(token)
    if shape is None:
        return None
    first = shape[1]
    try:
        decoded = base64.b64decode(first + "=" * (-len(first) % 4), altchars=b"-_", validate=True)
        text = decoded.decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return text if is_application_id(text) else None


def invite_url(application_id: str) -> str:
    """Return the address at which the owner of a server adds the bot to it.

    Raises ValueError if `application_id` is not an id.
    """
    if not is_application_id(application_id):
        raise ValueError("an application id is a number of 17 to 20 digits")
    query = urlencode(
        {
            "client_id": application_id,
            "permissions": str(permission_number()),
            "scope": " ".join(SCOPES),
        }
    )
    return f"https://discord.com/oauth2/authorize?{query}"
