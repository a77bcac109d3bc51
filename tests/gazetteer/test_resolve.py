"""From names to places, on the extract: what is found, what is held by a wider place, what is refused."""

from __future__ import annotations

import time

import pytest

from harmledger.gazetteer import Gazetteer, Hint, Mention

SYRIA = Hint(countries=("SY",))
IDLIB = Hint(within=("Idlib",), countries=("SY",))


@pytest.mark.parametrize(
    ("words", "hint", "name", "precision"),
    [
        ("Saraqeb", SYRIA, "Saraqeb", "town"),
        ("Idlib", SYRIA, "Idlib", "city"),  # the city, not the province of its name
        ("Idlib province", SYRIA, "Idlib", "province_governorate"),
        ("Idlib countryside", SYRIA, "Idlib", "province_governorate"),  # an area, not the city
        ("the southern countryside of Idlib", SYRIA, "Idlib", "district"),  # a side of it
        ("Damascus countryside", SYRIA, "Rif Dimashq", "province_governorate"),  # a province of its own name
        ("Syria", Hint(), "Syria", "country"),
        ("Maasran", IDLIB, "Ma`saran", "village"),
        ("Gaza Strip", Hint(), "Gaza Strip", "province_governorate"),
    ],
)
def test_found(gazetteer: Gazetteer, words: str, hint: Hint, name: str, precision: str) -> None:
    """The place and how finely it is known."""
    found = gazetteer.resolve(words, hint)
    assert found.status == "found", found.because
    assert found.place is not None
    assert (found.place.name, found.precision) == (name, precision)
    assert found.because


@pytest.mark.parametrize(
    ("area", "admin1"),
    [("Idlib", "Idlib"), ("Hama", "Hamah")],
)
def test_a_namesake_is_settled_by_the_province_told(gazetteer: Gazetteer, area: str, admin1: str) -> None:
    """Two villages of one name, forty kilometres apart."""
    found = gazetteer.resolve("Maasran", Hint(within=(area,), countries=("SY",)))
    assert found.place is not None
    assert found.place.admin1 == admin1


@pytest.mark.parametrize(
    "words",
    [
        "Jadidah",  # dozens of villages
        "Sher Maghar",  # in no gazetteer
        "Kerbet Zalfo",  # made up
        "Idlib-based",
        "Syrian",
        "University of Aleppo",
        "",
        "!!!",
        "a" * 5000,
    ],
)
def test_no_pin(gazetteer: Gazetteer, words: str) -> None:
    """Below the margin there are candidates or nothing, and a reason."""
    found = gazetteer.resolve(words, SYRIA)
    assert found.place is None
    assert found.precision == "unknown"
    assert found.because
    assert found.where_prec is None
    assert found.geo_precision is None


def test_an_ambiguous_name_shows_its_candidates(gazetteer: Gazetteer) -> None:
    """Each with a score and reasons."""
    found = gazetteer.resolve("Jadidah", SYRIA)
    assert found.status == "ambiguous"
    assert len(found.candidates) >= 2
    assert all(candidate.because for candidate in found.candidates)


def test_a_place_in_no_gazetteer_takes_the_area_that_holds_it_and_says_so(gazetteer: Gazetteer) -> None:
    """Its words stay, the area stands for it."""
    found = gazetteer.resolve("Sher Maghar", Hint(within=("Hama",), countries=("SY",)))
    assert found.status == "held"
    assert found.words == "Sher Maghar"
    assert found.held_by == "Hamah"
    assert found.precision == "province_governorate"
    assert "in no gazetteer" in found.because


@pytest.mark.parametrize("words", ["Rimal neighbourhood", "Shifa hospital", "Omar al-Mukhtar street"])
def test_what_a_town_holds_falls_back_to_the_town(gazetteer: Gazetteer, words: str) -> None:
    """The pin is the town's and its precision says so."""
    found = gazetteer.resolve(words, Hint(within=("Gaza City",), countries=("PS",)))
    assert found.status == "held"
    assert found.place is not None
    assert found.place.name == "Gaza"
    assert found.precision == "city"


def test_a_quarter_is_not_a_far_village_of_its_name(gazetteer: Gazetteer) -> None:
    """An Nasr by Rafah is not the quarter of Gaza City."""
    found = gazetteer.resolve("Nasr neighbourhood", Hint(within=("Gaza City",), countries=("PS",)))
    assert found.held_by == "Gaza"


def test_places_told_from_others(gazetteer: Gazetteer) -> None:
    """North of, near, between and on the road to are points beside a place, and their scales say so."""
    north = gazetteer.resolve("10 km north of Hama", SYRIA)
    hama = gazetteer.resolve("Hama", SYRIA)
    assert north.place is not None
    assert hama.place is not None
    assert north.status == "beside"
    assert north.place.latitude - hama.place.latitude == pytest.approx(0.09, abs=0.01)
    assert (north.where_prec, north.geo_precision) == (2, 2)
    assert (hama.where_prec, hama.geo_precision) == (1, 1)
    near = gazetteer.resolve("near Mork", SYRIA)
    assert near.precision == "subdistrict"
    between = gazetteer.resolve("between Khan Sheikhoun and Mork", SYRIA)
    assert between.place is not None
    assert 35.37 < between.place.latitude < 35.45
    road = gazetteer.resolve("the road between Hama and Aleppo", SYRIA)
    assert (road.precision, road.where_prec) == ("district", 5)
    lost = gazetteer.resolve("between Kerbet Zalfo and Mork", SYRIA)
    assert lost.place is None


def test_a_side_of_an_area_has_the_middle_of_its_places(gazetteer: Gazetteer) -> None:
    """North of the middle of all, and still no town."""
    whole, north = (
        gazetteer.resolve(words, SYRIA).place for words in ("Idlib province", "the northern Idlib countryside")
    )
    assert whole is not None
    assert north is not None
    assert north.latitude > whole.latitude + 0.1
    held = gazetteer.resolve("Kerbet Zalfo", Hint(within=("northern Gaza Strip",), countries=("PS",)))
    assert held.place is not None
    assert held.place.latitude > 31.45


def test_a_name_that_begins_with_a_town_is_held_by_it(gazetteer: Gazetteer) -> None:
    """Only for a large town of a country the report is about."""
    assert gazetteer.resolve("Khan Younis Beach", Hint(countries=("PS",))).held_by == "Khan Yunus"
    assert gazetteer.resolve("Khan Younis Beach", SYRIA).place is None


def test_what_is_in_no_gazetteer_takes_the_area_that_all_the_others_share(gazetteer: Gazetteer) -> None:
    """All in one district: the district; in two provinces: nothing."""
    one = [Mention("Rafah", Hint(kind="city")), Mention("Kerbet Zalfo"), Mention("Gaza Strip", Hint(kind="province"))]
    found = gazetteer.resolve_report(one)[1]
    assert (found.status, found.held_by) == ("held", "Rafah")
    two = [*one, Mention("Gaza City", Hint(kind="city"))]
    assert gazetteer.resolve_report(two)[1].held_by == "Gaza Strip"
    apart = [*one, Mention("Nablus", Hint(kind="city"))]
    assert gazetteer.resolve_report(apart)[1].place is None


def test_a_street_is_not_held_by_a_city_abroad(gazetteer: Gazetteer) -> None:
    """The city where a speaker sits stands nearest in the report."""
    mentions = [Mention("Nour Street", Hint(kind="street")), Mention("Kharkiv", Hint(kind="city"))]
    mentions += [Mention("Gaza Strip", Hint(kind="province")), Mention("Rafah", Hint(kind="city"))]
    assert gazetteer.resolve_report(mentions)[0].held_by == "Rafah"


def test_the_scales_of_areas(gazetteer: Gazetteer) -> None:
    """GED's where_prec and ACLED's geo_precision follow from the precision."""
    assert gazetteer.resolve("Idlib province", SYRIA).where_prec == 4
    assert gazetteer.resolve("Idlib province", SYRIA).geo_precision == 3
    assert gazetteer.resolve("Syria", Hint()).where_prec == 6


DISPATCH = {
    "Maaret al-Nu'man": (35.64, 36.67),
    "Saraqeb": (35.86, 36.80),
    "Khan Sheikhoun": (35.44, 36.65),
    "Mork": (35.37, 36.69),
    "al-Tmanea": (35.459, 36.748),
    "Tah": (35.541, 36.729),
    "Maasran": (35.707, 36.803),
    "Maarsorain": (35.668, 36.728),
}


def test_the_places_of_a_dispatch_settle_each_other(gazetteer: Gazetteer) -> None:
    """No area is told with the villages; their neighbours in the report are what places them."""
    mentions = [
        Mention("Idlib", Hint(kind="province")),
        *map(Mention, DISPATCH),
        Mention("Sher Maghar"),
        Mention("Syrian"),
    ]
    found = dict(zip([m.words for m in mentions], gazetteer.resolve_report(mentions, "Syrian forces"), strict=True))
    for words, point in DISPATCH.items():
        place = found[words].place
        assert place is not None, found[words].because
        assert (place.latitude, place.longitude) == pytest.approx(point, abs=0.03), words
        assert place.admin1 in ("Idlib", "Hamah")
    assert found["Sher Maghar"].place is None
    assert "in no gazetteer" in found["Sher Maghar"].because
    assert found["Syrian"].status == "no_place"


def test_a_world_city_is_not_a_village_of_the_country_reported_on(gazetteer: Gazetteer) -> None:
    """Kharkiv in a report on Syria is Kharkiv; a country's name is the country."""
    found = gazetteer.resolve("Kharkiv", Hint(near=((35.6, 36.7),), countries=("SY",)))
    assert found.place is not None
    assert found.place.country == "UA"
    assert gazetteer.resolve("Ukraine", SYRIA).precision == "country"


def test_the_country_of_a_report_is_voted_on(gazetteer: Gazetteer) -> None:
    """A name of many countries follows the others."""
    mentions = [Mention("Sanaa"), Mention("Saada"), Mention("Hodeidah"), Mention("Zabid")]
    places = [found.place for found in gazetteer.resolve_report(mentions)]
    assert all(place is not None and place.country == "YE" for place in places)


def test_membership_is_exact_but_for_case_marks_and_article(gazetteer: Gazetteer) -> None:
    """What asks whether a capitalised phrase is a place must not be told yes by likeness."""
    assert gazetteer.knows("saraqeb")
    assert gazetteer.knows("SARAQEB")
    assert gazetteer.knows("Khan-Sheikhoun")
    assert not gazetteer.knows("Saraqebb")
    assert not gazetteer.knows("")
    assert gazetteer.areas_like("Idlib province")[0].sort == "area1"


def test_many_names_take_linear_time(gazetteer: Gazetteer) -> None:
    """A page of ten thousand names does not hang."""
    mentions = [Mention(f"Kerbet Zalfo {number % 300}") for number in range(10_000)]
    start = time.perf_counter()
    assert len(gazetteer.resolve_report(mentions)) == 10_000
    assert time.perf_counter() - start < 20
