"""What somebody chose once, and need not choose again."""

from pydantic import BaseModel, ConfigDict

USUAL_QUIET_FROM = 21 * 60
USUAL_QUIET_TO = 7 * 60


class Habits(BaseModel):
    """Somebody's zone (IANA) and quiet hours: minutes of the local day, or None where they want none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zone: str
    quiet_from: int | None = USUAL_QUIET_FROM
    quiet_to: int | None = USUAL_QUIET_TO
