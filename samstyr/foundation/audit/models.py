"""Tables of the trail. Text references only: rows must outlive what they describe."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samstyr.foundation.tenancy.models import FactModel, TenantModel


class AuditHead(TenantModel):
    """The last link of a tenant's chain; locked last in every transaction that writes an event."""

    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant",), name="audit_head_one"),)

    def __str__(self) -> str:
        return f"{self.sequence}"


class AuditEvent(FactModel):
    """One thing done: what, to what, when, under which rule; hashed. No personal data in its columns."""

    sequence = models.BigIntegerField()
    action = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    actor_id = models.UUIDField()
    rule = models.CharField(max_length=200, blank=True)
    model_version = models.CharField(max_length=120, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    details_commitment = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta(FactModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant", "sequence"), name="audit_event_sequence"),)
        indexes: ClassVar = [models.Index(fields=("tenant", "kind", "object_id"), name="audit_event_object")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class AuditDetail(TenantModel):
    """Names and before/after of one event, apart from the hash so that they can lawfully be erased."""

    sequence = models.BigIntegerField()
    salt = models.CharField(max_length=32)
    details = models.JSONField()

    class Meta(TenantModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant", "sequence"), name="audit_detail_sequence"),)

    def __str__(self) -> str:
        return f"{self.sequence}"


class IdempotencyKey(FactModel):
    """A request already carried out, and what it gave: the same key never acts twice."""

    person_id = models.UUIDField()
    key = models.CharField(max_length=64)
    action = models.CharField(max_length=80)
    request_hash = models.CharField(max_length=64)
    result_kind = models.CharField(max_length=80, blank=True)
    result_id = models.UUIDField(null=True)

    class Meta(FactModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant", "person_id", "key"), name="idempotency_key_once"),)

    def __str__(self) -> str:
        return f"{self.action} {self.key}"
