"""Each standard's columns as they are published, and its rules applied to what reports say."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from cases_made import DAY, MARLOW, Said, case, cases, few, joined, killed, total
from hypothesis import given

from harmledger.counts import Count
from harmledger.dates import DateRange
from harmledger.export import FORMATS, Plan, export_cases
from harmledger.export.acled import Acled
from harmledger.export.deaths import ged_deaths
from harmledger.export.ged import Ged, priogrid
from harmledger.export.losses import Losses
from harmledger.export.rows import Making, Row, Sheet, Told
from harmledger.export.sdg import Sdg
from harmledger.model import Case, Span, Victim

GED = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,"
    "where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
)
ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
AIRWARS = (
    "post_id,post_status,post_published,post_modified,permalink,code,previous_codes,date_type,date,date_end,"
    "local_time_type,local_time,local_time_start,local_time_end,local_time_of_day,local_first_reported_date_time,"
    "local_first_reported_by,local_first_reported_url,country_name,country_slug,location_name,location_name_arabic,"
    "location_name_hebrew,location_name_ukrainian,region,strike_status_name,strike_status_slug,infrastructure_name,"
    "infrastructure_slug,strike_type_name,strike_type_slug,targeted_belligerent_name,targeted_belligerent_slug,"
    "observation_name,observation_slug,impact_name,impact_slug,total_strikes,civilian_harm_reported,"
    "civilian_harm_status_name,civilian_harm_status_slug,cause_of_death_injury_name,cause_of_death_injury_slug,"
    "geolocated,latitude,longitude,geolocation_status_name,geolocation_status_slug,geolocation_accuracy_name,"
    "geolocation_accuracy_slug,geojson_caption,geolocation_notes,geolocation_notes_internal,"
    "geolocation_sign_off_assessor,geolocation_sign_off_date_time,num_media,num_victims,num_victims_named,"
    "num_victims_named_english,num_victims_named_arabic,num_victims_named_hebrew,num_victims_named_ukrainian,"
    "num_reconciled,num_families,num_individuals,victim_average_age,declassified_assessment,press_release,"
    "civilian_non_combatants_killed_min,civilian_non_combatants_killed_max,civilian_non_combatants_injured_min,"
    "civilian_non_combatants_injured_max,children_killed_min"
)
AIRWARS_SIDES = {
    "sources": "post_id,code,name,language,url,archive_url,media",
    "victims": "post_id,code,name,name_arabic,name_hebrew,name_ukrainian,gender,pregnant,age,exact_age,"
    "killed_or_injured,additional_notes,url,reconciliation_id,group_code,in_group,num_group_members",
    "infrastructure": "post_id,code,group,name,affiliation,declared_target,destruction",
    "casualties": "post_id,code,casualty_type_taxonomy,casualty_type_name,casualty_type_slug,casualty_affiliation_name,"
    "casualty_affiliation_slug,while_working,killed_min,killed_max,injured_min,injured_max",
}


def rows(sheet: Sheet, one: Case) -> list[dict[str, object]]:
    """Return the rows of one case, figures as plain numbers."""
    return [_plain(row) for row in sheet.rows(one, Losses())]


def _plain(row: Row) -> dict[str, object]:
    return {name: cell.value if isinstance(cell, Told) else cell for name, cell in row.cells.items()}


def head(path: Path) -> str:
    """Return the first line of a file."""
    with path.open(encoding="utf-8") as file:
        return file.readline().rstrip("\n")


@pytest.mark.parametrize(("form", "columns"), [("ged", GED), ("acled", ACLED)])
def test_the_columns_are_the_standards_own(form: str, columns: str, tmp_path: Path) -> None:
    """A column that is missing, misspelt or out of order makes every reader of the standard fail."""
    export_cases([killed(14)], (), Plan(form, tmp_path / "x.csv"))
    assert head(tmp_path / "x.csv") == columns
    assert len(columns.split(",")) == {"ged": 49, "acled": 31}[form]


def test_airwars_has_its_columns_and_side_tables(tmp_path: Path) -> None:
    """The main table and each side table have the published columns in their order."""
    export_cases([killed(14)], (), Plan("airwars", tmp_path / "x.csv"))
    first = head(tmp_path / "x.csv")
    assert first.startswith(AIRWARS)
    assert first.endswith("belligerent_2_civcas_statements,belligerent_2_strike_reports")
    assert ",civilian_role_in_military_injured_max,num_sources,num_sources_twitter,num_sources_facebook," in first
    for name, columns in AIRWARS_SIDES.items():
        assert head(tmp_path / f"x.{name}.csv") == columns


@given(cases())
@few(150)
def test_ged_low_best_high_stand_in_their_order(one: Case) -> None:
    """For every row that can be: low <= best <= high, best is the sum of its parts, and somebody died."""
    for row in rows(Ged(Making()), one):
        low, best, high = int(str(row["low"])), int(str(row["best"])), int(str(row["high"]))
        assert 0 <= low <= best <= high
        assert high > 0
        parts = [int(str(row[name])) for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")]
        assert sum(parts) == best
        assert min(parts) >= 0


@given(cases())
@few(150)
def test_every_row_fits_its_columns(one: Case) -> None:
    """No sheet makes a cell that its table has no column for: it would be dropped without a word."""
    from harmledger.export.writers import SheetWriter, writer_of

    for form in ("csv", "ged", "acled", "airwars", "hxl", "sdg"):
        writer = writer_of(form, Making())
        assert isinstance(writer, SheetWriter)
        for row in writer.sheet.rows(one, Losses()):
            assert set(row.cells) <= set(writer.sheet.tables[row.table]), form


@given(cases())
@few(150)
def test_the_rows_of_sdg_add_up_to_the_toll(one: Case) -> None:
    """Naming victims and telling groups apart neither adds a death nor loses one."""
    found = rows(Sdg(Making()), one)
    known = one.entry.killed
    if found and known is not None:
        least = sum(int(str(row["documented_deaths_min"])) for row in found)
        assert least >= known.low or known.high == 0
        named = [row for row in found if row.get("name")]
        if not named:
            assert least == known.low
        assert all(row.get("estimated_deaths") is None for row in found)


@pytest.mark.parametrize(
    ("words", "count", "means", "number"),
    [
        ("dozens", Count(None, bound="vague"), "airstrike", 12),
        ("hundreds", Count(None, bound="vague"), "shooting", 100),
        ("several", Count(None, bound="vague"), "airstrike", 10),
        ("several", Count(None, bound="vague"), "shooting", 3),
        ("9 to 12", Count(9, 12), "airstrike", 9),
        ("at least 9", Count(9, bound="at_least"), "airstrike", 9),
    ],
)
def test_acled_takes_the_lowest_figure(words: str, count: Count, means: str, number: int) -> None:
    """Vague words become the codebook's numbers, ranges their low end."""
    (row,) = rows(Acled(Making()), case([Said(words, count)], means=means))
    assert row["fatalities"] == number


def test_acled_takes_a_number_before_a_vague_word() -> None:
    """ "Dozens" beside a figure of 30 adds no number of its own."""
    both = joined(
        case([Said("dozens", Count(None, bound="vague"))], "r1"),
        case([Said("30", Count(30))], "r2", outlet="Other Wire"),
    )
    (row,) = rows(Acled(Making()), both)
    assert int(str(row["fatalities"])) in (12, 30)


@pytest.mark.parametrize(
    ("means", "status", "kind", "expected"),
    [
        ("airstrike", "civilian", "killed", ("Explosions/Remote violence", "Air/drone strike", "Civilians targeted")),
        ("shelling", "unstated", "killed", ("Explosions/Remote violence", "Shelling/artillery/missile attack", None)),
        ("clashes", "civilian", "killed", ("Battles", "Armed clash", None)),
        ("shooting", "civilian", "killed", ("Violence against civilians", "Attack", "Civilians targeted")),
        ("shooting", "combatant", "killed", ("Battles", "Armed clash", None)),
        (None, "civilian", "detained", ("Violence against civilians", "Abduction/forced disappearance", None)),
    ],
)
def test_acled_types_and_civilians(means: str, status: str, kind: str, expected: tuple[str, str, str]) -> None:
    """The type follows from means and victims; civilians hurt in a battle are not flagged."""
    said = [Said("4", Count(4), kind, status=status)]  # type: ignore[arg-type]
    (row,) = rows(Acled(Making()), case(said, means=means))
    assert (row["event_type"], row["sub_event_type"], row["civilian_targeting"]) == expected


@pytest.mark.parametrize(
    ("days", "ged", "acled"), [(1, 1, 1), (2, 2, 2), (6, 2, 2), (7, 3, 2), (30, 4, 3), (200, 5, 3)]
)
def test_dates_have_the_standards_precision(days: int, ged: int, acled: int) -> None:
    """A span of days is told as coarse as each codebook has it."""
    when = DateRange(DAY, DAY.fromordinal(DAY.toordinal() + days - 1))
    (one,) = rows(Ged(Making()), killed(3, when=when))
    (other,) = rows(Acled(Making()), killed(3, when=when))
    assert (one["date_prec"], other["time_precision"]) == (ged, acled)
    assert when.start <= other["event_date"] <= (when.end or when.start)  # type: ignore[operator]


def test_ged_tells_fighters_from_civilians() -> None:
    """All the dead are counted; fighters killed by the party blamed are of the other side."""
    one = case([Said("3", Count(3), status="civilian"), Said("5", Count(5), status="combatant")])
    deaths = ged_deaths(one)
    assert deaths is not None
    assert (deaths.civilians, deaths.side_b, deaths.unknown, deaths.best) == (3, 5, 0, 8)
    clash = ged_deaths(case([Said("5", Count(5), status="combatant")], means="clashes"))
    assert clash is not None
    assert (clash.side_b, clash.unknown) == (0, 5)


def test_ged_does_not_guess_the_kind_of_violence() -> None:
    """An air strike that killed civilians may have been aimed at anyone: the column stays empty, and is told."""
    losses = Losses()
    (row,) = Ged(Making()).rows(killed(3), losses)
    assert row.cells["type_of_violence"] is None
    assert losses.lost["type_of_violence"] == 1
    (shot,) = rows(Ged(Making()), killed(3, means="shooting", actor="other"))
    assert shot["type_of_violence"] == 3
    (clash,) = rows(Ged(Making()), killed(3, means="clashes", actor="syrian_government", status="unstated"))
    assert clash["type_of_violence"] == 1


def test_ged_holds_no_event_without_a_death() -> None:
    """Injured alone are no event of GED; the note counts what was left out."""
    losses = Losses()
    assert not list(Ged(Making()).rows(case([Said("3", Count(3), "injured")]), losses))
    assert sum(losses.left_out.values()) == 1


def test_the_grid_cell_counts_from_the_south_west() -> None:
    """PRIO-GRID's first cell is at the south-west corner, its last at the north-east."""
    assert priogrid(-90, -180) == 1
    assert priogrid(90, 180) == 259_200
    assert priogrid(MARLOW.latitude, MARLOW.longitude) == 181_154


def test_sdg_names_victims_and_takes_them_out_of_their_group() -> None:
    """Six children of whom one is named are one row of her and one of five."""
    lina = Victim("r1", Span(0, 0), "Lina Probe", "killed", 9, "female", False)
    one = case([Said("14", Count(14)), Said("6", Count(6), group="children", part=True)], victims=(lina,))
    found = [(row.get("name"), row["age_group"], row["documented_deaths_min"]) for row in rows(Sdg(Making()), one)]
    assert found == [("Lina Probe", "Child (<18)", 1), (None, "Child (<18)", 5), (None, "Unknown", 8)]


@pytest.mark.parametrize("form", [name for name in FORMATS if name != "pdf"])
def test_running_totals_are_in_no_incident(form: str, tmp_path: Path) -> None:
    """A total of 987 stands apart where the format has a place for it, and in no incident's figure anywhere."""
    out = tmp_path / "x.out"
    export_cases([killed(3)], [total(Said("987", Count(987)))], Plan(form, out))
    main = out.read_bytes()
    note = (tmp_path / "x.out.loss.txt").read_text(encoding="utf-8")
    if form in ("jsonl", "html"):
        assert b"987" in main
    elif form not in ("parquet", "gpkg"):
        assert b"987" not in main
    apart = form in ("csv", "hxl", "parquet", "gpkg", "jsonl", "html")
    assert apart or "running totals: 1 not carried" in note


@pytest.mark.parametrize("form", ["ged", "acled", "airwars", "hxl", "sdg", "csv"])
def test_every_figure_leads_back_to_its_claims(form: str, tmp_path: Path) -> None:
    """The trace names the incident of every number, and the claims of every toll."""
    one = case([Said("14", Count(14)), Said("6", Count(6), group="children", part=True)])
    export_cases([one], (), Plan(form, tmp_path / "x.csv"))
    with (tmp_path / "x.csv.trace.csv").open(encoding="utf-8", newline="") as file:
        trace = list(csv.DictReader(file))
    assert trace
    known = {claim.id for claim in one.incident.claims}
    for row in trace:
        assert row["incident"] == one.entry.incident
        assert row["claims"]
        assert set(row["claims"].split("; ")) <= known
