"""Who is blamed: the doer, not the victim and not the speaker; nobody where nobody is named."""

from __future__ import annotations

import pytest

from harmledger.counts import Count
from harmledger.extract.actors import blame, main_actor
from harmledger.extract.draft import Draft, Found
from harmledger.extract.parties import parties_of, setting_of
from harmledger.extract.passages import scene_of
from harmledger.extract.reading import Reading, read_through
from harmledger.extract.roles import DOER
from harmledger.extract.whose import victims_of
from harmledger.model import Report, Scope


def reading(text: str) -> Reading:
    """Return a text read through."""
    return read_through(Report("r", text))


def blamed(text: str, count: str, scope: Scope = "incident") -> Found[str | None]:
    """Return who is blamed for the deaths that ``count`` counts in a text."""
    read = reading(text)
    first = next(i for i, token in enumerate(read.tokens) if token.text == count)
    figure = int(count.replace(",", ""))
    return blame(read, [Draft(first, first + 1, "killed", Count(figure), scope=scope)])[0]


@pytest.mark.parametrize(
    ("text", "count", "actor"),
    [
        ("An Israeli airstrike killed 9 people in Rafah.", "9", "israel"),
        ("In Rafah 9 people were killed by Israeli tank fire.", "9", "israel"),
        ("Russias air force bombed Saraqeb killing 9 civilians.", "9", "russia"),  # an apostrophe lost
        ("A Russian drone killed 9 people in Kherson.", "9", "russia"),
        ("Ukrainian shelling killed 9 people in Donetsk, its mayor said.", "9", "other"),
        ("The US-led coalition killed 9 civilians in a strike near Raqqa.", "9", "coalition"),
        ("Turkish artillery fire killed 9 civilians near Afrin.", "9", "turkey"),
        ("Daesh militants executed 9 men in Raqqa.", "9", "isis"),
        ("The Rapid Support Forces shelled Omdurman, killing 9 people.", "9", "other"),
        ("Gunmen killed 9 people in Celaya on Friday, prosecutors said.", "9", "other"),
        ("Hezbollah rockets killed 9 people in Metula.", "9", "hezbollah"),
        ("Rockets fired by Hamas killed 9 people in Sderot.", "9", "palestinian_groups"),
        # the victims are not the doers
        ("Syrian army shelling killed 9 rebels in Daraa.", "9", "syrian_government"),
        ("Rebel mortar fire killed 9 soldiers in Aleppo.", "9", "opposition"),
        ("US strikes killed 9 Islamic State militants in Syria.", "9", "coalition"),
        # the speaker is not the doer
        ("The Israeli army said 9 people were killed by rockets fired by Hamas.", "9", "palestinian_groups"),
        # media of the government call the rebels so
        ("Terrorists fired a mortar shell on Jaramana in Damascus killing 9 civilians.", "9", "opposition"),
        # nobody is named, or it is the whole war
        ("A bomb killed 9 people in Jaramana.", "9", None),
        ("Air strikes killed 9 people in Idlib. It was not immediately clear who carried out the raids.", "9", None),
        # either, or both
        ("The strike by Syrian or Russian jets killed 9 people in Idlib.", "9", "multiple"),
        ("Rebel infighting killed 9 fighters in Idlib.", "9", "multiple"),
    ],
)
def test_the_doer_of_the_clause_is_blamed(text: str, count: str, actor: str | None) -> None:
    """One sentence, one danger."""
    assert blamed(text, count).value == actor


def test_a_war_s_toll_has_no_doer() -> None:
    """The whole war is nobody's single act."""
    text = "Russian jets struck Idlib. More than 300,000 people have been killed since the war in Syria began in 2011."
    assert blamed(text, "300,000", "cumulative").value is None


def test_the_event_of_the_passage_gives_the_doer() -> None:
    """A sentence that names nobody takes the doer of the sentence before, and says so."""
    found = blamed("Israeli warplanes bombed a house in Rafah. Medics said that 9 people died.", "9")
    assert (found.value, found.because) == ("israel", "Israeli warplanes bombed, a sentence before")


def test_two_attacks_of_one_report_are_kept_apart() -> None:
    """Each count goes to the doer of its own sentence."""
    text = "Regime barrel bombs killed 9 people in Aleppo. Rebel mortar fire killed 12 people in the west of Aleppo."
    assert blamed(text, "9").value == "syrian_government"
    assert blamed(text, "12").value == "opposition"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Rebels shelled the base.", [("opposition", "agent")]),
        ("Rebels were killed.", [("opposition", "sufferer")]),
        ("An attack by rebels began.", [("opposition", "by")]),
        ("They struck a prison used by rebels.", [("opposition", "held")]),
        ("Jets bombed Daesh positions.", [("isis", "sufferer")]),
        ("The IS group fled.", [("isis", "named")]),
        ("A rebel-held town was hit.", []),  # who holds a town is no party to its shelling
        ("Syrian civilians fled.", []),  # a nation is a party only before a force or an attack
        ("The Syrian Observatory for Human Rights spoke.", []),  # a name that holds a nation's
        ("He told us that it is over.", []),  # "us" and "is" are words here
        ("A man was seen.", []),
    ],
)
def test_parties_have_their_part_in_the_sentence(text: str, roles: list[tuple[str, str]]) -> None:
    """Doers, sufferers, holders and speakers are told apart."""
    assert [(party.code, party.role) for party in parties_of(reading(f"Homs, Syria. {text}"))] == roles


def test_nameless_parties_are_known_by_the_country() -> None:
    """The rebels of Syria are not those of Congo."""
    assert setting_of(reading("Aleppo was calm, SANA said.")) == "syria"
    assert blamed("In Goma in Congo rebels shot dead 9 villagers.", "9").value == "other"
    assert blamed("In Idlib in Syria rebels shot dead 9 villagers.", "9").value == "opposition"


def test_the_main_actor_of_a_report() -> None:
    """The party most often said to do harm; none where nobody is."""
    assert main_actor(reading("Israeli jets bombed Rafah. Israeli shelling went on. Hamas fired a rocket.")) == "israel"
    assert main_actor(reading("The weather was fine.")) is None


@pytest.mark.parametrize(
    ("text", "count", "whose"),
    [
        ("The SDF said 9 of its fighters were killed near Harn.", "9", "sdf"),
        ("The YPG mourned 9 of their members.", "9", "sdf"),
        ("Turkish forces lost 9 men in the valley.", "9", "turkey"),
        ("The Houthis said that 9 civilians were killed.", "9", None),
    ],
)
def test_whose_people_are_counted(text: str, count: str, whose: str | None) -> None:
    """A party that tells of its own dead would be blamed for them."""
    read = reading(text)
    first = next(i for i, token in enumerate(read.tokens) if token.text == count)
    scene = scene_of(read)
    party = victims_of(scene, Draft(first, first + 1, "killed", Count(int(count))), scene.parties)
    assert (party.code if party else None) == whose


def test_two_sides_that_clash_are_both_to_blame() -> None:
    """The second side would be blamed alone, for it stands before the verb."""
    text = "Clashes between the Sudanese army and paramilitary fighters left 9 people dead in Omdurman."
    assert [party.code for party in parties_of(reading(text)) if party.role in DOER] == ["multiple"]


@pytest.mark.parametrize(
    "text", ["No one had been arrested as of Tuesday.", "Officers found the teen behind a parked van."]
)
def test_nobody_arrested_and_nobody_s_deed_name_no_doer(text: str) -> None:
    """Someone would be blamed where the police have nobody."""
    assert not [party for party in parties_of(reading(text)) if party.form in {"court", "person"}]


@pytest.mark.parametrize(
    ("text", "lands"),
    [
        ("A shell fell in Rafah. Rockets hit Sderot.", ["gaza", "israel"]),
        ("Israeli jets struck Tyre. Nobody was hurt.", ["lebanon", "lebanon"]),
    ],
)
def test_the_land_of_each_sentence_is_known(text: str, lands: list[str]) -> None:
    """Whose guns may be meant depends on where the harm was done, not on the nation named as a doer."""
    scene = scene_of(reading(text))
    assert [scene.land_at(number) for number in range(2)] == lands
