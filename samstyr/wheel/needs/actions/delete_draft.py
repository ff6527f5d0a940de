"""Throw a draft away."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.documents import actions as documents
from samstyr.foundation.kernel.errors import Refused
from samstyr.foundation.kernel.text import gettext_noop, say

from .. import queries
from ..models import NeedState
from ._writing import own_need, require_state


@action("needs.delete_draft", kind="need")
def delete_draft(ctx: Context, *, need_id: UUID, version: int) -> None:
    """Remove a draft with its attachments. Only who it comes from, or registered it, may; not co-authors."""
    need = own_need(ctx, need_id, version)
    require_state(
        need, frozenset({NeedState.DRAFT}), gettext_noop("Bare utkast kan slettes. Et innsendt behov kan trekkes.")
    )
    if not ctx.actor.people & {need.submitter_id, need.registered_by_id}:
        raise Refused(
            say(gettext_noop("Bare den behovet kommer fra, kan slette utkastet.")),
            rule="need.delete.submitter",
            remedy=say(gettext_noop("Dette kan gjøres av: %(who)s."), who=need.submitter.name),
        )
    for document in queries.files_of(need):
        documents.remove(
            actor=ctx.actor,
            now=ctx.now,
            document_id=document.pk,
            version=document.version,
            owner_facts=need.facts(),
            act=Act.NEED_EDIT,
        )
    ctx.record("need.deleted", need)
    ctx.delete(need)
