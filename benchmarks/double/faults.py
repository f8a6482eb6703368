"""What goes wrong, and when: planned beforehand, met by the first request that fits."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "429 user",
    "429 global",
    "429 shared",
    "429 door",  # a proxy before Discord has shut the door: no JSON, no Via
    "500",
    "502",
    "503",
    "drop before",  # the connection goes before the request had its effect
    "drop after",  # the effect is there, the answer is lost
    "hang",  # nothing happens, for ``seconds``
    "hang after",  # the effect is there, the answer takes ``seconds``
]


@dataclass
class Fault:
    """Meets the next ``times`` requests whose ``METHOD /path`` matches ``route``, after ``skip`` of them.

    ``seconds``: how long a 429 asks to wait, or a request hangs. ``then`` is awaited when it is met: after
    the effect where there is one, before anything is answered.
    """

    route: str
    kind: Kind
    times: int = 1
    skip: int = 0
    seconds: float = 0.2
    then: Callable[[], Awaitable[None]] | None = None
    met: int = 0

    def fits(self, request: str) -> bool:
        """Whether it is this request's turn; counts it."""
        if self.times <= 0 or re.search(self.route, request) is None:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        self.met += 1
        return True

    @property
    def status(self) -> int | None:
        """The status of the answer, where there is one at all."""
        first = self.kind.partition(" ")[0]
        return int(first) if first.isdigit() else None

    @property
    def has_effect(self) -> bool:
        """Whether the request does what it asks for."""
        return self.kind.endswith("after")


@dataclass
class Limit:
    """So many requests in so many seconds, for each text that ``route`` matches; the headers say so."""

    route: str
    most: int
    seconds: float
    refused: int = 0
    buckets: dict[str, tuple[float, int]] = field(default_factory=dict[str, tuple[float, int]])

    def take(self, request: str, now: float) -> tuple[bool, dict[str, str]] | None:
        """Whether one more request is let in, and what the headers say; None where it is about others."""
        found = re.search(self.route, request)
        if found is None:
            return None
        began, used = self.buckets.get(found[0], (0.0, 0))
        if now - began >= self.seconds:
            began, used = now, 0
        let_in = used < self.most
        self.refused += not let_in
        self.buckets[found[0]] = began, used + let_in
        rest = max(began + self.seconds - now, 0.0)
        told = {"Limit": str(self.most), "Remaining": str(self.most - used - let_in), "Bucket": "a1b2c3"}
        told |= {"Reset": f"{began + self.seconds:.3f}", "Reset-After": f"{rest:.3f}"}
        return let_in, {f"X-RateLimit-{name}": value for name, value in told.items()}
