"""A kind and a key become an address by the naming rule ``<kind>-detail``; models know no addresses.

Mail, exports and the trail can so link to a page without importing it.
"""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def address_of(kind: str, key: object, *, tenant: str) -> str:
    """The path of the page that shows one thing; `tenant` is the arrangement's slug.

    Raises NoReverseMatch when no page is called ``<kind>-detail``: every kind has one.
    """
    return reverse(f"{kind}-detail", args=[tenant, key])


def address_or_nothing(kind: str, key: object, *, tenant: str) -> str:
    """As `address_of`, but empty where the kind has no page of its own, for the trail's many kinds."""
    try:
        return address_of(kind, key, tenant=tenant)
    except NoReverseMatch:
        return ""
