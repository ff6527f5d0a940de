"""A need whose path goes on with a path for another kind of case is raised there, in the words of the need."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation

from samstyr.foundation.access import Actor
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.casework.events import CaseEnded
from samstyr.procedure.matters import actions as matters
from samstyr.procedure.matters.rules import MatterValues, is_matter
from samstyr.wheel.needs import queries as needs

RULE = "handover:decision_to_matter"


def into_matter(event: CaseEnded, *, actor: Actor, now: datetime) -> None:
    """Raise the matter when the need's case ends well and its path goes on with a path for matters; else do nothing."""
    if event.subject_kind != needs.KIND or event.effect != "end_positive":
        return
    case = cases.case_by_id(event.case_id)
    need = needs.needs_by_ids([event.subject_id]).first()
    model = governance.current_model(oslo_date(now))
    if case is None or need is None or model is None:
        return
    onward = model.path(cases.path_of(case).then or "")
    if onward is None or not is_matter(onward.subject):
        return
    last = next((row for row in cases.treatments_of([case.pk]) if row.pk == event.treatment_id), None)
    by = last.actor_name if last else ""
    with translation.override("nn" if case.tenant.language == "nn" else "nb"):
        parts = [
            (say(gettext_noop("Behovet")), need.need),
            (say(gettext_noop("Hvem det gjelder")), need.affected),
            (say(gettext_noop("Ønsket virkning")), need.effect),
        ]
        background = "\n\n".join(f"## {name}\n\n{text.strip()}" for name, text in parts if text.strip())
    values = MatterValues(
        path=onward.key,
        title=need.title[:300],
        background=background,
        question=(last.text or last.reason) if last else "",
        requested_by=by[:200],
        requested_on=oslo_date(now),
        goals=tuple(need.goals),
        organisations=tuple(row.organisation_id for row in case.participants.all()),
        unit=need.unit_id,
    )
    matters.open_following(
        actor=actor.on_behalf(RULE), now=now, values=values, follows=case.pk, written_by=need.submitter_id
    )
