"""Why two reports were put together, in plain words."""

from __future__ import annotations

from harmledger.model import Link

_SHOWN = 3


def reason_of(link: Link) -> str:
    """Return the reason of a link: who judged it, or how sure it is and by what.

    >>> reason_of(Link("a", "b", 0.97, (("the same day of harm", 2.6),)))
    '97% sure (the same day of harm +2.6)'
    """
    if link.judged:
        return link.judged
    parts = "; ".join(f"{words} {weight:+.1f}" for words, weight in link.weights[:_SHOWN])
    return f"{link.probability:.0%} sure ({parts})"
