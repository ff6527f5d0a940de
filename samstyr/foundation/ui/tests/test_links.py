"""A kind and a key become an address."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.urls import NoReverseMatch

from samstyr.foundation.ui.links import address_of, address_or_nothing

KEY = UUID("7d444840-9dc0-41d1-b245-5ffdce74fad2")


def test_the_page_of_a_thing() -> None:
    assert address_of("need", KEY, tenant="agder") == f"/o/agder/behov/{KEY}/"


def test_a_kind_without_a_page() -> None:
    with pytest.raises(NoReverseMatch):
        address_of("ghost", KEY, tenant="agder")
    assert address_or_nothing("ghost", KEY, tenant="agder") == ""
