"""Writing for others: what was typed, what was found in it, and what its author does about that."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.aliases import SALT_BYTES, opens, seal
from bot.cases.writing import CaseWriting
from bot.content.texts import Texts
from bot.refusal import Refusal
from bot.services.drafts import DRAFT_DAYS
from bot.services.ground import SECONDS_A_DAY, Ground
from bot.services.screening import Found, Screening
from bot.storage.drafts import Draft
from bot.storage.groups import Group
from bot.vignettes.writing import VignetteWriting
from bot.writing import (
    Marked,
    Writing,
    WritingT,
    all_replaced,
    keeps,
    replaced,
    stand_in,
    unsettled,
)

WRITINGS: Mapping[str, type[Writing]] = {kind.purpose: kind for kind in (VignetteWriting, CaseWriting)}
"""By the purpose of the drafts in which they are kept."""


@dataclass(frozen=True)
class Reviewed:
    """A writing with everything found in it. Without ``reads_fully`` only the basic check ran.

    So it did where the text seems to be in another language than its group's: ``other_language``.
    """

    token: str
    writing: Writing
    marked: tuple[Marked, ...]
    reads_fully: bool
    together: str | None = None
    other_language: bool = False

    @property
    def open(self) -> tuple[Marked, ...]:
        """What its author has not settled yet."""
        return unsettled(self.marked, self.writing)

    @property
    def blocks(self) -> bool:
        """Whether something must be changed before it goes on."""
        return any(each.blocks for each in self.marked)

    @property
    def digest(self) -> str:
        """Changes with the texts and with what is open in them: who agrees to all of it has seen it all."""
        names = "".join(each.name for each in self.open)
        return f"{self.writing.digest}{hashlib.sha256(names.encode()).hexdigest()[:6]}"

    def address(self, marked: Marked) -> str:
        """By what a press says which finding it means, in which wording."""
        return f"{self.writing.digest}{marked.name}"

    def at(self, address: str) -> Marked:
        """The finding that a press means, settled or not; ``Refusal`` where the text is another by now."""
        for marked in self.marked:
            if self.address(marked) == address:
                return marked
        raise Refusal("writing-changed")


class WritingService:
    """Use cases of somebody who writes for others. What they typed is a sealed draft of theirs."""

    def __init__(self, ground: Ground, screening: Screening) -> None:
        self._ground = ground
        self._screening = screening

    async def begin(self, token: str, writing: Writing, group: Group, user: int) -> Reviewed:
        """Keep what was typed, and review it. ``Refusal`` where it can't go out however it is reviewed."""
        writing.check()
        reviewed = await self._reviewed(token, writing, group, user)
        writing.check_beside(reviewed.marked)
        await self.keep(token, writing, group, user)
        return reviewed

    async def review(self, draft: Draft, group: Group, user: int) -> Reviewed:
        """What the draft holds, reviewed as it stands now."""
        return await self._reviewed(draft.token, writing_in(draft), group, user)

    async def change(
        self, draft: Draft, group: Group, user: int, how: Callable[[Reviewed], Writing]
    ) -> Reviewed:
        """Let the author change it, keep that, and review it anew."""
        before = await self.review(draft, group, user)
        after = how(before)
        if after == before.writing:
            return before
        await self.keep(draft.token, after, group, user, instead_of=before.writing)
        return await self._reviewed(draft.token, after, group, user)

    async def update(
        self, token: str, group: Group, user: int, how: Callable[[Writing], Writing]
    ) -> tuple[Writing, int]:
        """Let ``how`` change what is kept under ``token``, alone while it does, without a review.

        Gives it back, with the date until which it is kept (seconds UTC).
        """
        async with self._ground.writing() as store:
            draft = await store.drafts.load(token)
            if draft is None or not opens(user, token, draft.owner, self._ground.seal_keys):
                raise Refusal("draft-gone")
            after = how(writing_in(draft))
            kept = self._draft(token, after, group, user)
            await store.drafts.save(kept)
        return after, kept.expires_at

    async def begun(self, user: int, group: str, kind: type[WritingT]) -> dict[str, WritingT]:
        """What ``user`` is writing of this kind in this group, by the token of its draft."""
        async with self._ground.reading() as store:
            mine = [
                token
                for token, purpose, owner in await store.drafts.owners_in(group)
                if purpose == kind.purpose and opens(user, token, owner, self._ground.seal_keys)
            ]
            drafts = [draft for token in mine if (draft := await store.drafts.load(token)) is not None]
        return {draft.token: of_kind(writing_in(draft), kind) for draft in drafts}

    async def keep(
        self, token: str, writing: Writing, group: Group, user: int, instead_of: Writing | None = None
    ) -> None:
        """Keep ``writing``; where it came of another one, only while that one is still what is kept."""
        async with self._ground.writing() as store:
            known = await store.drafts.load(token)
            if known is not None and not opens(user, token, known.owner, self._ground.seal_keys):
                raise Refusal("draft-gone")
            if instead_of is not None:
                # Meanwhile it may have gone out, been thrown away, or been changed on another device.
                if known is None:
                    raise Refusal("draft-gone")
                if writing_in(known) != instead_of:
                    raise Refusal("writing-changed")
            await store.drafts.save(self._draft(token, writing, group, user))

    def _draft(self, token: str, writing: Writing, group: Group, user: int) -> Draft:
        content = json.dumps(writing.content(), ensure_ascii=False)
        owner = seal(user, token, self._ground.chance.salt(SALT_BYTES), self._ground.seal_keys)
        # Whole days: a finer time would tell when somebody wrote.
        expires_at = (self._ground.today + DRAFT_DAYS + 1) * SECONDS_A_DAY
        return Draft(token, group.token, owner, writing.purpose, content, expires_at)

    async def _reviewed(self, token: str, writing: Writing, group: Group, user: int) -> Reviewed:
        library, names = self._ground.library(group), tuple(writing.parts)
        # All at once: what is ordinary in each field can point to one person together.
        screened = await self._screening.findings(
            tuple(writing.parts.values()), library.language, group.token, user
        )
        return Reviewed(
            token,
            writing,
            tuple(_marked(names[each.place], each, library.texts) for each in screened.found),
            screened.reads_fully,
            screened.together.sentence(library.texts) if screened.together is not None else None,
            screened.other_language,
        )


def _marked(part: str, found: Found, texts: Texts) -> Marked:
    suggestion = found.finding.suggestion
    sentence = texts(suggestion.key, **dict(suggestion.values))
    replacement = stand_in(suggestion.key, sentence, texts("writing-left-out"))
    return Marked(part, found.finding, found.words, replacement, found.may_be_no_name)


def writing_in(draft: Draft) -> Writing:
    """What a draft of such a purpose holds; ``Refusal`` where it is a draft of another."""
    kind = WRITINGS.get(draft.purpose)
    if kind is None:
        raise Refusal("control-stale")
    return kind.from_content(json.loads(draft.content))


def of_kind(writing: Writing, kind: type[WritingT]) -> WritingT:
    """The same, where it is of this kind; ``Refusal`` where a control of another kind was sent."""
    if not isinstance(writing, kind):
        raise Refusal("control-stale")
    return writing


def accepting_all(seen: str) -> Callable[[Reviewed], Writing]:
    """Every suggestion in its place, once: ``seen`` is the digest of the texts that they were read in."""

    def how(reviewed: Reviewed) -> Writing:
        if reviewed.writing.digest != seen:
            return reviewed.writing
        return all_replaced(reviewed.writing, reviewed.open)

    return how


def replacing(address: str, by: str | None) -> Callable[[Reviewed], Writing]:
    """One finding replaced: ``by`` what its author says, or else by what was suggested."""

    def how(reviewed: Reviewed) -> Writing:
        marked = reviewed.at(address)
        text = by if by is not None else marked.stand_in
        if text is None:
            raise Refusal("writing-needs-words")
        return replaced(reviewed.writing, marked, text)

    return how


def keeping(address: str) -> Callable[[Reviewed], Writing]:
    """One finding kept, which only what does not block can be."""

    def how(reviewed: Reviewed) -> Writing:
        marked = reviewed.at(address)
        if marked.blocks:
            raise Refusal("writing-blocks")
        return keeps(reviewed.writing, marked.words)

    return how


def keeping_all(seen: str) -> Callable[[Reviewed], Writing]:
    """Everything kept that does not block, and that its author has ``seen``: the digest of that review."""

    def how(reviewed: Reviewed) -> Writing:
        writing = reviewed.writing
        unseen = bool(reviewed.open) and reviewed.digest != seen
        if unseen or not seen.startswith(writing.digest):
            raise Refusal("writing-changed")
        for marked in reviewed.open:
            if not marked.blocks:
                writing = keeps(writing, marked.words)
        return writing

    return how


def names_in(marked: Sequence[Marked]) -> tuple[str, ...]:
    """The words of findings that their author can say are no names."""
    return tuple(each.words for each in marked if each.may_be_no_name)
