"""Sentences and tokens: offsets are the report's own."""

from harmledger.extract.reading import read_through
from harmledger.model import Report


def test_tokens_point_into_the_text() -> None:
    """Every token's offsets give back its characters."""
    text = "Ma'arrat al-Nu’man: 1,200 of Syria's 16-year-olds — «قتل» 𝟜 😀\n\nTwo.\nThree."
    reading = read_through(Report("r", text))
    assert all(text[t.start : t.end] == t.text for t in reading.tokens)
    assert [reading.words(s.first, s.last) for s in reading.sentences][-2:] == ["Two.", "Three."]
