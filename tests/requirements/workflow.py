"""What the tests of cases share: raising one on a path of any shipped model, and treating where it stands."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from django.test import Client

from samstyr.foundation.access import Act
from samstyr.foundation.governance.models import ModelVersion
from samstyr.foundation.organisations.tests.factories import log_in
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.procedure.casework import actions as casework
from samstyr.procedure.casework import queries as cases
from samstyr.procedure.casework.models import Case, CaseStep, StepState, Treatment
from samstyr.procedure.counsel import actions as counsel
from samstyr.procedure.counsel.models import Counsel
from samstyr.procedure.counsel.rules import CounselValues
from samstyr.procedure.matters import actions as matters
from samstyr.procedure.matters import queries
from samstyr.procedure.matters.models import Matter
from samstyr.procedure.matters.rules import MatterValues
from samstyr.procedure.sources import actions as sources
from samstyr.procedure.sources.models import Source
from samstyr.procedure.sources.rules import SourceValues
from samstyr.wheel.strategy import actions as strategy
from samstyr.wheel.strategy.queries import case_of_version

from .places import Place

POLITICAL = SourceValues("political_case", "Innføring av SLA", "Kommunestyret", "84/13", date(2013, 4, 25))


def draft(made: Place, path: str, role: str, day: date, **more: Any) -> Matter:
    """A matter that is not sent in."""
    given: dict[str, Any] = {"title": "En sak", "background": "Bakgrunn.", "question": "Spørsmål?", **more}
    return matters.create_draft(**made.by(role, day), values=MatterValues(path=path, **given))


def send(made: Place, matter: Matter, role: str, day: date) -> Case:
    """Its case, newly opened."""
    matter.refresh_from_db()
    matters.send(**made.by(role, day), matter_id=matter.pk, version=matter.version)
    case = queries.case_of(matter)
    assert case is not None
    return case


def raised(made: Place, path: str, role: str, day: date, **more: Any) -> Case:
    """A case on the path."""
    return send(made, draft(made, path, role, day, **more), role, day)


def strategy_raised(made: Place, role: str, day: date, **head: Any) -> Case:
    """The case of a proposed strategy: it begins in the strategy's own room, not as a matter."""
    row = strategy.open_draft(**made.by(role, day), beginning="model")
    values = {"title": "Digitaliseringsstrategi", "first_year": day.year + 1, "last_year": day.year + 4, **head}
    row = strategy.save_head(**made.by(role, day), version_id=row.pk, version=row.version, values=values)
    row = strategy.save_goal(
        **made.by(role, day), version_id=row.pk, version=row.version, goal=None, parent=None,
        values={"text": "Innbyggerne får svar digitalt"},
    )  # fmt: skip
    row = strategy.propose(**made.by(role, day), version_id=row.pk, version=row.version)
    case = case_of_version(row)
    assert case is not None
    return case


def source(made: Place, role: str, day: date, kind: str, title: str = "Kilde") -> Source:
    """A source of the kind."""
    return sources.add(**made.by(role, day), values=SourceValues(kind, title, availability="now"))


def cited(made: Place, matter: Matter, role: str, day: date, row: Source) -> None:
    """Let the matter point to the source."""
    sources.cite(
        **made.by(role, day), source_id=row.pk, owner_kind="matter", owner_id=matter.pk, owner_facts=matter.facts(),
        act=Act.CASE_WRITE,
    )  # fmt: skip


def waiting(case: Case, body: str = "") -> CaseStep:
    """Where the case stands; with `body` that body's instance."""
    rows = CaseStep.objects.filter(case=case, state=StepState.ACTIVE)
    row = (rows.filter(actor_body=body) if body else rows).get()
    found = cases.step_of(row.pk)
    assert found is not None
    return found


def treated(made: Place, case: Case, outcome: str, role: str, day: date, *, body: str = "", **more: Any) -> Treatment:
    """The outcome at the step where the case stands."""
    row = waiting(case, body)
    day_given = {"decided_on": day} if row.actor_body else {}
    treatment = casework.treat(
        **made.by(role, day), case_step_id=row.pk, version=row.version, outcome=outcome, **day_given, **more
    )
    case.refresh_from_db()
    return treatment


def said(made: Place, kind: str, party: str, role: str, day: date, **more: Any) -> Counsel:
    """Counsel on record."""
    values = CounselValues(kind, party, **{"subject": "Om saken", "text": "Sagt.", "on": day, **more})
    return counsel.give(**made.by(role, day), values=values)


def changed(made: Place, *pairs: tuple[str, str]) -> None:
    """The model in force with texts in its file changed."""
    row = ModelVersion.objects.get()
    text = row.text
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    row.text, row.sha256 = text, sha256(text.encode()).hexdigest()
    row.save()


def browser(made: Place, role: str, day: date) -> tuple[Client, str]:
    """Somebody with the role, logged in, and the beginning of every address."""
    made.actor(role, day)
    person = next(one for name, one in made.people.items() if name.startswith(f"{role}:"))
    slug = Tenant.objects.get(pk=require_tenant_id()).slug
    return log_in(Client(), person), f"/o/{slug}/"
