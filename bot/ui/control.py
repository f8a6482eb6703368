"""Names of controls. A custom_id is public: it holds opaque tokens and a verb, never a person or a text."""

import re
from dataclasses import dataclass, replace

from bot.refusal import Refusal

MOST_CHARACTERS = 100

_CONTROL = re.compile(
    r"6:(?P<token>[0-9a-f]{16}):(?P<verb>[a-z-]{1,16}):(?P<argument>[A-Za-z0-9_/+.\-]*)"
    r"(?:~(?P<draft>[0-9a-f]{16}))?(?:!(?P<opening>[0-9a-f]{8}))?"
)


@dataclass(frozen=True)
class Control:
    """One button, select or form.

    ``token`` is what it is about, ``argument`` what the verb needs besides. A form also has the
    ``draft`` it was filled from, and an ``opening`` of its own: clients that meet a custom_id again
    show what was typed in it before.

    ``ValueError`` for parts that could not be read back, or that are longer than Discord allows.
    """

    token: str
    verb: str
    argument: str = ""
    draft: str | None = None
    opening: str | None = None

    def __post_init__(self) -> None:
        if _match(str(self)) is None:
            message = f"no control: {self!s}"
            raise ValueError(message)

    def __str__(self) -> str:
        draft = f"~{self.draft}" if self.draft else ""
        opening = f"!{self.opening}" if self.opening else ""
        return f"6:{self.token}:{self.verb}:{self.argument}{draft}{opening}"

    def opened(self, opening: str) -> "Control":
        """The form of this control, opened once."""
        return replace(self, opening=opening)


def _match(custom_id: str) -> re.Match[str] | None:
    return _CONTROL.fullmatch(custom_id) if len(custom_id) <= MOST_CHARACTERS else None


def parse(custom_id: str) -> Control:
    """The control with this custom_id; ``Refusal`` where it is none of ours."""
    match = _match(custom_id)
    if match is None:
        raise Refusal("control-stale")
    return Control(match["token"], match["verb"], match["argument"], match["draft"], match["opening"])
