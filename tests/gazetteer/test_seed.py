"""The gazetteer of a fresh machine."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from harmledger.gazetteer import Hint, open_gazetteer
from harmledger.gazetteer.adding import add_file
from harmledger.gazetteer.build import SEED, changing, index_path
from harmledger.gazetteer.records import Account
from harmledger.gazetteer.seed import only_seed_of_another_version


@pytest.mark.slow
def test_a_fresh_machine_knows_the_larger_places_and_a_dump_outranks_them(tmp_path: Path) -> None:
    """Built once, without network; countries, states and regions are known; rows of a dump join those of their id."""
    gazetteer = open_gazetteer(tmp_path)
    made = index_path(tmp_path).stat().st_mtime_ns
    for words, country in [
        ("Aleppo", "SY"), ("Khan Younis", "PS"), ("Kharkiv", "UA"), ("Maiduguri", "NG"), ("Chicago", "US"),
        ("Kabul", "AF"), ("El Fasher", "SD"), ("Syria", "SY"), ("UK", "GB"), ("Eastern Ghouta", "SY"),
        ("Houston, Texas", "US"),
    ]:  # fmt: skip
        place = gazetteer.resolve(words).place
        assert place is not None, words
        assert place.country == country, words
    assert gazetteer.resolve("Springfield").place is None
    assert open_gazetteer(tmp_path).resolve("Kerbet Zalfo").place is None
    assert index_path(tmp_path).stat().st_mtime_ns == made
    dump = tmp_path / "SY.txt"
    row = [
        "170063",
        "Halab",
        "Halab",
        "Haleb",
        "36.5",
        "37.5",
        "P",
        "PPLA",
        "SY",
        "",
        "09",
        "",
        "",
        "",
        "0",
        "",
        "",
        "",
        "",
    ]
    dump.write_text("\t".join(row) + "\n", encoding="utf-8")
    account = add_file(tmp_path, dump)
    assert (account.kept, account.merged) == (0, 1)
    place = open_gazetteer(tmp_path).resolve("Haleb", Hint(countries=("SY",))).place
    assert place is not None
    assert (place.id, place.latitude, place.precision) == ("geonames:170063", 36.5, "city")


def test_only_a_seed_of_another_version_is_built_anew(tmp_path: Path) -> None:
    """What a person added is never thrown away by itself."""
    with changing(tmp_path) as builder:
        builder.note(Account(SEED))
    assert not only_seed_of_another_version(index_path(tmp_path))  # of this version
    with closing(sqlite3.connect(index_path(tmp_path))) as base:
        base.execute("UPDATE meta SET value='0'")
        base.commit()
        assert only_seed_of_another_version(index_path(tmp_path))
        base.execute("INSERT INTO sources VALUES ('SY.txt', 1, 0, 0, '2030-01-01')")
        base.commit()
    assert not only_seed_of_another_version(index_path(tmp_path))
