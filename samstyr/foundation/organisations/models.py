"""Who takes part: organisations with units, people, and what they hold from when to when."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar
from uuid import UUID

from django.db import models

from samstyr.foundation.access import Facts
from samstyr.foundation.tenancy.models import Account, EditableModel


def place_facts(kind: str, tenant: UUID, organisation: UUID | None, unit: UUID | None) -> Facts:
    """Facts of something that belongs to an organisation and a unit, or to the whole arrangement."""
    return Facts(
        kind,
        tenant,
        organisations=frozenset({organisation} if organisation else ()),
        units=frozenset({unit} if unit else ()),
    )


class Organisation(EditableModel):
    """A legal or practical owner of work: a municipality, a shared service, a company.

    `slot` is the key by which the governance model names it (B-06); the model never names it itself.
    `chart_address` is where its own organisation chart is published, `chart_verified_on` when the units here were
    last held against it (N-056).
    """

    slot = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=40, default="municipality")
    organisation_number = models.CharField(max_length=9, blank=True)
    municipality_number = models.CharField(max_length=4, blank=True)
    region = models.CharField(max_length=100, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(null=True, blank=True)
    chart_address = models.URLField(max_length=500, blank=True)
    chart_verified_on = models.DateField(null=True, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("tenant", "slot"), name="organisation_slot_once"),
            models.UniqueConstraint(
                fields=("tenant", "organisation_number"),
                condition=~models.Q(organisation_number=""),
                name="organisation_number_once",
            ),
        )

    def __str__(self) -> str:
        return self.short_name or self.name

    def facts(self) -> Facts:
        """Where an access decision about it belongs: itself."""
        return Facts("organisation", self.tenant_id, organisations=frozenset({self.pk}))


class Unit(EditableModel):
    """A sector or service in an organisation's tree. `is_area` marks a kommunalsjef's area (B-08, B-26).

    `kind` is one of the model's kinds of units, by which it says which roles a unit must have (A-103); may be empty.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, blank=True)
    is_area = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta(EditableModel.Meta):
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "organisation", "code"), condition=~models.Q(code=""), name="unit_code_once"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def facts(self) -> Facts:
        """Where an access decision about it belongs: its organisation and itself."""
        return place_facts("unit", self.tenant_id, self.organisation_id, self.pk)


class Person(EditableModel):
    """Somebody in this tenant. The e-mail is contact data, never identity."""

    account = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="people", db_constraint=True
    )
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    is_active = models.BooleanField(default=True)

    class Meta(EditableModel.Meta):
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "account"), condition=models.Q(account__isnull=False), name="person_account_once"
            ),
            models.UniqueConstraint(
                fields=("tenant", "email"), condition=~models.Q(email=""), name="person_email_once"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def facts(self) -> Facts:
        """Where an access decision about the person belongs: where they work; their own is their own."""
        place = place_facts("person", self.tenant_id, self.organisation_id, self.unit_id)
        return replace(place, owners=frozenset({self.pk}))


class RoleHolding(EditableModel):
    """That a person holds a role of the governance model, where, and from when to when (both days included)."""

    role = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="holdings"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="holdings")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("role", "starts_on")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="role_holding_ends_after_start",
            ),
        )
        indexes: ClassVar = [models.Index(fields=("tenant", "role"), name="role_holding_role")]

    def __str__(self) -> str:
        return f"{self.role}: {self.person}"

    def facts(self) -> Facts:
        """Where an access decision about it belongs: where the role is held."""
        return place_facts("role", self.tenant_id, self.organisation_id, self.unit_id)


class Seat(EditableModel):
    """A place in a body: which group of seats it fills, and for which area or organisation."""

    body = models.CharField(max_length=60)
    group = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(default=1)
    body_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="seats"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    votes = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    class Meta(EditableModel.Meta):
        ordering = ("body", "group", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "body", "body_organisation", "group", "number"),
                condition=models.Q(body_organisation__isnull=False),
                name="seat_once",
            ),
            models.UniqueConstraint(
                fields=("tenant", "body", "group", "number"),
                condition=models.Q(body_organisation__isnull=True),
                name="seat_once_shared",
            ),
        )

    def __str__(self) -> str:
        return f"{self.body}/{self.group} {self.number}"

    def facts(self) -> Facts:
        """Where an access decision about it belongs: the organisation and area it is for."""
        return place_facts("seat", self.tenant_id, self.organisation_id, self.unit_id)


class SeatHolding(EditableModel):
    """That a person holds a seat for a term; who appointed is kept as the role, as it then was (B-07)."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seat_holdings")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    appointed_by = models.CharField(max_length=200, blank=True)
    exception_reason = models.CharField(max_length=500, blank=True)
    responsible = models.BooleanField(null=True, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("seat", "starts_on")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="seat_holding_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.seat}: {self.person}"


class SeatConsultation(EditableModel):
    """That somebody was asked before a seat was filled, and what they answered (D-48 to D-50).

    `holding` is the appointment it was for, empty until that is made.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="consultations")
    holding = models.ForeignKey(
        SeatHolding, on_delete=models.PROTECT, null=True, blank=True, related_name="consultations"
    )
    consulted = models.CharField(max_length=200)
    asked_on = models.DateField()
    answer_by = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True, max_length=4000)

    class Meta(EditableModel.Meta):
        ordering = ("asked_on", "consulted")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(answer_by__gte=models.F("asked_on")), name="seat_consultation_answer_after_asking"
            ),
        )

    def __str__(self) -> str:
        return f"{self.seat}: {self.consulted}"

    def facts(self) -> Facts:
        """Where an access decision about it belongs: where its seat does."""
        return self.seat.facts()  # type: ignore[no-any-return]


class Substitution(EditableModel):
    """That one person stands in for another while away; both days included."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substitutions")
    starts_on = models.DateField()
    ends_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("starts_on",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="substitution_ends_after_start"
            ),
            models.CheckConstraint(condition=~models.Q(person=models.F("substitute")), name="substitution_not_self"),
        )

    def __str__(self) -> str:
        return f"{self.substitute} for {self.person}"
