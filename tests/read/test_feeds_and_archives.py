"""Saved feeds and web archives: each entry or page is a report, and nothing is fetched."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.errors import ReportError
from harmledger.model import Report
from harmledger.read import ReadOptions, read_originals, read_reports
from harmledger.read.feed import feed_entries
from harmledger.read.warc import warc_pages

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Example Wire</title>
<item><title>Two killed in Marlow</title><link>https://wire.example/1</link><guid>wire-1</guid>
<pubDate>Sat, 04 May 2030 23:30:00 +0000</pubDate>
<description>Two people were killed.</description>
<content:encoded><![CDATA[<p>Shelling killed two people in Marlow.</p>
<p>The hospital said so.<script>x()</script></p>]]></content:encoded></item>
<item><title>Three wounded</title><link>https://wire.example/2</link>
<description>Three were &lt;b&gt;wounded&lt;/b&gt; in Orsk &amp;amp; Velden.</description></item>
<item><link>https://wire.example/3</link></item>
</channel></rss>"""
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example Post</title>
<entry><id>urn:post:7</id><title>Seven killed</title><link href="https://post.example/7"/>
<updated>2030-05-08T10:00:00Z</updated><content type="text">Seven people were killed in Karsk.</content></entry>
</feed>"""
_PAGE = "<html><head><title>{title}</title></head><body><article><p>{text}</p></article></body></html>"


def _archive(path: Path, gzip: bool = True) -> Path:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    story = "An air strike killed {} people in the town of Marlow, rescuers said. " * 8
    first, later = (_PAGE.format(title="One", text=story.format(*[count] * 8)) for count in (14, 15))
    html = "text/html; charset=utf-8"
    pages = [
        ("https://wire.example/1", "200 OK", html, first),
        ("https://wire.example/logo.png", "200 OK", "image/png", "\x89PNG"),
        ("https://wire.example/gone", "404 Not Found", "text/html", _PAGE.format(title="No", text="Not here")),
        ("https://wire.example/1", "200 OK", html, first),
        ("https://wire.example/1", "200 OK", html, later),
        ("https://wire.example/empty", "200 OK", "text/html", "<html></html>"),
        ("https://wire.example/note", "200 OK", "text/plain", "Two people were killed in Orsk."),
    ]  # fmt: skip
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=gzip)
        for number, (address, status, kind, body) in enumerate(pages):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                address, "response", payload=io.BytesIO(body.encode()), http_headers=headers,
                warc_headers_dict={"WARC-Date": f"2030-05-0{number + 1}T00:00:00Z"},
            )  # fmt: skip
            writer.write_record(record)
    return path


def _reports(path: Path) -> tuple[list[Report], list[ReportError]]:
    found = list(read_reports([path]))
    return [f for f in found if isinstance(f, Report)], [f for f in found if isinstance(f, ReportError)]


def test_an_rss_feed_gives_a_report_an_entry(tmp_path: Path) -> None:
    """The whole text where the feed has it, else its summary, which is said; an entry without text is told."""
    (tmp_path / "news.rss").write_bytes(RSS)
    reports, errors = _reports(tmp_path / "news.rss")
    first, second = reports
    assert first.text == "Two killed in Marlow\n\nShelling killed two people in Marlow.\n\nThe hospital said so."
    assert (first.id, first.published, first.outlet) == ("wire-1", date(2030, 5, 4), "Example Wire")
    assert (first.address, first.notes) == ("https://wire.example/1", ())
    assert second.text == "Three wounded\n\nThree were wounded in Orsk & Velden."
    assert (second.id, second.published) == ("https://wire.example/2", None)
    assert "summary" in second.notes[0]
    assert "no text" in str(errors[0])


def test_an_atom_feed_is_known_by_its_bytes(tmp_path: Path) -> None:
    """A feed saved without an ending is still a feed; its own day and name outrank what is told on the command line."""
    (tmp_path / "saved").write_bytes(ATOM)
    (found,) = read_reports([tmp_path / "saved"], ReadOptions(date(2031, 1, 1), "Other"))
    assert isinstance(found, Report)
    assert (found.id, found.published, found.outlet) == ("urn:post:7", date(2030, 5, 8), "Example Post")


def test_an_entry_keeps_its_hash_while_the_feed_goes_on(tmp_path: Path) -> None:
    """Tomorrow's feed holds today's entries again; each is to be taken once. Its original is the feed it came in."""
    (tmp_path / "a.xml").write_bytes(RSS)
    (tmp_path / "b.xml").write_bytes(
        RSS.replace(b"<title>Example Wire</title>", b"<title>Example Wire</title><ttl>5</ttl>")
    )
    first, second = (next(iter(read_originals([tmp_path / name]))) for name in ("a.xml", "b.xml"))
    assert not isinstance(first, ReportError)
    assert not isinstance(second, ReportError)
    assert first[0].sha256 == second[0].sha256
    assert (first[1].data, second[1].data) == (RSS, (tmp_path / "b.xml").read_bytes())


@pytest.mark.parametrize("gzip", [True, False])
def test_a_web_archive_gives_a_report_a_page(tmp_path: Path, gzip: bool) -> None:
    """Images and pages that were not there are passed by, the same page twice is one, a changed page is another."""
    path = _archive(tmp_path / ("crawl.warc.gz" if gzip else "crawl.warc"), gzip)
    reports, errors = _reports(path)
    assert [report.id for report in reports] == [
        "https://wire.example/1",
        "https://wire.example/1 2030-05-05T00:00:00Z",
        "https://wire.example/note",
    ]
    assert "killed 14 people" in reports[0].text
    assert "killed 15 people" in reports[1].text
    assert "fetched 2030-05-01T00:00:00Z" in reports[0].notes[-1]
    assert len(errors) == 1
    (_, original), *_ = (found for found in read_originals([path]) if not isinstance(found, ReportError))
    assert original.data.startswith(b"<html>")


def test_an_archive_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    """Half a download must not cost the pages that came whole, and must be told."""
    for name in ("crawl.warc.gz", "crawl.warc"):
        whole = _archive(tmp_path / name, name.endswith("gz")).read_bytes()
        for cut in (1, 5, 20, 40, 150, 600):
            (tmp_path / name).write_bytes(whole[:-cut])
            reports, errors = _reports(tmp_path / name)
            assert reports
            assert any("breaks off" in str(error) for error in errors), (name, cut)


def test_what_is_no_feed_or_archive_is_told(tmp_path: Path) -> None:
    """A wrong ending is a message, not a crash."""
    (tmp_path / "a.xml").write_bytes(b"<note>not a feed</note>")
    (tmp_path / "b.warc").write_bytes(b"not an archive")
    for name in ("a.xml", "b.warc"):
        (error,) = read_reports([tmp_path / name])
        assert isinstance(error, ReportError)


def test_a_feed_names_no_file_and_no_address(tmp_path: Path) -> None:
    """feedparser opens what looks like a name; the bytes of a file must never be taken for one."""
    secret = tmp_path / "secret"
    secret.write_bytes(ATOM)
    found = list(feed_entries(str(secret).encode(), "x", ReadOptions()))
    assert [type(item) for _, item in found] == [ReportError]
    entity = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file://' + str(secret).encode() + b'">]>'
    (tmp_path / "e.xml").write_bytes(RSS.replace(b"<rss", entity + b"<rss").replace(b"Two people", b"&x; people"))
    reports, _ = _reports(tmp_path / "e.xml")
    assert all("Seven" not in report.text for report in reports)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 900))
def test_no_bytes_break_the_readers(noise: bytes, place: int) -> None:
    """Whatever stands in a file, it is a report or a message."""
    for original in (noise, RSS[:place] + noise + RSS[place:]):
        for _, found in feed_entries(original, "x", ReadOptions()):
            assert isinstance(found, Report | ReportError)
        for _, found in warc_pages(io.BytesIO(b"WARC/1.0\r\n" + original), "x", ReadOptions()):
            assert isinstance(found, Report | ReportError)
