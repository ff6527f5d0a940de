"""Turns cases into what the components show: rows, phases, the trail and the table round which a body sits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from samstyr.foundation.audit import queries as audit
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.organisations import queries as organisations
from samstyr.foundation.ui.pieces import Phase, PhaseState, Status, Tone, TrailEntry
from samstyr.procedure.casework import queries
from samstyr.procedure.casework.queries.table import seats_at
from samstyr.procedure.hearings import queries as hearings
from samstyr.procedure.lifting.queries import received_as
from samstyr.procedure.matters.queries import matters_of
from samstyr.procedure.matters.rules import is_matter
from samstyr.procedure.meetings.queries import agenda
from samstyr.procedure.meetings.queries.calendar import secretary_clashes
from samstyr.procedure.meetings.rules.calendar import months_outside
from samstyr.procedure.meetings.rules.written import AGAINST_CHOICE
from samstyr.web.shell import address
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.portfolio import queries as portfolio

CASE_TONES = {"open": Tone.INFO, "parked": Tone.WARNING, "ended": Tone.NEUTRAL}
EFFECT_TONES = {
    "reject": Tone.DANGER,
    "return": Tone.WARNING,
    "defer": Tone.WARNING,
    "park": Tone.WARNING,
    "waived": Tone.WARNING,
    "conditions": Tone.WARNING,
    "end_positive": Tone.SUCCESS,
    "advance": Tone.SUCCESS,
}


def case_status(case: Any) -> Status:
    """The case's state in words; an ended one with its outcome."""
    if case.state == "ended":
        return Status(outcome_name(case), EFFECT_TONES.get(case.outcome_effect, Tone.NEUTRAL))
    return Status(case.get_state_display().capitalize(), CASE_TONES[case.state])


def outcome_name(case: Any) -> str:
    """What the case ended with, in the model's word."""
    words = {
        "merged": _("Slått sammen"),
        "split": _("Delt i flere saker"),
        "withdrawn": _("Trukket"),
        "completed": _("Ferdig"),
    }
    if case.outcome in words:
        return words[case.outcome]
    for step in queries.path_of(case).steps:
        outcome = step.outcome(case.outcome)
        if outcome:
            return str(outcome.name)
    return str(case.outcome)


def subject_address(tenant: str, case: Any) -> str:
    """The page of what the case is about; a plan and its revision are both versions of a plan."""
    if is_matter(case.subject_kind):
        return address("matter-detail", tenant, case.subject_id) if matters_of([case]) else ""
    return address(f"{case.subject_kind}-detail", tenant, case.subject_id) or address(
        "plan-version-detail", tenant, case.subject_id
    )


def came_from(case: Any) -> Any:
    """What the case came as from another arrangement, or None."""
    return received_as([case.subject_id]).get(case.subject_id) if is_matter(case.subject_kind) else None


def need_of(request: HttpRequest, case: Any) -> Any:
    """The need that the case is about, if the person may read it."""
    if case.subject_kind != needs.KIND:
        return None
    return needs.visible_to(request.actor).filter(pk=case.subject_id).first()  # type: ignore[attr-defined]


def plan_places(case: Any) -> list[Any]:
    """Where a need's case has led: its line in every version of a plan, oldest first."""
    return portfolio.traces_of_need(case.subject_id) if case.subject_kind == "need" else []


def row_of(case: Any) -> dict[str, Any]:
    """One line of the list: the case, where it stands and when it is due."""
    active = [step for step in case.steps.all() if step.state == "active"]
    dates = [step.due_on for step in active if step.due_on]
    return {
        "case": case,
        "status": case_status(case),
        "standing": ", ".join(dict.fromkeys(step.name for step in active)),
        "due_on": min(dates) if dates and case.state == "open" else None,
        "organisations": ", ".join(str(item) for item in queries.organisations_of(case)),
    }


def phases_of(case: Any) -> list[Phase]:
    """The path as a phase arrow: done, now, to come, passed over."""
    steps: dict[str, list[Any]] = {}
    for row in case.steps.all():
        steps.setdefault(row.step, []).append(row)
    phases = []
    for step in queries.path_of(case).steps:
        rows = steps.get(step.key, [])
        states = {row.state for row in rows}
        if "active" in states and case.state != "ended":
            state = PhaseState.CURRENT
        elif rows and states <= {"skipped", "cancelled"}:
            state = PhaseState.SKIPPED
        elif rows:
            state = PhaseState.DONE
        else:
            state = PhaseState.SKIPPED if case.state == "ended" else PhaseState.UPCOMING
        phases.append(Phase(str(step.name), state, gate=step.kind in ("propose", "decide")))
    return phases


def trail_entries(request: HttpRequest, case: Any) -> list[TrailEntry]:
    """The trail, oldest first: opened, each step with what was done, skipped and waived ones marked."""
    entries = [
        TrailEntry(
            case.opened_at,
            _("Saken er opprettet"),
            str(case.opened_by or ""),
            tone=Tone.INFO,
            rule=f"{governance.label_of(case.model_version_id)}:{case.path}",
            facts=((_("Kom etter at perioden var over"), _("Ja")),) if case.opened_late else (),
        )
    ]
    names = {step.key: {out.key: str(out.name) for out in step.outcomes} for step in queries.path_of(case).steps}
    for stage in queries.trail_of(case):
        entries.extend(_stage_entries(stage, names.get(stage.row.step, {})))
    entries.extend(
        TrailEntry(
            statement.recorded_at,
            _("Uttalelse: %(position)s") % {"position": statement.get_position_display()},
            f"{statement.consultee.name}",
            statement.text if visible else _("Unntatt offentlighet (%(basis)s)") % {"basis": statement.legal_basis},
            Tone.WARNING if statement.late or statement.position == "against" else Tone.NEUTRAL,
            facts=((_("Kom etter fristen"), _("Ja")),) if statement.late else (),
        )
        for statement, visible in hearings.statements_of(case, request.actor)  # type: ignore[attr-defined]
    )
    entries.extend(_turns(case))
    return sorted(entries, key=lambda entry: _instant(entry.when))


def _turns(case: Any) -> list[TrailEntry]:
    """What has been done with the case as a whole, outside its steps, each with the reason that was given."""
    titles = {
        "case.park_reason": _("Saken er parkert"),
        "case.reopened": _("Ta saken opp igjen"),
        "case.received_merge": _("Slått sammen med en annen sak"),
        "case.was_split": _("Delt i flere saker"),
        "case.withdrawn": _("Trukket"),
    }
    told = {
        (entry.action, reason): entry
        for entry in audit.history_of(case.pk)
        if entry.action in titles and (reason := str(entry.more.get("reason", "")))
    }
    return [
        TrailEntry(entry.at, titles[action], entry.actor, reason, rule=entry.rule)
        for (action, reason), entry in told.items()
    ]


def _instant(when: Any) -> str:
    return str(when.isoformat() if hasattr(when, "isoformat") else when)


def _stage_entries(stage: Any, outcomes: dict[str, str]) -> list[TrailEntry]:
    row = stage.row
    where = f" ({row.organisation})" if row.organisation else ""
    if row.state == "skipped":
        return [TrailEntry(row.closed_at, _("%(step)s: hoppet over") % {"step": row.name}, tone=Tone.NEUTRAL)]
    entries = []
    for item in stage.treatments:
        who = item.actor_name + where
        if item.person and not item.automatic:
            who += f" – {item.person}"
        if item.on_behalf_of:
            who += " " + _("for %(name)s") % {"name": item.on_behalf_of}
        facts = [(_("Dato"), item.decided_on.strftime("%d.%m.%Y"))] if item.body else []
        if item.present:
            facts.append((_("Til stede"), ", ".join(str(seat.get("name", "")) for seat in item.present)))
        if item.votes:
            facts.append((_("Stemmer"), _votes(item, outcomes)))
        if item.conditions:
            facts.append((_("Vilkår"), item.conditions))
        if item.late:
            facts.append((_("Etter fristen"), _("Ja")))
        facts += _rested_on(item)
        entries.append(
            TrailEntry(
                item.recorded_at,
                f"{row.name}: {item.outcome_name}",
                who,
                "\n\n".join(part for part in (item.text, item.reason) if part),
                EFFECT_TONES.get(item.effect, Tone.NEUTRAL),
                rule=item.rule,
                facts=tuple(facts),
            )
        )
    return entries


def _rested_on(item: Any) -> list[tuple[str, str]]:
    """What stood when it was decided: requirements, checklist, why it was decided without, and who is bound."""
    found = [(one["name"], one["why"]) for one in item.evidence]
    if item.override:
        found.append((_("Avgjort uten, fordi"), item.override))
    found += [(one["point"], _("Oppfylt") if one["met"] else _("Ikke oppfylt")) for one in item.checks]
    if item.binds:
        names = {slot.key: str(slot.name) for slot in governance.typed(item.case.model_version).organisations}
        found.append((_("Binder"), ", ".join(names.get(key, key) for key in item.binds)))
    if item.parts:
        found.append((_("Står ikke bak"), ", ".join(portfolio.titles_of_lines(item.parts))))
    if item.precedent:
        found.append((_("Presedens"), _("Ja")))
    return found


def _votes(item: Any, outcomes: dict[str, str]) -> str:
    outcomes = {AGAINST_CHOICE: _("imot")} | outcomes
    choices = Counter(str(vote.get("choice") or "") for vote in item.votes)
    return ", ".join(
        f"{outcomes.get(choice, choice) if choice else _('stemte ikke')}: {count}" for choice, count in choices.items()
    )


def routines_of(case: Any) -> list[tuple[str, str]]:
    """The participants' own routines for the steps now open, as (organisation, text) (B-31)."""
    model = governance.typed(case.model_version)
    slots = {item.slot: str(item) for item in queries.organisations_of(case)}
    open_steps = {f"{case.path}/{row.step}" for row in case.steps.all() if row.state == "active"}
    return [
        (slots.get(routine.organisation or "", ""), str(routine.text))
        for routine in model.routines
        if routine.step in open_steps and (routine.organisation is None or routine.organisation in slots)
    ]


def hearings_of(request: HttpRequest, case: Any) -> list[Any]:
    """The case's hearing rounds with each consultee's answer or silence, as this person may see them."""
    return hearings.rounds_of(case, request.actor)  # type: ignore[attr-defined, no-any-return]


@dataclass(frozen=True)
class Place:
    """One seat at a body's table: who sits there, and whether it has a vote."""

    key: str
    name: str
    group: str
    votes: bool
    chair: bool
    slot: str
    present: bool = False
    choice: str = ""


def table_of(row: Any, today: date, posted: QueryDict) -> list[Place]:
    """The seats of the body whose step it is, filled today, with what was ticked; empty for a role's step."""
    if not row.actor_body:
        return []
    model = governance.typed(row.case.model_version)
    body = model.body(row.actor_body)
    chair = (
        {
            p.pk
            for p in organisations.holders_of(
                body.chair, on=today, organisation=governance.chair_place(model, body, row.organisation_id)
            )
        }
        if body and body.chair
        else set()
    )
    return [
        Place(
            str(seat.pk),
            person.name if person else _("Ledig plass"),
            str(seat.organisation or ""),
            seat.votes and person is not None,
            person is not None and person.pk in chair,
            seat.organisation.slot if seat.organisation else "",
            str(seat.pk) in posted.getlist("present"),
            posted.get(f"vote-{seat.pk}", ""),
        )
        for seat, person in seats_at(row, today)
    ]


def present_from(posted: QueryDict, table: list[Place]) -> list[dict[str, Any]]:
    """Who was ticked as present."""
    ticked = set(posted.getlist("present"))
    return [{"seat": place.key, "name": place.name, "votes": place.votes} for place in table if place.key in ticked]


def votes_from(posted: QueryDict, table: list[Place]) -> list[dict[str, Any]]:
    """The votes given, one per present seat; none when nobody's vote was entered."""
    votes = [
        {
            "voter": place.key,
            "name": place.name,
            "choice": posted.get(f"vote-{place.key}", "")[:60],
            "chair": place.chair,
            "slot": place.slot,
        }
        for place in table
        if place.votes and place.key in set(posted.getlist("present"))
    ]
    return votes if any(vote["choice"] for vote in votes) else []


def checklist_of(row: Any) -> list[tuple[str, str]]:
    """The points of the step's checklist, as (key, words)."""
    return [(point.key, str(point.name)) for point in queries.path_of(row.case).step(row.step).checklist]


def parts_of(row: Any) -> list[tuple[str, str]]:
    """The shared measures of a plan that the step's organisation can do without, where the model narrows by that."""
    if row.organisation_id is None or not queries.path_of(row.case).step(row.step).join.narrows:
        return []
    return portfolio.shared_lines(row.case.subject_id, row.organisation_id)


def step_words(row: Any) -> dict[str, str]:
    """The step's own explanation and how a body comes to its outcome."""
    step = queries.path_of(row.case).step(row.step)
    rules = {
        "single": _("Den som har oppgaven, avgjør."),
        "chair": _("Møteleder avgjør."),
        "simple_majority": _("Mer enn halvparten av stemmene avgjør."),
        "two_thirds": _("Minst to tredeler av stemmene må være enige."),
        "unanimous": _("Alle må være enige."),
        "consensus_else_chair": _("Er alle enige, gjelder det. Ellers avgjør møteleder."),
        "plurality": _("Utfallet med flest stemmer gjelder."),
    }
    return {
        "text": str(step.text or ""),
        "rule": rules[str(step.decision.rule)] if step.decision else "",
        "kind": str(step.kind),
    }


def meetings(model: Any, year: int, actor: Any, today: date) -> list[dict[str, Any]]:
    """The year's meetings with the body's name, and what the actor may do with each."""
    names = {body.key: str(body.name) for body in model.bodies} if model else {}
    rows = list(queries.meetings_of(since=date(year, 1, 1), until=date(year, 12, 31)))
    standings = agenda.standings_of(actor, rows, today)
    return [{"meeting": row, "name": names.get(row.body, row.body), "standing": standings[row.pk]} for row in rows]


def frequencies(model: Any, year: int) -> list[dict[str, Any]]:
    """Per body with a frequency rule: how many meetings are planned against how many there should be (B-12)."""
    if model is None:
        return []
    days: dict[str, list[date]] = {}
    for row in queries.meetings_of(since=date(year, 1, 1), until=date(year, 12, 31)):
        if not row.cancelled:
            days.setdefault(row.body, []).append(row.held_on)
    per_year = {"year": 1, "quarter": 4, "month": 12}
    found = []
    for body in model.bodies:
        if body.frequency is None:
            continue
        target = body.frequency.times * per_year[body.frequency.per]
        planned = len(days.get(body.key, ()))
        most = body.frequency.at_most
        low = target - body.frequency.tolerance
        high = most * per_year[body.frequency.per] if most else target + body.frequency.tolerance
        found.append(
            {
                "name": str(body.name),
                "planned": planned,
                "target": target,
                "months": _months(body.frequency, days.get(body.key, ())),
                "status": Status(_("I tråd med modellen"), Tone.SUCCESS)
                if low <= planned <= high
                else Status(_("For få møter") if planned < low else _("For mange møter"), Tone.WARNING),
            }
        )
    return found


def clashes(model: Any, year: int) -> list[dict[str, Any]]:
    """The days on which one secretary has meetings of several bodies, by their names (N-188)."""
    return [
        {
            "on": one.on,
            "secretary": model.party_name(one.secretary),
            "bodies": [model.party_name(key) for key in one.bodies],
        }
        for one in secretary_clashes(model, year)
    ]


def _months(frequency: Any, days: Iterable[date]) -> str:
    """The months with fewer or more meetings than a monthly rule says, as «juli 0, mai 3» (D-30)."""
    if frequency.per != "month":
        return ""
    outside = months_outside(days, least=frequency.times, most=frequency.at_most, months=range(1, 13))
    return ", ".join(f"{MONTHS[month]} {number}" for month, number in outside)
