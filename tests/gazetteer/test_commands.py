"""``harmledger gazetteer …`` as a person types it."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from harmledger.errors import GazetteerError
from harmledger.gazetteer import Hint, open_gazetteer
from harmledger.gazetteer.aliases import alias_path, read_aliases
from harmledger.gazetteer.commands import app
from harmledger.gazetteer.download import fetch


@pytest.fixture
def ready(tmp_path: Path, plain_home: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own with the extract in it."""
    home = plain_home(tmp_path / "home")
    monkeypatch.setenv("HARMLEDGER_HOME", str(home))
    return home


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A local server with files laid out as GeoNames lays them out."""
    folder = tmp_path / "dump"
    folder.mkdir()
    row = [
        "70",
        "Serverdorf",
        "Serverdorf",
        "",
        "1.0",
        "2.0",
        "P",
        "PPL",
        "ZZ",
        "",
        "01",
        "",
        "",
        "",
        "0",
        "",
        "",
        "",
        "",
    ]
    with zipfile.ZipFile(folder / "ZZ.zip", "w") as archive:
        archive.writestr("ZZ.txt", "\t".join(row) + "\n")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    web = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{web.server_port}"
    web.shutdown()
    web.server_close()


def said(*words: str, status: int = 0) -> str:
    """Run a command and return what it wrote."""
    result = CliRunner().invoke(app, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result.output


def test_add_tells_what_was_kept_and_skipped(ready: Path, tmp_path: Path) -> None:
    """One good file, one that is none: the good one is added, the other named, the status 1."""
    table = tmp_path / "list.csv"
    table.write_text("name,lat,lon\nTell Amra,35.0,36.0\nWeit,95,36\n", encoding="utf-8")
    prose = tmp_path / "prose.txt"
    prose.write_text("nothing\n", encoding="utf-8")
    output = said("add", str(table), str(prose), "--country", "SY", status=1)
    assert "1 places new" in output
    assert "1 skipped: latitude and longitude look swapped or out of range (first at line 3)" in output
    assert "is no GeoNames dump" in output
    assert open_gazetteer(ready).knows("Tell Amra")


def test_list_shows_sources_and_countries(ready: Path) -> None:
    """What is there, by file and by country."""
    output = said("list")
    assert "places.txt: 3,3" in output
    assert "  SY " in output


def test_find_shows_the_place_or_its_candidates(ready: Path) -> None:
    """A pin with its reason; without one, candidates with theirs."""
    output = said("find", "Saraqeb", "--country", "SY")
    assert output.startswith("Saraqeb  35.8")
    assert "geonames:164816" in output
    output = said("find", "Madaya", "--country", "SY")
    assert output.startswith('No pin for "Madaya".')
    assert "35.4" in output
    assert said("find", "Madaya", "--near", "Zabadani", "--country", "SY").startswith("Madaya  33.69")
    assert said("find", "Madaya", "--within", "Idlib", "--country", "SY").startswith("Madayah  35.47")


def test_a_confirmed_spelling_is_kept_with_who_and_why(ready: Path) -> None:
    """It outranks every score, also where it is limited to a wider place; a later decision outranks an earlier one."""
    hint = Hint(within=("Hama",), countries=("SY",))
    assert open_gazetteer(ready).resolve("Sher Maghar", hint).status == "held"
    said("alias", "Sher Maghar", "Mork", "--by", "A. Recorder", "--why", "a guess", "--within", "Hama")
    said(
        "alias", "Sher Maghar", "geonames:168325", "--by", "B. Reviewer", "--why", "the map of 2019", "--within", "Hama"
    )
    found = open_gazetteer(ready).resolve("Sher Maghar", hint)
    assert found.place is not None
    assert found.place.id == "geonames:168325"
    assert "B. Reviewer" in found.because
    assert "the map of 2019" in found.because
    assert open_gazetteer(ready).resolve("Sher Maghar", Hint(countries=("SY",))).place is None
    assert len(alias_path(ready).read_text(encoding="utf-8").splitlines()) == 2
    assert open_gazetteer(ready).knows("sher maghar")


def test_a_spelling_is_not_confirmed_for_a_place_in_doubt(ready: Path) -> None:
    """An ambiguous name is not guessed; the id has to be given."""
    with pytest.raises(GazetteerError, match="Give the id"):
        said("alias", "Jdeideh", "Jadidah", "--by", "A. Recorder", "--why", "x")
    assert not alias_path(ready).exists()


def test_a_broken_line_of_confirmed_spellings_is_named(ready: Path) -> None:
    """File and line."""
    alias_path(ready).write_text('{"name": "X"}\n', encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"spellings\.jsonl:1"):
        read_aliases(ready)


def test_download_fetches_and_adds(ready: Path, server: str) -> None:
    """From another address with the same files; the licence is named."""
    output = said("download", "zz", "--base", server)
    assert "1 places new" in output
    assert "CC BY 4.0" in output
    assert open_gazetteer(ready).knows("Serverdorf")


def test_a_download_that_fails_says_so_and_leaves_nothing(ready: Path, server: str, tmp_path: Path) -> None:
    """A country that is not there, a code that is none, an address of another kind."""
    with pytest.raises(GazetteerError, match="could not be fetched"):
        said("download", "QQ", "--base", server)
    assert not list((ready / "gazetteer" / "downloads").glob("*.part"))
    with pytest.raises(GazetteerError, match="no country code"):
        fetch("../SY", tmp_path, server)
    with pytest.raises(GazetteerError, match="only http"):
        fetch("SY", tmp_path, "file:///etc")


def test_a_column_map_without_equals_sign(ready: Path, tmp_path: Path) -> None:
    """Said how to write it."""
    with pytest.raises(GazetteerError, match="FIELD=HEADING"):
        said("add", str(tmp_path / "x.csv"), "--column", "name")
