"""A commitment as it is stored: frozen, changed only by ``change``."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

Status = Literal["open", "kept", "dropped"]
"""A changed one is open, with other words."""
NoteKind = Literal["cue", "back", "farewell"]
"""Before its cue; coming back, to be kept, changed or dropped; the last one, which says that it stops."""

SECONDS_A_DAY: Final = 86_400
BACK_SECONDS: Final = 7 * SECONDS_A_DAY
"""How long after its cue, or after it was made where it has none, a commitment comes back."""
NOTE_SECONDS: Final = 14 * SECONDS_A_DAY
"""How long a note that has arrived stays, in the inbox and here."""
OPEN_SECONDS: Final = 84 * SECONDS_A_DAY
"""How long an open one is kept after its owner last did something about it."""
NEXT_VISIT_SECONDS: Final = 12 * 3600
"""How long after it was made, or last offered, a visit counts as another one."""
UNOPENED_BEFORE_STOP: Final = 2


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PlanNote(_Frozen):
    """A note that was due at ``at`` (seconds UTC) and was sent. ``late``: long after that."""

    number: int
    at: int
    kind: NoteKind
    late: bool = False
    opened: bool = False


class Timing(_Frozen):
    """When its owner wants to be reminded: the words that name the cue's time, and where they live.

    ``when`` may be empty: then it only comes back. Quiet hours are minutes of the local day, or None.
    """

    when: str
    zone: str
    quiet_from: int | None = None
    quiet_to: int | None = None


class Commitment(_Frozen):
    """The presenter's if-then plan: ``cue`` and ``action``. Times are seconds UTC.

    ``session`` is the one that it came from and ``strategy`` what it rests on, where it rests on one.
    ``line`` is what its owner wrote at the end, for themselves. Without ``timing`` nobody asked to be
    reminded. ``nudge_at`` and ``back_at`` are the next two dates, ``offered_at`` when it was last shown at a
    visit, ``touched_at`` when its owner last did something about it. ``unopened`` counts notes in a row that
    were not opened. ``unreached``: the last note could not be delivered, and its owner has not heard so yet.
    """

    token: str
    group: str
    session: str
    user: int
    cue: str
    action: str
    strategy: str = ""
    retention_days: int
    made_at: int
    touched_at: int
    status: Status = "open"
    line: str = ""
    timing: Timing | None = None
    nudge_at: int | None = None
    back_at: int | None = None
    offered_at: int | None = None
    closed_at: int | None = None
    notes: tuple[PlanNote, ...] = ()
    sent: int = 0
    unopened: int = 0
    unreached: bool = False

    def note(self, number: int) -> PlanNote | None:
        """The note of this number, or None where it is gone."""
        return next((note for note in self.notes if note.number == number), None)

    @property
    def next_at(self) -> int | None:
        """When the next note is due; None where none is."""
        if self.status != "open" or self.timing is None:
            return None
        return min((at for at in (self.nudge_at, self.back_at) if at is not None), default=None)

    @property
    def ends_at(self) -> int:
        """When it is erased."""
        if self.closed_at is not None:
            return self.closed_at + self.retention_days * SECONDS_A_DAY
        return max(self.touched_at, self.next_at or 0) + OPEN_SECONDS

    @property
    def fades_at(self) -> int:
        """When the next part of it is erased, or all of it."""
        return min(self.ends_at, *(note.at + NOTE_SECONDS for note in self.notes), self.ends_at)

    def comes_back(self, now: int) -> bool:
        """Whether a visit at ``now`` is the next one: time enough since it was made and last offered."""
        since = max(self.made_at, self.offered_at or 0)
        return self.status == "open" and now >= since + NEXT_VISIT_SECONDS
