"""Invented dispatches that fill a ledger for the desk: every event, person and outlet is made up."""

from __future__ import annotations

from pathlib import Path

import orjson

HOSTILE = (
    '<script>window.hit=1</script> Two people were killed in Binnish on 3 May 2030, <img src=x onerror="window.hit=1"> '
    'said =HYPERLINK("http://evil.example","x") \u202egnillek 5 erew\u202c and {{ 7*7 }}.\n\n'
    '<svg onload="window.hit=1"><a href="javascript:window.hit=1">'
    "Seven people were injured in Sarmin on 3 May 2030.</a></svg>"
)
_LONG = "x" * 1_900_000


def _report(
    name: str, outlet: str, published: str, title: str, text: str, address: str | None = None
) -> dict[str, str]:
    told = {"id": name, "outlet": outlet, "published": published, "title": title, "text": text}
    return told | ({"address": address} if address else {})


REPORTS = [
    _report(
        "wire-1", "Example Wire", "2030-05-02", "Market struck in Saraqib",
        "Market struck in Saraqib\n\nGovernment aircraft struck the market of Saraqib, in Idlib province, on 1 May "
        "2030. "
        "Fourteen people were killed, including six children, and 34 others were injured, the civil defence centre "
        "said.\n\nLina Darwish, a nine-year-old girl, was killed at the market, relatives said.\n\n"
        "More than 210 civilians have been killed in the province since the end of April, a spokeswoman said.",
    ),
    _report(
        "daily-1", "Invented Daily", "2030-05-03", "Death toll in Saraqib rises",
        "An air strike on the market of Saraqib in Idlib province on 1 May 2030 killed 17 people and injured at least "
        "40, a doctor at the local hospital said. The Ministry of Defence denied that its aircraft had struck the "
        "market.",
    ),
    _report(
        "wire-2", "Example Wire", "2030-06-11", "Shelling in Binnish",
        "Three people, including a child, were killed and five were injured by artillery shelling on the town of "
        "Binnish on 10 June 2030, rescuers said.",
    ),
    _report(
        "radio-1", "Radio Beispiel", "2030-06-12", "Car bomb in Azaz",
        "A car bomb killed two policemen and wounded seven civilians in Azaz on 11 June 2030, residents said. "
        "In Tell Nowhere, dozens of families were displaced.",
    ),
    _report(
        "daily-2", "Invented Daily", "2030-07-20", "Clashes in Idlib province",
        "At least eight fighters were killed in clashes in Idlib province in July 2030, a monitor said. "
        "Two civilians were shot dead on Friday.",
    ),
    _report(
        "nowhere-1", "Radio Beispiel", "2030-07-21", "Raid on Tell Nowhere",
        "Eleven people were killed in a raid on the village of Tell Nowhere on 20 July 2030, a relief worker said.",
    ),
    _report(
        "arabic-1", "وكالة المثال", "2030-07-22", "تقرير من سراقب",
        "تقرير من سراقب\n\nFour people were killed and nine injured in Saraqib on 21 July 2030, قال مصدر طبي.",
    ),
    _report(
        "hostile-1", '"><script>window.hit=1</script>', "2030-05-04", '<img src=x onerror="window.hit=1"> hostile',
        HOSTILE, "javascript:window.hit=1",
    ),
    _report(
        "long-1", "Long Lines", "2030-05-05", "One long line",
        f"Nine people were killed in Taftanaz on 4 May 2030. {_LONG} Six people were injured in Sarmin.",
    ),
]  # fmt: skip


def write_reports(path: Path) -> Path:
    """Write the reports as JSON lines."""
    path.write_bytes(b"".join(orjson.dumps(report) + b"\n" for report in REPORTS))
    return path
