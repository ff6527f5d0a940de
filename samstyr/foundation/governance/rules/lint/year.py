"""What a year must hold, duties with a day, deadlines before another body's meetings, and idea sessions."""

from __future__ import annotations

from collections.abc import Iterator

from samstyr.foundation.kernel.text import gettext_noop, say

from ..schema import GovernanceModel
from .finding import Hit, check, rule

rule(
    "S-36",
    gettext_noop("Årets innhold"),
    gettext_noop("Det som skal gjøres hvert år, eller innen en dag, må ha en plass i året og noen som har ansvaret."),
    gettext_noop("Legg til perioden, ansvaret eller datoen som mangler."),
)

KIND_WORDS = {
    "measure": gettext_noop("måling"),
    "ideas": gettext_noop("idémyldring"),
    "prioritise": gettext_noop("prioritering"),
    "decide": gettext_noop("vedtak"),
    "carry_out": gettext_noop("gjennomføring"),
    "revise": gettext_noop("rullering eller revisjon"),
    "budget": gettext_noop("budsjett"),
    "report": gettext_noop("rapportering"),
}


@check("S-36")
def years_are_whole(model: GovernanceModel) -> Iterator[Hit]:
    """A kind of period that every year must have, is in the wheel (G-69)."""
    wheel = model.wheel
    have = {period.kind for period in wheel.periods} if wheel else set()
    for index, kind in enumerate(wheel.yearly if wheel else ()):
        if kind not in have:
            yield Hit(
                "error",
                ("wheel", "yearly", index),
                say(
                    gettext_noop("Hvert år skal ha %(kind)s, men årshjulet har ingen slik periode."),
                    kind=say(KIND_WORDS[kind]),
                ),
            )


@check("S-36")
def duties_can_be_met(model: GovernanceModel) -> Iterator[Hit]:
    """A duty can be met before it must be, and somebody has it."""
    for index, duty in enumerate(model.wheel.duties if model.wheel else ()):
        place = ("wheel", "duties", index)
        if duty.available_from is not None and duty.available_from > duty.due:
            yield Hit(
                "error",
                (*place, "available_from"),
                say(gettext_noop("«%(duty)s» kan først gjøres etter fristen."), duty=duty.name),
            )
        if duty.owner is None and duty.owner_body is None:
            yield Hit(
                "warning",
                (*place, "owner"),
                say(gettext_noop("Ingen har ansvaret for «%(duty)s»."), duty=duty.name),
            )


@check("S-36")
def deadlines_before_others(model: GovernanceModel) -> Iterator[Hit]:
    """A body's own deadline stands before another body's meetings, and those are known to be held (D-29)."""
    for index, body in enumerate(model.bodies):
        for number, one in enumerate(body.before):
            place = ("bodies", index, "before", number, "body")
            other = model.body(one.body)
            if one.body == body.key:
                yield Hit(
                    "error",
                    place,
                    say(gettext_noop("«%(body)s» kan ikke ha frist før sine egne møter her."), body=body.name),
                )
            elif other is not None and other.frequency is None:
                yield Hit(
                    "info",
                    place,
                    say(
                        gettext_noop(
                            "Modellen sier ikke hvor ofte «%(body)s» møtes, så året vet ikke hvor mange frister det blir."
                        ),
                        body=other.name,
                    ),
                )


@check("S-36")
def sessions_have_modes(model: GovernanceModel) -> Iterator[Hit]:
    """A way to work in a year holds at least one kind of session (G-117)."""
    sessions = model.need_form.sessions if model.need_form else None
    for index, mode in enumerate(sessions.modes if sessions else ()):
        if not mode.per_sector and not mode.joint:
            yield Hit(
                "error",
                ("need_form", "sessions", "modes", index),
                say(gettext_noop("Arbeidsmåten «%(mode)s» har ingen samlinger."), mode=mode.name),
            )
