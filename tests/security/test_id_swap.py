"""Another tenant's thing and one that never was are told apart by nobody: same status, same words, same headers."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samstyr.foundation.tenancy.scope import tenant_scope
from tests.security.addresses import arguments, mounted
from tests.security.objects import POSTED
from tests.security.world import AUTHOR, World, build, client_of

pytestmark = pytest.mark.django_db

# Those with the widest rights between them; a fault that shows to nobody here shows to nobody.
PEOPLE = ("it_lead", "administrator", "auditor", "sector_director", AUTHOR)


def bare(response: HttpResponse, *ids: UUID) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers without what differs from one request to the next, or repeats what was asked for."""
    body = response.content.decode()
    body = re.sub(r'(csrfmiddlewaretoken" value=|nonce=|name="_key" value=|"X-CSRFToken": ?)"[^"]*"', r'\1""', body)
    headers = {name: value for name, value in response.headers.items() if name not in ("Set-Cookie", "Date")}
    if "Content-Security-Policy" in headers:
        headers["Content-Security-Policy"] = re.sub(r"'nonce-[^']*'", "", headers["Content-Security-Policy"])
    for number in ids:
        body = body.replace(str(number), "ID")
    return response.status_code, body, headers


def ask(client: Client, world: World, name: str, method: str, route: dict[str, Any], *ids: UUID) -> Any:
    """The answer, with whatever it wrote taken back."""
    with tenant_scope(world.tenant.pk):
        data = POSTED[name](world) if name in POSTED else {}
    with transaction.atomic():
        path = reverse(name, kwargs=route)
        response = client.get(path) if method == "GET" else client.post(path, data)
        transaction.set_rollback(True)
    return bare(response, *ids)


def swaps() -> list[tuple[str, str]]:
    """Every address that names a thing, with each of its methods."""
    return [
        (name, method)
        for name, (route, address) in mounted().items()
        if "<uuid:" in route
        for method in address.methods
    ]


@pytest.mark.slow
@pytest.mark.everywhere
@pytest.mark.parametrize("person", PEOPLE)
def test_foreign_and_never_existed_are_alike(person: str) -> None:
    world, elsewhere = build("prove"), build("annet-sted")
    client = client_of(world, person)
    wrong = []
    for name, method in swaps():
        with tenant_scope(elsewhere.tenant.pk):
            theirs = {key: value for key, value in arguments(elsewhere, name).items() if isinstance(value, UUID)}
        with tenant_scope(world.tenant.pk):
            ours = arguments(world, name)
        for key, foreign in theirs.items():
            never = uuid4()
            answers = [
                ask(client, world, name, method, {**ours, key: wanted}, foreign, never) for wanted in (foreign, never)
            ]
            if answers[0] != answers[1]:
                wrong.append(f"{name} {method} {key}: {answers[0][0]} and {answers[1][0]} are told apart")
            elif answers[0][0] not in (404, 403):
                wrong.append(f"{name} {method} {key}: {answers[0][0]} instead of 404")
    assert wrong == []


@pytest.mark.slow
@pytest.mark.everywhere
def test_a_tenant_one_is_not_in_is_as_one_that_never_was() -> None:
    world, elsewhere = build("prove"), build("annet-sted")
    client = client_of(world, "administrator")
    for name, (_route, address) in mounted().items():
        if not address.tenant:
            continue
        with tenant_scope(world.tenant.pk):
            ours = arguments(world, name)
        for method in address.methods:
            answers = []
            for slug in (elsewhere.tenant.slug, "aldri"):
                status, body, headers = ask(client, world, name, method, {**ours, "tenant": slug})
                answers.append((status, body.replace(slug, "SLUG"), headers))
            assert answers[0] == answers[1], (name, method)
            assert answers[0][0] == 404, (name, method)
