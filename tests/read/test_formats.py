"""Pages, PDF files, tables and streams."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from harmledger.errors import ReportError
from harmledger.model import Report
from harmledger.read import ReadOptions, read_report, read_reports
from harmledger.read.sniff import by_bytes

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Strike kills 14 | The Example Gazette</title>
<meta property="article:published_time" content="2021-03-04T10:00:00Z">
<meta property="og:site_name" content="The Example Gazette"></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>Strike kills 14 in Tal Amrin</h1>
<p>An air strike killed 14 people, among them six children, in the town of Tal Amrin on Wednesday, rescuers said.
The strike hit a market in the centre of the town, they added, and they searched the ruins for hours.</p>
<p>4410020030001 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed</p>
<p>A further 30 people were injured, the director of the hospital said; he added that the wards were full.</p></article>
<aside>Most read: <a href="/x">99 dead elsewhere</a></aside><footer>Copyright 2021 The Example Gazette</footer>
</body></html>"""


def _pdf(lines: list[str]) -> bytes:
    """Write the smallest PDF that shows the lines on one page."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td {shown} ET"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = io.StringIO()
    out.write("%PDF-1.4\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj{body}endobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n")
    out.writelines(f"{place:010d} 00000 n \n" for place in places)
    out.write(f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF")
    return out.getvalue().encode()


def test_a_page_gives_its_story_and_its_date(tmp_path: Path) -> None:
    """Menus, related stories, embed ids and notices are left out; the page's own date and outlet are found."""
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    report = read_report(path)
    assert "killed 14 people" in report.text
    assert "30 people were injured" in report.text
    assert not any(word in report.text for word in ("4410020030001", "World", "99 dead", "Copyright"))
    assert (str(report.published), report.outlet) == ("2021-03-04", "The Example Gazette")


def test_the_typed_date_outranks_a_date_found_on_a_page(tmp_path: Path) -> None:
    """What a page's marks say is a finding; what was typed is knowledge."""
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    assert str(read_report(path, published="2021-03-09").published) == "2021-03-09"


def test_a_page_says_its_encoding(tmp_path: Path) -> None:
    """A page in an old encoding is read by its own word."""
    path = tmp_path / "page.htm"
    path.write_bytes(PAGE.replace("utf-8", "windows-1251").replace("rescuers", "спасатели").encode("cp1251"))
    assert "спасатели" in read_report(path).text


def test_a_pdf_gives_its_paragraphs(tmp_path: Path) -> None:
    """Lines broken to fit the page are joined; the page number is no line of the report."""
    path = tmp_path / "report.pdf"
    path.write_bytes(
        _pdf(
            [
                "At least fourteen people were killed on Tuesday when shells fell on",
                "Tal Amrin, a monitor said, and many more were taken to hospital by",
                "Red Crescent volunteers who had come from the neighbouring town of",
                "Binnish during the night. Six of the dead were children, it was said by",
                "the Directorate of Health.",
                "1",
            ]
        )
    )
    text = read_report(path).text
    assert "fell on Tal Amrin" in text
    assert text.endswith("Directorate of Health.")


def test_a_pdf_without_text_says_so(tmp_path: Path) -> None:
    """A scan is not an empty report."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(_pdf([]))
    with pytest.raises(ReportError, match="most likely a scan"):
        read_report(path)


TABLE = 'ref;Body;Seen on\n1;"Two killed;\nthree hurt";2019-08-01\n2;;2019-08-01\n3;One killed;2019-02-31\n'


def test_a_table_is_read_by_its_map(tmp_path: Path) -> None:
    """Columns are found by the map and by known headings; a bad row is named by its line."""
    path = tmp_path / "reports.csv"
    path.write_text(TABLE)
    first, empty, wrong_day = read_reports([path], ReadOptions(columns={"published": "Seen on"}))
    assert isinstance(first, Report)
    assert (first.id, first.text, str(first.published)) == ("1", "Two killed;\nthree hurt", "2019-08-01")
    assert str(empty).startswith(f'{path}:4: "text" is empty')
    assert str(wrong_day).startswith(f'{path}:5: "published"')


def test_a_column_that_is_not_there_says_which_are(tmp_path: Path) -> None:
    """The message lists the headings."""
    path = tmp_path / "reports.csv"
    path.write_text(TABLE)
    (failed,) = read_reports([path], ReadOptions(columns={"text": "Story"}))
    assert 'has no column "Story". It has: ref, Body, Seen on.' in str(failed)


@pytest.mark.parametrize(
    ("original", "form"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"  <!DOCTYPE html><html>", "html"),
        (b"<?xml version='1.0'?>\n<html>", "html"),
        (b'{"id": "a", "text": "x"}\n{"id": "b"}', "jsonl"),
        (b'{"id": "a", "text": "x"}', "jsonl"),
        (b'{\n "id": "a",\n "text": "x"\n}', "json"),
        (b'[{"id": "a"}]', "json"),
        (b"[Homs] Two people were killed", "text"),
        (b"<3 people were killed", "text"),
        (b"Two people, said he", "text"),
    ],
)
def test_a_stream_is_known_by_its_first_bytes(original: bytes, form: str) -> None:
    """Only what is plain to see is taken for a format; the rest is text."""
    assert by_bytes(original) == form


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash is standard input."""

    class Piped:
        buffer = io.BytesIO(b'{"id": "a", "text": "x"}\n')

    monkeypatch.setattr("sys.stdin", Piped)
    (report,) = read_reports(["-"])
    assert isinstance(report, Report)
    assert report.id == "a"
