"""Fills an empty installation with the demonstration by living it through: every act is a real action on its day.

Nothing is written past the actions, so that the trail, the audit chain and the numbers are as in earnest. There is one
arrangement for each shipped model; all but the first stand whole in a file under data/arrangements.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from samstyr.demo import arrangement, founding, joint
from samstyr.demo.concerns import ACTS, lifting, weighings
from samstyr.demo.living import World, at, live, read_old_notices
from samstyr.demo.reading import read
from samstyr.foundation.jobs.running import run_one
from samstyr.foundation.tenancy import actions as tenancy
from samstyr.foundation.tenancy import queries as tenants
from samstyr.foundation.tenancy.scope import tenant_scope

SETTLED = 60


def load(*, password: str | None = None) -> str:
    """Load the demonstration into an installation without it; the first arrangement's slug. Twice is once."""
    with transaction.atomic():
        first = joint.load(password=password)
        lived = [(slug, load_arrangement(slug, password=password)) for slug in arrangement.slugs()]
        others = [(arrangement.read(slug), world) for slug, world in lived if world is not None]
        for data, world in others:
            lifting.lift(world, data)
    if first is not None:
        _finish(first, lambda: joint.settle(first))
    for data, world in others:
        finish(data, world)
    return read().tenant.key


def load_arrangement(slug: str, *, password: str | None = None) -> World | None:
    """Live the arrangement of one file in an installation without it; None when it is there.

    What it asks of the worker is for `finish`.
    """
    data = arrangement.read(slug)
    if tenants.tenant_by_slug(slug):
        return None
    tenant = tenancy.create_tenant(slug=slug, name=data.tenant.name, is_demo=True)
    with tenant_scope(tenant.pk):
        world = World(tenant.pk, founding.model_of(data.bundle, data.moved_years))
        founding.found(world, data, password)
        live(world, (act for acts in ACTS for act in acts(data)))
        read_old_notices(world, (key for key, person in data.people.items() if person.login), data.as_of)
    return world


def finish(data: arrangement.Arrangement, world: World) -> None:
    """The worker's part of an arrangement, and what its people do with it. Outside any transaction: the worker
    tells from a thread of its own that it lives."""
    _finish(world, lambda: weighings.settle(world, at(data.as_of, SETTLED), data))


def _finish(world: World, settle: Callable[[], None]) -> None:
    while run_one(world.tenant):
        pass
    with tenant_scope(world.tenant):
        settle()
