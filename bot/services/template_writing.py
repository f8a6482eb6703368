"""Writing a template step by step: what was typed so far is a sealed draft, and need not be right yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pydantic import TypeAdapter

from bot.aliases import SALT_BYTES, opens, seal
from bot.content.models import FieldKind, Template, TemplateField
from bot.content.problems import ContentProblem
from bot.content.template_files import MOST_FIELDS, check_template, id_from, unused
from bot.refusal import Refusal
from bot.services.drafts import DRAFT_DAYS
from bot.services.ground import SECONDS_A_DAY, Ground
from bot.services.templates import put
from bot.storage.drafts import Draft
from bot.storage.groups import Group

PURPOSE: Final = "template-writing"
ROOM: Final = {"short": 150, "paragraph": 1500}
"""Characters that fit into an answer, unless the template said otherwise before."""
QUESTION: Final = "question"
"""The id of the field with the question to the group, which comes last."""
KEY_CHARACTERS: Final = 6


@dataclass(frozen=True)
class Asked:
    """One field as typed. ``key`` names it while the template is written; its ``id`` may still be empty."""

    key: str
    label: str
    guidance: str
    kind: FieldKind
    required: bool
    shared: bool
    example: str = ""
    options: tuple[str, ...] = ()
    id: str = ""
    max_length: int | None = None


@dataclass(frozen=True)
class Sketch:
    """A template as typed so far. ``id`` and ``base`` are of the one it changes: its name and version."""

    title: str
    when_to_use: str
    leave_out: str
    fields: tuple[Asked, ...] = ()
    id: str = ""
    base: int = 0

    def field(self, key: str) -> Asked | None:
        """The field with this key, or None where it was taken out."""
        return next((each for each in self.fields if each.key == key), None)


_SKETCH: Final = TypeAdapter(Sketch)


@dataclass(frozen=True)
class Judged:
    """A sketch, and the template it makes or what is to be put right in it."""

    token: str
    sketch: Sketch
    template: Template | None
    problems: tuple[ContentProblem, ...]


@dataclass(frozen=True)
class Saved:
    """A template that was saved, and as which version."""

    template: Template
    version: int


class ChangedMeanwhile(Refusal):
    """Somebody else saved a template of this id since this one was begun; it is at ``version`` now."""

    def __init__(self, version: int) -> None:
        super().__init__("template-changed")
        self.version = version


class TemplateWritingService:
    """Use cases of somebody who writes a template."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    async def begin(self, token: str, sketch: Sketch, group: Group, user: int) -> Judged:
        """Keep a new sketch; one that was kept under this token already stays as it is."""
        async with self._ground.writing() as store:
            known = await store.drafts.load(token)
            if known is not None:
                self._check(known, user)
                return judged(known)
            draft = self._sealed(token, sketch, group.token, user)
            await store.drafts.save(draft)
        return judged(draft)

    async def of(self, user: int, group: Group) -> list[Judged]:
        """What ``user`` is writing in this group."""
        found: list[Judged] = []
        async with self._ground.reading() as store:
            for token, purpose, owner in await store.drafts.owners_in(group.token):
                if purpose == PURPOSE and opens(user, token, owner, self._ground.seal_keys):
                    draft = await store.drafts.load(token)
                    found += [judged(draft)] if draft is not None else []
        return found

    async def change(self, token: str, user: int, how: Callable[[Sketch], Sketch]) -> Judged:
        """Change a sketch as it is kept now; ``Refusal`` where it is no longer."""
        async with self._ground.writing() as store:
            known = self._check(await store.drafts.load(token), user)
            after = replace(known, content=_content(how(_sketch(known))))
            if after.content != known.content:
                await store.drafts.save(after)
        return judged(after)

    async def save(self, token: str, group: Group, user: int, over: int | None = None) -> Saved:
        """Make the sketch one of the group's own templates; it is a sketch no longer then.

        ``over`` is the version that it may replace, if not the one it was begun from: with another there,
        ``ChangedMeanwhile``. ``Refusal`` where something in it is to be put right first.
        """
        async with self._ground.writing() as store:
            known = self._check(await store.drafts.load(token), user)
            sketch = _sketch(known)
            if known.group != group.token:
                raise Refusal("control-stale")
            own = {each.template.id: each.version for each in await store.templates.of_group(group.token)}
            shipped = {each.id for each in self._ground.library(group).templates}
            # A new one never takes the place of another; one that was begun from another always does.
            name = sketch.id or unused(id_from(sketch.title) or "template", {*own, *shipped})
            template = check_template(_data(sketch, name))[0]
            if template is None:
                raise Refusal("template-not-ready")
            there = own.get(name, 0)
            if there not in (sketch.base, over if over is not None else sketch.base):
                raise ChangedMeanwhile(there)
            version = await put(self._ground, store, group.token, template)
            await store.drafts.remove(token)
        return Saved(template, version)

    def _check(self, draft: Draft | None, user: int) -> Draft:
        if draft is None or not opens(user, draft.token, draft.owner, self._ground.seal_keys):
            raise Refusal("draft-gone")
        return draft

    def _sealed(self, token: str, sketch: Sketch, group: str, user: int) -> Draft:
        owner = seal(user, token, self._ground.chance.salt(SALT_BYTES), self._ground.seal_keys)
        # Whole days: a finer time would tell when somebody wrote.
        expires_at = (self._ground.today + DRAFT_DAYS + 1) * SECONDS_A_DAY
        return Draft(token, group, owner, PURPOSE, _content(sketch), expires_at)


def judged(draft: Draft) -> Judged:
    """What a draft of this purpose holds; ``Refusal`` where it is a draft of another."""
    sketch = _sketch(draft)
    template, problems = check_template(_data(sketch, sketch.id or "template"))
    return Judged(draft.token, sketch, template, problems)


def sketch_of(template: Template, base: int) -> Sketch:
    """A template as something to be changed; ``base`` is the version that it has now."""
    return Sketch(
        template.title,
        template.when_to_use,
        template.leave_out,
        tuple(_asked(each, f"{number:0{KEY_CHARACTERS}x}") for number, each in enumerate(template.fields)),
        template.id,
        base,
    )


def new_sketch(title: str, when_to_use: str, leave_out: str, question: TemplateField) -> Sketch:
    """A template that asks for nothing yet but the ``question`` to the group."""
    return Sketch(title, when_to_use, leave_out, (_asked(question, "0" * KEY_CHARACTERS),))


def headed(title: str, when_to_use: str, leave_out: str) -> Callable[[Sketch], Sketch]:
    """Another title and other notes."""
    return lambda sketch: replace(sketch, title=title, when_to_use=when_to_use, leave_out=leave_out)


def with_field(typed: Asked) -> Callable[[Sketch], Sketch]:
    """A field as it was typed: in the place of the one with its key, else at the end, before the question.

    ``Refusal`` where there is no room for one more.
    """

    def how(sketch: Sketch) -> Sketch:
        fields = sketch.fields
        before = sketch.field(typed.key)
        if before is not None:
            length = before.max_length if before.kind == typed.kind else None
            after = replace(typed, id=before.id, max_length=length)
            return replace(sketch, fields=tuple(after if each is before else each for each in fields))
        if len(fields) >= MOST_FIELDS:
            raise Refusal("template-full", most=MOST_FIELDS)
        last = len(fields) - 1 if fields and fields[-1].id == QUESTION else len(fields)
        return replace(sketch, fields=(*fields[:last], typed, *fields[last:]))

    return how


def moved(key: str, place: int) -> Callable[[Sketch], Sketch]:
    """One field at a place, counted from 0, among the others."""

    def how(sketch: Sketch) -> Sketch:
        found = sketch.field(key)
        if found is None:
            return sketch
        others = [each for each in sketch.fields if each is not found]
        return replace(sketch, fields=(*others[:place], found, *others[place:]))

    return how


def without_field(key: str) -> Callable[[Sketch], Sketch]:
    """One field less."""
    return lambda sketch: replace(sketch, fields=tuple(each for each in sketch.fields if each.key != key))


def _asked(field: TemplateField, key: str) -> Asked:
    return Asked(
        key,
        field.label,
        field.guidance,
        field.kind,
        field.required,
        field.shared,
        field.example or "",
        field.options,
        field.id,
        field.max_length,
    )


def _content(sketch: Sketch) -> str:
    return _SKETCH.dump_json(sketch).decode()


def _sketch(draft: Draft) -> Sketch:
    if draft.purpose != PURPOSE:
        raise Refusal("control-stale")
    return _SKETCH.validate_json(draft.content)


def _data(sketch: Sketch, name: str) -> dict[str, object]:
    """The sketch as a file would have it."""
    ids = ids_of(sketch.fields)
    return {
        "id": name,
        "title": sketch.title,
        "when_to_use": sketch.when_to_use,
        "leave_out": sketch.leave_out,
        "fields": [_entry(each, id_) for each, id_ in zip(sketch.fields, ids, strict=True)],
    }


def ids_of(fields: Sequence[Asked]) -> list[str]:
    """The id that each field goes by: its own, or one from its label that no other has."""
    taken = {each.id for each in fields}
    found: list[str] = []
    for each in fields:
        id_ = each.id or unused(id_from(each.label) or "field", taken)
        taken.add(id_)
        found.append(id_)
    return found


def _entry(asked: Asked, id_: str) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": id_,
        "label": asked.label,
        "guidance": asked.guidance,
        "kind": asked.kind,
        "required": asked.required,
        "shared": asked.shared,
    }
    if asked.kind in ROOM:
        entry |= {"max_length": asked.max_length or ROOM[asked.kind]}
        return entry | ({"example": asked.example} if asked.example else {})
    return entry | {"options": list(asked.options)} | ({"example": asked.example} if asked.example else {})
