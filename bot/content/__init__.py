"""Reading and validating prompts/: every sentence a person reads, and the data of protocols."""

from bot.content.check import check
from bot.content.library import Library, load_library
from bot.content.models import (
    SITUATIONS,
    Addressed,
    FieldKind,
    FrameText,
    Mechanism,
    More,
    Situation,
    Strategy,
    Template,
    TemplateField,
)
from bot.content.problems import ContentError, ContentProblem
from bot.content.protocols import ByLength, Evidence, Protocol, Step, StepKind, WhoWrites
from bot.content.texts import MissingText, Texts
from bot.content.wording import count_words

__all__ = [
    "SITUATIONS",
    "Addressed",
    "ByLength",
    "ContentError",
    "ContentProblem",
    "Evidence",
    "FieldKind",
    "FrameText",
    "Library",
    "Mechanism",
    "MissingText",
    "More",
    "Protocol",
    "Situation",
    "Step",
    "StepKind",
    "Strategy",
    "Template",
    "TemplateField",
    "Texts",
    "WhoWrites",
    "check",
    "count_words",
    "load_library",
]
