"""The loop that keeps due dates: minutes that run out, and times after which things are erased."""

from bot.clock import Nap
from bot.services.cases import CaseService
from bot.services.formulating import FormulatingService
from bot.services.ground import Ground
from bot.services.privacy import GRACE_SECONDS, PrivacyService
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
    ) -> None:
        self._ground = ground
        self._vignettes = vignettes
        self._cases = cases
        self._formulating = formulating
        self._privacy = privacy
        self.nap = Nap(ground.clock)

    async def run(self) -> None:
        """Keep due dates until cancelled."""
        while True:
            due = await self.next_due()
            if due is not None and due <= self._ground.clock.seconds():
                await self.keep()
            else:
                await self.nap.sleep_until(due)

    async def keep(self) -> None:
        """Do everything that is due now."""
        try:
            await self._formulating.call_time()
        finally:
            try:
                await self._vignettes.release()
            finally:
                for kept in (self._vignettes, self._cases):
                    if await kept.erase_due():
                        self._privacy.scrub_soon()
                await self._privacy.erase_due()

    async def next_due(self) -> int | None:
        """When there is next something to do, in seconds UTC."""
        async with self._ground.reading() as store:
            dates = (await store.dates.next_due(GRACE_SECONDS), self._privacy.scrub_at)
        return min((date for date in dates if date is not None), default=None)
