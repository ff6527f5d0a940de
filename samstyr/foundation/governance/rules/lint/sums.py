"""Numbers that must add up (R-09), directions of scores (R-18), and sensible conditions (S-18)."""

from __future__ import annotations

from collections.abc import Iterator

from samstyr.foundation.kernel.text import gettext_noop, say

from ..schema import GovernanceModel
from ..words import Condition
from .finding import Hit, check, rule
from .references import walk

rule(
    "R-09",
    gettext_noop("Tall som skal stemme"),
    gettext_noop("Et tall som er oppgitt, må stemme med det som er listet opp, og andeler må bli hundre."),
    gettext_noop("Rett tallet eller listen."),
)
rule(
    "R-18",
    gettext_noop("Retning på poeng"),
    gettext_noop("Uten retning vet ingen om høye poeng er bra eller dårlig."),
    gettext_noop("Oppgi polarity: positive eller negative."),
)
rule(
    "S-18",
    gettext_noop("Vilkår"),
    gettext_noop("Et vilkår må spørre om noe som kan besvares."),
    gettext_noop("Rett vilkåret: ett spørsmål (fact), eller all, any eller not."),
)
NUMBERS = frozenset({"total_cost", "first_year_cost", "investment_cost", "operating_cost"})
YES_NO = frozenset(
    {
        "personal_data",
        "archive",
        "work_changes",
        "statutory",
        "has_product",
        "shared",
        "late",
    }
)


@check("R-09")
def seats_add_up(model: GovernanceModel) -> Iterator[Hit]:
    """The groups of seats are as many as the body's stated size."""
    for index, body in enumerate(model.bodies):
        for number, version in enumerate(body.versions):
            members = [group for group in version.groups if group.substitutes_for is None]
            total = sum(group.count or 0 for group in members)
            known = all(group.count is not None for group in members)
            if (
                version.size is not None
                and version.groups
                and (total > version.size or (known and total != version.size))
            ):
                yield Hit(
                    "error",
                    ("bodies", index, "versions", number, "size"),
                    say(
                        gettext_noop("«%(body)s» skal ha %(size)s medlemmer, men gruppene har %(total)s."),
                        body=body.name,
                        size=version.size,
                        total=total,
                    ),
                )


@check("R-09")
def weights_add_up(model: GovernanceModel) -> Iterator[Hit]:
    """The weights of a stage are 100 in all (I-07)."""
    for index, stage in enumerate(model.criteria):
        total = sum(criterion.weight for criterion in stage.criteria)
        if total != 100:
            yield Hit(
                "error",
                ("criteria", index, "criteria"),
                say(
                    gettext_noop("Vektene i «%(stage)s» blir %(total)s, ikke 100."),
                    stage=stage.name,
                    total=total,
                ),
            )


@check("R-09")
def shares_add_up(model: GovernanceModel) -> Iterator[Hit]:
    """Fixed shares are 100 per cent in all."""
    for index, key in enumerate(model.plan.cost_keys if model.plan else ()):
        total = sum(key.shares.values())
        if (key.kind == "fixed" or (key.kind == "mixed" and key.shares)) and total != 100:
            yield Hit(
                "error",
                ("plan", "cost_keys", index),
                say(
                    gettext_noop("Andelene i «%(key)s» blir %(total)s prosent, ikke 100."),
                    key=key.name,
                    total=total,
                ),
            )
        if key.kind not in ("fixed", "mixed") and key.shares:
            yield Hit(
                "warning",
                ("plan", "cost_keys", index, "shares"),
                say(
                    gettext_noop("«%(key)s» har andeler, men bruker dem ikke."),
                    key=key.name,
                ),
            )


@check("R-09")
def matrix_columns(model: GovernanceModel) -> Iterator[Hit]:
    """Cells of the matrix stand in columns that exist."""
    matrix = model.responsibility
    for index, row in enumerate(matrix.rows if matrix else ()):
        strangers = set(row.cells) - set(matrix.parties if matrix else ())
        if strangers:
            yield Hit(
                "warning",
                ("responsibility", "rows", index),
                say(
                    gettext_noop("Raden «%(row)s» har kolonner som ikke finnes: %(names)s."),
                    row=row.activity,
                    names=", ".join(sorted(strangers)),
                ),
            )


@check("R-09")
def cost_rows(model: GovernanceModel) -> Iterator[Hit]:
    """Joint costs are split between those that exist."""
    municipalities = [slot for slot in model.organisations if slot.kind == "municipality"]
    if model.plan and len(municipalities) > 1 and not model.plan.cost_keys:
        yield Hit(
            "info",
            ("plan",),
            say(gettext_noop("Flere kommuner deler en plan, men modellen har ingen fordelingsnøkkel.")),
            say(gettext_noop("Legg til cost_keys.")),
        )


@check("R-18")
def directions(model: GovernanceModel) -> Iterator[Hit]:
    """Every criterion, or each of its questions, has a direction."""
    for index, stage in enumerate(model.criteria):
        for number, criterion in enumerate(stage.criteria):
            place = ("criteria", index, "criteria", number)
            if criterion.polarity:
                continue
            if not criterion.questions:
                yield Hit(
                    "error",
                    place,
                    say(
                        gettext_noop("Kriteriet «%(name)s» har ingen retning."),
                        name=criterion.name,
                    ),
                )
            for at, question in enumerate(criterion.questions):
                if question.polarity is None:
                    yield Hit(
                        "error",
                        (*place, "questions", at),
                        say(
                            gettext_noop("Spørsmålet «%(text)s» har ingen retning."),
                            text=question.text,
                        ),
                    )


@check("S-18")
def conditions(model: GovernanceModel) -> Iterator[Hit]:
    """A condition is one comparison, or one of all, any and not; amounts are compared with amounts."""
    for place, part in walk(model):
        if not isinstance(part, Condition):
            continue
        parts = [name for name in ("fact", "all", "any", "not_") if getattr(part, name) is not None]
        if len(parts) != 1:
            yield Hit(
                "error",
                place,
                say(gettext_noop("Vilkåret må ha nøyaktig ett av fact, all, any og not.")),
            )
            continue
        value = part.value
        amount = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        if part.fact in NUMBERS and not amount:
            yield Hit(
                "error",
                place,
                say(
                    gettext_noop("«%(fact)s» må sammenlignes med et beløp i hele kroner."),
                    fact=part.fact,
                ),
            )
        elif part.fact in YES_NO and not isinstance(value, bool):
            yield Hit(
                "error",
                place,
                say(gettext_noop("«%(fact)s» er ja eller nei."), fact=part.fact),
            )
        elif part.fact == "scope" and part.op in ("eq", "ne") and value not in ("joint", "single"):
            yield Hit(
                "error",
                place,
                say(gettext_noop("«scope» er enten joint eller single.")),
            )
        elif part.op == "in" and not isinstance(value, tuple | list):
            yield Hit("error", place, say(gettext_noop("«in» trenger en liste.")))
