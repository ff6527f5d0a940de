"""Who is to be heard, until when, and what a statement must hold. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samstyr.foundation.governance.rules.bodies import HearingBody
from samstyr.foundation.governance.rules.schema import GovernanceModel
from samstyr.foundation.kernel.errors import FieldError
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.procedure.casework.rules.movement import holds

LONGEST = 20_000

# Offentleglova (lov 19.05.2006 nr. 16). Shown as choices; other grounds are written in full.
LEGAL_BASES = (
    "offl. § 13 jf. fvl. § 13 første ledd nr. 1",
    "offl. § 13 jf. fvl. § 13 første ledd nr. 2",
    "offl. § 14",
    "offl. § 15",
    "offl. § 23 første ledd",
    "offl. § 23 tredje ledd",
    "offl. § 24 tredje ledd",
    "offl. § 25",
    "offl. § 26",
)


@dataclass(frozen=True)
class OwnChoice:
    """An organisation's own say: a body taken out, or one of its own added."""

    slot: str
    body: str
    included: bool
    name: str = ""
    role: str = ""


@dataclass(frozen=True)
class Proposed:
    """A body to be heard: for which organisation slot (none when shared), answered by which role, and why."""

    body: str
    name: str
    role: str
    slot: str | None
    why: Sentence
    collision: Sentence | str = ""
    suggested: bool = True


def proposed(
    model: GovernanceModel,
    *,
    slots: Sequence[str],
    facts: Mapping[str, Any],
    choices: Iterable[OwnChoice],
    sender_role: str,
    deciding_body: str,
) -> list[Proposed]:
    """Everyone on the lists of the organisations that take part (B-30): the union for a joint case.

    A body whose condition does not hold is offered but not suggested. Shared bodies appear once. `collision`
    says that a body also sends the hearing or sits in the body that treats the case next (B-48).
    """
    own = list(choices)
    out = {(choice.slot, choice.body) for choice in own if not choice.included}
    found: list[Proposed] = []
    for body in model.hearing_bodies:
        where = [slot for slot in slots if body.organisations is None or slot in body.organisations]
        where = [slot for slot in where if (slot, body.key) not in out]
        if not where:
            continue
        suggested = body.when is None or holds(body.when, facts)
        shared = body.organisations is None
        for slot in [None] if shared else where:
            found.append(
                Proposed(
                    body.key,
                    str(body.name),
                    body.role,
                    slot,
                    _why(body, suggested),
                    _collision(model, body, sender_role, deciding_body),
                    suggested,
                )
            )
    found.extend(
        Proposed(choice.body, choice.name, choice.role, choice.slot, say(gettext_noop("Står på kommunens egen liste.")))
        for choice in own
        if choice.included and choice.slot in slots and choice.role and model.hearing_body(choice.body) is None
    )
    return found


FACT_NAMES = {
    "personal_data": gettext_noop("behovet gjelder personopplysninger"),
    "archive": gettext_noop("behovet gjelder arkiv"),
    "work_changes": gettext_noop("behovet endrer arbeidet til de ansatte"),
    "statutory": gettext_noop("behovet er lovpålagt"),
    "total_cost": gettext_noop("kostnaden er over grensen"),
}


def _why(body: HearingBody, suggested: bool) -> Sentence:
    if body.when is None:
        return say(gettext_noop("Høres alltid."))
    names = ", ".join(str(say(FACT_NAMES.get(fact, fact))) for fact in sorted(body.when.facts_used()))
    if suggested:
        return say(gettext_noop("Høres fordi %(names)s."), names=names)
    return say(gettext_noop("Høres bare når %(names)s."), names=names)


def _collision(model: GovernanceModel, body: HearingBody, sender_role: str, deciding_body: str) -> Sentence | str:
    slot = body.unit_of
    if slot is None:
        return ""
    parts = []
    sender = model.role(sender_role)
    if sender is not None and model.slot(slot) is not None and model.slot(slot).kind == "it_service":  # type: ignore[union-attr]
        parts.append(say(gettext_noop("sender også ut høringen")))
    decider = model.body(deciding_body)
    groups = [group for version in decider.versions for group in version.groups] if decider else []
    if decider is not None and any(group.organisation == slot for group in groups):
        parts.append(say(gettext_noop("har også plass i %(body)s"), body=str(decider.name)))
    if not parts:
        return ""
    return say(gettext_noop("Rollesammenfall: %(what)s"), what=" og ".join(str(part) for part in parts))


def deadline_fault(deadline: date, *, today: date, meeting: date | None, body: str) -> FieldError | None:
    """What is wrong with a hearing deadline: it lies behind us, or on or after the meeting it must precede (B-43)."""
    if deadline <= today:
        return FieldError("deadline", say(gettext_noop("Fristen må ligge fram i tid.")), deadline.isoformat())
    if meeting is not None and deadline >= meeting:
        return FieldError(
            "deadline",
            say(
                gettext_noop("Fristen må være før møtet i %(body)s %(date)s."),
                body=body,
                date=meeting.strftime("%d.%m.%Y"),
            ),
            deadline.isoformat(),
            say(gettext_noop("Velg en tidligere dag, eller flytt møtet.")),
        )
    return None


def statement_faults(*, position: str, text: str, conditions: str, exempt: bool, legal_basis: str) -> list[FieldError]:
    """What a statement lacks: words when it says something, conditions when it sets them, a ground when exempt."""
    faults = []
    if position in ("remarks", "against") and not text:
        faults.append(FieldError("text", say(gettext_noop("Skriv hva dere mener, og hvorfor."))))
    if position == "conditions" and not conditions:
        faults.append(FieldError("conditions", say(gettext_noop("Skriv vilkårene dere setter."))))
    if exempt and not legal_basis:
        faults.append(
            FieldError(
                "legal_basis",
                say(gettext_noop("Oppgi hjemmelen for å unnta uttalelsen fra offentlighet.")),
                remedy=say(gettext_noop("Velg en fra listen, eller skriv lov og paragraf.")),
            )
        )
    for name, value in (("text", text), ("conditions", conditions), ("legal_basis", legal_basis)):
        if len(value) > LONGEST or "\0" in value:
            faults.append(FieldError(name, say(gettext_noop("Teksten er for lang eller har ugyldige tegn."))))
    return faults


FOLLOWED = ("followed", "partly", "not")
# Statements that say something which can be followed or not.
WANTS_ANSWER = frozenset({"remarks", "against", "conditions"})


def answer_faults(*, followed: str, reason: str) -> list[FieldError]:
    """What an answer to a statement lacks: a choice, and the reason where it was not followed in full (N-007)."""
    faults = []
    if followed not in FOLLOWED:
        faults.append(FieldError("followed", say(gettext_noop("Velg om innspillet er fulgt.")), followed))
    if followed in ("partly", "not") and not reason:
        faults.append(FieldError("reason", say(gettext_noop("Skriv hvorfor innspillet ikke er fulgt fullt ut."))))
    if len(reason) > LONGEST or "\0" in reason:
        faults.append(FieldError("reason", say(gettext_noop("Teksten er for lang eller har ugyldige tegn."))))
    return faults
