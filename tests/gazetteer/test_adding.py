"""Adding gazetteers: what a broken, hostile or repeated file does to the index (nothing it should not)."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from harmledger.errors import GazetteerError
from harmledger.gazetteer import Hint, open_gazetteer
from harmledger.gazetteer.adding import Telling, add_file
from harmledger.gazetteer.build import changing, index_path
from harmledger.gazetteer.index import Index


@pytest.fixture
def home(tmp_path: Path, plain_home: Callable[..., Path]) -> Path:
    """A home with a tiny index, so that no test pays for the world's places."""
    dump = tmp_path / "ZZ.txt"
    dump.write_text(dump_line(1, "Alt Dorf", 10.0, 20.0) + "\n", encoding="utf-8")
    return plain_home(tmp_path / "home", dump)


def dump_line(
    number: object, name: str, latitude: object, longitude: object, code: str = "PPL", names: str = ""
) -> str:
    """Return a row of a GeoNames dump."""
    columns = [str(number), name, name, names, str(latitude), str(longitude), "P", code, "ZZ", "", "01", "001"]
    return "\t".join([*columns, "", "", "0", "", "", "", "2024-01-01"])


def added(home: Path, path: Path, **telling: object) -> tuple[int, int, dict[str, int]]:
    """Add a file and return (new, joined, skipped by reason)."""
    account = add_file(home, path, Telling(**telling))  # type: ignore[arg-type]
    return account.kept, account.merged, dict(account.skipped)


def test_broken_rows_are_counted_and_the_good_ones_kept(home: Path, tmp_path: Path) -> None:
    """Each reason is said with the line it was first seen on."""
    dump = tmp_path / "YY.txt"
    lines = [
        dump_line(10, "Gut", 11.0, 21.0).encode(),
        dump_line(11, "Tausch", 121.0, 21.0).encode(),  # a latitude that is none
        dump_line(12, "Null", 0, 0).encode(),
        dump_line(13, "Wort", "north", 21.0).encode(),
        dump_line("x", "Ohne", 11.0, 21.0).encode(),
        b"too\tfew\tcolumns",
        dump_line(14, "Latin-1 \xe9", 11.0, 21.0).encode("latin-1"),
        dump_line(15, "Fluss", 11.0, 21.0).replace("\tP\tPPL", "\tH\tSTM").encode(),
        dump_line(16, "Verlassen", 11.0, 21.0, "PPLQ").encode(),
        dump_line(10, "Gut", 11.0, 21.0, names="Gutes Dorf").encode(),  # twice the same id
        b"",
        dump_line(17, "Auch Gut", 12.0, 22.0).encode(),
    ]
    dump.write_bytes(b"\n".join(lines) + b"\n")
    kept, joined, skipped = added(home, dump)
    assert (kept, joined) == (2, 1)
    assert skipped == {
        "latitude and longitude look swapped or out of range": 1,
        "coordinates are 0, 0": 1,
        "coordinates are not numbers": 1,
        "no id or no name": 1,
        "not 19 columns": 1,
        "not UTF-8": 1,
        "neither settlement nor area (streams, hills, farms)": 1,
        "historical": 1,
    }
    gazetteer = open_gazetteer(home)
    assert gazetteer.knows("Gutes Dorf")
    assert gazetteer.knows("Alt Dorf")
    assert not gazetteer.knows("Tausch")


def test_adding_a_file_again_makes_no_duplicates(home: Path, tmp_path: Path) -> None:
    """The same places, the same names."""
    dump = tmp_path / "YY.txt"
    dump.write_text("\n".join(dump_line(n, f"Dorf {n}", n / 10, n / 10) for n in range(1, 50)), encoding="utf-8")
    added(home, dump)
    first = Index(index_path(home)).counts()
    assert added(home, dump) == (0, 49, {})
    assert Index(index_path(home)).counts() == first
    entry = Index(index_path(home)).by_id("geonames:7")
    assert entry is not None
    assert entry.names == ("Dorf 7",)


def test_a_zip_is_read_and_a_zip_bomb_is_not(home: Path, tmp_path: Path) -> None:
    """A member that would grow more than a hundredfold is refused before it is unpacked."""
    good, bomb, empty, broken = (tmp_path / name for name in ("good.zip", "bomb.zip", "empty.zip", "broken.zip"))
    with zipfile.ZipFile(good, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "x" * 1000)
        archive.writestr("YY.txt", dump_line(20, "Zipdorf", 11.0, 21.0))
    assert added(home, good)[0] == 1
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("YY.txt", b"\0" * 50_000_000)
    with pytest.raises(GazetteerError, match="would grow from"):
        add_file(home, bomb)
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("notes.md", "nothing")
    with pytest.raises(GazetteerError, match=r"holds no \.txt"):
        add_file(home, empty)
    broken.write_bytes(good.read_bytes()[:60])
    with pytest.raises(GazetteerError, match="broken one"):
        add_file(home, broken)
    assert open_gazetteer(home).knows("Zipdorf")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("prose.txt", b"Nothing of the kind.\n", "is no GeoNames dump"),
        ("empty.txt", b"", "is no GeoNames dump"),
        ("wide.csv", b"a;b;c\n1;2;3\n", "no column for name, latitude, longitude"),
        ("areas.geojson", b"{]", "is no GeoJSON"),
        ("list.json", b"[1, 2]", "no list of features"),
    ],
)
def test_a_file_that_is_no_gazetteer_changes_nothing(
    home: Path, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    """The error says what was expected, and the index is the same file as before."""
    path = tmp_path / name
    path.write_bytes(content)
    before = index_path(home).read_bytes()
    with pytest.raises(GazetteerError, match=message):
        add_file(home, path)
    assert index_path(home).read_bytes() == before


def test_a_file_that_is_not_there(home: Path, tmp_path: Path) -> None:
    """Said so."""
    with pytest.raises(GazetteerError, match="there is no such file"):
        add_file(home, tmp_path / "none.txt")


def test_an_import_that_is_killed_leaves_the_old_index_usable(home: Path) -> None:
    """The new index is built aside; what a killed run left is cleared by the next."""
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from harmledger.gazetteer.build import changing\n"
        "with changing(Path(sys.argv[1])) as builder:\n"
        "    builder._base.execute('DELETE FROM places'); print('now', flush=True); time.sleep(60)\n"
    )
    running = subprocess.Popen([sys.executable, "-c", code, str(home)], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline() == "now\n"
    running.kill()
    running.wait()
    running.stdout.close()
    assert open_gazetteer(home).knows("Alt Dorf")
    assert list(index_path(home).parent.glob("*.building"))
    with changing(home):
        pass
    assert not list(index_path(home).parent.glob("*.building"))
    assert open_gazetteer(home).knows("Alt Dorf")


def test_an_error_in_the_middle_leaves_the_old_index(home: Path) -> None:
    """Nothing half-written is ever put in place."""
    before = index_path(home).read_bytes()
    with pytest.raises(sqlite3.OperationalError), changing(home) as builder:
        builder._base.executescript("DELETE FROM places; SELECT * FROM no_such_table")
    assert index_path(home).read_bytes() == before


def test_who_reads_goes_on_while_the_index_changes(home: Path, tmp_path: Path) -> None:
    """An open gazetteer answers from the old index, a new one from the new."""
    old = open_gazetteer(home)
    dump = tmp_path / "YY.txt"
    dump.write_text(dump_line(30, "Neudorf", 11.0, 21.0), encoding="utf-8")
    added(home, dump)
    assert not old.knows("Neudorf")
    assert old.knows("Alt Dorf")
    assert open_gazetteer(home).knows("Neudorf")


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to look like one" * 40])
def test_a_broken_index_is_named(home: Path, content: bytes) -> None:
    """The error says which file and what to do."""
    index_path(home).write_bytes(content)
    with pytest.raises(GazetteerError, match="harmledger gazetteer add"):
        open_gazetteer(home)


def test_an_index_of_another_version_is_named(home: Path) -> None:
    """Told apart by its format."""
    with sqlite3.connect(index_path(home)) as base:
        base.execute("UPDATE meta SET value='0'")
    base.close()
    with pytest.raises(GazetteerError, match="another version"):
        open_gazetteer(home)


def test_alternate_names_and_area_names_join_known_places(home: Path, tmp_path: Path) -> None:
    """Links and names of unknown places are counted, not kept."""
    names = tmp_path / "alternateNamesV2.txt"
    names.write_text("1\t1\tde\tOberdorf\n2\t1\tlink\thttps://example.org\n3\t999\ten\tNowhere\n", encoding="utf-8")
    kept, _, skipped = added(home, names)
    assert kept == 1
    assert sum(skipped.values()) == 2
    codes = tmp_path / "admin1CodesASCII.txt"
    codes.write_text("ZZ.01\tNordland\tNordland\t500\nZZ.99\tLeer\tLeer\t501\n", encoding="utf-8")
    assert added(home, codes)[0] == 1
    gazetteer = open_gazetteer(home)
    assert gazetteer.resolve("Oberdorf", Hint(countries=("ZZ",))).place
    found = gazetteer.resolve("Nordland province", Hint(countries=("ZZ",)))
    assert found.precision == "province_governorate"


def test_a_table_with_a_column_map(home: Path, tmp_path: Path) -> None:
    """P-code lists: columns told or found by their usual headings; bad rows counted."""
    table = tmp_path / "pcodes.csv"
    table.write_text(
        "loc_pcode,Village name,name_ar,latitude_y,longitude_x,admin1Name_en\n"
        "C1,Tell Amra,تل عمرة,35.1,36.1,Karun\nC2,,x,35,36,Karun\nC3,Weit,,95,36,Karun\nC4,Leer,,,,Karun\n",
        encoding="utf-8",
    )
    kept, _, skipped = added(home, table, columns={"name": "Village name"}, country="ZZ")
    assert kept == 1
    assert sum(skipped.values()) == 3
    gazetteer = open_gazetteer(home)
    assert gazetteer.knows("تل عمرة")
    place = gazetteer.resolve("Tel Amra", Hint(countries=("ZZ",))).place
    assert place is not None
    assert place.id == "pcodes:C1"
    assert place.admin1 == "Karun"
    assert gazetteer.resolve("Karun province", Hint(countries=("ZZ",))).precision == "province_governorate"


def test_a_table_with_swapped_coordinates_is_refused_with_the_remedy(home: Path, tmp_path: Path) -> None:
    """Longitudes over 90 in the column of latitudes."""
    table = tmp_path / "swapped.csv"
    table.write_text("name,lat,lon\nA Dorf,120.5,14.1\nB Dorf,121.0,14.2\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="--column latitude=lon --column longitude=lat"):
        add_file(home, table)
    assert added(home, table, columns={"latitude": "lon", "longitude": "lat"}, country="ZZ")[0] == 2


@pytest.mark.parametrize(
    ("told", "message"),
    [({"colour": "name"}, "There is no field"), ({"name": "Nom"}, 'has no column "Nom"')],
)
def test_a_wrong_column_map_is_named(home: Path, tmp_path: Path, told: dict[str, str], message: str) -> None:
    """With what there is instead."""
    table = tmp_path / "t.csv"
    table.write_text("name,lat,lon\nA Dorf,1,2\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=message):
        add_file(home, table, Telling(told))


def test_a_table_in_another_encoding_says_so(home: Path, tmp_path: Path) -> None:
    """Windows' Arabic is read, and the person told to check."""
    table = tmp_path / "old.csv"
    table.write_bytes("name,other,lat,lon\nTell Zor,تل زور,35.2,36.2\n".encode("cp1256"))
    account = add_file(home, table, Telling(country="ZZ"))
    assert "cp1256" in " ".join(account.sentences())
    assert open_gazetteer(home).knows("تل زور")


def test_areas_with_borders(home: Path, tmp_path: Path) -> None:
    """A crossing border is mended, a broken one skipped; the areas around a point are found, smallest first."""
    bow = {"type": "Polygon", "coordinates": [[[36, 35], [37, 36], [37, 35], [36, 36], [36, 35]]]}
    square = {"type": "Polygon", "coordinates": [[[30, 30], [40, 30], [40, 40], [30, 40], [30, 30]]]}
    far = {"type": "Polygon", "coordinates": [[[30, 130], [40, 130], [40, 140], [30, 130]]]}
    features = [
        {"type": "Feature", "properties": {"name": "Bow", "level": "2", "country": "ZZ"}, "geometry": bow},
        {"type": "Feature", "properties": {"name": "Square", "level": "1", "country": "ZZ"}, "geometry": square},
        {"type": "Feature", "properties": {"name": "Far"}, "geometry": far},
        {"type": "Feature", "properties": {"name": "None"}, "geometry": None},
        {"type": "Feature", "properties": {}, "geometry": square},
        "nonsense",
    ]
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    account = add_file(home, path)
    assert account.kept == 2
    assert account.skipped.total() == 4
    assert account.mended.total() == 1
    index = Index(index_path(home))
    assert [entry.name for entry in index.holding(35.5, 36.9)] == ["Bow", "Square"]
    assert index.holding(0.0, 0.0) == []
    dump = tmp_path / "TT.txt"
    rows = [dump_line(50, "Zwilling", 35.5, 36.9), dump_line(51, "Zwilling", 50.0, 60.0)]
    dump.write_text("\n".join(row.replace("\t01\t001", "\t\t") for row in rows), encoding="utf-8")
    added(home, dump)
    place = open_gazetteer(home).resolve("Zwilling", Hint(within=("Bow district",), countries=("ZZ",))).place
    assert place is not None
    assert (place.id, place.admin1, place.admin2) == ("geonames:50", "Square", "Bow")


def test_a_gazetteer_opens_in_milliseconds_and_answers_in_less_than_one(
    home: Path, plain_home: Callable[..., Path]
) -> None:
    """Measured generously: machines differ."""
    plain_home(home)
    start = time.perf_counter()
    gazetteer = open_gazetteer(home)
    assert time.perf_counter() - start < 0.25
    hint = Hint(countries=("SY",))
    gazetteer.resolve("Saraqeb", hint)
    start = time.perf_counter()
    for _ in range(100):
        gazetteer.resolve("Saraqeb", hint)
    assert (time.perf_counter() - start) / 100 < 0.01


def test_two_imports_at_once_both_arrive(home: Path, tmp_path: Path) -> None:
    """The second waits for the first."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom harmledger.gazetteer.adding import add_file\n"
        "add_file(Path(sys.argv[1]), Path(sys.argv[2]))\n"
    )
    running = []
    for number in (40, 41):
        dump = tmp_path / f"D{number}.txt"
        dump.write_text(dump_line(number, f"Dorf {number}", 11.0, 21.0), encoding="utf-8")
        running.append(subprocess.Popen([sys.executable, "-c", code, str(home), str(dump)], env=dict(os.environ)))
    assert [process.wait() for process in running] == [0, 0]
    gazetteer = open_gazetteer(home)
    assert gazetteer.knows("Dorf 40")
    assert gazetteer.knows("Dorf 41")


def test_an_area_that_two_gazetteers_tell_of_is_one(home: Path, tmp_path: Path) -> None:
    """A list of codes puts a province's middle elsewhere than the dump does; that makes it no second province."""
    dump = tmp_path / "XX.txt"
    area = dump_line(50, "Marland", 12.0, 22.0, "ADM1").replace("\tP\tADM1", "\tA\tADM1")
    dump.write_text(area + "\n", encoding="utf-8")
    added(home, dump)
    listed = tmp_path / "codes.csv"
    listed.write_text(
        "ADM3_PCODE,ADM3_EN,LAT,LON,ADM1_EN\nZZ0101,Ostheim,12.9,22.9,Marland\nZZ0102,Westheim,12.8,22.8,Marland\n",
        encoding="utf-8",
    )
    columns = (("id", "ADM3_PCODE"), ("name", "ADM3_EN"), ("latitude", "LAT"), ("longitude", "LON"))
    added(home, listed, columns=dict(columns), country="ZZ")
    found = open_gazetteer(home).resolve("Marland province", Hint())
    assert found.place is not None, found.because
    assert found.place.precision == "province_governorate"
