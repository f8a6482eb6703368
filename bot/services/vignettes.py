"""Vignettes: publishing them without a trace of who, and everything that happens to them afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.aliases import SALT_BYTES, Stop, is_stopped, opens, seal
from bot.content.library import Library
from bot.refusal import Refusal
from bot.services.access import wrote
from bot.services.ground import SECONDS_A_DAY, Ground
from bot.services.wishes import note_difference, note_removal
from bot.services.writing import Reviewed, of_kind, writing_in
from bot.storage.groups import Group
from bot.storage.store import Store
from bot.storage.vault import VaultError
from bot.storage.vignettes import StoredStop, StoredVignette
from bot.vignettes import acts
from bot.vignettes.change import change
from bot.vignettes.posts import posts
from bot.vignettes.slots import SLOT_SECONDS, WAITS_FOR_COMPANY, day_of, next_slot
from bot.vignettes.vignette import FEW_PEOPLE, FEWEST_FOR_ALIAS, Vignette
from bot.vignettes.writing import VignetteWriting

WEEKS_OF_STOP = (1, 2, 4, 12)


@dataclass(frozen=True)
class Cover:
    """How well an alias hides its author: ``people`` could have written it, the author among them."""

    people: int

    @property
    def hides(self) -> bool:
        """Whether an alias hides anybody at all."""
        return self.people >= FEWEST_FOR_ALIAS

    @property
    def thin(self) -> bool:
        """Whether the author must be warned plainly."""
        return self.people < FEW_PEOPLE


@dataclass(frozen=True)
class Wanted:
    """How somebody wants their vignette published."""

    by_name: bool
    waits: bool


class VignetteService:
    """Use cases of vignettes. Each is one transaction; nobody's id is stored but by their own choice."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def cover(self, group: Group) -> Cover:
        """How many people could have written a vignette of this group."""
        async with self._ground.reading() as store:
            return Cover(await store.groups.count_members(group.token))

    async def may_write(self, group: Group, user: int) -> None:
        """``Refusal`` while ``user`` is stopped, or has one under way that is not out yet."""
        async with self._ground.reading() as store:
            await self._check_stops(store, group.token, user)
            await self._check_one_at_a_time(store, group.token, user)

    async def not_stopped(self, group: Group, user: int) -> None:
        """``Refusal`` while ``user`` is stopped."""
        async with self._ground.reading() as store:
            await self._check_stops(store, group.token, user)

    async def publish(self, reviewed: Reviewed, group: Group, user: int, wanted: Wanted) -> Vignette:
        """Take a vignette in for its release slot; the draft goes. ``Refusal`` with nothing changed."""
        if reviewed.blocks:
            raise Refusal("writing-blocks")
        writing = of_kind(reviewed.writing, VignetteWriting)
        library = self._ground.library(group)
        slot = next_slot(self._ground.clock.seconds())
        # A token of its own: nothing leads from the draft to it.
        token = self._ground.chance.token()
        owner = seal(user, token, self._ground.chance.salt(SALT_BYTES), self._ground.seal_keys)
        async with self._ground.writing() as store:
            draft = await store.drafts.load(reviewed.token)
            if draft is None or not opens(user, draft.token, draft.owner, self._ground.seal_keys):
                raise Refusal("draft-gone")
            if draft.group != group.token:
                raise Refusal("draft-gone")
            if writing_in(draft) != writing:
                # Changed on another device meanwhile: what goes out is what was looked through, or nothing.
                raise Refusal("writing-changed")
            await self._check_stops(store, group.token, user)
            await self._check_one_at_a_time(store, group.token, user)
            cover = Cover(await store.groups.count_members(group.token))
            if not wanted.by_name and not cover.hides:
                raise Refusal("alias-hides-nobody", people=cover.people)
            used = {stored.vignette.alias for stored in await store.vignettes.of_group(group.token)}
            vignette = Vignette(
                token=token,
                group=group.token,
                language=group.language,
                retention_days=group.retention_days,
                alias=self._alias(library, used),
                author=user if wanted.by_name else None,
                title=writing.title,
                text=writing.text,
                question=writing.question,
                altered=writing.altered,
                status="held" if group.second_reader else "waiting",
                slot=slot,
                waits_until=slot + WAITS_FOR_COMPANY if wanted.waits else None,
            )
            await store.vignettes.add(vignette, owner, self._purge_at(vignette, slot))
            await store.drafts.remove(reviewed.token)
        return vignette

    def _alias(self, library: Library, used: set[str]) -> str:
        """Two words drawn by chance, which nobody else in the group has just now."""
        words = library.aliases
        for _ in range(len(words.first) * len(words.second)):
            drawn = int.from_bytes(self._ground.chance.salt(8))
            first = words.first[drawn % len(words.first)]
            alias = f"{first} {words.second[drawn // len(words.first) % len(words.second)]}"
            if alias not in used:
                return alias
        raise Refusal("too-many-vignettes")

    async def goes_alone(self, group: Group) -> bool:
        """Whether nothing else of this group is on its way to the next slot."""
        async with self._ground.reading() as store:
            kept = await store.vignettes.of_group(group.token)
        return all(stored.vignette.status != "waiting" for stored in kept)

    async def act(self, token: str, act: acts.Act, user: int | None) -> StoredVignette:
        """Let ``act`` happen. Who may was asked before; that its author is not stopped is asked here."""
        async with self._ground.writing() as store:
            stored = await store.vignettes.load(token)
            if stored is None:
                raise Refusal("vignette-gone")
            writes = (acts.Ask, acts.Answer, acts.Offer, acts.Continue, acts.Rewrite)
            if user is not None and isinstance(act, writes):
                await self._check_stops(store, stored.vignette.group, user)
            if (
                isinstance(act, acts.Pass | acts.SendBack)
                and user is not None
                and wrote(self._ground, stored, user)
            ):
                raise Refusal("second-reader-is-author")
            if isinstance(act, acts.Close) and await sessions_about(store, stored.vignette):
                raise Refusal("vignette-in-session")
            return await self._change(store, stored, act)

    async def _change(self, store: Store, stored: StoredVignette, act: acts.Act) -> StoredVignette:
        before = stored.vignette
        after = change(before, act)
        if after == before:
            return stored
        purge_at = stored.purge_at
        if before.status != "closed":
            purge_at = self._purge_at(after, next_slot(self._ground.clock.seconds()))
        await store.vignettes.save(after, stored.version, purge_at)
        author = stored.author
        if after.status == "closed":
            await store.vignettes.forget_author(after.token)
            author = None
        group = await store.groups.by_token(after.group)
        carers = len(group.facilitators) if group is not None else 0
        had, has = posts(before, carers), posts(after, carers)
        await note_difference(store, self._ground, after.token, had, has, self._shown_at(act))
        return StoredVignette(after, author, stored.thread_id, stored.version + 1, purge_at)

    def _shown_at(self, act: acts.Act) -> int:
        """From when what came of ``act`` may show: a carer is known, anyone else has no time but a slot."""
        now = self._ground.clock.seconds()
        return now if acts.RULES[type(act)].who in ("carer", "clock") else next_slot(now)

    def slot(self) -> int:
        """The slot in which what is written now may show."""
        return next_slot(self._ground.clock.seconds())

    async def load(self, token: str) -> tuple[StoredVignette, Group] | None:
        """A vignette and its group, or None where it is gone."""
        async with self._ground.reading() as store:
            stored = await store.vignettes.load(token)
            group = await store.groups.by_token(stored.vignette.group) if stored is not None else None
        return (stored, group) if stored is not None and group is not None else None

    async def mine(self, group: Group, user: int) -> list[StoredVignette]:
        """The vignettes of this group that ``user`` wrote and has not closed: each seal is tried."""
        async with self._ground.reading() as store:
            kept = await store.vignettes.of_group(group.token)
        return [stored for stored in kept if wrote(self._ground, stored, user)]

    async def waiting_for_a_reader(self, group: Group) -> list[StoredVignette]:
        """Those of this group that nobody else has read yet."""
        async with self._ground.reading() as store:
            kept = await store.vignettes.of_group(group.token)
        return [
            stored
            for stored in kept
            if stored.vignette.status == "held" and not stored.vignette.second_reader_says
        ]

    async def session_about(self, vignette: Vignette) -> str | None:
        """The session that runs about a vignette under its alias, or None."""
        async with self._ground.reading() as store:
            return next(iter(await sessions_about(store, vignette)), None)

    async def session_token(self, vignette: Vignette) -> str:
        """The token of the session about it that runs, or else of the next: pressed twice, there is one."""
        async with self._ground.reading() as store:
            kept = await store.sessions.of_group(vignette.group)
        about = [stored.session for stored in kept if stored.session.vignette == vignette.token]
        over = sum(session.status != "open" for session in about)
        return f"{over:04x}{vignette.token[:12]}"

    def wrote(self, stored: StoredVignette, user: int) -> bool:
        """Whether ``user`` is its author."""
        return wrote(self._ground, stored, user)

    async def stop_author(self, token: str, weeks: int) -> int:
        """Take nothing more from whoever wrote this vignette, for ``weeks``; the end, a day's beginning."""
        if weeks not in WEEKS_OF_STOP:
            raise Refusal("control-stale")
        ends_at = (self._ground.today + 7 * weeks) * SECONDS_A_DAY
        async with self._ground.writing() as store:
            stored = await store.vignettes.load(token)
            if stored is None:
                raise Refusal("vignette-gone")
            if stored.author is None:
                raise Refusal("author-gone")
            await store.vignettes.stop(stored.vignette.group, StoredStop(token, stored.author, ends_at))
        return ends_at

    async def lift_stop(self, token: str) -> None:
        """Lift the stop that came of this vignette."""
        async with self._ground.writing() as store:
            await store.vignettes.lift(token)

    async def stopped_until(self, group: str, user: int) -> int | None:
        """Until when ``user`` is stopped in this group, in seconds UTC; None where they are not."""
        async with self._ground.reading() as store:
            stops = await self._live_stops(store, group)
        return max((stop.ends_at for stop in stops if self._is_about(stop, user)), default=None)

    def _is_about(self, stop: StoredStop, user: int) -> bool:
        return opens(user, stop.subject, stop.author, self._ground.seal_keys)

    async def _live_stops(self, store: Store, group: str) -> list[StoredStop]:
        now = self._ground.clock.seconds()
        return [stop for stop in await store.vignettes.stops_of(group) if stop.ends_at > now]

    async def _check_stops(self, store: Store, group: str, user: int) -> None:
        live = await self._live_stops(store, group)
        now = datetime.fromtimestamp(self._ground.clock.seconds(), UTC)
        stops = [Stop(stop.subject, stop.author, datetime.fromtimestamp(stop.ends_at, UTC)) for stop in live]
        if is_stopped(user, stops, now, self._ground.seal_keys):
            until = max(stop.ends_at for stop in live if self._is_about(stop, user))
            raise Refusal("author-stopped", until=f"<t:{until}:D>")

    async def _check_one_at_a_time(self, store: Store, group: str, user: int) -> None:
        for stored in await store.vignettes.of_group(group):
            if stored.vignette.status in ("held", "waiting") and wrote(self._ground, stored, user):
                raise Refusal("vignette-one-at-a-time")

    def _purge_at(self, vignette: Vignette, slot: int) -> int:
        """A whole day: after the close, or after the last thing that happened in it."""
        return day_of(slot) + (vignette.retention_days + 1) * SECONDS_A_DAY

    # What the clock does

    async def release(self) -> None:
        """Release what is due in the slot that has come, shuffled; one that can't be holds up no other."""
        now = self._ground.clock.seconds()
        slot = now // SLOT_SECONDS * SLOT_SECONDS
        trouble: Exception | None = None
        going_out: list[StoredVignette] = []
        async with self._ground.reading() as store:
            due: list[str] = []
            for token in await store.vignettes.due(now):
                try:
                    stored = await store.vignettes.load(token)
                except Exception as error:  # noqa: BLE001 - raised below, when the others are out
                    trouble = error
                else:
                    due.append(token)
                    if stored is not None and stored.vignette.status == "waiting":
                        going_out.append(stored)
        for token in sorted(due, key=lambda _: self._ground.chance.token()):
            try:
                await self._release(token, slot, going_out)
            except Exception as error:  # noqa: BLE001 - likewise
                trouble = error
        if trouble is not None:
            raise trouble

    async def _release(self, token: str, slot: int, going_out: Sequence[StoredVignette]) -> None:
        async with self._ground.writing() as store:
            stored = await store.vignettes.load(token)
            if stored is not None:
                company = [other for other in going_out if other.vignette.group == stored.vignette.group]
                await self._change(store, stored, acts.Release(slot, alone=len(company) < 2))  # noqa: PLR2004

    async def erase_due(self) -> bool:
        """Erase what has had its time, with its posts, and lift stops that ended; whether there was any.

        One that a session is about stays as long: without its seal nobody could present there.
        """
        now = self._ground.clock.seconds()
        async with self._ground.reading() as store:
            due = await store.vignettes.to_purge(now)
            over = await store.vignettes.has_ended_stops(now)
        if due or over:
            async with self._ground.writing() as store:
                for token in due:
                    await self._purge(store, token, now)
                await store.vignettes.lift_ended(now)
        return bool(due or over)

    async def _purge(self, store: Store, token: str, now: int) -> None:
        try:
            stored = await store.vignettes.load(token)
        except VaultError:
            # What can't be opened any more must still go.
            stored = None
        if stored is None or not await sessions_about(store, stored.vignette):
            await erase_vignette(store, self._ground, token, now)
        else:
            tomorrow = day_of(now) + SECONDS_A_DAY
            await store.vignettes.save(stored.vignette, stored.version, tomorrow)

    async def withdraw(self, token: str, *, at_once: bool) -> None:
        """Erase a vignette everywhere; its posts go in the next slot, or ``at_once``, when all can see it.

        A session about it can't outlive it.
        """
        now = self._ground.clock.seconds()
        async with self._ground.writing() as store:
            stored = await store.vignettes.load(token)
            if stored is not None and await sessions_about(store, stored.vignette):
                raise Refusal("vignette-in-session")
            await erase_vignette(store, self._ground, token, now if at_once else next_slot(now))

    async def lose(self, token: str) -> None:
        """Its post or its thread can't be reached any more."""
        async with self._ground.writing() as store:
            stored = await store.vignettes.load(token)
            if stored is not None:
                await self._change(store, stored, acts.Lose())


async def sessions_about(store: Store, vignette: Vignette) -> list[str]:
    """The sessions that still run about a vignette, under its alias."""
    kept = await store.sessions.of_group(vignette.group)
    return [
        stored.session.token
        for stored in kept
        if stored.session.vignette == vignette.token and stored.session.status == "open"
    ]


async def erase_vignette(store: Store, ground: Ground, token: str, at: int) -> None:
    """Remove a vignette and note that its posts and its thread must go from Discord, from ``at`` on."""
    await note_removal(store, ground, token, await store.vignettes.thread_of(token), at)
    await store.vignettes.remove(token)
