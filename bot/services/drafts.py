"""Nothing typed is lost: what a form could not post is kept for its author."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bot.aliases import SALT_BYTES, opens, seal
from bot.refusal import Refusal
from bot.services.ground import SECONDS_A_DAY, Ground
from bot.storage.drafts import Draft

DRAFT_DAYS = 7
_UNDER_WAY = "-writing"


def is_under_way(purpose: str) -> bool:
    """Whether a draft of this purpose is a text under way, and no form that was given back."""
    return purpose.endswith(_UNDER_WAY)


Fields = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Typed:
    """A form as it was sent: its verb, what it was about, and what stood in each field.

    ``opening`` is the form's own: sent again under it, the form has the one effect. ``no_names`` are the
    words of it that its author may say are no names.
    """

    verb: str
    token: str
    argument: str
    fields: Fields
    opening: str | None = None
    no_names: tuple[str, ...] = ()


class DraftService:
    """Use cases of drafts."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def keep(self, typed: Typed, user: int, group: str | None, draft: str | None) -> str:
        """Keep what was typed for ``DRAFT_DAYS`` days and give its token; ``draft`` is replaced if given."""
        token = draft or self._ground.chance.token()
        content = json.dumps(
            {
                "token": typed.token,
                "argument": typed.argument,
                "fields": dict(typed.fields),
                "opening": typed.opening,
                "no_names": typed.no_names,
            },
            ensure_ascii=False,
        )
        owner = seal(user, token, self._ground.chance.salt(SALT_BYTES), self._ground.seal_keys)
        # Whole days: a finer time would tell when somebody typed.
        expires_at = (self._ground.today + DRAFT_DAYS + 1) * SECONDS_A_DAY
        async with self._ground.writing() as store:
            known = await store.drafts.load(token)
            if known is not None and not opens(user, token, known.owner, self._ground.seal_keys):
                token = self._ground.chance.token()
                owner = seal(user, token, self._ground.chance.salt(SALT_BYTES), self._ground.seal_keys)
            await store.drafts.save(Draft(token, group, owner, typed.verb, content, expires_at))
        return token

    async def drop(self, token: str, user: int) -> None:
        """Remove a draft of ``user``'s that has been posted; somebody else's stays."""
        async with self._ground.writing() as store:
            known = await store.drafts.load(token)
            if known is not None and opens(user, token, known.owner, self._ground.seal_keys):
                await store.drafts.remove(token)

    async def of(self, user: int, group: str) -> list[str]:
        """The tokens of the forms that ``user`` filled in in this group and that were given back."""
        async with self._ground.reading() as store:
            owners = await store.drafts.owners_in(group)
        return [
            token
            for token, purpose, owner in owners
            if not is_under_way(purpose) and opens(user, token, owner, self._ground.seal_keys)
        ]


def typed_in(draft: Draft) -> Typed:
    """The form that a draft holds; ``Refusal`` where it holds a text under way."""
    if is_under_way(draft.purpose):
        raise Refusal("control-stale")
    content = json.loads(draft.content)
    return Typed(
        draft.purpose,
        content["token"],
        content["argument"],
        content["fields"],
        # A draft of an earlier version has neither.
        content.get("opening"),
        tuple(content.get("no_names", ())),
    )
