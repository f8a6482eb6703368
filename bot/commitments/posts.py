"""Which posts a commitment has in Discord: one for each note that is still kept."""

from collections.abc import Mapping

from bot.commitments.commitment import Commitment
from bot.formulation.posts import PostKey, Version


def posts(commitment: Commitment) -> Mapping[PostKey, Version]:
    """Every note by its number. None of them changes once it is sent."""
    return {PostKey("plan-note", str(note.number)): Version() for note in commitment.notes}
