"""The loop that keeps due dates: minutes that run out, and times after which things are erased."""

from bot.clock import Nap
from bot.services.formulating import FormulatingService
from bot.services.ground import Ground
from bot.services.privacy import PrivacyService


class Keeper:
    """Sleeps until the earliest due date, does what is due, and begins anew."""

    def __init__(self, ground: Ground, formulating: FormulatingService, privacy: PrivacyService) -> None:
        self._ground = ground
        self._formulating = formulating
        self._privacy = privacy
        self.nap = Nap(ground.clock)

    async def run(self) -> None:
        """Keep due dates until cancelled."""
        while True:
            await self.keep()
            await self.nap.sleep_until(await self._next_due())

    async def keep(self) -> None:
        """Do everything that is due now."""
        try:
            await self._formulating.call_time()
        finally:
            await self._privacy.erase_due()

    async def _next_due(self) -> int | None:
        async with self._ground.reading() as store:
            waking = await store.sessions.next_waking()
        dates = (waking, await self._privacy.next_due())
        return min((date for date in dates if date is not None), default=None)
