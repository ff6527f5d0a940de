"""A tenant in scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope

from .factories import make_tenant


@pytest.fixture
def tenant(db: None) -> Iterator[Tenant]:
    """An empty tenant."""
    made = make_tenant()
    with tenant_scope(made.pk):
        yield made
