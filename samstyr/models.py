"""Gathers the rooms' tables for Django: one app label, so that a table can move between rooms."""

from samstyr.foundation.audit.models import AuditDetail, AuditEvent, AuditHead, IdempotencyKey
from samstyr.foundation.organisations.models import (
    Organisation,
    Person,
    RoleHolding,
    Seat,
    SeatHolding,
    Substitution,
    Unit,
)
from samstyr.foundation.tenancy.models import Account, Membership, Tenant

__all__ = [
    "Account",
    "AuditDetail",
    "AuditEvent",
    "AuditHead",
    "IdempotencyKey",
    "Membership",
    "Organisation",
    "Person",
    "RoleHolding",
    "Seat",
    "SeatHolding",
    "Substitution",
    "Tenant",
    "Unit",
]
