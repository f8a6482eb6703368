"""The loop that keeps due dates: minutes that run out, and times after which things are erased."""

from bot.clock import Nap
from bot.services.cases import CaseService
from bot.services.commitments import CommitmentService
from bot.services.formulating import FormulatingService
from bot.services.ground import Ground
from bot.services.privacy import GRACE_SECONDS, PrivacyService
from bot.services.reminders import ReminderService
from bot.services.vignettes import VignetteService


class Keeper:
    """Sleeps until the earliest due date, does what is due, and begins anew."""

    def __init__(
        self,
        ground: Ground,
        formulating: FormulatingService,
        privacy: PrivacyService,
        vignettes: VignetteService,
        cases: CaseService,
        reminders: ReminderService,
        commitments: CommitmentService,
    ) -> None:
        self._ground = ground
        self._vignettes = vignettes
        self._cases = cases
        self._reminders = reminders
        self._commitments = commitments
        self._formulating = formulating
        self._privacy = privacy
        self.nap = Nap(ground.clock)

    async def run(self) -> None:
        """Keep due dates until cancelled."""
        while True:
            due, now = await self.next_due(), self._ground.clock.seconds()
            if due is not None and due <= now:
                if await self.keep():
                    await self.nap.sleep_until(now + 1)
            else:
                await self.nap.sleep_until(due)

    async def keep(self) -> bool:
        """Do what is due now; whether there is so much that the rest of it waits for the next second.

        What fails holds up nothing else, and is raised at the end.
        """
        trouble: Exception | None = None
        more = False
        for work in (
            self._formulating.call_time,
            self._vignettes.release,
            self._reminders.come_due,
            self._commitments.come_due,
            self._erase,
        ):
            try:
                more |= bool(await work())
            except Exception as error:  # noqa: BLE001 - raised below, when the others have been done
                trouble = error
        if trouble is not None:
            raise trouble
        return more

    async def _erase(self) -> None:
        for kept in (self._vignettes, self._cases, self._reminders, self._commitments):
            if await kept.erase_due():
                self._privacy.scrub_soon()
        await self._privacy.erase_due()

    async def next_due(self) -> int | None:
        """When there is next something to do, in seconds UTC."""
        async with self._ground.reading() as store:
            dates = (await store.dates.next_due(GRACE_SECONDS), self._privacy.scrub_at)
        return min((date for date in dates if date is not None), default=None)
