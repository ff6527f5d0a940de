"""Whose file it is: for each kind of owner, the facts about it and the right that opens its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from samstyr.foundation.access import Act, Facts
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.outward.exports.governing import templates as governing
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.lifting import queries as lifting
from samstyr.procedure.matters import queries as matters
from samstyr.procedure.meetings import queries as meetings
from samstyr.procedure.meetings.queries import agenda
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.portfolio import queries as portfolio


@dataclass(frozen=True)
class Owner:
    """How a kind of owner is asked: `facts` of one by its id (None: there is none), `read` its reading right."""

    facts: Callable[[UUID], Facts | None]
    read: Act


def _need(key: UUID) -> Facts | None:
    need = needs.needs_by_ids([key]).first()
    return needs.facts_for_readers(need) if need else None


def _case(key: UUID) -> Facts | None:
    case = casework.case_by_id(key)
    return casework.case_facts(case) if case else None


def _matter(key: UUID) -> Facts | None:
    matter = matters.matter_by_id(key)
    return matters.facts_for_readers(matter) if matter else None


def _received(key: UUID) -> Facts | None:
    """What has come from another arrangement: for those who answer it."""
    return lifting.facts() if lifting.received_by_id(key) else None


def _own(key: UUID) -> Facts | None:
    """A list waiting to be read in: for the one who uploaded it alone."""
    return Facts("import", require_tenant_id(), owners=frozenset({key}), private=True)


def _plan(_key: UUID) -> Facts | None:
    """What belongs to the plan: its Word template, and the files of a publication."""
    return portfolio.plan_facts()


def _model(_key: UUID) -> Facts | None:
    """What belongs to the governing model: its Word template."""
    return governing.facts()


def _item(key: UUID) -> Facts | None:
    item = agenda.item_by_id(key)
    return meetings.item_facts(item) if item else None


OWNERS: dict[str, Owner] = {
    "need": Owner(_need, Act.NEED_READ),
    "case": Owner(_case, Act.CASE_READ),
    "matter": Owner(_matter, Act.CASE_READ),
    "received": Owner(_received, Act.CASE_ADMINISTER),
    "agenda_item": Owner(_item, Act.CASE_READ),
    "need_import": Owner(_own, Act.NEED_READ),
    "people_import": Owner(_own, Act.NEED_READ),
    "unit_import": Owner(_own, Act.NEED_READ),
    "plan_template": Owner(_plan, Act.PLAN_READ),
    "publication": Owner(_plan, Act.PLAN_READ),
    "governing_template": Owner(_model, Act.MODEL_READ),
}
