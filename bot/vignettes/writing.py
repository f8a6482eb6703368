"""A vignette while its author writes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from bot.refusal import Refusal
from bot.writing import Marked, Writing

FEWEST_CHARACTERS = 80
MOST_CHARACTERS = 8000
"""Of the text itself: less says nothing that others could think about, more nobody reads on a phone."""
FEWEST_BESIDE_FINDINGS = 40
"""Characters that must be left when everything found is taken away."""


@dataclass(frozen=True)
class VignetteWriting(Writing):
    """Its title, its text and its question. ``altered``: its author says that details were changed."""

    purpose: ClassVar[str] = "vignette-writing"

    title: str = field(repr=False)
    text: str = field(repr=False)
    question: str = field(default="", repr=False)
    altered: bool = False

    @property
    def parts(self) -> Mapping[str, str]:
        """All of its texts."""
        return {"title": self.title, "text": self.text, "question": self.question}

    def with_part(self, part: str, text: str) -> Self:
        """The same, with one text anew."""
        return replace(self, **{part: text})

    def with_altered(self, *, altered: bool) -> Self:
        """The same, saying whether details were changed."""
        return replace(self, altered=altered)

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """The writing of which ``content`` was made."""
        return cls(
            content["title"],
            content["text"],
            content["question"],
            content["altered"],
            kept=frozenset(content["kept"]),
        )

    def content(self) -> dict[str, Any]:
        """All of it, to be kept as JSON."""
        return {**self.parts, "kept": sorted(self.kept), "altered": self.altered}

    def check(self) -> None:
        """``Refusal`` where it is too short, too long, or has no title."""
        if len(self.text) < FEWEST_CHARACTERS:
            raise Refusal("vignette-short", least=FEWEST_CHARACTERS)
        if len(self.text) > MOST_CHARACTERS:
            raise Refusal("vignette-long", most=MOST_CHARACTERS)
        if not self.title:
            raise Refusal("vignette-no-title")

    def check_beside(self, marked: Sequence[Marked]) -> None:
        """``Refusal`` where hardly anything is left of its text beside what was found."""
        found = sum(each.finding.end - each.finding.start for each in marked if each.part == "text")
        if len(self.text) - found < FEWEST_BESIDE_FINDINGS:
            raise Refusal("vignette-only-findings")
