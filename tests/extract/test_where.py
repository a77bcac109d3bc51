"""Where harm happened: which names are places, which of them is the place of a count, and what is told around it."""

from __future__ import annotations

import re
import time

import pytest

from harmledger.counts import Count
from harmledger.extract.draft import Draft
from harmledger.extract.reading import Reading, read_through
from harmledger.extract.where import locate, place_words
from harmledger.extract.where.mentions import find_mentions
from harmledger.model import Report


def marked(source: str) -> tuple[Reading, list[Draft]]:
    """Return a text as a reading, and a draft for each [bracketed] count; ``[40 *]`` is a running total."""
    text, spans, position = "", [], 0
    for match in re.finditer(r"\[([^\]*]+?)( \*)?\]", source):
        text += source[position : match.start()]
        spans.append((len(text), len(text) + len(match[1]), bool(match[2])))
        text += match[1]
        position = match.end()
    reading = read_through(Report("r", text + source[position:]))
    drafts = []
    for start, end, total in spans:
        words = text[start:end].replace(",", "")
        count = Count(int(words)) if words.isdigit() else Count(None, bound="vague")
        first, last = reading.token_at(start), reading.token_at(end - 1) + 1
        drafts.append(Draft(first, last, "killed", count, scope="cumulative" if total else "incident"))
    return reading, drafts


def names(text: str) -> list[str]:
    """Return the words of the places that a text names."""
    reading = read_through(Report("r", text))
    return [reading.words(m.first, m.last) for m in find_mentions(reading)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell on the village of Tell Amra.", ["Tell Amra"]),  # a noun before
        ("A mine exploded in Karun district.", ["Karun"]),  # a noun after
        ("Two men died in al-Bustan.", ["al-Bustan"]),  # an article in lower case
        ("Two men died in al- Bustan.", ["al- Bustan"]),  # the hyphen came apart
        (
            "Warplanes bombed Rio Claro de Orna, a town near Sarva.",
            ["Rio Claro de Orna", "Sarva"],
        ),  # small words inside
        ("Karun is a small town on the coast.", ["Karun"]),  # said to be one
        ("Clashes broke out north of Karun.", ["Karun"]),  # a point of the compass
        ("Guns were heard in Syrias Karun.", ["Syrias", "Karun"]),  # a possessive without its apostrophe
        ("They bombed the Japanese Quarter of Karun city.", ["Japanese", "Karun"]),  # a nationality names a quarter
        ("The raids hit New Karun on Monday and the town of New Karun again.", ["New Karun", "New Karun"]),
        ("Karun, Maro and Delle villages were burnt.", ["Karun", "Maro", "Delle"]),  # a list shares its noun
    ],
)
def test_names_of_places_are_found_by_their_neighbours(text: str, expected: list[str]) -> None:
    """No gazetteer is needed where the text says that a name is a place."""
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Marwan Hadi said so.",  # a person
        "President Karun met Dr. Maro.",  # titles
        "The Karun Media Centre quoted the Ministry of Health.",  # bodies
        "It was shared on Facebook and on Telegram.",  # outlets
        "The attack on Monday came in Ramadan.",  # times
        "A Syrian officer and an Israeli general spoke.",  # nationalities
        "The US-led coalition and Russian-backed forces fought.",  # words about someone
        "Fighters of al-Nusra and Boko Haram fled.",  # groups
        "The Marwan family home was hit.",  # a family
        "The Iraqi-Turkish border was shut.",  # two peoples
        "The West blames the forces of Bashar al-Assad.",  # a ruler
        "Soldiers of the IFRC spoke to IFRC in IFRC.",  # initials
    ],
)
def test_names_of_others_are_no_places(text: str) -> None:
    """Persons, bodies, outlets, groups, times and peoples are no places of harm."""
    assert not [name for name in names(text) if name not in ("US",)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # the finest place of the sentence
        (
            "At dawn [five] people died in a raid on a home in the Sahra area of Karun in the northern Maro region.",
            "Sahra",
        ),
        ("An airstrike in Tell Amra, south of Karun, killed [four] people.", "Tell Amra"),
        ("A shell hit a bus in the Karun suburb of Delle, killing [two] people.", "Delle"),
        ("A bomb killed [three] people in Sudan's Delle district.", "Delle"),
        # nobody's seat, hospital or firing position
        ("[Two] people died when rockets fired from Maro hit Karun, a spokesman in Delle said.", "Karun"),
        ("[Six] villagers were shot in Tell Amra and their bodies taken to a hospital in Karun.", "Tell Amra"),
        ("BAGHDAD (Newsline) - A blast in the town of Delle killed [nine] people.", "Delle"),
        # each of two events has its own
        ("[Two] men were shot in Karun. In the town of Delle, a mine killed [one] woman.", "Karun Delle"),
        ("A raid killed [30] militants around Karun and another [five] in Maro.", "Karun Maro"),
        # carried over from the sentence before
        ("A mortar round struck a school in Karun. [Seven] pupils were killed.", "Karun"),
        ("Rockets hit the town of Delle on Friday. The dead included [three] women.", "Delle"),
        # a war's toll is the country's
        (
            "A raid on Delle killed [4] people. More than [200,000 *] people have died in Syria since the war began.",
            "Delle Syria",
        ),
        # no name, no place
        ("The attackers killed [four] people and left.", "None"),
        ("On Monday [four] people were killed, President Marwan said.", "None"),
    ],
)
def test_place_of_each_count(source: str, expected: str) -> None:
    """A count takes the finest place that its event is told to have happened in."""
    found = [str(f.value.name if f.value else None) for f in locate(*marked(source))]
    assert " ".join(found) == expected


def test_mention_tells_kind_and_what_holds_it() -> None:
    """The gazetteer is told the kind of place, the wider places and those near by."""
    reading, drafts = marked("A mine killed [two] men in the village of Delle, east of Maro in Karun province, Sudan.")
    mention = locate(reading, drafts)[0].value
    assert mention is not None
    assert (mention.words, mention.kind, mention.tie) == ("Delle", "village", "in")
    assert mention.near == ("Maro",)
    assert mention.span.of(reading.text) == "Delle"


def test_words_keep_the_noun_that_makes_the_name() -> None:
    """A camp or a province may bear a town's name; "Salmiya" alone would be another place."""
    assert place_words(*marked("Tents burned in Salmiya camp and [two] people died."))[0].value == "Salmiya camp"
    assert place_words(*marked("In the town of Karun [two] people died."))[0].value == "Karun"


def test_gazetteer_helps_where_the_text_does_not() -> None:
    """A name that only the gazetteer knows as a place is one."""
    reading, drafts = marked("Karun wept after [two] boys were shot.")
    assert locate(reading, drafts)[0].value is None
    helped = locate(reading, drafts, known=lambda name: name == "Karun")[0].value
    assert helped is not None
    assert helped.name == "Karun"


def test_reasons_are_the_words_of_the_report() -> None:
    """What is shown as the reason can be read: the words that name the place, and how far off they stand."""
    reading, drafts = marked("A raid hit the town of Karun. It killed [two] men. In Karun, [three] women were hurt.")
    reasons = [found.because for found in locate(reading, drafts)]
    assert reasons == ["'hit the town of Karun', one sentence before", "'In Karun' in its sentence"]


@pytest.mark.parametrize(
    "text",
    [
        "Karun " * 20_000,
        "in Karun, Maro and Delle " * 6_000,
        "12 " * 20_000,
        "of the northern besieged town of " * 4_000,
        "A bomb killed 4 people in Karun. " * 2_000,
    ],
)
def test_time_grows_with_the_text_only(text: str) -> None:
    """Twice the text takes about twice the time, not four times."""

    def seconds(words: str) -> float:
        reading = read_through(Report("r", words))
        step = max(1, len(reading.tokens) // 500)
        drafts = [Draft(i, i + 1, "killed", Count(2)) for i in range(0, len(reading.tokens), step)]
        start = time.process_time()
        locate(reading, drafts)
        return time.process_time() - start

    assert seconds(text) < 10.0


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # "the capital" and "the town" point to a place that has its name elsewhere
        (
            "A blast killed [nine] people in the town of Karun. In the capital, shells killed [two] people, "
            "a source in Damascus said. [Five] others were wounded in the capital.",
            ["Karun", "Damascus", "Damascus"],
        ),
        # a headline tells the city, the body its quarter
        (
            "Bomb kills [12] in Aleppo\nA bomb killed [12] people in Aleppo on Monday, police said. "
            "The blast hit the Zuhur neighbourhood in the east of the city. [Three] of the dead were children.",
            ["Zuhur", "Zuhur", "Zuhur"],
        ),
        # an outlet is no place
        ("A shell fell on the village of Tell Amra. In Airwars [four] people were named.", ["Tell Amra"]),
    ],
)
def test_counts_of_one_event_share_its_place(source: str, expected: list[str]) -> None:
    """What another sentence tells of the event, by name or by a word that points to it, counts."""
    assert [f.value.name if f.value else None for f in locate(*marked(source))] == expected


SPEAKERS = [
    "The civil defence branch in the Karun province affiliated to the opposition said [14] people were killed and "
    "others were injured as a result of raids by the regime's warplanes on the city of Maro in Karun countryside.",
    "The health office in Karun said on Monday that [14] people were killed when shells hit the market of Maro.",
    "A police spokesman in Karun told reporters that gunmen killed [14] farmers in the village of Maro.",
    "Medics in Karun reported that air strikes on the town of Maro killed [14] civilians.",
]


@pytest.mark.parametrize("text", SPEAKERS)
def test_where_a_speaker_is_nobody_was_harmed(text: str) -> None:
    """The place of who speaks stands first and is told plainly; what was struck stands after the words of speech."""
    assert [found.value for found in place_words(*marked(text))] == ["Maro"]
