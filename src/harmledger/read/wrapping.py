"""Lines that were broken to fit a page become paragraphs again."""

from __future__ import annotations

import re
from itertools import pairwise

_LINE = re.compile(r"[^\r\n]+")


def unwrap(text: str) -> tuple[str, bool]:
    """Put spaces for line ends inside paragraphs, where the text was wrapped; every offset stays.

    A text counts as wrapped where most of its lines that another follows are nearly as wide as its widest ones.

    >>> unwrap("too short to tell\\nfrom a list")
    ('too short to tell\\nfrom a list', False)
    """
    lines = [(m.start(), m.start() + len(m.group().rstrip())) for m in _LINE.finditer(text) if m.group().strip()]
    followed = [
        (here, text[here[1] : after[0]], after)
        for here, after in pairwise(lines)
        if _line_ends(text[here[1] : after[0]]) == 1
    ]
    widths = sorted(here[1] - here[0] for here, _, _ in followed)
    if len(widths) < 4:
        return text, False
    width = widths[len(widths) * 9 // 10]
    full = [step for step in followed if step[0][1] - step[0][0] >= 0.75 * width]
    if not 45 <= width <= 120 or len(full) < 0.6 * len(followed):
        return text, False
    pieces: list[str] = []
    position = 0
    for here, gap, after in full:
        if text[after[0]] in "-*•–—" or text[here[0] : here[1]].isupper():
            continue
        pieces += [text[position : here[1]], " " * len(gap)]
        position = after[0]
    return "".join([*pieces, text[position:]]), True


def _line_ends(gap: str) -> int:
    return gap.count("\n") or gap.count("\r")
