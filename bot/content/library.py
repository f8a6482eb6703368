"""Reading one language of prompts/ into a library that the rest of the bot can rely on."""

import importlib.resources
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, TypeVar
from typing import Protocol as Shape

from pydantic import BaseModel, ValidationError

from bot.content.models import SITUATIONS, Aliases, FrameText, Mechanism, Strategy, Template
from bot.content.problems import ContentError, ContentProblem, explain
from bot.content.protocols import Protocol
from bot.content.texts import Texts, read_texts
from bot.content.wording import count_words, fault

CHARTER_WORDS: Final = 120
"""Words of the charter, which is read once on a phone before the first evening."""
STRATEGIES_EACH: Final = 3
"""Strategies a mechanism needs, so that the presenter has a choice."""

FOLDERS: Final[Mapping[str, type[BaseModel]]] = {
    "mechanisms": Mechanism,
    "strategies": Strategy,
    "frame": FrameText,
    "templates": Template,
    "protocols": Protocol,
}


class _Named(Shape):
    @property
    def id(self) -> str: ...


class _Ordered(_Named, Shape):
    @property
    def order(self) -> int: ...


NamedT = TypeVar("NamedT", bound=_Named)
ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Library:
    """Everything of one language: mechanisms and frame in their fixed order, the rest by id.

    The lookups raise KeyError for an id that does not exist.
    """

    language: str
    mechanisms: tuple[Mechanism, ...]
    strategies: tuple[Strategy, ...]
    frame: tuple[FrameText, ...]
    templates: tuple[Template, ...]
    protocols: tuple[Protocol, ...]
    charter: str
    aliases: Aliases
    texts: Texts

    @property
    def null_hypothesis(self) -> Mechanism:
        """Return ordinary care, which is rated first."""
        return next(mechanism for mechanism in self.mechanisms if mechanism.null_hypothesis)

    @property
    def amplifier(self) -> Mechanism:
        """Return the therapist's own side, which is asked as its own question."""
        return next(mechanism for mechanism in self.mechanisms if mechanism.amplifier)

    def mechanism(self, id: str) -> Mechanism:  # noqa: A002
        """Return the mechanism of that id."""
        return _find(self.mechanisms, id)

    def strategy(self, id: str) -> Strategy:  # noqa: A002
        """Return the strategy of that id."""
        return _find(self.strategies, id)

    def template(self, id: str) -> Template:  # noqa: A002
        """Return the template of that id."""
        return _find(self.templates, id)

    def protocol(self, id: str) -> Protocol:  # noqa: A002
        """Return the protocol of that id."""
        return _find(self.protocols, id)

    def strategies_for(self, ids: Collection[str]) -> tuple[Strategy, ...]:
        """Return the strategies for any of these mechanisms.

        Those that match most of them come first, and of these the ones that fit fewest besides; what fits
        every mechanism comes last, so that no list that is cut short loses something more particular.
        """
        wanted = set(ids)

        def rank(one: Strategy) -> tuple[bool, int, int, str]:
            fits_all = len(one.mechanisms) == len(self.mechanisms)
            return fits_all, -len(wanted.intersection(one.mechanisms)), len(one.mechanisms), one.id

        return tuple(sorted((one for one in self.strategies if wanted & set(one.mechanisms)), key=rank))

    def strategies_in(self, situation: str) -> tuple[Strategy, ...]:
        """Return the strategies for a situation: first those that are for few, then by id."""
        found = (one for one in self.strategies if situation in one.situations)
        return tuple(sorted(found, key=lambda one: (len(one.situations), one.id)))


def _find(entries: tuple[NamedT, ...], id: str) -> NamedT:  # noqa: A002
    for entry in entries:
        if entry.id == id:
            return entry
    raise KeyError(id)


def shipped_root() -> Traversable:
    """Return the installed prompts/ folder."""
    return importlib.resources.files("prompts")


def load_library(root: Traversable | Path | None = None, language: str = "en") -> Library:
    """Read one language of prompts/ (the installed one unless `root` names another).

    The installed one is read once a process. Raises `ContentError` with every problem found, in all
    files, if anything can't be used.
    """
    return _loaded(root, language) if root is not None else _shipped(str(shipped_root()), language)


def _loaded(root: Traversable | Path, language: str) -> Library:
    library, problems = read_library(root, language)
    if problems:
        raise ContentError(problems)
    return library


@cache
def _shipped(_place: str, language: str) -> Library:
    return _loaded(shipped_root(), language)


def read_library(root: Traversable | Path, language: str) -> tuple[Library, list[ContentProblem]]:
    """Read what can be read of one language, with a problem for each thing that can't."""
    reader = _Reader(root.joinpath(language), language)
    mechanisms = reader.folder("mechanisms", Mechanism)
    strategies = reader.folder("strategies", Strategy)
    frame = reader.folder("frame", FrameText)
    templates = reader.folder("templates", Template)
    protocols = reader.folder("protocols", Protocol)
    charter = reader.charter()
    aliases = reader.aliases()
    texts = reader.texts()
    reader.check_mechanisms(mechanisms)
    reader.check_strategies(strategies)
    reader.check_orders("frame", frame)
    library = Library(
        language,
        tuple(sorted(mechanisms, key=lambda one: (one.order, one.id))),
        tuple(strategies),
        tuple(sorted(frame, key=lambda one: (one.order, one.id))),
        tuple(templates),
        tuple(protocols),
        charter,
        aliases,
        texts,
    )
    return library, reader.problems


def entries_in(folder: Traversable | Path) -> list[Traversable]:
    """List a folder's entries by name, without hidden and compiled ones; a missing folder is empty."""
    if not folder.is_dir():
        return []
    shown = (one for one in folder.iterdir() if not one.name.startswith((".", "_")))
    return sorted(shown, key=lambda one: one.name)


class _Reader:
    """Reads the files of one language and gathers what is wrong with them."""

    def __init__(self, folder: Traversable | Path, language: str) -> None:
        self.problems: list[ContentProblem] = []
        self._folder = folder
        self._language = language
        self._ids: dict[str, set[str]] = {}
        self._complete: dict[str, bool] = {}

    def folder(self, name: str, model: type[ModelT]) -> list[ModelT]:
        before = len(self.problems)
        loaded: list[ModelT] = []
        ids = self._ids.setdefault(name, set())
        for entry in entries_in(self._folder.joinpath(name)):
            file = f"{self._language}/{name}/{entry.name}"
            stem = entry.name.removesuffix(".toml")
            if not entry.is_file() or stem == entry.name:
                self._refuse(file, "file name", _rename(".toml"))
                continue
            ids.add(stem)
            data = self._toml(file, entry)
            if data is None:
                continue
            try:
                loaded.append(model.model_validate(data))
            except ValidationError as error:
                self.problems.extend(explain(file, data, error, model))
            refused = any(one.file == file and one.field == "id" for one in self.problems)
            if (written := data.get("id")) != stem and not refused:
                self._refuse(file, "id", f"Write “{stem}” here, or name the file {written}.toml.")
        if not ids:
            self._refuse(f"{self._language}/{name}", "whole folder", "Put at least one .toml file here.")
        self._complete[name] = len(self.problems) == before
        return loaded

    def charter(self) -> str:
        file = f"{self._language}/charter.md"
        entry = self._folder.joinpath("charter.md")
        text = self._decode(file, entry) if entry.is_file() else ""
        if text is None:
            return ""
        text = text.strip()
        if not text:
            advice = f"Write the group's agreement here, in at most {CHARTER_WORDS} words."
            self._refuse(file, "whole file", advice)
        if (words := count_words(text)) > CHARTER_WORDS:
            self._refuse(file, "whole file", f"Shorten this to {CHARTER_WORDS} words; there are {words}.")
        for number, line in enumerate(text.split("\n"), start=1):
            if advice := fault(line):
                self._refuse(file, f"line {number}", advice)
        return text

    def aliases(self) -> Aliases:
        file = f"{self._language}/aliases.toml"
        entry = self._folder.joinpath("aliases.toml")
        data = self._toml(file, entry) if entry.is_file() else {}
        try:
            return Aliases.model_validate(data)
        except ValidationError as error:
            self.problems.extend(explain(file, data or {}, error, Aliases))
            return Aliases.model_construct(first=(), second=())

    def texts(self) -> Texts:
        sources: dict[str, str] = {}
        for entry in entries_in(self._folder.joinpath("interface")):
            file = f"{self._language}/interface/{entry.name}"
            if not entry.is_file() or not entry.name.endswith(".ftl"):
                self._refuse(file, "file name", _rename(".ftl"))
            elif (text := self._decode(file, entry)) is not None:
                sources[file] = text
        texts, problems = read_texts(self._language, sources)
        self.problems.extend(problems)
        return texts

    def check_orders(self, folder: str, entries: Sequence[_Ordered]) -> None:
        orders: dict[int, str] = {}
        for entry in sorted(entries, key=lambda one: one.id):
            if other := orders.get(entry.order):
                advice = f"Write another number; {other} has {entry.order} already."
                self._refuse(self._file(folder, entry.id), "order", advice)
            orders.setdefault(entry.order, entry.id)

    def check_mechanisms(self, mechanisms: list[Mechanism]) -> None:
        self.check_orders("mechanisms", mechanisms)
        if not self._complete["mechanisms"]:
            return
        nulls = [one for one in mechanisms if one.null_hypothesis]
        amplifiers = [one for one in mechanisms if one.amplifier]
        for field, chosen in (("null_hypothesis", nulls), ("amplifier", amplifiers)):
            for extra in chosen[1:]:
                advice = f"Write false; {chosen[0].id} has true already, and only one may."
                self._refuse(self._file("mechanisms", extra.id), field, advice)
            if not chosen:
                advice = f"Write {field} = true in exactly one mechanism."
                self._refuse(f"{self._language}/mechanisms", field, advice)
        first = min((one.order for one in mechanisms), default=0)
        if nulls and nulls[0].order != first:
            advice = f"Write a number below {first}; the null hypothesis comes first."
            self._refuse(self._file("mechanisms", nulls[0].id), "order", advice)

    def check_strategies(self, strategies: list[Strategy]) -> None:
        known = self._ids["mechanisms"]
        for strategy in strategies:
            for id_ in strategy.mechanisms:
                if id_ not in known:
                    advice = f"Replace “{id_}” with a mechanism that exists: {', '.join(sorted(known))}."
                    self._refuse(self._file("strategies", strategy.id), "mechanisms", advice)
        if not self._complete["strategies"]:
            return
        for id_ in sorted(known):
            count = sum(id_ in strategy.mechanisms for strategy in strategies)
            if count < STRATEGIES_EACH:
                advice = f"Name {id_} in at least {STRATEGIES_EACH} strategies; {count} name it now."
                self._refuse(f"{self._language}/strategies", "mechanisms", advice)
        used = {situation for strategy in strategies for situation in strategy.situations}
        for situation in SITUATIONS:
            if situation not in used:
                advice = f"Name {situation} in at least one strategy; none names it now."
                self._refuse(f"{self._language}/strategies", "situations", advice)

    def _file(self, folder: str, id_: str) -> str:
        return f"{self._language}/{folder}/{id_}.toml"

    def _refuse(self, file: str, field: str, advice: str) -> None:
        self.problems.append(ContentProblem(file, field, advice))

    def _decode(self, file: str, entry: Traversable) -> str | None:
        try:
            text = entry.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._refuse(file, "whole file", f"Save the file as UTF-8; byte {error.start + 1} is not.")
            return None
        return text.replace("\r\n", "\n")

    def _toml(self, file: str, entry: Traversable) -> dict[str, object] | None:
        text = self._decode(file, entry)
        if text is None:
            return None
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self._refuse(file, "whole file", f"Correct the TOML spelling: {error}.")
            return None


def _rename(ending: str) -> str:
    return f"Give the file a name that ends in {ending}, or move it elsewhere."


def languages_in(root: Traversable | Path) -> Iterator[str]:
    """Name the languages that stand below a root, by their codes such as en or pt-BR."""
    for entry in entries_in(root):
        base, _, region = entry.name.partition("-")
        short = len(base) in (2, 3) and base.isascii() and base.isalpha() and base.islower()
        if entry.is_dir() and short and (not region or (region.isascii() and region.isupper())):
            yield entry.name
