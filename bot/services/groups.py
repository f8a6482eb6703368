"""Setting a group up, and accepting its charter."""

from dataclasses import replace
from zoneinfo import available_timezones

from bot.aliases import mark_in_group
from bot.refusal import Refusal
from bot.services.access import Caller
from bot.services.ground import Ground
from bot.storage.groups import Group

CHARTER_VERSION = 1
LEAST_RETENTION_DAYS = 1
MOST_RETENTION_DAYS = 90
MOST_CHOICES = 25


class GroupService:
    """Use cases about a group."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def set_up(
        self,
        caller: Caller,
        zone: str,
        language: str,
        retention_days: str,
        facilitators: tuple[int, ...],
        *,
        second_reader: bool = False,
    ) -> Group:
        """Make this channel a group, or change what was set.

        ``zone`` is an IANA name, ``retention_days`` what was typed for days after the close of a
        session. ``Refusal`` where one of them can't be used; nothing has changed then.
        """
        self.check_zone(zone)
        if language not in self._ground.libraries:
            raise Refusal("language-unknown")
        typed = retention_days.strip()
        days = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < MOST_CHOICES else -1
        if not LEAST_RETENTION_DAYS <= days <= MOST_RETENTION_DAYS:
            raise Refusal("retention-out-of-range", least=LEAST_RETENTION_DAYS, most=MOST_RETENTION_DAYS)
        async with self._ground.writing() as store:
            known = await store.groups.by_channel(caller.channel) or Group(
                token=self._ground.chance.token(),
                guild_id=caller.guild,
                channel_id=caller.channel,
                zone=zone,
                language=language,
                retention_days=days,
                facilitators=(),
                charter_version=CHARTER_VERSION,
            )
            group = replace(
                known,
                zone=zone,
                language=language,
                retention_days=days,
                facilitators=facilitators or (caller.user,),
                second_reader=second_reader,
            )
            await store.groups.save(group, self._ground.today)
        return group

    async def accept_charter(self, group: str, caller: Caller) -> Group:
        """Remember that ``caller`` accepted the present charter of ``group``."""
        async with self._ground.writing() as store:
            found = await store.groups.by_token(group)
            if found is None or found.guild_id != caller.guild:
                raise Refusal("no-group-here")
            mark = mark_in_group(caller.user, group, self._ground.seal_keys)
            await store.groups.accept(group, mark, found.charter_version, self._ground.today)
        return found

    def check_zone(self, zone: str) -> None:
        """``Refusal`` unless ``zone`` is an IANA time zone, spelt as there."""
        if zone not in available_timezones():
            raise Refusal("zone-unknown")

    def zones(self, typed: str) -> list[str]:
        """At most ``MOST_CHOICES`` IANA zones that contain what was typed, those that begin so first."""
        wanted = typed.strip().replace(" ", "_").casefold()
        regions = {zone for zone in available_timezones() if "/" in zone or zone == "UTC"}
        found = [zone for zone in regions if wanted in zone.casefold()]
        found.sort(key=lambda zone: (not zone.casefold().rpartition("/")[2].startswith(wanted), zone))
        return found[:MOST_CHOICES]
