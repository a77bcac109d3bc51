"""Write the lists of nouns for persons and for structures out of WordNet 3.0 (its licence stands in the lists).

    python bench/make_nouns.py /usr/share/wordnet          (Debian: wordnet-base)

A noun is taken where its first sense is a kind of person (structure, vehicle, settlement), names left out.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

LISTS = Path(__file__).parents[1] / "src" / "harmledger" / "extract" / "lexicons" / "en"
# WordNet 3.0 synset offsets of the tops.
TOPS = {
    "persons": {"00007846"},  # person, individual, someone
    "structures": {
        "04341686",  # structure, construction
        "04524313",  # vehicle
        "03315023",  # facility, installation
        "08672562",  # settlement, village, small town
        "08226699",  # town, municipality
        "03574816",  # establishment, place of business
    },
}
HEAD = """# Nouns whose first sense in WordNet 3.0 is a kind of {what}; written by bench/make_nouns.py.
# WordNet 3.0, copyright 2006 Princeton University; use, copying and change permitted with this notice.
"""


def synsets(folder: Path) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return hyponyms by synset offset, and synset offsets by lemma in order of frequency."""
    below: dict[str, list[str]] = defaultdict(list)
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split(" | ")[0].split()
        words = int(fields[3], 16)
        pointers = fields[4 + 2 * words :]
        for i in range(1, 1 + 4 * int(pointers[0]), 4):
            if pointers[i] == "@":
                below[pointers[i + 1]].append(fields[0])
    senses = {}
    for line in (folder / "index.noun").read_text(encoding="utf-8").splitlines():
        if not line.startswith("  "):
            fields = line.split()
            senses[fields[0]] = fields[-int(fields[2]) :]
    return below, senses


def kinds_of(tops: set[str], below: dict[str, list[str]]) -> set[str]:
    """Return the synsets under ``tops``, themselves included."""
    reached, waiting = set(tops), list(tops)
    while waiting:
        for offset in below[waiting.pop()]:
            if offset not in reached:
                reached.add(offset)
                waiting.append(offset)
    return reached


def main() -> None:
    """Write both lists."""
    below, senses = synsets(Path(sys.argv[1]))
    for what, tops in TOPS.items():
        offsets = kinds_of(tops, below)
        lemmas = sorted(
            lemma for lemma, order in senses.items() if order[0] in offsets and lemma.isalpha() and len(lemma) > 2
        )
        head = HEAD.format(what=what.rstrip("s"))
        (LISTS / f"{what}.txt").write_text(head + "\n".join(lemmas) + "\n", encoding="utf-8")
        print(what, len(lemmas))


if __name__ == "__main__":
    main()
