"""Bodies: seats and who gives them, optional bodies, several at once, votes and the law on elected bodies."""

from __future__ import annotations

from collections.abc import Iterator

from samstyr.foundation.kernel.text import gettext_noop, say

from ..schema import GovernanceModel
from .finding import Hit, check, rule
from .routes import all_steps

rule(
    "R-04",
    gettext_noop("Hvem som oppnevner"),
    gettext_noop("Plassene i et organ må fylles av den som organets regel sier."),
    gettext_noop("Oppgi hvem som oppnevner (appointed_by), eller at plassen følger en stilling (office)."),
)
rule(
    "R-11",
    gettext_noop("Plass og organisasjon"),
    gettext_noop("Den som sitter på en plass, må komme fra en organisasjon som plassen er ment for."),
    gettext_noop("Rett organisasjonen eller typen på plassen."),
)
rule(
    "R-17",
    gettext_noop("Regler som strider mot hverandre"),
    gettext_noop("En regel kan ikke motsi en annen regel eller loven."),
    gettext_noop("Endre den ene regelen."),
)
rule(
    "S-10",
    gettext_noop("Organ som kan mangle"),
    gettext_noop("Når et organ ikke finnes overalt, må løpet kunne gå utenom det."),
    gettext_noop("Sett only_if_exists: true på steget, eller gi det et vilkår (when)."),
)
rule(
    "S-11",
    gettext_noop("Flere samtidig"),
    gettext_noop("Når flere behandler det samme hver for seg, må det være klart hvem de er og når de er ferdige."),
    gettext_noop("La «each» og «join» passe med organet."),
)


@check("R-04")
def seats_are_given(model: GovernanceModel) -> Iterator[Hit]:
    """In a body where some seats are appointed, all are, or they follow an office."""
    for index, body in enumerate(model.bodies):
        for number, version in enumerate(body.versions):
            if not any(group.appointed_by for group in version.groups):
                continue
            for at, group in enumerate(version.groups):
                if not group.appointed_by and not group.office:
                    yield Hit(
                        "warning",
                        ("bodies", index, "versions", number, "groups", at),
                        say(
                            gettext_noop("Ingen oppnevner «%(group)s» i «%(body)s», slik de andre plassene blir."),
                            group=group.name,
                            body=body.name,
                        ),
                    )


@check("R-04")
def offices_agree(model: GovernanceModel) -> Iterator[Hit]:
    """A seat that follows an office is not also given by somebody else than gives the office."""
    for index, body in enumerate(model.bodies):
        for number, version in enumerate(body.versions):
            for at, group in enumerate(version.groups):
                role = model.role(group.office or "")
                if role and group.appointed_by and role.appointed_by and role.appointed_by != group.appointed_by:
                    yield Hit(
                        "warning",
                        (
                            "bodies",
                            index,
                            "versions",
                            number,
                            "groups",
                            at,
                            "appointed_by",
                        ),
                        say(
                            gettext_noop("«%(group)s» oppnevnes av en annen enn den som gir rollen «%(role)s»."),
                            group=group.name,
                            role=role.name,
                        ),
                    )


@check("R-11")
def seats_fit(model: GovernanceModel) -> Iterator[Hit]:
    """The organisation of a seat is of the kind the seat asks for."""
    for index, body in enumerate(model.bodies):
        for number, version in enumerate(body.versions):
            for at, group in enumerate(version.groups):
                slot = model.slot(group.organisation or "")
                if slot and group.organisation_kind and slot.kind != group.organisation_kind:
                    yield Hit(
                        "warning",
                        ("bodies", index, "versions", number, "groups", at),
                        say(
                            gettext_noop("«%(group)s» er for en annen type organisasjon enn «%(slot)s»."),
                            group=group.name,
                            slot=slot.name,
                        ),
                    )


@check("R-17")
def law_for_elected(model: GovernanceModel) -> Iterator[Hit]:
    """An elected body is quorate with half its members and decides by majority (kommuneloven § 11-9)."""
    for index, body in enumerate(model.bodies):
        if body.rules == "elected" and body.quorum_percent is not None and body.quorum_percent < 50:
            yield Hit(
                "error",
                ("bodies", index, "quorum_percent"),
                say(
                    gettext_noop(
                        "Et folkevalgt organ er først vedtaksført når minst halvparten er til stede (kommuneloven § 11-9)."
                    ),
                    body=body.name,
                ),
            )
    for _path, step, place in all_steps(model):
        elected = model.body(step.actor.body or "")
        if (
            elected
            and elected.rules == "elected"
            and step.decision
            and step.decision.rule in ("single", "chair", "consensus_else_chair")
        ):
            yield Hit(
                "error",
                (*place, "decision"),
                say(
                    gettext_noop(
                        "«%(body)s» er folkevalgt og må vedta med flertall, ikke ved leder alene (kommuneloven § 11-9)."
                    ),
                    body=elected.name,
                ),
            )


@check("R-17")
def chair_can_break_ties(model: GovernanceModel) -> Iterator[Hit]:
    """Where the chair decides, there is a chair."""
    for _path, step, place in all_steps(model):
        body = model.body(step.actor.body or "")
        rule_ = step.decision
        if (
            body
            and rule_
            and not body.chair
            and (rule_.tie == "chair" or rule_.rule in ("chair", "consensus_else_chair"))
        ):
            yield Hit(
                "error",
                (*place, "decision"),
                say(
                    gettext_noop("Leder skal avgjøre i «%(body)s», men organet har ingen leder."),
                    body=body.name,
                ),
            )


@check("S-10")
def optional_bodies(model: GovernanceModel) -> Iterator[Hit]:
    """A step of a body that may be missing can be passed by."""
    for _path, step, place in all_steps(model):
        body = model.body(step.actor.body or "")
        if body and body.optional and not (step.only_if_exists or step.when is not None):
            yield Hit(
                "error",
                place,
                say(
                    gettext_noop("«%(body)s» finnes ikke overalt, men «%(step)s» kan ikke hoppes over."),
                    body=body.name,
                    step=step.name,
                ),
            )


@check("S-11")
def each_and_join(model: GovernanceModel) -> Iterator[Hit]:
    """Steps held by each organisation, and how they are joined, fit the body and the number there are."""
    for _path, step, place in all_steps(model):
        body = model.body(step.actor.body or "")
        if body and body.per == "organisation" and not step.each:
            yield Hit(
                "warning",
                place,
                say(
                    gettext_noop(
                        "«%(body)s» finnes i hver organisasjon, men «%(step)s» sier ikke at hver av dem skal behandle saken."
                    ),
                    body=body.name,
                    step=step.name,
                ),
                say(gettext_noop("Legg til each: organisation.")),
            )
        if body and body.per == "tenant" and step.each:
            yield Hit(
                "error",
                (*place, "each"),
                say(
                    gettext_noop("«%(body)s» er felles og kan ikke behandle «%(step)s» én gang i hver organisasjon."),
                    body=body.name,
                    step=step.name,
                ),
            )
        if not step.each and not step.actor.bodies and step.join.kind != "all":
            yield Hit(
                "warning",
                (*place, "join"),
                say(
                    gettext_noop("«%(step)s» har regel for flere behandlinger, men holdes bare av én."),
                    step=step.name,
                ),
            )
        if step.join.kind == "count" and step.join.count is None:
            yield Hit(
                "error",
                (*place, "join"),
                say(
                    gettext_noop("«%(step)s» skal vente på et antall, men antallet mangler."),
                    step=step.name,
                ),
            )
        most = len([s for s in model.organisations if body is None or body.exists_in(s.key)])
        if step.join.count and step.join.count > most:
            yield Hit(
                "error",
                (*place, "join", "count"),
                say(
                    gettext_noop("«%(step)s» venter på %(count)s, men det finnes bare %(most)s."),
                    step=step.name,
                    count=step.join.count,
                    most=most,
                ),
            )
