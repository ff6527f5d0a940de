"""The requirements by class and document, by their numbers in the catalogue: which of them the map must hold."""

from __future__ import annotations

# Class → document → numbers; «97-100» is a stretch.
OWED: dict[str, dict[str, str]] = {
    "body": {
        "B": "6-8 20 22 49",
        "D": "1-2 4 12 34-35 37-39 42-47 51-52",
        "A": "97 102 104 106 110-111",
        "N": "11 13 18 38 55-56 178-180 183 186",
    },
    "role": {
        "B": "2 11 13 32 48",
        "D": "36 40",
        "A": "3 89 98 100 103 105 123",
        "G": "97",
        "N": "92 116-121 140 148 162 187 190 206 221",
    },
    "workflow": {
        "B": "3-4 16 21 23-24 26-31 33 36-37",
        "D": "3 9 17 20 32-33 48-50",
        "A": "32 56 99",
        "G": "76 79 94-95 98",
        "N": "14-15 24 40 107 111 181 185 191 204 207-208",
    },
    "calendar": {
        "B": "38-40 42-44",
        "D": "29",
        "A": "5",
        "G": "69 75 82",
        "N": "46 51 202 205",
    },
    "scoring": {
        "G": "73 80 99-115",
        "N": "25 64 105 123 176 184 195",
    },
    "portfolio": {
        "B": "1 5 14-15 46",
        "D": "22 25",
        "G": "70 72",
        "N": "8 17 78 127 169 200-201 211",
    },
    "budget": {
        "B": "35 41 45",
        "D": "18",
        "A": "6 15 91 124-130",
        "G": "12 31-33",
        "N": "45 59 93 110 142 203",
    },
    "strategy": {
        "B": "18",
        "D": "5 10",
        "A": "7-10 12 14 16 19-20 26-29 38-42 50 70-71 84 141",
        "G": "1 4-9 14 38-62 68 96 124",
        "N": "1 4 9-10 19 21 31-33 35-37 39 41-44 52-54 75 97-104 122",
    },
    "report": {
        "B": "9 50",
        "D": "8 31",
        "A": "75-77 83 90 92 101 116",
        "G": "2 92 116",
        "N": "30 112 154 194 212-213",
    },
    "meeting": {
        "B": "10 12 34",
        "D": "19 21 30 41",
        "A": "81",
        "G": "117-118",
        "N": "182 188",
    },
}
# How many entries each document has.
LAST = {"B": 50, "D": 52, "A": 141, "G": 125, "N": 223}
# The documents' own contradictions, and what must always hold.
FINDINGS = {"B": 11, "D": 9, "A": 13, "G": 17, "N": 24, "X": 5}
INVARIANTS = 25


def numbers(text: str) -> list[int]:
    """The numbers of stretches."""
    found: list[int] = []
    for word in text.split():
        first, _dash, last = word.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def owed() -> set[str]:
    """Every id that the map must hold: the classes above, two documents whole, their contradictions, the invariants."""
    found = {
        f"{name}-{one:0{3 if name == 'N' else 2}d}"
        for held in OWED.values()
        for name, text in held.items()
        for one in numbers(text)
    }
    found |= {f"{name}-{one:02d}" for name in "BD" for one in range(1, LAST[name] + 1)}
    found |= {f"F-B{one}" for one in range(1, FINDINGS["B"] + 1)}
    return found | {f"I-{one:02d}" for one in range(1, INVARIANTS + 1)}


def known() -> set[str]:
    """Every id that there is."""
    found = {f"{name}-{one:0{3 if name == 'N' else 2}d}" for name, last in LAST.items() for one in range(1, last + 1)}
    found |= {f"F-{name}{one}" for name, last in FINDINGS.items() for one in range(1, last + 1)}
    return found | {f"I-{one:02d}" for one in range(1, INVARIANTS + 1)}
