"""Reading announcements: those for oneself, and how many have read each."""

from __future__ import annotations

from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet

from samstyr.foundation.access import Actor, Facts
from samstyr.foundation.organisations.models import Person, RoleHolding
from samstyr.foundation.tenancy.scope import require_tenant_id

from .models import Announcement, AnnouncementReading
from .rules import Share, share_of


def publish_facts() -> Facts:
    """What `may(CASE_ADMINISTER)` is asked of before one publishes."""
    return Facts("announcement", require_tenant_id())


def listing(text: str = "") -> QuerySet[Announcement]:
    """All announcements, newest first. What is announced is no secret inside the arrangement."""
    rows = Announcement.objects.select_related("published_by")
    for word in text.split()[:10]:
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word))
    return cast("QuerySet[Announcement]", rows.order_by("-published_on", "-created_at"))


def by_id(key: UUID) -> Announcement | None:
    """One announcement."""
    return listing().filter(pk=key).first()


def read_by(actor: Actor) -> set[UUID]:
    """Those that the actor has read."""
    return set(AnnouncementReading.objects.filter(person_id=actor.person).values_list("announcement_id", flat=True))


def unread_for(actor: Actor, day: date) -> list[Announcement]:
    """Those that are for the actor today, and not read."""
    rows = listing().filter(Q(until__isnull=True) | Q(until__gte=day)).exclude(pk__in=read_by(actor))
    held = {one.role for one in actor.roles}
    return [row for row in rows if not row.roles or held & set(row.roles)]


def share(row: Announcement, day: date) -> Share:
    """How many of those it is for, as of the day, have read it; by organisation."""
    people = Person.objects.filter(is_active=True)
    if row.roles:
        held = RoleHolding.objects.filter(
            Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day)), role__in=row.roles
        )
        people = people.filter(pk__in=held.values("person_id"))
    audience = {key: name or "" for key, name in people.values_list("pk", "organisation__name")}
    return share_of(audience, set(row.readings.values_list("person_id", flat=True)))
