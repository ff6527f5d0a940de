"""Reading what is published; the only way in for somebody without login."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from samstyr.foundation.documents import files
from samstyr.foundation.documents import queries as documents
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.tenancy import queries as tenancy
from samstyr.foundation.tenancy.models import Tenant
from samstyr.outward.exports.content import PlanContent

from .models import Publication


def public_scope(tenant_slug: str) -> AbstractContextManager[Tenant]:
    """The arrangement by its slug, entered for reading, if it has anything published. Raises NotFound on entering."""
    return tenancy.public_scope(tenant_slug, lambda: published().exists())


def published() -> QuerySet[Publication]:
    """What anybody may read now, newest first."""
    return cast("QuerySet[Publication]", Publication.objects.filter(withdrawn_on=None))


def published_at(slug: str) -> Publication:
    """The publication at the address. Raises NotFound when there is none, or it is withdrawn."""
    row = published().filter(slug=slug).first()
    if row is None:
        raise NotFound
    return row


def publication_of(version_id: UUID) -> Publication | None:
    """The version's publication, also a withdrawn one."""
    return cast("Publication | None", Publication.objects.filter(plan_version_id=version_id).first())


def content_of(row: Publication) -> PlanContent:
    """What was published."""
    return PlanContent.model_validate(row.content)


def file_of(row: Publication, ending: str) -> bytes:
    """The file that was made at the publishing. Raises NotFound."""
    key = {"pdf": row.pdf_id, "xlsx": row.workbook_id}.get(ending)
    document = documents.document(key) if key else None
    if document is None:
        raise NotFound
    return files.read_bytes(document)
