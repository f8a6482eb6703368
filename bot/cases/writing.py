"""A case while its presenter fills in the form."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from bot.cases.case import shared_in
from bot.cases.pages import missing, page_of
from bot.content.models import Template
from bot.refusal import Refusal
from bot.writing import Marked, Writing


@dataclass(frozen=True)
class CaseWriting(Writing):
    """The form as it was when it was begun, and what stands in its fields by now.

    ``case`` is the token of the one that is being edited, where it is out already.
    """

    purpose: ClassVar[str] = "case-writing"

    template: Template
    answers: Mapping[str, str] = field(repr=False)
    case: str | None = None

    @property
    def untouched(self) -> bool:
        """Whether it is a new one in which nothing stands."""
        return self.case is None and not self.answers

    @property
    def parts(self) -> Mapping[str, str]:
        """What was typed and others will read; what was chosen is the form's own words."""
        return {
            each.id: self.answers[each.id]
            for each in self.template.fields
            if each.shared and each.kind in ("short", "paragraph") and self.answers.get(each.id)
        }

    @property
    def digest(self) -> str:
        """Six characters that change with any answer: what was chosen is posted too."""
        return hashlib.sha256(json.dumps(self.answers, sort_keys=True).encode()).hexdigest()[:6]

    def with_part(self, part: str, text: str) -> Self:
        """The same, with one answer anew."""
        return replace(self, answers={**self.answers, part: text})

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Self:
        """The writing of which ``content`` was made."""
        return cls(
            Template.model_validate(content["template"]),
            content["answers"],
            content["case"],
            kept=frozenset(content["kept"]),
        )

    def content(self) -> dict[str, Any]:
        """All of it, to be kept as JSON."""
        return {
            "template": self.template.model_dump(mode="json"),
            "answers": dict(self.answers),
            "case": self.case,
            "kept": sorted(self.kept),
        }

    def check(self) -> None:
        """``Refusal`` while something is missing that the group needs."""
        left = missing(self.template, self.answers)
        if left:
            pages = sorted({page_of(self.template, each.id) + 1 for each in left})
            raise Refusal(
                "case-missing",
                fields=", ".join(f"“{each.label}”" for each in left),
                pages=", ".join(str(number) for number in pages),
            )
        if not shared_in(self.template, self.answers):
            raise Refusal("case-empty")

    def check_beside(self, marked: Sequence[Marked]) -> None:
        """What is found in one field leaves the others."""
