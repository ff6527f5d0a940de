"""Which Word template the governing model is filled into: the arrangement's own, else the one that comes along."""

from __future__ import annotations

from typing import Any

from samstyr.foundation.access import Act, Actor, Facts, Verdict, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.documents import files
from samstyr.foundation.documents import queries as stored_documents
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.tenancy.scope import require_tenant_id

from . import word

KIND = "governing_template"


def facts() -> Facts:
    """The template belongs to the whole arrangement, as the model does."""
    return Facts("model", require_tenant_id())


def stored_templates() -> list[Any]:
    """The arrangement's own templates, oldest first; there is one, or none."""
    return list(stored_documents.documents_of(KIND, require_tenant_id()))


def template_in_use() -> bytes | None:
    """The arrangement's own template; None when the one that comes along is used."""
    stored = stored_templates()
    return files.read_bytes(stored[-1]) if stored else None


def may_change(actor: Actor) -> Verdict:
    """Who keeps the governing model may change its template."""
    return may(actor, Act.MODEL_MANAGE, facts())


@action("governing_template.take", kind=KIND)
def take_template(ctx: Context, *, content: bytes, file_name: str) -> Any:
    """Use the template from now on, once it has been filled in with a model for trial.

    Raises Refused, and Invalid with the code that is wrong; then the present template goes on being used.
    """
    ctx.require(may_change(ctx.actor))
    word.require_fillable(content, file_name)
    earlier = stored_templates()
    stored = documents.store(
        actor=ctx.actor,
        now=ctx.now,
        owner_kind=KIND,
        owner_id=require_tenant_id(),
        owner_facts=facts(),
        act=Act.MODEL_MANAGE,
        content=content,
        file_name=file_name,
        title=str(say(gettext_noop("Wordmal for styringsmodellen"))),
    )
    ctx.record("governing_template.taken", stored)
    _remove(ctx, earlier)
    return stored


@action("governing_template.drop", kind=KIND)
def drop_template(ctx: Context) -> None:
    """Go back to the template that comes along. Raises Refused, and Conflict when it is the one in use."""
    ctx.require(may_change(ctx.actor))
    stored = stored_templates()
    if not stored:
        raise Conflict(
            say(gettext_noop("Malen som følger med, er allerede i bruk.")), rule="governing_template.default"
        )
    ctx.record("governing_template.dropped", stored[-1])
    _remove(ctx, stored)


def _remove(ctx: Context, stored: list[Any]) -> None:
    for row in stored:
        documents.remove(actor=ctx.actor, now=ctx.now, document_id=row.pk, owner_facts=facts(), act=Act.MODEL_MANAGE)
