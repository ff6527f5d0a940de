"""What is known of a case, drafted as the paper that a body decides on.

It stands here because it reads the whole wheel: the need, what has been said of it, its scores and its money.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import translation

from samstyr.foundation.access import Actor
from samstyr.foundation.kernel.clock import oslo_date
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.casework.models import Case
from samstyr.procedure.hearings import queries as hearings
from samstyr.procedure.matters.models import Matter
from samstyr.procedure.matters.queries import goals_to_choose, matters_of
from samstyr.procedure.meetings import actions as meetings
from samstyr.procedure.meetings.models import AgendaItem, CasePaper
from samstyr.procedure.meetings.queries import agenda, body_on
from samstyr.procedure.meetings.queries.minutes_facts import body_name, language_of
from samstyr.procedure.meetings.rules import case_paper as rules
from samstyr.wheel.needs.models import Need
from samstyr.wheel.needs.queries.form import form_spec
from samstyr.wheel.portfolio import queries as portfolio
from samstyr.wheel.portfolio.models import CostKind, PlanLine
from samstyr.wheel.portfolio.rules.lines import Line, by_year, split_all
from samstyr.wheel.prioritisation import queries as prioritisation

YES, NO = gettext_noop("ja"), gettext_noop("nei")


def draft(*, actor: Actor, now: datetime, item_id: UUID, key: str | None = None) -> CasePaper:
    """Draft the item's case paper, or fetch the facts anew. Raises as `meetings.draft_case_paper`."""
    item = agenda.item_by_id(item_id)
    drafts = parts_of(item, actor, oslo_date(now)) if item else {}
    return meetings.draft_case_paper(actor=actor, now=now, key=key, item_id=item_id, drafts=drafts)


def parts_of(item: AgendaItem, actor: Actor, today: date) -> dict[str, str]:
    """The text of each part as the facts give it now, in the arrangement's own Norwegian. Empty without a case."""
    case = cases.case_by_id(item.case_id) if item.case_id else None
    if case is None:
        return {}
    with translation.override(language_of(item.meeting)):
        return {
            rules.CASE: rules.about_case(_about(item, case)),
            **told_of(case, actor, today),
            rules.ASSESSMENT: "",
            rules.PROPOSAL: item.proposal.strip(),
        }


def told_of(case: Case, actor: Actor, today: date) -> dict[str, str]:
    """What is known of the case, part by part, in the language in force; exempt statements without their words."""
    need = Need.objects.filter(pk=case.subject_id).first() if case.subject_kind == "need" else None
    matter = matters_of([case]).get(case.subject_id)
    asked = _need_rows(need, today) if need else _matter_rows(matter, today) if matter else []
    return {
        rules.NEED: rules.about_need(asked),
        rules.EARLIER: rules.earlier(_earlier(case)),
        rules.STATEMENTS: rules.statements(*_statements(case, actor)),
        rules.SCORES: rules.scores(_scores(need, today)) if need else "",
        rules.COSTS: rules.costs(_costs(case, need, today)),
    }


def _about(item: AgendaItem, case: Case) -> rules.AboutCase:
    path = cases.path_of(case)
    step = path.step(item.case_step.step) if item.case_step else None
    body = body_on(item.meeting.body, item.meeting.held_on)
    mandate = [one for one in body.mandate if not one.subjects or path.subject in one.subjects] if body else []
    return rules.AboutCase(
        number=f"{case.year}/{case.number}",
        title=case.title,
        path=str(path.name),
        organisations=tuple(str(one) for one in cases.organisations_of(case)),
        body=body_name(item.meeting),
        step=str(step.name) if step else "",
        asks=tuple(str(one.name) for one in step.outcomes) if step else (),
        mandate=tuple(str(one.text) for one in mandate if one.text),
        text=item.text,
    )


def _need_rows(need: Need, day: date) -> list[tuple[str, str]]:
    spec = form_spec(day)
    goals = dict(spec.goals)
    rows = [
        (gettext_noop("Behovet"), need.need),
        (gettext_noop("Hvem det gjelder"), need.affected),
        (gettext_noop("Ønsket virkning"), need.effect),
        (gettext_noop("Hva som tvinger det fram"), need.compels),
        (gettext_noop("Mål"), "\n".join(f"- {goals.get(key, key)}" for key in need.goals)),
    ]
    marks = [
        (need.statutory, gettext_noop("Lovpålagt")),
        (need.personal_data, gettext_noop("Behandler personopplysninger")),
        (need.archive, gettext_noop("Berører arkivet")),
        (need.work_changes, gettext_noop("Endrer arbeidet for ansatte")),
    ]
    told = "\n".join(f"- {say(name)}" for on, name in marks if on)
    found = [(str(say(name)), text) for name, text in rows]
    found += [(one.label, _answer(need.answers.get(one.key))) for one in spec.questions]
    return [*found, (str(say(gettext_noop("Det som må vurderes"))), told)]


def _matter_rows(matter: Matter, day: date) -> list[tuple[str, str]]:
    goals = dict(goals_to_choose(day))
    asked = matter.requested_by
    if asked and matter.requested_on:
        asked = f"{asked}, {matter.requested_on:%d.%m.%Y}"
    rows = [
        (gettext_noop("Bakgrunn"), matter.background),
        (gettext_noop("Hva det bes om"), matter.question),
        (gettext_noop("Bedt om av"), asked),
        (gettext_noop("Punkt i mandatet"), matter.clause),
        (gettext_noop("Mål"), "\n".join(f"- {goals.get(key, key)}" for key in matter.goals)),
    ]
    return [(str(say(name)), text) for name, text in rows]


def _answer(value: Any) -> str:
    if isinstance(value, bool):
        return str(say(YES if value else NO))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)


def _earlier(case: Case) -> list[rules.Earlier]:
    rows = list(cases.treatments_of([case.pk]))
    replaced = {row.corrects_id for row in rows if row.corrects_id}
    return [
        rules.Earlier(
            row.decided_on.strftime("%d.%m.%Y"), row.on_behalf_of or row.actor_name, row.outcome_name, row.reason,
            row.conditions,
        )
        for row in rows
        if row.pk not in replaced
    ]  # fmt: skip


def _statements(case: Case, actor: Actor) -> tuple[list[rules.Said], list[str]]:
    said, silent = [], []
    for hearing in hearings.rounds_of(case, actor):
        for line in hearing.lines:
            who, row = line.consultee.name, line.statement
            if line.consultee.organisation:
                who = f"{who}, {line.consultee.organisation}"
            if row is None:
                silent.append(who)
                continue
            words = ("", "", row.legal_basis) if row.exempt else (row.text, row.conditions, "")
            day = oslo_date(row.recorded_at).strftime("%d.%m.%Y")
            said.append(rules.Said(who, str(row.get_position_display()), day, *words, late=row.late))
    return said, silent


def _scores(need: Need, day: date) -> list[rules.Scored]:
    found = []
    for entry in prioritisation.standing_of_need(need.pk):
        if entry.round.state != "closed":
            continue
        results = prioritisation.results(entry.round, day)
        own = next((one for one in results.ranked if one.entry.pk == entry.pk), None)
        if own is None or own.ranked is None:
            continue
        place = say(gettext_noop("plass %(place)s av %(of)s"), place=own.ranked.rank, of=len(results.ranked))
        parts = tuple((part.name, f"{part.weight} %", part.shown_value, part.shown) for part in own.ranked.total.parts)
        found.append(rules.Scored(entry.round.name, str(place), own.ranked.total.shown, parts))
    return found


def _costs(case: Case, need: Need | None, day: date) -> list[rules.Costs]:
    if need is not None:
        row = portfolio.lines_of_needs([need.pk]).get(need.pk)
        if row is not None:
            return [_cost(row.version_of.plan, [row], day)]
        estimate = [(CostKind.INVESTMENT, need.investment_cost), (CostKind.OPERATING, need.operating_cost)]
        year = need.wanted_year or day.year + 1
        kinds = tuple((str(kind.label).capitalize(), (amount,)) for kind, amount in estimate if amount)
        return [rules.Costs(str(say(gettext_noop("Anslag i behovet"))), (year,), kinds)] if kinds else []
    version = portfolio.version_by_id(case.subject_id) if case.subject_kind in portfolio.SUBJECTS else None
    return [_cost(version.plan, portfolio.lines_of(version), day)] if version else []


def _cost(plan: Any, rows: Sequence[PlanLine], day: date) -> rules.Costs:
    lines: list[Line] = [portfolio.plain(row) for row in rows]
    years = tuple(portfolio.years_of(plan))
    parties = portfolio.parties()
    names = {one.pk: str(one) for one in portfolio.payers()}
    shares = split_all(lines, parties, portfolio.cost_keys(day), years)
    sums = [(str(kind.label).capitalize(), by_year(lines, years, kind=kind)) for kind in CostKind]
    return rules.Costs(
        str(plan),
        years,
        tuple((name, tuple(amounts[year] for year in years)) for name, amounts in sums if any(amounts.values())),
        tuple(
            (names.get(key, ""), tuple(amounts.get(year, 0) for year in years))
            for key, amounts in shares.items()
            if any(amounts.values())
        ),
    )
