import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.identifiers import find_with
from bot.identifiers.findings import Span
from bot.identifiers.plain import Plain
from bot.identifiers.rules.contacts import find_contacts
from tests.conftest import english


def places(text: str) -> list[tuple[int, int, str]]:
    """What overlaps as one, named by the longest of it."""
    plain = Plain.of(text)
    kept: list[list[Span]] = []
    for span in sorted(find_contacts(plain.text)):
        if kept and span.start < max(other.end for other in kept[-1]):
            kept[-1].append(span)
        else:
            kept.append([span])
    return [
        (
            *plain.span(group[0].start, max(span.end for span in group)),
            max(group, key=lambda span: span.end - span.start).why,
        )
        for group in kept
    ]


def found(text: str) -> list[tuple[str, str]]:
    """Why, and the words of everything found."""
    return [(why, text[start:end]) for start, end, why in places(text)]


EMAILS = [
    "anna.berger@example.org",
    "ANNA@EXAMPLE.ORG",
    "a+praxis@mail.example.co.uk",
    "anna_b-2@sub-domain.example.museum",
    "anna%b@example.de",
    "anna@müller-praxis.de",
    "anna(at)example.org",
    "anna (AT) example.org",
    "anna[at]example[dot]org",
    "anna [at] example [dot] org",
    "anna (at) example (dot) co (dot) uk",
    "anna{at}example{dot}org",
    "anna ( at ) example ( dot ) org",
    "anna @ example.org",
    "anna@example .org",
    "anna＠example．org",
    "anna﹫example.org",
    "ａｎｎａ@example.org",
    "j dot hollis at gmail dot com",
    "j.hollis at gmail.com",
    "lee underscore x at mail dot example",
    "name underscore x at hotmail dot co dot uk",
    "mandi dot k thirty-one at kestrel mail dot com",
    "bishop at stmilburgh dot example",
    "ana arroba correo punto com",
    "ana punto lopez arroba correo punto es",
    "jan at kestrelmail punkt de",
    "kojo.wa ÄT jugendball PUNKT test",
    "rita chiocciola posta punto it",
    "ola małpa poczta kropka pl",
    "rue (at sign) greenhill (dot) example",
    "hollis at mail dot example dot org",
    "rene\u0301@example.org",
    "an\u00adna@exam\u200bple.org",
]


@pytest.mark.parametrize("email", EMAILS)
@pytest.mark.parametrize(
    "frame", ["{}", "Write to {} today", "“{}”.", "({})", "E-mail: {}. She did.", "{}\nBest"]
)
def test_e_mail_addresses_are_found(email: str, frame: str) -> None:
    """However they are spelt, wherever they stand, and without the sentence around them."""
    assert found(frame.format(email)) == [("email", email)]


SPOKEN = [
    "oh seven seven double oh nine hundred one four two",
    "oh seven seven double nine hundred, six two",
    "oh double seven, double oh, nine hundred, one four two",
    "oh seven seven double oh nine hunner four one two",
    "zero one seven one, double four, triple six",
    "oh eight five, five five five, oh one, then forty seven",
    "plus two three three, then two four, four triple zero, one nine",
    "seven oh nine, triple five, oh one, eighty-eight",
    "07700 nine double-oh 1 8 6",
    "01632 960 zero six two",
    "null eins sieben eins vier vier sechs sechs",
    "zéro six un deux neuf quatre cinq neuf",
    "cero nueve uno dos uno siete siete",
]


@pytest.mark.parametrize("phone", SPOKEN)
@pytest.mark.parametrize("frame", ["{}", "Call {}, please", "her number is {}. She said"])
def test_numbers_read_aloud_are_found(phone: str, frame: str) -> None:
    """Digits as words, doubled or in figures between them."""
    assert found(frame.format(phone)) == [("phone", phone)]


PHONES = [
    # Great Britain
    "07700 900142",
    "07700900142",
    "07700–900142",
    "07700 9 0 0 1 4 2",
    "020 7946 0958",
    "(020) 7946 0958",
    "0044 20 7946 0958",
    "+44 20 7946 0958",
    "+44 (0)20 7946 0958",
    "0800 123 4567",
    # Ireland
    "086 123 4567",
    "+353 86 123 4567",
    # United States: also those that only films use
    "(212) 736-5000",
    "212-736-5000",
    "212.736.5000",
    "2127365000",
    "1-212-736-5000",
    "+1 212 736 5000",
    "+1 555 867 5309",
    # Germany, Austria, Switzerland
    "0171 1234567",
    "0171/123 45 67",
    "030/901820",
    "030 - 90 18 20",
    "+49 (0)30 901820",
    "+43 1 53454",
    "0664 1234567",
    "044 668 18 00",
    "+41 79 123 45 67",
    # France, Belgium, the Netherlands
    "06 12 34 56 78",
    "06.12.34.56.78",
    "06-12-34-56-78",
    "+33 6 12 34 56 78",
    "0470 12 34 56",
    "06-12345678",
    # Spain, Italy, Poland
    "612 345 678",
    "+34 612 345 678",
    "333 123 4567",
    "+39 06 698 12345",
    "601 123 456",
    "+48 601 123 456",
    # The north
    "08-123 456 78",
    "070-123 45 67",
    "+47 22 34 56 78",
    "+45 32 12 34 56",
    "040 123 4567",
    # Australia, New Zealand
    "0412 345 678",
    "(03) 9123 4567",
    "021 123 4567",
    # India, Greece, Japan, Brazil, South Africa, Nigeria, Mexico, Turkey, Israel
    "98620 55513",
    "22810 55501",
    "+91 98620 55513",
    "+30 22810 55501",
    "+81 90 1234 5678",
    "+55 11 91234 5678",
    "+27 82 123 4567",
    "+234 803 123 4567",
    "+52 55 1234 5678",
    "+90 532 123 45 67",
    "+972 52 123 4567",
    # O for 0, as some disguise it
    "O77OO-9OO-5I3",
    # Other digits
    "０２０ ７９４６ ０９５８",
    "٠٢٠ ٧٩٤٦ ٠٩٥٨",
    "0171\u00a01234567",
]


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize("frame", ["{}", "Call {} please", "tel:{}.", "It was {}, she said.", "in 2021 {}"])
def test_phone_numbers_are_found(phone: str, frame: str) -> None:
    """As people in many countries write them, and without the year before them."""
    assert found(frame.format(phone)) == [("phone", phone)]


def test_two_numbers_are_two_findings() -> None:
    """Also where only a space or a date stands between them."""
    assert found("020 7946 0958 07700 900142") == [("phone", "020 7946 0958"), ("phone", "07700 900142")]
    assert found("12.03.2019 020 7946 0958") == [("phone", "020 7946 0958")]


LINKS = [
    "https://www.example.com/in/anna-b-90210",
    "HTTP://EXAMPLE.ORG",
    "https://example.org/a?b=c&d=(e",
    "ftp://files.example.net",
    "www.praxis-berger.de",
    "praxis-berger.de",
    "müller.de",
    "mu\u0308ller.de",
    "example.co.uk",
    "linkedin.com/in/anna",
    "t.me/anna",
    "discord.gg/abc",
    "anna.blog.example.com",
    "ｅｘａｍｐｌｅ.com",
]


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize(
    "frame", ["{}", "See {} for more", "({})", "It stood on {}.", "“{}”, she said", "{}!"]
)
def test_links_are_found(link: str, frame: str) -> None:
    """With and without what they begin with, and without the signs that end the sentence."""
    assert found(frame.format(link)) == [("link", link)]


MENTIONS = [
    "<@318274659012345678>",
    "<@!318274659012345678>",
    "<@&318274659012345678>",
    "<#318274659012345678>",
    "</formulate start:318274659012345678>",
    "@quietharbor",
    "@anna.b_2",
    "@everyone",
    "priya.writes#4402",
]


@pytest.mark.parametrize("mention", MENTIONS)
@pytest.mark.parametrize("frame", ["{}", "I asked {} today", "({})", "It was {}: then", "{}?"])
def test_mentions_are_found(mention: str, frame: str) -> None:
    """As Discord stores them, and as people type them."""
    assert found(frame.format(mention)) == [("mention", mention)]


FILES = [
    "report.pdf",
    "notes_2021.docx",
    "IMG_0231.jpg",
    "photo.HEIC",
    "Anna Berger.pdf",
    "Session 12 (final).docx",
    "anna.berger.txt",
    "voice-memo.m4a",
]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("frame", ["{}", "see {} for more", "“{}”", "she sent me {}, then left"])
def test_file_names_are_found(file: str, frame: str) -> None:
    """With the capital words before them, and without the sentence."""
    assert found(frame.format(file)) == [("file", file)]


CLEAN = [
    "Breathe in: one two three four. Hold: one two three four five six seven. Out.",
    "Count down: five four three two one. Then one two three four five six seven eight.",
    "She had one, two, three children; he scored six, seven, seven, eight and nine.",
    "Two hundred, three hundred, four hundred, five hundred: she counted the money.",
    "It cost eight hundred and ten thousand; at two, at three and at four she rang.",
    "We dot the i's. At 9 dot the i's; at ten cross the t's. See me at 5, point taken.",
    "I looked at a dot com office, at the point of no return, at the polka dot in it.",
    "She arrived at eight, dot on time, and laughed at me.",
    "My fee is R950, £1,200 or 500,000; 20mg at 15:30, session 14 of 20.",
    "12345 67890 steps? No: 20000 25000 or 10000-15000.",
    "He called 3 times in 12 days, rang 20 24 48 hours later and texted at 10.30-11.20.",
    "She came at 10:30 and left at 11.20, as in every session since 2019.",
    "From 2019–2021 she worked nights; 2019-2021, or 2019 - 2021, was hard.",
    "Between 01.03.2019 and 04.05.2021, then 01.03.2019-04.05.2021.",
    "On 10/11/2019 12/12/2020, 12.03.2019 14:30, 2019-03-12 14:30, 03/12/2019 10:30.",
    "14.03.20 21.03.20 28.03.20, and 12/03/19 - 04/05/21.",
    "School years 2019/2020 2020/2021; 05/06 06/07 07/08.",
    "PHQ-9 of 14, GAD-7 of 12, CORE-OM 2.1 1.9 1.7 1.5 1.2.",
    "PHQ-9 12 14 13 11 10, then 18-16-14-12-11 and 18/16/14/12/11.",
    "The scores were 12 14 13 11 10 9 8 and 12, 14, 13, 11, 10.",
    "Rated 7 8 6 5 9 8 7 6 5; items 0 1 2 3 1 0 2 1 1; 0-1-2-3-4 0-1-2-3-4.",
    "1 2 3 4 5 6 7 8 9 10, 1-2-3-4-5-6-7-8-9-10.",
    "BP 120/80 130/85, pulse 72, 200-300 mg, 10-20-30-40-50-60.",
    "1 in 4 people; 3.5 mg, then 7.5 mg; 0.25 0.50 0.75 0.125.",
    "150 200 250 mg; 1.000.000 steps; 1 000 000 000 people; 10.000,50 €.",
    "See no.1 and no.2, e.g. the way she smiled, i.e. too quickly, etc.",
    "And/or, s/he, he/she, w/o, b/c, self-harm/suicide, CBT/DBT/ACT, 24/7.",
    "she said:no. She said: “no”... so... well...",
    "Dr. Who said so at 9 a.m. and 5 p.m., vs. no. of sessions.",
    "He went home.It was late. She asked me.No answer came.",
    "It felt like nothing.At the end she smiled.Is that so",
    "We met @ 10.30 and @ 3; seen @10:30, @10.30am, @10am and @ home. She cried.",
    "ICD-10 F43.1, DSM-5 309.81, F32.1/F41.1, pp. 120-134, 145-150.",
    "Bowlby 1969/1982; Casement 1985; U.S. and U.K., Ph.D. and M.Sc., St. John's wort.",
    "Aged 12–18 (n=24), 1990s–2010s, week 1–12; weeks 13–24; 2x/week, 1:1, 50:50.",
    "T-score 65, 70, 75, 80, 85. #1 and #2; C# and F#. 0-10 scale: 7-8 before, 2-3 after.",
    "She is 34; her mother 61; her sons 3, 5 and 7. 70 000 to 80 000 euros.",
    "00:15-00:30 01:00-02:00; 09.30-10.20 10.30-11.20; 10.30-11.20 12.00-12.50.",
    "I looked at her. Dot, her cat, at home. Look at that polka dot dress.",
    "A smile <3, a <:cat:318274659012345678>, 1️⃣ rest 2️⃣ talk, 👩‍⚕️ listens.",
    "Isn’t it? “I don’t know”… —she said— ‘perhaps’; l’été, à bientôt, größer, zażółć.",
]


@pytest.mark.parametrize("text", CLEAN)
def test_clinical_sentences_are_let_through(text: str) -> None:
    """Years, ages, times, scores, doses and abbreviations point at nobody."""
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        text
        for strategy in english().strategies
        for text in (*strategy.wording, strategy.when, strategy.caution, strategy.source)
    ]
    + [text for mechanism in english().mechanisms for text in mechanism.more.sources]
    + [english().charter],
)
def test_what_the_library_says_is_let_through(text: str) -> None:
    """Whoever takes a strategy's own words for a plan is not refused."""
    assert found(text) == []


def test_nothing_is_found_in_nothing() -> None:
    """Empty fields are the usual case."""
    assert found("") == []


ONE_OF_EACH = [EMAILS[0], PHONES[0], LINKS[0], MENTIONS[0], FILES[0]]


def test_everything_found_blocks() -> None:
    """What reaches a person is never a matter of taste."""
    spans = list(find_contacts(" ; ".join(ONE_OF_EACH)))
    assert {(span.why, span.kind) for span in spans} == {
        ("email", "contact"),
        ("phone", "contact"),
        ("link", "contact"),
        ("mention", "handle"),
        ("file", "id"),
    }
    assert {span.severity for span in spans} == {"block"}


@pytest.mark.parametrize("text", ONE_OF_EACH)
def test_every_finding_has_its_sentence(text: str) -> None:
    """The key names the sentence that says why, and another what could stand there."""
    texts = english().texts
    (finding,) = find_with(None, text)
    assert "these words" in texts(finding.why, words="these words")
    assert texts(finding.suggestion.key)


# Offsets

BEFORE = [
    "",
    "👩‍⚕️🏳️‍🌈 ",
    "e\u0301e\u0301e\u0301 ",
    "שלום, העולם ",
    "\u202eمرحبا\u202c ",
    "１２３ ﬁﬃ ½ … ",
    "a\u200b\u200d\ufeff\u00ad ",
    "𝒜𝓃𝓃𝒶 ",
]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("after", BEFORE)
def test_offsets_are_characters_of_the_text_as_given(before: str, after: str) -> None:
    """Emoji, marks, invisible signs and right-to-left text around it change nothing."""
    text = f"{before}anna@example.org {after}"
    place = len(before)
    assert places(text) == [(place, place + 16, "email")]


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_before_an_address_shifts_it(before: str, after: str) -> None:
    """Whatever else is found, some finding holds the address where it stands now."""
    text = f"{before} anna.berger@example.org {after}"
    start = len(before) + 1
    end = start + len("anna.berger@example.org")
    assert any(first <= start and end <= last for first, last, _ in places(text))


@given(st.text(st.characters(categories=["Lo", "So", "Mn", "Cf", "Zs"]), max_size=40))
def test_any_text_without_signs_shifts_it_exactly(before: str) -> None:
    """Letters without case, emoji, marks and spaces are no part of an address."""
    text = f"{before}; anna.berger@example.org"
    assert found(text) == [("email", "anna.berger@example.org")]
    assert places(text)[0][0] == len(before) + 2


@given(st.lists(st.sampled_from([*EMAILS, *PHONES, *LINKS, *MENTIONS, *FILES, *CLEAN]), max_size=6))
def test_findings_are_apart_and_in_order(parts: list[str]) -> None:
    """None is empty, none overlaps another, and every identifier lies within one."""
    text, wanted = "", list[tuple[int, int]]()
    for part in parts:
        if part not in CLEAN:
            wanted.append((len(text), len(text) + len(part)))
        text += f"{part} ; "

    assert [(start, end) for start, end, _ in places(text)] == wanted


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    """Nothing fails, and looking twice finds the same."""
    assert places(text) == places(text)


@given(
    st.sampled_from([*EMAILS, *PHONES, *LINKS]), st.sampled_from("\u00ad\u200b\u200d\ufe0f\u2060"), st.data()
)
def test_invisible_signs_hide_nothing(identifier: str, sign: str, data: st.DataObject) -> None:
    """A sign that nobody sees, put anywhere inside, does not take an identifier out of sight."""
    place = data.draw(st.integers(1, len(identifier) - 1))
    hidden = f"{identifier[:place]}{sign}{identifier[place:]}"
    assert [words for _, words in found(hidden)] == [hidden]


def test_look_alikes_hide_nothing() -> None:
    """An address or a number in full width is the same to a reader."""
    wide = "".join(
        chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in "anna@example.org 07700 900142"
    )
    assert unicodedata.normalize("NFKC", wide) == "anna@example.org 07700 900142"
    assert [kind for kind, _ in found(wide)] == ["email", "phone"]


# Overlaps


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("link", "mailto://anna@example.org"),
        ("link", "https://example.org/07700900142/report.pdf"),
        ("email", "anna.b#4402@example.org"),
        ("file", "example.com.pdf"),
    ],
)
def test_what_overlaps_is_one_finding(why: str, words: str) -> None:
    """As long as all of it."""
    assert found(words) == [(why, words)]


def test_a_long_text_is_looked_through_whole() -> None:
    """Four thousand characters, and the last of them counts."""
    text = "She smiled. " * 330
    assert found(f"{text}anna@example.org") == [("email", "anna@example.org")]
