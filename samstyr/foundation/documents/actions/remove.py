"""Remove a stored file, or freeze it because something has been decided on it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Conflict
from samstyr.foundation.kernel.text import gettext_noop, say

from .. import files
from ..models import Document


@action("document.remove")
def remove(
    ctx: Context,
    *,
    document_id: UUID,
    version: int | None = None,
    owner_facts: Facts,
    act: Act = Act.NEED_EDIT,
) -> Document:
    """Remove the file for good, bytes too. Raises Refused, and Conflict when it is frozen."""
    row = ctx.load(Document, document_id, version=version)
    ctx.require(may(ctx.actor, act, row.facts(owner_facts)))
    if row.frozen:
        raise Conflict(
            say(gettext_noop("Filen er en del av grunnlaget for en behandling, og kan ikke fjernes.")),
            rule="document.frozen",
        )
    ctx.record("document.removed", row)
    name = row.stored_name
    ctx.delete(row)
    transaction.on_commit(partial(files.delete_bytes, ctx.actor.tenant, name))
    return row


@action("document.freeze")
def freeze(ctx: Context, *, document_id: UUID, owner_facts: Facts, act: Act = Act.NEED_EDIT) -> Document:
    """Let the file be part of the record from now on; twice is once. Raises Refused."""
    row = ctx.load(Document, document_id)
    ctx.require(may(ctx.actor, act, row.facts(owner_facts)))
    if row.frozen:
        return row
    before = row.snapshot()
    row.frozen = True
    ctx.save(row)
    ctx.record("document.frozen", row, before=before)
    return row
