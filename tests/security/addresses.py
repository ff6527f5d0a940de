"""Every address that the product answers at, found from its URL resolver and checked against the register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samstyr.web.routing import ADDRESSES, Address, Entrance
from tests.security.objects import ADDRESS, KIND
from tests.security.world import World

# Patterns outside the register, with the reason.
OUTSIDE: dict[str, str] = {}

# Parts of a route that name no thing of a tenant's: its slug, endings of files, names in the shipped models, kinds
# of lists, signed tokens.
HARMLESS = {"tenant", "ending", "name", "body", "kind", "token", "ledger"}
# Addresses outside any tenant whose key is signed together with a token, or is itself a secret of one use.
SIGNED = {"invitation", "mail-answer", "calendar-feed", "calendar-feed-year", "calendar-feed-body"}


def patterns(resolver: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its whole route."""
    for part in (resolver or get_resolver()).url_patterns:
        route = before + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from patterns(part, route)
        else:
            yield route, part


def unregistered() -> list[str]:
    """Routes that were not mounted through `page()` or `outer_page()`."""
    return [
        route
        for route, pattern in patterns()
        if route not in OUTSIDE
        and not (
            isinstance(pattern.callback, Entrance) and pattern.callback.address is ADDRESSES.get(pattern.name or "")
        )
    ]


def mounted() -> dict[str, tuple[str, Address]]:
    """Name → route and address, of everything the resolver knows."""
    return {
        pattern.name or "": (route, pattern.callback.address)
        for route, pattern in patterns()
        if isinstance(pattern.callback, Entrance)
    }


def cells() -> list[tuple[str, str]]:
    """Every address with each of its methods."""
    return [(name, method) for name, (_route, address) in mounted().items() for method in address.methods]


def parameters(route: str) -> dict[str, str]:
    """The route's parameters: name → converter."""
    return {name: kind for kind, name in re.findall(r"<(?:(\w+):)?(\w+)>", route)}


def arguments(world: World, name: str) -> dict[str, Any]:
    """What fills in the route of the address; raises KeyError when `objects.py` has nothing for it."""
    route, address = mounted()[name]
    wanted = set(parameters(route))
    make = ADDRESS.get(name) or (KIND[address.kind] if wanted - {"tenant"} else KIND[""])
    found = {**make(world), "tenant": world.tenant.slug}
    missing = wanted - set(found)
    if missing:
        raise KeyError(f"{name}: no value for {', '.join(sorted(missing))}")
    return {key: found[key] for key in wanted}


def path_of(world: World, name: str) -> str:
    """The address of that name with the world's own thing."""
    return reverse(name, kwargs=arguments(world, name))
