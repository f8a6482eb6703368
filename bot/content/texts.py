"""Interface texts: Fluent messages, filled in completely or not at all."""

import re
from collections.abc import Mapping
from typing import Final

from fluent.runtime import FluentBundle, FluentResource

from bot.content.fluent_check import examine
from bot.content.problems import ContentProblem

_LONGEST_CHOICE: Final = 100
"""Characters of an argument that could still be meant to choose a branch by its value."""
_MARK: Final = "\ue000"
_MARKED = re.compile(f"{_MARK}(\\d+){_MARK}")


class MissingText(KeyError):
    """An interface text does not exist or could not be filled; `key` names it, `reason` says why."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(key)
        self.key = key
        self.reason = reason

    def __str__(self) -> str:
        return f"text {self.key}: {self.reason}"


class Texts:
    """The interface texts of one language.

    `texts("board-ends", time="20:58")` returns the sentence; `texts("board-ends.hint")` an attribute of
    it. A key that does not exist, and an argument that any branch of the text uses and that was not
    given, raise `MissingText`: a half-filled sentence is never returned. Arguments that the text does
    not use are ignored. Text goes in exactly as given, of any length. Whole numbers choose plurals and
    are written the language's way (1,200): pass years, identifiers and times of day as text.
    """

    def __init__(self, language: str, bundle: FluentBundle, arguments: Mapping[str, frozenset[str]]) -> None:
        self.language = language
        self._bundle = bundle
        self._arguments = dict(arguments)

    def __call__(self, key: str, /, **args: str | int) -> str:
        """Return the text of that key, filled in; raises `MissingText`."""
        if missing := self.arguments(key) - args.keys():
            raise MissingText(key, f"needs {', '.join(sorted(missing))}")
        aside = _Aside()
        name, _, part = key.partition(".")
        message = self._bundle.get_message(name)
        pattern = message.attributes[part] if part else message.value
        if pattern is None:
            raise MissingText(key, "has no text of its own")
        given = {name: aside.put(value) for name, value in args.items()}
        filled, errors = self._bundle.format_pattern(pattern, given)
        if errors or not isinstance(filled, str):
            raise MissingText(key, "; ".join(str(error) for error in errors) or "could not be filled")
        return aside.restore(filled)

    def has(self, key: str) -> bool:
        """Say whether there is a text of that key."""
        return key in self._arguments

    def keys(self) -> frozenset[str]:
        """Return the keys of all texts."""
        return frozenset(self._arguments)

    def arguments(self, key: str) -> frozenset[str]:
        """Return the names of all arguments that a text may use; raises `MissingText`."""
        try:
            return self._arguments[key]
        except KeyError:
            raise MissingText(key, "does not exist") from None


class _Aside:
    """Keeps long arguments out of Fluent's way, which would refuse them, and puts them back afterwards.

    Several that pass one by one can be too long together, hence the low bound. A text that holds the
    mark itself goes aside too, so that it can't stand for another argument.
    """

    def __init__(self) -> None:
        self._kept: list[str] = []

    def put(self, value: str | int) -> str | int:
        if isinstance(value, int) or (len(value) <= _LONGEST_CHOICE and _MARK not in value):
            return value
        self._kept.append(value)
        return f"{_MARK}{len(self._kept) - 1}{_MARK}"

    def restore(self, text: str) -> str:
        if not self._kept:
            return text
        return _MARKED.sub(lambda found: self._kept[int(found.group(1))], text)


def read_texts(language: str, sources: Mapping[str, str]) -> tuple[Texts, list[ContentProblem]]:
    """Read Fluent sources, given by the name of their file, into the texts of a language.

    Returns the texts that can be used and a problem for each thing that is wrong with the others.
    """
    arguments, problems = examine(sources)
    bundle = FluentBundle([language, "en"], use_isolating=False)
    for source in sources.values():
        bundle.add_resource(FluentResource(source))
    return Texts(language, bundle, arguments), problems
