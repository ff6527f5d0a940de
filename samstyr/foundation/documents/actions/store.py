"""Store a file that belongs to something."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.organisations.models import Person

from .. import files
from ..models import Document
from ..rules import TENANT_BYTES, clean_file_name, content_type_of, legal_basis


@action("document.store")
def store(
    ctx: Context,
    *,
    owner_kind: str,
    owner_id: UUID,
    owner_facts: Facts,
    act: Act = Act.NEED_EDIT,
    content: bytes,
    file_name: str,
    title: str = "",
    exempt: bool = False,
    basis: str = "",
    public_title: str = "",
) -> Document:
    """Attach a file to the thing that `owner_facts` describe, by the right `act` to change that thing.

    `owner_kind` tells the page that serves the file whom to ask (`samstyr.web.documents.owners`).

    Raises Refused, and Invalid for a kind, size or content we do not take, an exemption without its legal basis,
    or a full store.
    """
    ctx.require(may(ctx.actor, act, owner_facts))
    name = clean_file_name(file_name)
    content_type = content_type_of(content, name)
    used = Document.objects.aggregate(total=Sum("size"))["total"] or 0
    if used + len(content) > getattr(settings, "SAMSTYR_FILE_QUOTA", TENANT_BYTES):
        raise Invalid.field(
            "file",
            say(gettext_noop("Lageret for styringsordningen er fullt.")),
            remedy=say(gettext_noop("Fjern filer som ikke trengs, eller be drift om mer plass.")),
        )
    row = Document(
        owner_kind=owner_kind,
        owner_id=owner_id,
        title=" ".join(title.split()) or name,
        public_title=" ".join(public_title.split()) if exempt else "",
        file_name=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        exempt=exempt,
        legal_basis=legal_basis(exempt, basis),
        added_by=Person.objects.filter(pk=ctx.actor.person).first(),
        stored_name=files.write_bytes(content),
    )
    try:
        ctx.create(row)
    except BaseException:
        files.delete_bytes(ctx.actor.tenant, row.stored_name)
        raise
    ctx.record("document.stored", row)
    return row
