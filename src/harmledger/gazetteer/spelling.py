"""How a place name is spelt, and the keys under which its other spellings meet.

``fold`` takes away what newspapers drop (case, marks, ayn and hamza, hyphens). ``norm`` also takes away what
transliterations differ in (the article, digraphs, doubled letters). ``strict`` keeps the consonants only, ``loose``
also confuses the consonants that are confused. Names in Arabic letters get the same two keys from their letters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

ARTICLES = frozenset(
    [
        "al",
        "el",
        "il",
        "ul",
        "at",
        "ath",
        "ad",
        "adh",
        "ar",
        "az",
        "as",
        "ash",
        "an",
        "ed",
        "en",
        "er",
        "es",
        "et",
        "ez",
        "esh",
        "ech",
        "eth",
        "edh",
        "az",
        "ezz",
        "ess",
        "l",
    ]
)
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_NOUN = re.compile(r"^(?:(?P<rest>\S.*?) (?:refugee )?camp|(?:مخيم|mukhayyam) (?P<other>\S.*))$", re.I)
_NOT_WORD = re.compile(r"[^\w]+")
# ayn, hamza and every sign that stands for one; dropped, never a break between words
_AYN = dict.fromkeys(map(ord, "'’‘`´ʼʿʾʹʻ′“”\"ˈ׳"), None)
_JOINED_ARTICLE = re.compile(r"^(?:al|el)(?=[a-z]{5,})")
_ARABIC_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ی": "ي", "ە": "ه",
        "ھ": "ه", "گ": "ك", "ـ": None, "ء": None,
    }
)  # fmt: skip
_ARABIC_SOUNDS = {
    "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "x", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s",
    "ش": "c", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m",
    "ن": "n", "ه": "h", "پ": "b", "چ": "c", "ڤ": "f", "ژ": "j",
}  # fmt: skip
_DIGRAPHS = (
    ("dsch", "j"), ("tsch", "c"), ("tch", "c"), ("sch", "c"), ("kh", "x"), ("gh", "g"), ("sh", "c"), ("ch", "c"),
    ("th", "t"), ("dh", "d"), ("dj", "j"), ("zh", "j"), ("ph", "f"), ("tz", "ts"), ("dz", "z"), ("q", "k"),
    ("ck", "k"), ("ou", "u"), ("oo", "u"), ("ow", "aw"), ("ee", "i"), ("ie", "i"), ("ei", "ay"), ("ai", "ay"),
    ("ey", "ay"), ("au", "aw"), ("iy", "i"), ("yy", "y"), ("o", "u"), ("e", "i"), ("v", "w"), ("p", "b"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
# A name that opens with a vowel keeps that in its key: "Uthmaniya" is not "Tamaniya".
_OPENING = "a"
_VOWEL_LETTERS = frozenset("aeiouyw")
_VOWELS = re.compile(r"[aeiouyw]+")
_LOOSE = str.maketrans({"c": "s", "x": "k", "g": "k", "j": "k", "z": "s", "d": "t", "h": None})


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling with its keys. ``norm`` is empty for a script that only exact folding can compare."""

    fold: str
    norm: str
    strict: str
    loose: str


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return the name in lower case without marks, ayn, hamza, hyphens and doubled spaces; each script stays itself.

    >>> fold("Ma`arrat an-Nu‘mān")
    'maarrat an numan'
    """
    if name.isascii():
        text = name.lower().translate(_AYN)
    else:
        text = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
        text = text.translate(_AYN).replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d")
        if _ARABIC.search(text):
            text = text.translate(_ARABIC_LETTERS)
    return " ".join(_NOT_WORD.sub(" ", text).replace("_", " ").split())


def without_noun(name: str) -> str:
    """Return "Al Maghazi" of "Al Maghazi Camp", which reports often leave so; empty where no such noun is there."""
    told = _NOUN.match(name)
    return told["rest"] or told["other"] or "" if told else ""


@lru_cache(maxsize=65536)
def rough(norm: str) -> str:
    """Return a norm with confusable consonants and diphthongs made one: ``marsurayn`` and ``marcurin`` meet."""
    return _DOUBLED.sub(r"\1", norm.translate(_LOOSE).replace("ay", "i").replace("aw", "u").replace("y", "i"))


def without_article(folded: str) -> str:
    """Return a folded name without its Arabic articles: ``tell al abyad`` is ``tell abyad``."""
    if _ARABIC.search(folded):
        return " ".join(word[2:] if word.startswith("ال") and len(word) > 4 else word for word in folded.split())
    words = folded.split()
    kept = [word for place, word in enumerate(words) if word not in ARTICLES or place == len(words) - 1]
    return " ".join(kept)


@lru_cache(maxsize=65536)
def spelling(name: str) -> Spelling:
    """Return the name's spelling with its keys.

    >>> spelling("Ash-Shajarah").strict == spelling("al Shajara").strict == spelling("الشجرة").strict
    True
    """
    folded = fold(name)
    if _ARABIC.search(folded):
        return _from_arabic(folded)
    if not _LATIN.search(folded):
        if not _CYRILLIC.search(folded):
            return Spelling(folded, "", "", "")
        latin = _latin_of_cyrillic(folded)
        norm = _norm(latin)
    else:
        norm = _norm(folded)
    strict = "".join(map(_consonants, norm.split()))
    return _keyed(folded, norm.replace(" ", ""), _OPENING + strict if norm[:1] in _VOWEL_LETTERS else strict)


def _keyed(folded: str, norm: str, strict: str) -> Spelling:
    return Spelling(folded, norm, strict, _DOUBLED.sub(r"\1", strict.translate(_LOOSE)))


def _latin_of_cyrillic(folded: str) -> str:
    return fold(anyascii(folded))


def _norm(folded: str) -> str:
    words = []
    for word in without_article(folded).split():
        if len(word) > 7:
            word = _JOINED_ARTICLE.sub("", word)
        for written, sound in _DIGRAPHS:
            if written in word:
                word = word.replace(written, sound)
        word = _DOUBLED.sub(r"\1", word)
        words.append(word[:-1] if len(word) > 3 and word[-1] == "h" and word[-2] in "ai" else word)
    return " ".join(words)


def _consonants(word: str) -> str:
    """Return a normed word's consonants; the t of a ta marbuta at its end is dropped, as it comes and goes."""
    if len(word) > 3 and word[-1] in "ht" and word[-2] in "aiu":
        word = word[:-2]
    return _VOWELS.sub("", word) or word[:1]


def _from_arabic(folded: str) -> Spelling:
    words = []
    bare = without_article(folded)
    for word in bare.split():
        if len(word) > 2 and word[-1] in "هتح":  # romanised, these ends come and go
            word = word[:-1]
        words.append("".join(_ARABIC_SOUNDS.get(letter, "") for letter in word))
    strict = "".join(words)
    return _keyed(folded, "", _OPENING + strict if bare[:1] in "اعيو" else strict)
