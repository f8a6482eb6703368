"""How long the review of a text for direct identifiers takes: 300 words, warm, one core.

.venv/bin/python -m benchmarks.review
"""

import time

from benchmarks.figures import MILLI, heading, timed
from bot.identifiers.direct import find_direct
from bot.rehearsal.scenario import load_scenario
from bot.ui.forms import MOST_ACCOUNT

WORDS = 300
TIMES = 200
POINTING = (
    "She wrote from anna.k@example.org, and later from anna dot k at example dot org.",
    "Her number is +49 30 1234567 or 030 765 43 21; the practice is at www.example.org/team.",
    "The letter is Report Anna K.pdf, and @anna_k liked it at 10:30 on 12.03.2024.",
)


def text_of(words: int, *, pointing: bool) -> str:
    """The first evening's account, over and over; with what points at a person between its sentences."""
    sentences = [each.strip() for each in load_scenario().case.account.replace("\n", " ").split(". ")]
    found: list[str] = []
    number = 0
    while sum(len(each.split()) for each in found) < words:
        found.append(f"{sentences[number % len(sentences)].rstrip('.')}.")
        if pointing and number % 3 == 2:
            found.append(POINTING[number // 3 % len(POINTING)])
        number += 1
    return " ".join(" ".join(found).split()[:words])


def main() -> None:
    plain, pointing = text_of(WORDS, pointing=False), text_of(WORDS, pointing=True)
    digits = ("0171 234 56 78 9 " * MOST_ACCOUNT)[:MOST_ACCOUNT]
    before = time.perf_counter()
    find_direct(plain)
    first = time.perf_counter() - before
    heading(f"find_direct, {TIMES} times each (bar for the whole review: 60, goal 40)")
    for what, text in {
        f"{WORDS} words, nothing in them": plain,
        f"{WORDS} words, {len(find_direct(pointing))} findings": pointing,
        f"{MOST_ACCOUNT} characters, nothing but digits": digits,
    }.items():
        print(timed(what, lambda text=text: find_direct(text), TIMES))
    print(f"{'the first text in a process':<58} {first * MILLI:8.2f} ms")


if __name__ == "__main__":
    main()
