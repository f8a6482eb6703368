"""What waits for somebody until they come by: it is said in private, and nowhere else."""

from dataclasses import dataclass

from bot.aliases import mark_in_group
from bot.commitments import acts as commitment_acts
from bot.commitments.commitment import Commitment
from bot.formulation.session import Session
from bot.reminders import acts as reminder_acts
from bot.reminders.reminder import Reminder
from bot.services.commitments import MOST_OFFERED, CommitmentService
from bot.services.ground import Ground
from bot.services.reminders import ReminderService
from bot.storage.groups import Group
from bot.storage.store import Store


@dataclass(frozen=True)
class Waiting:
    """Plans that come back, and whatever had a note that could not be delivered."""

    commitments: tuple[Commitment, ...] = ()
    unreached: tuple[Reminder | Commitment, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.commitments or self.unreached)


async def _begun(store: Store, user: int, group: Group, token: str) -> Session | None:
    """The session that ``user`` has just come into, or None where they are in none."""
    named = await store.sessions.load(token)
    kept = [named] if named is not None else await store.sessions.of_group(group.token)
    running = [
        stored.session
        for stored in kept
        if stored.session.status == "open" and stored.session.person(user) is not None
    ]
    return max(running, key=lambda each: each.started_at, default=None)


def _is_earlier(plan: Commitment, session: Session) -> bool:
    """Whether a plan is of another session and was not offered in this one yet."""
    return (
        plan.status == "open"
        and plan.session != session.token
        and (plan.offered_at is None or plan.offered_at < session.started_at)
    )


class VisitService:
    """Use cases of a visit."""

    def __init__(self, ground: Ground, reminders: ReminderService, commitments: CommitmentService) -> None:
        self._ground = ground
        self._reminders = reminders
        self._commitments = commitments

    async def waiting(self, user: int, group: Group, begins: str | None = None) -> Waiting:
        """What waits for ``user`` in a group. Where a session begins for them, every plan of an earlier one.

        ``begins``: the token of that session, or of what it is about; nothing waits before its door.
        """
        now = self._ground.clock.seconds()
        mark = mark_in_group(user, group.token, self._ground.seal_keys)
        async with self._ground.reading() as store:
            session = await _begun(store, user, group, begins) if begins is not None else None
            if begins is not None and session is None:
                return Waiting()
            plans = [stored.document for stored in await store.commitments.of(group.token, mark)]
            reminders = [stored.document for stored in await store.reminders.of(group.token, mark)]
        back = [
            plan
            for plan in sorted(plans, key=lambda each: (-each.made_at, each.token))
            if plan.comes_back(now) or (session is not None and _is_earlier(plan, session))
        ]
        unreached = [each for each in (*reminders, *plans) if each.unreached]
        return Waiting(tuple(back[:MOST_OFFERED]), tuple(unreached))

    async def shown(self, waiting: Waiting) -> None:
        """It was said: what could not be delivered is said once, and a plan not again on the same evening."""
        now = self._ground.clock.seconds()
        for each in waiting.unreached:
            if isinstance(each, Reminder):
                await self._reminders.act(each.token, reminder_acts.Told())
            else:
                await self._commitments.act(each.token, commitment_acts.Told())
        for plan in waiting.commitments:
            await self._commitments.act(plan.token, commitment_acts.Offered(now))
