"""The responsibility matrix as people work with it: names, faults of a row, a foreign alphabet translated, and back to text.

Source: N-116 to N-121 and I-15. A letter is never taken for another's: R is «rådført» in one alphabet and
«responsible» in the next, so a matrix brought in is read by its own letters and written in the model's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from samstyr.foundation.kernel.text import Sentence, gettext_noop, say

from .later import LetterMeaning, MatrixRow, Responsibility
from .schema import GovernanceModel
from .words import Text

# The alphabet that English tools mean.
ENGLISH = {"R": "responsible", "A": "accountable", "C": "consulted", "I": "informed"}
MEANINGS = {
    "accountable": gettext_noop("ansvarlig"),
    "responsible": gettext_noop("utfører"),
    "consulted": gettext_noop("rådføres"),
    "informed": gettext_noop("informeres"),
}


@dataclass(frozen=True)
class Row:
    """One activity with its letters by party, as typed."""

    activity: str
    cells: dict[str, str] = field(default_factory=dict)
    confirmed: bool = True


def party_name(model: GovernanceModel, key: str) -> str:
    """What a party of the matrix is called: its own name there, the role's or the body's, else its key."""
    matrix = model.responsibility
    if matrix and key in matrix.party_names:
        return str(matrix.party_names[key])
    return model.party_name(key)


# What a model without a matrix begins with.
DEFAULT = Responsibility(
    letters=(
        LetterMeaning(letter="A", name="Ansvarlig", same_as="accountable"),  # type: ignore[arg-type]
        LetterMeaning(letter="U", name="Utfører", same_as="responsible"),  # type: ignore[arg-type]
        LetterMeaning(letter="R", name="Rådføres", same_as="consulted"),  # type: ignore[arg-type]
        LetterMeaning(letter="I", name="Informeres", same_as="informed"),  # type: ignore[arg-type]
    )
)


@dataclass(frozen=True)
class BroughtIn:
    """A matrix read from a sheet: its parties, its rows in the model's letters, and the cells that could not be read."""

    matrix: Responsibility
    rows: tuple[Row, ...]
    unread: tuple[str, ...]


def letters_in(cell: str) -> list[str]:
    """The letters of a cell: one, or several with a stroke or a comma between."""
    return cell.replace("/", " ").replace(",", " ").split()


def options(letters: Sequence[LetterMeaning]) -> list[tuple[str, str]]:
    """What can be chosen in a cell: nothing, each letter, and accountable and doing it oneself."""
    found = [(item.letter, f"{item.letter} {item.name}") for item in letters]
    one = next((item for item in letters if item.same_as == "accountable"), None)
    two = next((item for item in letters if item.same_as == "responsible"), None)
    if one and two:
        both = f"{one.letter}/{two.letter}"
        name = say(gettext_noop("%(one)s og %(two)s"), one=one.name, two=str(two.name).lower())
        found.append((both, f"{both} {name}"))
    return [("", "–"), *found]


def key_for(name: str, taken: Sequence[str]) -> str:
    """A key of the format for a new party's name, unlike those taken."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("ø", "o").replace("æ", "ae"))
    base = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")[:50] or "part"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key


def with_parties(matrix: Responsibility, parties: Sequence[str], names: Mapping[str, str]) -> Responsibility:
    """The matrix with these parties in this order. A name is kept where the party is new or had a name of its own."""
    known = set(matrix.parties)
    own = {
        key: Text(names[key]) for key in parties if names.get(key) and (key in matrix.party_names or key not in known)
    }
    valid = tuple(key for key in parties if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,58}", key))
    return matrix.model_copy(update={"parties": valid, "party_names": {**own}})


def matrix_of_rows(matrix: Responsibility, rows: Sequence[Row]) -> Responsibility:
    """The matrix with these rows."""
    made = tuple(MatrixRow(activity=Text(row.activity), cells=dict(row.cells), confirmed=row.confirmed) for row in rows)
    return matrix.model_copy(update={"rows": made})


def brought_in(
    present: Responsibility, header: Sequence[str], rows: Sequence[Sequence[object]], foreign: Mapping[str, str]
) -> BroughtIn:
    """A sheet as a matrix: activities in the first column, a party in each of the others, letters by `foreign`.

    A heading that is a party's name or key is that party; another becomes a new one.
    """
    names = {str(name).casefold(): key for key, name in present.party_names.items()}
    names |= {key.casefold(): key for key in present.parties}
    columns: list[str] = []
    own: dict[str, str] = {}
    for heading in header[1:]:
        title = " ".join(str(heading).split())
        key = names.get(title.casefold()) or key_for(title, columns)
        columns.append(key)
        if key not in present.parties:
            own[key] = title
    kept = {**{key: str(name) for key, name in present.party_names.items()}, **own}
    made, unread = [], []
    for cells in rows:
        activity = " ".join(str(cells[0] or "").split()) if cells else ""
        letters: dict[str, str] = {}
        for key, cell in zip(columns, cells[1:], strict=False):
            wanted = [translated(one, present.letters, foreign) for one in letters_in(str(cell or "").upper())]
            if None in wanted:
                unread.append(f"{activity}: {cell}")
            letter = "/".join(one for one in wanted if one)
            if letter:
                letters[key] = letter
        if activity or letters:
            made.append(Row(activity, letters))
    matrix = present.model_copy(
        update={
            "parties": tuple(dict.fromkeys(columns)),
            "party_names": {key: Text(name) for key, name in kept.items() if key in columns and name},
        }
    )
    return BroughtIn(matrix, tuple(made), tuple(unread))


def faults_of(row: Row, letters: Sequence[LetterMeaning]) -> list[Sentence]:
    """What is wrong with a row: unknown letters, not exactly one accountable, nobody who does it (I-15)."""
    meaning = {item.letter: item.same_as for item in letters}
    given = [letter for cell in row.cells.values() for letter in letters_in(cell)]
    found = []
    strange = sorted({cell for cell in given if cell not in meaning})
    if strange:
        found.append(
            say(
                gettext_noop("Bokstaven %(letters)s er ikke i alfabetet. Bruk %(known)s."),
                letters=", ".join(strange),
                known=", ".join(meaning),
            )
        )
    accountable = sum(meaning.get(cell) == "accountable" for cell in given)
    if accountable != 1:
        found.append(say(gettext_noop("Raden har %(count)s ansvarlige. Det skal være nøyaktig én."), count=accountable))
    if not any(meaning.get(cell) == "responsible" for cell in given):
        found.append(say(gettext_noop("Ingen utfører oppgaven.")))
    return found


def translated(cell: str, own: Sequence[LetterMeaning], foreign: Mapping[str, str]) -> str | None:
    """A foreign letter in the model's alphabet; empty for an empty cell, None for one that the foreign does not have."""
    letter = cell.strip().upper()
    if not letter:
        return ""
    meaning = foreign.get(letter)
    return next((item.letter for item in own if item.same_as == meaning), None)


def answered_by(model: GovernanceModel, parties: Sequence[str]) -> list[tuple[str, str, str]]:
    """What the parties have letters for: activity, the letter, and what it means there; accountable first."""
    matrix = model.responsibility
    if matrix is None:
        return []
    names = {item.letter: str(item.name) for item in matrix.letters}
    order = {item.letter: list(MEANINGS).index(item.same_as) for item in matrix.letters}
    found = [
        (str(row.activity), row.cells[key], ", ".join(names.get(one, one) for one in letters_in(row.cells[key])))
        for row in matrix.rows
        for key in parties
        if row.cells.get(key)
    ]
    return sorted(found, key=lambda one: min((order.get(letter, 9) for letter in letters_in(one[1])), default=9))


def with_matrix(text: str, matrix: Responsibility) -> str:
    """The model's text with its `responsibility` part replaced, everything else as it was written.

    A part at the top level begins in the first column and lasts until the next line that does.
    """
    lines = text.splitlines(keepends=True)
    start = next((at for at, line in enumerate(lines) if line.startswith("responsibility:")), None)
    block = _written(matrix)
    if start is None:
        return "".join(lines).rstrip("\n") + "\n\n" + block
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or lines[end][0] in " \t-"):
        end += 1
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return "".join(lines[:start]) + block + "".join(lines[end:])


def _written(matrix: Responsibility) -> str:
    out = ["responsibility:", "  letters:"]
    out += [
        f"    - {{letter: {_quoted(item.letter)}, name: {_text(item.name)}, same_as: {item.same_as}}}"
        for item in matrix.letters
    ]
    out.append(f"  parties: [{', '.join(_quoted(key) for key in matrix.parties)}]")
    if matrix.party_names:
        named = ", ".join(f"{_quoted(key)}: {_text(name)}" for key, name in matrix.party_names.items())
        out.append(f"  party_names: {{{named}}}")
    out.append("  rows:" if matrix.rows else "  rows: []")
    for row in matrix.rows:
        cells = ", ".join(f"{_quoted(key)}: {_quoted(cell)}" for key, cell in row.cells.items() if cell)
        unsure = "" if row.confirmed else ", confirmed: false"
        out.append(f"    - {{activity: {_text(row.activity)}, cells: {{{cells}}}{unsure}}}")
    return "\n".join(out) + "\n"


def _text(text: Text) -> str:
    """A text as it was written: one line, or one for each language."""
    if isinstance(text.root, str):
        return _quoted(text.root)
    told: dict[str, str] = dict(text.root.items())
    return f"{{{', '.join(f'{language}: {_quoted(line)}' for language, line in told.items())}}}"


def _quoted(text: str) -> str:
    """A text in double quotes as YAML reads them."""
    safe = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{safe}"'
