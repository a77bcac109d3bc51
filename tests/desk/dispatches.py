"""Invented dispatches that fill a ledger for the desk: every event, person and outlet is made up."""

from __future__ import annotations

from pathlib import Path

import orjson

HOSTILE = (
    '<script>window.hit=1</script> Two people were killed in Binnish on 3 May 2030, <img src=x onerror="window.hit=1"> '
    "said =HYPERLINK(\"http://evil.example\",\"x\") \u202egnillek 5 erew\u202c and {{ 7*7 }}.\n\n"
    '<svg onload="window.hit=1"><a href="javascript:window.hit=1">Seven people were injured in Sarmin on 3 May 2030.</a></svg>'
)
_LONG = "x" * 300_000

REPORTS = [
    {"id": "wire-1", "outlet": "Example Wire", "published": "2030-05-02", "title": "Market struck in Saraqib",
     "text": "Market struck in Saraqib\n\nGovernment aircraft struck the market of Saraqib, in Idlib province, on 1 May 2030. "
     "Fourteen people were killed, including six children, and 34 others were injured, the civil defence centre said.\n\n"
     "Lina Darwish, a nine-year-old girl, was killed at the market, relatives said.\n\n"
     "More than 210 civilians have been killed in the province since the end of April, a spokeswoman said."},
    {"id": "daily-1", "outlet": "Invented Daily", "published": "2030-05-03", "title": "Death toll in Saraqib rises",
     "text": "An air strike on the market of Saraqib in Idlib province on 1 May 2030 killed 17 people and injured at least 40, "
     "a doctor at the local hospital said. The Ministry of Defence denied that its aircraft had struck the market."},
    {"id": "wire-2", "outlet": "Example Wire", "published": "2030-06-11", "title": "Shelling in Binnish",
     "text": "Three people, including a child, were killed and five were injured by artillery shelling on the town of Binnish "
     "on 10 June 2030, rescuers said."},
    {"id": "radio-1", "outlet": "Radio Beispiel", "published": "2030-06-12", "title": "Car bomb in Azaz",
     "text": "A car bomb killed two policemen and wounded seven civilians in Azaz on 11 June 2030, residents said. "
     "In Tell Nowhere, dozens of families were displaced."},
    {"id": "daily-2", "outlet": "Invented Daily", "published": "2030-07-20", "title": "Clashes in Idlib province",
     "text": "At least eight fighters were killed in clashes in Idlib province in July 2030, a monitor said. "
     "Two civilians were shot dead on Friday."},
    {"id": "arabic-1", "outlet": "وكالة المثال", "published": "2030-07-22", "title": "تقرير من سراقب",
     "text": "تقرير من سراقب\n\nFour people were killed and nine injured in Saraqib on 21 July 2030, قال مصدر طبي (a medical source) said."},
    {"id": "hostile-1", "outlet": '"><script>window.hit=1</script>', "published": "2030-05-04",
     "title": '<img src=x onerror="window.hit=1"> hostile', "address": "javascript:window.hit=1", "text": HOSTILE},
    {"id": "long-1", "outlet": "Long Lines", "published": "2030-05-05", "title": "One long line",
     "text": f"Nine people were killed in Taftanaz on 4 May 2030. {_LONG} Six people were injured in Sarmin."},
]  # fmt: skip


def write_reports(path: Path) -> Path:
    """Write the reports as JSON lines."""
    path.write_bytes(b"".join(orjson.dumps(report) + b"\n" for report in REPORTS))
    return path
