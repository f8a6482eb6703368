"""Variants of the marked texts: other names, towns, dates, numbers, slips of the thumb.

Each variant keeps the sentence and changes what stands in the marks, so that the reader learns how
people bring a name into a text and not which names there are. Names and places come from the compiled
lexicon's sources.
"""

import re
from dataclasses import dataclass
from random import Random

from bot.identifiers.lexicon import Trait, key_of
from training.texts import MarkedText, Piece
from training.words import dictionary, listed, people, places

_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d+")
_DIGIT = re.compile(r"\d")
_PARTICLES = frozenset("de la le du der den van von el al bin ibn da di dos y e of the and o mc ap".split())
_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_MONTHS = "january february march april may june july august september october november december".split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split() + [f"twenty-{o}" for o in "first second third fourth fifth sixth seventh eighth ninth".split()]
_HOLIDAYS = (
    "christmas|xmas|christmas eve|boxing day|new year's eve|new years day|easter|easter sunday|diwali|eid|"
    "halloween|thanksgiving|passover|valentine's day|mother's day|bonfire night|st patrick's day|ramadan|"
    "hogmanay|yom kippur|lunar new year|whitsun|all saints|midsummer|fourth of july|anzac day|songkran|"
    "onam|holi|pongal|navratri"
).split("|")
_SPOKEN = {"0": ("oh", "zero", "nought")} | {str(n + 1): (word,) for n, word in enumerate(_ONES)}
_DOMAINS = (
    "gmail hotmail outlook yahoo icloud proton web gmx live btinternet seznam mail.ru naver rediff".split()
)
_SLANG = {
    "you": "u",
    "because": "cos",
    "with": "w",
    "and": "n",
    "are": "r",
    "to": "2",
    "about": "abt",
    "going to": "gonna",
    "session": "sesh",
    "therapist": "tx",
    "client": "ct",
    "really": "rly",
    "something": "smth",
    "before": "b4",
    "though": "tho",
    "through": "thru",
    "your": "ur",
    "please": "pls",
}
_NICK = (
    "bear|spud|tiny|ginger|doc|smiler|ace|bug|bean|duke|moose|lofty|sparky|chip|red|cookie|bunny|pip|jinx|"
    "whiz|mo|gaz|baz|shaz|tel|kev|dazza|shazza|robbo|jimbo|bibi|kiki|lolo|coco|nonny|titch|squeak|midge|bo|"
    "dot|buddy"
).split("|")
_WORD_NAMES = (
    "will dawn chase hope bill mark rich drew rose sandy gene art pat grant miles wade skip buddy star "
    "storm river honey melody sky trinity justice major king prince joy faith grace charity patience "
    "prudence mercy blessing precious innocent goodness lucky happy sunday friday memory baby sweety gift "
    "godwin favour angel comfort fortune wisdom destiny may june april august summer autumn winter iris "
    "ivy lily daisy poppy violet heather hazel holly olive fern rosemary basil sage ginger pepper saffron "
    "amber ruby pearl jade coral opal crystal gem jewel robin wren jay phoenix raven dove birdie martin "
    "kit fox wolf bear leo clay reed forest glen heath brook lake cliff dale rusty sonny sunny guy jack "
    "john dick bob rob nick chip hank frank earnest ernest victor basil noble earl duke baron rex roman "
    "christian dean deacon bishop pope abbot mason carter taylor tanner cooper porter parker hunter fisher "
    "gardener archer shepherd marshall sterling stone steel flint rocky jet ace dash chance lance spike "
    "tiger buster junior sister brother tiny dot bunny bee bea bay sandy sally carol harmony lyric aria "
    "viola piper harper cherish love true constant clement moses ray sol luna stella aurora dove paris "
    "sydney florence chelsea brooklyn london dallas austin houston jordan israel india china kenya georgia "
    "virginia carolina dakota savannah lourdes jersey milan chad troy tyrone lorraine denver cody page "
    "paige read penny bob sterling cash mac mo ty don ken sue nan peg bonny bonnie merry gay queenie "
    "princess marquis sheriff judge dee trip tripp case cage blaze ember ash ashe rowan"
).split()
_SINGULAR = (
    "the only",
    "the first",
    "the last",
    "the youngest ever",
    "one of only two",
    "one of three",
    "the sole",
)
_WHERE = (
    "in the county",
    "in the valley",
    "on the island",
    "in town",
    "in the region",
    "in the whole district",
    "at her firm",
    "in his regiment",
    "this side of the border",
    "for fifty miles",
    "in the diocese",
    "in the state",
    "in the village",
    "around here",
)
_WHO = (
    *"female male woman black deaf gay trans blind muslim sikh jewish asian wheelchair-using".split(),
    "openly gay",
    *"licensed registered certified working".split(),
    *[""] * 4,
)
_MADE_ANEW = frozenset({"ORG", "DATE", "AGE", "CONTACT", "HANDLE", "ID", "PROFESSION", "FAMILY", "SAFE"})
_HOUSES = ("house", "hill", "park", "bridge")
_PLACES_IN_A_FAMILY = ("eldest", "youngest", "oldest", "middle", "only boy", "only girl", "fourth")
_BORN_TOGETHER = ("triplets", "quads", "identical triplets", "quintuplets")
_SEVERAL = ("three", "four", "five", "different")
_KIN = "child sister brother son daughter sibling boy girl cousin twin".split()


@dataclass(frozen=True)
class Pools:
    """What stands in the place of what was marked."""

    first: list[str]
    last: list[str]
    word_names: list[str]
    towns: list[str]
    cities: list[str]
    by_trait: dict[Trait, list[str]]
    trait_of: dict[str, Trait]
    titles: frozenset[str]
    words: list[str]

    @classmethod
    def gather(cls) -> "Pools":
        """From the lists and packages of ``training.words``."""
        common = {key for key, (_, count) in dictionary() if count > 12}
        first = sorted(
            {key for key, (trait, _) in people() if trait is Trait.FIRST_NAME and key not in common}
        )
        last = sorted({key for key, (trait, _) in people() if trait is Trait.LAST_NAME and key not in common})
        located = {key: (trait, people_) for key, (trait, people_) in places() if 3 < len(key) < 25}
        by_trait: dict[Trait, list[str]] = {}
        trait_of: dict[str, Trait] = {}
        for trait, key, _ in listed("en"):
            by_trait.setdefault(trait, []).append(key)
            trait_of[key] = trait
        return cls(
            first,
            last,
            _WORD_NAMES,
            sorted(key for key, (_, number) in located.items() if key not in common),
            sorted(key for key, (_, number) in located.items() if number > 40_000),
            by_trait,
            trait_of,
            frozenset(by_trait.get(Trait.TITLE, [])) | frozenset(by_trait.get(Trait.KIN, [])),
            sorted(key for key, (_, count) in dictionary() if count > 14 and len(key) > 2),
        )


class Varier:
    """Makes variants; every choice comes from ``dice``."""

    def __init__(self, pools: Pools, dice: Random) -> None:
        self._pools = pools
        self._dice = dice

    def _maybe(self, share: float) -> bool:
        return self._dice.random() < share

    def vary(self, text: MarkedText) -> list[Piece]:
        """One variant of ``text``."""
        swaps: dict[str, str] = {}
        swap_names, swap_rest = self._maybe(0.8), self._maybe(0.75)
        pieces: list[Piece] = []
        for piece in text.pieces:
            words = piece.text
            if piece.kind == "PERSON" and swap_names:
                words = self._person(words, swaps)
            elif piece.kind == "PLACE" and swap_rest:
                words = self._place(words, swaps)
            elif piece.kind in _MADE_ANEW and swap_rest and self._maybe(0.7):
                words = self._other(piece.kind, words)
            pieces.append(Piece(words, piece.kind))
        return self._typed(pieces)

    def _person(self, written: str, swaps: dict[str, str]) -> str:
        words = [m.group() for m in _WORD.finditer(written)]
        names = [
            w for w in words if key_of(w) not in self._pools.titles and key_of(w) not in _PARTICLES
        ] or words
        titled = len(words) > len(names)

        def swap(match: re.Match[str]) -> str:
            word = match.group()
            key = key_of(word)
            if word not in names:
                return word
            if key not in swaps:
                if len(key) == 1:
                    swaps[key] = self._dice.choice("abcdefghjklmnoprstvwyz")
                elif (len(names) > 1 and word == names[-1]) or (
                    titled and len(names) == 1 and self._maybe(0.5)
                ):
                    swaps[key] = self._surname()
                else:
                    swaps[key] = self._given()
            return _like(word, swaps[key])

        return _WORD.sub(swap, written)

    def _given(self) -> str:
        way = self._dice.random()
        if way < 0.62:
            return self._dice.choice(self._pools.first)
        if way < 0.76:
            return self._dice.choice(self._pools.word_names)
        if way < 0.82:
            return self._dice.choice(_NICK)
        if way < 0.9:
            return self._invented(self._pools.first)
        return self._dice.choice(self._pools.last)

    def _surname(self) -> str:
        if self._maybe(0.12):
            return self._invented(self._pools.last)
        return self._dice.choice(self._pools.last)

    def _invented(self, pool: list[str]) -> str:
        one, other = self._dice.choice(pool), self._dice.choice(pool)
        return (one[: max(2, len(one) // 2)] + other[len(other) // 2 :])[:12]

    def _place(self, written: str, swaps: dict[str, str]) -> str:
        words = written.split()
        if _DIGIT.search(written) or len(words) > 3:
            return _WORD.sub(
                lambda m: (
                    str(self._dice.randint(1, 10 ** len(m.group()) - 1))
                    if m.group().isdigit()
                    else _like(m.group(), self._surname())
                    if len(m.group()) > 4
                    and key_of(m.group()) not in self._pools.trait_of
                    and self._maybe(0.8)
                    else m.group()
                ),
                written,
            )
        key = key_of(written)
        if key in self._pools.trait_of:
            return written
        if key not in swaps:
            swaps[key] = self._dice.choice(self._pools.cities if self._maybe(0.4) else self._pools.towns)
        return _like(written, swaps[key])

    def _other(self, kind: str, written: str) -> str:
        make = {
            "ORG": self._organisation,
            "DATE": self._date,
            "AGE": self._age,
            "CONTACT": self._contact,
            "HANDLE": self._handle,
            "ID": self._id,
            "PROFESSION": self._profession,
            "FAMILY": self._family,
            "SAFE": self._safe,
        }[kind]
        return _like(written, make(written))

    def _organisation(self, written: str) -> str:
        heads = self._pools.by_trait.get(Trait.ORGANISATION_HEAD, ["school"])
        if self._maybe(0.3):
            return written
        if self._maybe(0.35):
            return self._dice.choice(self._pools.by_trait.get(Trait.EMPLOYER, ["tesco"]))
        stem = self._dice.choice(
            [
                self._surname(),
                self._dice.choice(self._pools.towns),
                f"st {self._given()}'s",
                f"{self._surname()} and {self._surname()}",
                f"{self._dice.choice(self._pools.word_names)} {self._dice.choice(_HOUSES)}",
            ]
        )
        return f"{stem} {self._dice.choice(heads)}" if self._maybe(0.8) else stem

    def _date(self, _written: str) -> str:
        dice = self._dice
        day, month, year = dice.randint(1, 28), dice.randint(1, 12), dice.randint(1950, 2027)
        name, short = _MONTHS[month - 1], _MONTHS[month - 1][:3]
        suffix = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
        return dice.choice(
            [
                name,
                name,
                name,
                f"{name} {year}",
                f"{day} {name}",
                f"the {day}{suffix} of {name}",
                f"{day}{suffix} {short}",
                f"{short} {day}",
                f"{name} {day}{suffix}",
                f"{day}/{month}",
                f"{day}/{month}/{year % 100:02}",
                f"{day}.{month}.",
                f"{day:02}.{month:02}.{year}",
                f"{year}-{month:02}-{day:02}",
                str(year),
                str(year),
                f"the {dice.choice(_ORDINALS)} of {name}",
                f"{name} the {dice.choice(_ORDINALS)}",
                f"the summer of {year}",
                f"autumn '{year % 100:02}",
                f"late {name}",
                f"mid-{name}",
                dice.choice(_HOLIDAYS),
                dice.choice(_HOLIDAYS),
                f"{dice.choice(_HOLIDAYS)} {year}",
                f"{short} {year % 100:02}",
            ]
        )

    def _age(self, written: str) -> str:
        age = self._dice.randint(2, 97)
        if _DIGIT.search(written):
            return re.sub(r"\d+", str(age), written, count=1)
        if age < 10:
            return _ONES[age - 1]
        if age < 20:
            return _TEENS[age - 10]
        tens, ones = divmod(age, 10)
        return _TENS[tens - 2] + (self._dice.choice(["-", " "]) + _ONES[ones - 1] if ones else "")

    def _contact(self, written: str) -> str:
        dice = self._dice
        digits = "0" + "".join(dice.choice("0123456789") for _ in range(10))
        user = dice.choice(
            [self._given(), f"{self._given()[0]}.{self._surname()}", f"{self._given()}{dice.randint(1, 99)}"]
        )
        host = dice.choice(_DOMAINS)
        end = dice.choice(["com", "org", "co.uk", "net", "de", "ie", "ca", "com.au", "in", "ng"])
        spoken = [dice.choice(_SPOKEN[d]) for d in digits]
        for place in range(len(spoken) - 1):
            if digits[place] == digits[place + 1] and spoken[place] and self._maybe(0.8):
                spoken[place], spoken[place + 1] = "double " + spoken[place + 1], ""
        at, dot = dice.choice(
            [(" at ", " dot "), (" [at] ", " [dot] "), ("(at)", "(dot)"), (" AT ", "."), ("@", ".")]
        )
        return dice.choice(
            [
                written,
                f"{digits[:5]} {digits[5:]}",
                f"{digits[:4]} {digits[4:7]} {digits[7:]}",
                digits,
                f"+{dice.randint(20, 99)} {digits[1:4]} {digits[4:]}",
                f"{digits[1:4]}-{digits[4:7]}-{digits[7:]}",
                f"({digits[1:4]}) {digits[4:7]}-{digits[7:]}",
                " ".join(filter(None, spoken)),
                " ".join(filter(None, spoken)),
                f"{user}@{host}.{end}",
                f"{user}{at}{host}{dot}{end.replace('.', dot)}",
                f"{user}{at}{host}{dot}{end.replace('.', dot)}",
                f"www.{self._surname()}.{end}",
            ]
        )

    def _handle(self, written: str) -> str:
        dice = self._dice
        one, other = self._given(), dice.choice(self._pools.word_names)
        return dice.choice(
            [
                f"@{one}_{other}",
                f"{one}{dice.randint(1, 2010)}",
                f"{one}.{other}",
                f"x{one}x",
                f"{other}_{one}{dice.randint(1, 99)}",
                f"@{one}{other}",
                f"{other}{one}#{dice.randint(1000, 9999)}",
                f"the_real_{one}",
                written,
            ]
        )

    def _id(self, written: str) -> str:
        return re.sub(
            r"[A-Za-z]|\d",
            lambda m: (
                self._dice.choice("0123456789")
                if m.group().isdigit()
                else (m.group() if len(written) > 10 else self._dice.choice("abcdefghjklmnprstuvwxyz"))
            ),
            written,
        )

    def _profession(self, written: str) -> str:
        jobs = self._pools.by_trait.get(Trait.JOB, ["farrier"])
        if self._maybe(0.45):
            return written
        parts = [
            self._dice.choice(_SINGULAR),
            self._dice.choice(_WHO),
            self._dice.choice(jobs),
            self._dice.choice(_WHERE),
        ]
        return " ".join(filter(None, parts))

    def _family(self, written: str) -> str:
        dice = self._dice
        if self._maybe(0.5):
            return written
        many = dice.choice(
            ("five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "14")
        )
        kin = dice.choice(_KIN)
        return dice.choice(
            [
                f"the {dice.choice(_PLACES_IN_A_FAMILY)} of {many}",
                f"the youngest of {many} {kin}s",
                f"one of {dice.choice(['a set of', 'the', ''])} {dice.choice(_BORN_TOGETHER)}",
                f"the surviving {dice.choice(['twin', 'triplet'])}",
                f"{many} {kin}s by {dice.choice(_SEVERAL)} {dice.choice(['fathers', 'mothers'])}",
                f"two {kin}s married to two {dice.choice(_KIN)}s",
                f"the {dice.choice(['second', 'third', 'fourth'])} set of twins",
                f"adopted with {dice.choice(['his', 'her'])} {many} {kin}s",
            ]
        ).replace("  ", " ")

    def _safe(self, written: str) -> str:
        trait = self._pools.trait_of.get(key_of(written))
        if trait is None:
            return written
        size = len(written.split())
        for _ in range(8):
            other = self._dice.choice(self._pools.by_trait[trait])
            if abs(len(other.split()) - size) < 2:
                return other
        return written

    def _typed(self, pieces: list[Piece]) -> list[Piece]:
        """As another person, or another thumb, would have typed it."""
        no_apostrophes, no_commas = self._maybe(0.25), self._maybe(0.15)
        slang, slips, other_words = self._maybe(0.12), self._maybe(0.25), self._maybe(0.6)
        typed: list[Piece] = []
        for piece in pieces:
            words = piece.text
            if no_apostrophes:
                words = re.sub(r"(?<=\w)['’](?=\w)", "", words)
            if piece.kind is None:
                if no_commas:
                    words = re.sub(r"[,;](?=\s)", "", words)
                    if self._maybe(0.3):
                        words = re.sub(r"\.(?=\s)", "", words)
                if slang:
                    for long, short in _SLANG.items():
                        words = re.sub(rf"\b{long}\b", short, words)
                if other_words:
                    words = re.sub(r"\b[a-z]{4,}\b", lambda m: self._other_word(m.group()), words)
                if slips:
                    words = re.sub(r"\b[a-z]{5,}\b", lambda m: self._slip(m.group()), words)
            typed.append(Piece(words, piece.kind))
        return typed

    def _other_word(self, word: str) -> str:
        """Now and then another word, so that an unusual word in an ordinary place is no name."""
        if not self._maybe(0.06):
            return word
        if self._maybe(0.6):
            return self._dice.choice(self._pools.words)
        trait = self._dice.choice(
            [Trait.COMMON, Trait.CLINICAL, Trait.DIAGNOSIS, Trait.KIN, Trait.JOB, Trait.FAMOUS]
        )
        return self._dice.choice(self._pools.by_trait.get(trait, [word]))

    def _slip(self, word: str) -> str:
        if not self._maybe(0.05):
            return word
        place = self._dice.randrange(1, len(word) - 1)
        return self._dice.choice(
            [
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
                word[:place] + word[place + 1 :],
                word[:place] + word[place] + word[place:],
            ]
        )


def _like(written: str, other: str) -> str:
    """``other``, with capitals where ``written`` has them."""
    if written.isupper() and len(written) > 1:
        return other.upper()
    if written[:1].isupper():
        return re.sub(r"(?<![\w'’])[^\W\d_]", lambda m: m.group().upper(), other)
    return other
