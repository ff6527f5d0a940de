"""The responsibility matrix (R-19)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from samstyr.foundation.kernel.text import gettext_noop, say

from ..responsibility import party_name
from ..schema import GovernanceModel
from .finding import Hit, check, rule

rule(
    "R-19",
    gettext_noop("Ansvarsmatrise"),
    gettext_noop("Hver oppgave skal ha nøyaktig én ansvarlig og minst én som utfører."),
    gettext_noop("Rett bokstavene i raden, eller forklar bokstaven i alfabetet (letters)."),
)


@check("R-19")
def rows(model: GovernanceModel) -> Iterator[Hit]:
    """One accountable, somebody responsible, and only letters of the model's own alphabet (I-15)."""
    matrix = model.responsibility
    if matrix is None:
        return
    meaning = {item.letter: item.same_as for item in matrix.letters}
    for index, row in enumerate(matrix.rows):
        place = ("responsibility", "rows", index)
        letters = [letter for cell in row.cells.values() for letter in cell.replace("/", " ").replace(",", " ").split()]
        strange = sorted({letter for letter in letters if letter not in meaning})
        if strange:
            yield Hit(
                "error",
                place,
                say(
                    gettext_noop("«%(row)s» har bokstaver uten forklaring: %(letters)s."),
                    row=row.activity,
                    letters=", ".join(strange),
                ),
            )
        accountable = [letter for letter in letters if meaning.get(letter) == "accountable"]
        if len(accountable) != 1:
            yield Hit(
                "error",
                place,
                say(
                    gettext_noop("«%(row)s» har %(count)s ansvarlige, ikke én."),
                    row=row.activity,
                    count=len(accountable),
                ),
            )
        if not any(meaning.get(letter) == "responsible" for letter in letters):
            yield Hit(
                "error",
                place,
                say(gettext_noop("Ingen utfører «%(row)s»."), row=row.activity),
            )


@check("R-19")
def letters(model: GovernanceModel) -> Iterator[Hit]:
    """A letter that means something else than readers of RACI expect is pointed out."""
    expected = {
        "R": "responsible",
        "A": "accountable",
        "C": "consulted",
        "I": "informed",
    }
    for index, item in enumerate(model.responsibility.letters if model.responsibility else ()):
        if expected.get(item.letter, item.same_as) != item.same_as:
            yield Hit(
                "warning",
                ("responsibility", "letters", index),
                say(
                    gettext_noop("Bokstaven %(letter)s betyr «%(name)s» her, men noe annet i RACI."),
                    letter=item.letter,
                    name=item.name,
                ),
                say(gettext_noop("La alfabetet alltid stå sammen med matrisen.")),
            )


@check("R-19")
def parties(model: GovernanceModel) -> Iterator[Hit]:
    """Every cell belongs to a party of the matrix, and every party has a name."""
    matrix = model.responsibility
    if matrix is None:
        return
    known = set(matrix.parties)
    for index, row in enumerate(matrix.rows):
        for key in row.cells:
            if key not in known:
                yield Hit(
                    "error",
                    ("responsibility", "rows", index),
                    say(
                        gettext_noop("«%(row)s» har en bokstav for «%(key)s», som ikke er en part."),
                        row=row.activity,
                        key=key,
                    ),
                    say(gettext_noop("Legg parten til under parties, eller rett nøkkelen.")),
                )
    for number, key in enumerate(matrix.parties):
        if not (model.role(key) or model.body(key) or key in matrix.party_names):
            yield Hit(
                "info",
                ("responsibility", "parties", number),
                say(gettext_noop("Parten «%(key)s» er verken en rolle eller et organ, og har ikke noe navn."), key=key),
                say(gettext_noop("Gi den et navn under party_names.")),
            )


@check("R-19")
def plausible(model: GovernanceModel) -> Iterator[Hit]:
    """Who is accountable nearly everywhere is not merely informed where somebody else is consulted (F-N21)."""
    matrix = model.responsibility
    if matrix is None:
        return
    meaning = {item.letter: item.same_as for item in matrix.letters}
    counts = Counter(
        key for row in matrix.rows for key, cell in row.cells.items() if meaning.get(cell) == "accountable"
    )
    usual = next((key for key, number in counts.most_common(1) if number * 2 > len(matrix.rows)), None)
    for index, row in enumerate(matrix.rows):
        said = {key: meaning.get(cell) for key, cell in row.cells.items()}
        consulted = [key for key, word in said.items() if word == "consulted"]
        if usual and consulted and said.get(usual) == "informed":
            yield Hit(
                "info",
                ("responsibility", "rows", index),
                say(
                    gettext_noop("«%(row)s»: %(one)s rådføres, mens %(two)s bare informeres."),
                    row=row.activity, one=party_name(model, consulted[0]), two=party_name(model, usual),
                ),
                say(gettext_noop("Se om bokstavene er byttet om.")),
            )  # fmt: skip
