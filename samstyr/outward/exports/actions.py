"""Taking the arrangement's own Word template into use, and going back to the one that comes along."""

from __future__ import annotations

from typing import Any

from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.wheel.portfolio.queries import plan_facts

from . import templates, word


@action("plan_template.take", kind=templates.KIND)
def take_template(ctx: Context, *, content: bytes, file_name: str) -> Any:
    """Use the template from now on, once it has been filled in with a plan for trial.

    Raises Refused, and Invalid with the code that is wrong; then the present template goes on being used.
    """
    ctx.require(templates.may_change(ctx.actor))
    word.require_fillable(content, file_name)
    earlier = templates.stored_templates()
    stored = documents.store(
        actor=ctx.actor,
        now=ctx.now,
        owner_kind=templates.KIND,
        owner_id=require_tenant_id(),
        owner_facts=plan_facts(),
        act=templates.act_of(ctx.actor),
        content=content,
        file_name=file_name,
        title=str(say(gettext_noop("Wordmal for planen"))),
    )
    ctx.record("plan_template.taken", stored)
    _remove(ctx, earlier)
    return stored


@action("plan_template.drop", kind=templates.KIND)
def drop_template(ctx: Context) -> None:
    """Go back to the template that comes along. Raises Refused, and Conflict when it is the one in use."""
    ctx.require(templates.may_change(ctx.actor))
    stored = templates.stored_templates()
    if not stored:
        raise Conflict(say(gettext_noop("Malen som følger med, er allerede i bruk.")), rule="plan_template.default")
    ctx.record("plan_template.dropped", stored[-1])
    _remove(ctx, stored)


def _remove(ctx: Context, stored: list[Any]) -> None:
    for row in stored:
        documents.remove(
            actor=ctx.actor,
            now=ctx.now,
            document_id=row.pk,
            owner_facts=plan_facts(),
            act=templates.act_of(ctx.actor),
        )
