"""Reading published reports; the only way in for somebody without login."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.tenancy import queries as tenancy
from samstyr.foundation.tenancy.models import Tenant

from ..models import Report


def public_scope(tenant_slug: str) -> AbstractContextManager[Tenant]:
    """The arrangement by its slug, entered for reading, if it has published a report. Raises NotFound on entering."""
    return tenancy.public_scope(tenant_slug, lambda: published().exists())


def published() -> QuerySet[Report]:
    """What anybody may read now, newest first: only that is read, never the report itself."""
    rows = Report.objects.exclude(published_on=None).order_by("-ends_on", "name")
    return cast("QuerySet[Report]", rows.only("id", "tenant_id", "published", "published_on", "ends_on", "name"))


def published_by_id(key: UUID) -> Report:
    """One of them. Raises NotFound."""
    row = published().filter(pk=key).first()
    if row is None:
        raise NotFound
    return row
