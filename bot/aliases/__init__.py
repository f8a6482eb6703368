"""Who is meant, without writing down who it is: seals, and stops that hold on to them."""

from bot.aliases.seals import (
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

__all__ = [
    "SALT_BYTES",
    "Seal",
    "SealKeys",
    "Stop",
    "is_stopped",
    "mark_in_group",
    "opens",
    "seal",
    "words_key",
]
