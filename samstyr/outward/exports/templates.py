"""Which Word template is in use: the newest that the arrangement has put in, else the one that comes along."""

from __future__ import annotations

from typing import Any

from samstyr.foundation.access import Act, Actor, Verdict, may
from samstyr.foundation.documents import files
from samstyr.foundation.documents import queries as documents
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.wheel.portfolio.queries import plan_facts

from .templating import MOST_BYTES

__all__ = ["KIND", "MOST_BYTES", "act_of", "may_change", "stored_templates", "template_in_use"]

KIND = "plan_template"


def stored_templates() -> list[Any]:
    """The arrangement's own templates, oldest first; there is one, or none."""
    return list(documents.documents_of(KIND, require_tenant_id()))


def template_in_use() -> bytes | None:
    """The arrangement's own template; None when the one that comes along is used."""
    stored = stored_templates()
    return files.read_bytes(stored[-1]) if stored else None


def may_change(actor: Actor) -> Verdict:
    """Who makes the plan may change its template, and so may who keeps the governance model."""
    verdict = may(actor, Act.PLAN_EDIT, plan_facts())
    return verdict if verdict else may(actor, Act.MODEL_MANAGE, plan_facts()) or verdict


def act_of(actor: Actor) -> Act:
    """The right by which the template is changed."""
    return Act.PLAN_EDIT if may(actor, Act.PLAN_EDIT, plan_facts()) else Act.MODEL_MANAGE
