"""A drawing as PNG, for a report or a slide: the same SVG that the page shows, drawn on this machine.

A machine without fonts would draw figures without words, and nobody would notice; so that is looked for first.
"""

from __future__ import annotations

from functools import cache

from harmledger.errors import DeskError

_ZOOM = 2.0
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30"><text x="2" y="22" font-size="20">{}</text></svg>'
)
_WORDS = {"en": "Killed 14", "ar": "القتلى"}


def png_of(svg: str, language: str) -> bytes:
    """Return a drawing as PNG at twice its size; DeskError where no font on this machine has the language's letters."""
    if not _letters(language):
        raise DeskError(
            "No font on this machine has the letters that the drawing needs. Install one (such as DejaVu or Noto), or "
            "save the drawing as SVG.",
            "figures.no_font",
        )
    return _drawn(svg)


def _drawn(svg: str) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=_ZOOM, background="#ffffff", font_family="sans-serif"))


@cache
def _letters(language: str) -> bool:
    return _drawn(_PROBE.format(_WORDS.get(language, _WORDS["en"]))) != _drawn(_PROBE.format(""))
