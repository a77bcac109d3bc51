"""Who is credited with a count: one row, one danger; rows that credit nobody beside rows that credit somebody."""

from __future__ import annotations

import re
import time

import pytest

from harmledger.counts import Count
from harmledger.extract.attribution import attribute, role_of
from harmledger.extract.draft import Draft
from harmledger.extract.reading import Reading, read_through
from harmledger.extract.voices import speakers
from harmledger.model import Report

NOBODY: tuple[str, ...] = ()


def marked(text: str) -> tuple[Reading, list[Draft]]:
    """Read a text whose counts stand in square brackets, and return it with a draft for each."""
    plain, spans = "", []
    for piece in re.split(r"(\[[^\]]*\])", text):
        if piece.startswith("["):
            spans.append((len(plain), len(plain) + len(piece) - 2))
            piece = piece[1:-1]
        plain += piece
    reading = read_through(Report("r", plain))
    drafts = [Draft(reading.token_at(start), reading.token_at(end - 1) + 1, "killed", Count(1)) for start, end in spans]
    return reading, drafts


def credited(text: str) -> list[tuple[str, ...]]:
    """Return the sources of each marked count."""
    return [found.value for found in attribute(*marked(text))]


ONE_SENTENCE = [
    # the speaker before, after, and behind "according to"
    ("Shelling killed [three] people, regional governor Oleh Marchenko said.", ("Oleh Marchenko",)),
    ("[Ten] people were injured, the Kenya Red Cross said.", ("Kenya Red Cross",)),
    ("Gunfire killed [two] guards, Reuters quoted two residents as saying.", ("two residents", "Reuters")),
    ('"We counted [17] bodies," said Amina Yusuf, a doctor at the Al-Noor hospital.', ("Amina Yusuf",)),
    ("[Two] men were shot on Elm Street, according to the sheriff's office.", ("sheriff's office",)),
    (
        "[Nine] died in Goma, according to three residents and a hospital official.",
        ("three residents", "a hospital official"),
    ),
    ("Residents reached by telephone said [dozens] of homes were burned.", ("Residents",)),
    ("The mayor of Marlow, Ivan Petrenko, wrote on Telegram that [two] women were hurt.", ("Ivan Petrenko",)),
    ("A hospital received [22] wounded, its director Salem Hadi said.", ("Salem Hadi",)),
    ("The ministry said nine were killed, but a witness, Omar Nour, said he saw [20] bodies.", ("Omar Nour",)),
    ("Ukraine's military put the number of wounded at [31].", ("Ukraine's military",)),
    ("A statement from the presidency said [one] guard was wounded.", ("presidency",)),
    ("Medics report [nine] dead.", ("Medics",)),
    ("The battle cost [nine] lives by the monitor's count.", ("monitor",)),
    ("By the monitor's count [nine] were killed.", ("monitor",)),
    ("16:20 Police: [17] troopers killed.", ("Police",)),  # a clock's time stands before
    ("- Dorosa health ministry (via al-Fajr): [31] martyred.", ("Dorosa health ministry", "al-Fajr")),
    ("The clinic's report noted that [seven] were killed.", ("clinic's report",)),  # a report that is no verb
    # who handed the words on comes second
    ("Gunmen killed [12] villagers, police spokesman Ibrahim Sule told Reuters by phone.", ("Ibrahim Sule", "Reuters")),
    (
        "Local media, quoting an unnamed security official, said [three] soldiers were held.",
        ("an unnamed security official", "Local media"),
    ),
    (
        "A bomb killed [19], the Sonna news agency reported, citing the police chief.",
        ("police chief", "Sonna news agency"),
    ),
    ("Reuters quoted local activists as saying [six] had died.", ("local activists", "Reuters")),
    ("A guard was quoted by the Harran Post as saying [ten] were held.", ("A guard", "Harran Post")),
    (
        "[Eight] died, survivors and a councillor told Vale Newswire on Sunday.",
        ("survivors", "a councillor", "Vale Newswire"),
    ),
    # set between commas; a plain noun with all before it
    ("The raids, the health ministry said, killed [nine].", ("health ministry",)),
    ("[Two] died, the neighbouring country's migration office said.", ("neighbouring country's migration office",)),
    ("[Six] died, a doctors' group said.", ("a doctors' group",)),
    ("[Twelve] died, according to a leaked slide.", ("a leaked slide",)),
    # headlines
    ("[Five] shot at Houston nightclub: police", ("police",)),
    ("[Two] killed in Jenin raid - Palestinian health ministry", ("Palestinian health ministry",)),
    ("Police: [five] people shot on a porch", ("Police",)),
    # commas lost
    ("At least [four] people died in Harran on Monday a monitoring group said.", ("a monitoring group",)),
    ("[Two] people were taken to a hospital police said.", ("police",)),
    ("Aziz Nour head of the Harran clinic said [two] people were hurt.", ("Aziz Nour",)),
    ("The Harran Observatory which has people on the ground said [seven] died.", ("Harran Observatory",)),
    # no word of speech, or none about the harm
    ("[Twelve] died, according to the latest toll.", NOBODY),
    ("[Twelve] died, 40 per cent of them children.", NOBODY),
    ("A domestic dispute left [two] people dead.", NOBODY),
    ("The charge that [two] died was dismissed by the army.", NOBODY),
    ("He was seen near the tents with [two] wounded friends.", NOBODY),
    ("[Six] people died in the blast.", NOBODY),
    ("He was reported killed along with [two] others.", NOBODY),
    ("The Taliban claimed responsibility for the attack that killed [seven] guards.", NOBODY),
    ("The blast claimed the lives of [four] people.", NOBODY),
    ("Authorities were looking for a man after [three] people were found dead.", NOBODY),
    ("Villagers buried [eight] people on Friday.", NOBODY),
    ("By Aziz Nour, Harran Post. [Six] people died on Monday.", NOBODY),
    ("The strike, which the coalition denied carrying out, killed [nine] people.", NOBODY),
    ("It was reported that [two] people had died.", NOBODY),
    ("Its reports were lost when [two] offices burned.", NOBODY),
    ("The army announced a truce. [Four] people had died before it.", NOBODY),
]


@pytest.mark.parametrize(("text", "expected"), ONE_SENTENCE, ids=lambda value: str(value)[:60])
def test_one_count(text: str, expected: tuple[str, ...]) -> None:
    """The speakers of a count, the original first."""
    assert credited(text) == [expected]


SEVERAL = [
    # two speakers, each for its own clause
    ("State media reported [five] dead; activists put the toll at [13].", [("State media",), ("activists",)]),
    ("Police said [one] man died while medics spoke of [three].", [("Police",), ("medics",)]),
    ("Kyiv said [four] died and Moscow said [one] died.", [("Kyiv",), ("Moscow",)]),
    # the next sentence has no word of speech
    ("Police said [one] man died. [Two] teens were taken to a hospital.", [("Police",), NOBODY]),
    # taken up again: the fullest name
    (
        "Human Rights Watch recorded [11] deaths. The group said [four] were children.",
        [("Human Rights Watch",), ("Human Rights Watch",)],
    ),
    (
        "Doctors Without Borders (MSF) said [14] died. MSF added that [three] were missing.",
        [("Doctors Without Borders",), ("Doctors Without Borders",)],
    ),
    (
        "[Two] died, a monitor said. The Harran Observatory said [one] was a child.",
        [("Harran Observatory",), ("Harran Observatory",)],
    ),
    (
        "Fatima Nour said she saw [two] fall. “[Three] more lay in the road,” she said.",
        [("Fatima Nour",), ("Fatima Nour",)],
    ),
    (
        "A military source told Reuters that [two] died. The source added that [five] fled.",
        [("A military source", "Reuters"), ("A military source",)],
    ),
    # a quotation that runs on keeps its speaker, what follows it has none
    (
        "“[Two] fell,” Aziz Nour said. “[Three] more lay in the road.” [Four] were buried.",
        [("Aziz Nour",), ("Aziz Nour",), NOBODY],
    ),
    # a headline run into the body: its own speaker, not the body's
    (
        "[Nine] killed in Harran raid At least [nine] people died on Monday a nurse said.",
        [NOBODY, ("a nurse",)],
    ),
    # a person is not the body of the same name
    (
        "The Nour Foundation said [two] died. Karim Nour said [three] died.",
        [("Nour Foundation",), ("Karim Nour",)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL, ids=lambda value: str(value)[:60])
def test_several_counts(text: str, expected: list[tuple[str, ...]]) -> None:
    """Each count has the speakers of its own clause."""
    assert credited(text) == expected


ROLES = [
    ("The army denied killing [ten] farmers.", "denied", "army"),
    ("The army denied reports that [ten] farmers were killed.", "denied", "army"),
    ("[Ten] farmers were killed, a clinic said, but the army denied this.", "disputed", "army"),
    ("A clinic said [ten] farmers were killed. The army denied the claim.", "disputed", "army"),
    ("The ministry disputed that [ten] had died.", "disputed", "ministry"),
    ("A clinic said [ten] died, a figure the ministry called baseless.", "disputed", "ministry"),
    ("A clinic said [ten] farmers were killed.", "stated", ""),
    ("The army denied involvement in the raid that killed [ten] farmers.", "stated", ""),
    ("The army denied responsibility after [ten] farmers were killed.", "stated", ""),
    ("[Ten] farmers were killed. The army denied them entry to the valley.", "stated", ""),
    ("Guards denied him access. [Ten] farmers were killed.", "stated", ""),
    ("[Ten] farmers were killed.", "stated", ""),
]


@pytest.mark.parametrize(("text", "role", "who"), ROLES, ids=lambda value: str(value)[:60])
def test_role(text: str, role: str, who: str) -> None:
    """What is denied is the harm, not the deed; because tells who denies."""
    (found,) = role_of(*marked(text))
    assert found.value == role
    assert who in found.because


def test_the_words_of_speech_are_the_reason() -> None:
    """What is shown as the reason is the report's own words."""
    (found,) = attribute(*marked("At least [six] died, the Kenya Red Cross said on Monday."))
    assert found.because == "the Kenya Red Cross said on Monday"


def test_speakers_with_kind_and_channel() -> None:
    """Each speaker once, by its fullest name, with its kind and through whom it was heard."""
    reading, _ = marked(
        "The Harran Observatory for Human Rights said two died. A nurse told Reuters there were three. "
        "The Observatory said it would count again. Police spoke at noon."
    )
    voices = {voice.name: voice for voice in speakers(reading)}
    assert list(voices) == ["Harran Observatory for Human Rights", "A nurse", "Reuters"]
    assert voices["Harran Observatory for Human Rights"].kind == "monitor"
    assert len(voices["Harran Observatory for Human Rights"].heard) == 2
    assert (voices["A nurse"].kind, voices["A nurse"].person, voices["A nurse"].named) == ("medical", True, False)
    assert voices["A nurse"].through == ("Reuters",)
    assert voices["Reuters"].handed_on == ("A nurse",)


@pytest.mark.parametrize(
    "unit",
    [
        "Nour said 5 died. ",
        "the of by said and ",
        "said ",
        "police and ",
        "\"'(@-: ",
        "according to the ",
        "Harran Nour ",
    ],
)
def test_time_grows_with_the_text(unit: str) -> None:
    """Ten times the text takes about ten times as long, whatever is repeated."""
    taken = []
    for times in (1500, 15000):
        reading = read_through(Report("r", unit * times))
        start = time.perf_counter()
        attribute(reading, [])
        taken.append(time.perf_counter() - start)
    assert taken[1] < max(taken[0], 0.02) * 40
