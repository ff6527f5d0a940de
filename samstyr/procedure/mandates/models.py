"""Entries of the model's ledgers with what hangs on them, tags on cases, and competence held."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samstyr.foundation.organisations.models import Organisation, Person
from samstyr.foundation.tenancy.models import EditableModel, FactModel, TenantModel
from samstyr.procedure.casework.models import Case


class LedgerEntry(EditableModel):
    """One entry of a ledger, in one of the ledger's states.

    `answers` holds the ledger's own fields by key, `tags` lists «set:value». `owner`, `next_action` and `due_on` are for
    what is followed up; `holder` (a role, never a name), `organisation`, `starts_on` and `ends_on` for what is held.
    `decided_by` and `decided_on` are of the newest decision, `case` the case it was made in. `about` is the entry of
    another ledger that this one speaks of, or in a yearly ledger the one of an earlier year that it carries on.
    """

    ledger = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=60)
    answers = models.JSONField(default=dict, blank=True)
    tags = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    next_action = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    holder = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    about = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="spoken_of")
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(EditableModel.Meta):
        ordering = ("ledger", "number")
        constraints = (models.UniqueConstraint(fields=("tenant", "ledger", "number"), name="ledger_entry_once"),)
        indexes: ClassVar = [models.Index(fields=("tenant", "ledger", "state"), name="ledger_entry_state")]

    def __str__(self) -> str:
        return self.title


class LedgerCase(TenantModel):
    """That an entry came of a case, or has to do with it."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant", "entry", "case"), name="ledger_case_once"),)

    def __str__(self) -> str:
        return f"{self.entry_id} {self.case_id}"


class LedgerUse(TenantModel):
    """That something began in the words of an entry. Like a citation it knows no more of what began there."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="uses")
    owner_kind = models.CharField(max_length=40)
    owner_id = models.UUIDField()

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=("tenant", "entry", "owner_kind", "owner_id"), name="ledger_use_once"),
        )
        indexes: ClassVar = [models.Index(fields=("tenant", "owner_kind", "owner_id"), name="ledger_use_owner")]

    def __str__(self) -> str:
        return f"{self.owner_kind} {self.owner_id}"


class LedgerNote(FactModel):
    """Something dated about an entry: that it came into a state, or a note of one of the ledger's kinds.

    `state` is empty for a note, and `kind` for a state.
    """

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=60, blank=True)
    on = models.DateField()
    text = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(FactModel.Meta):
        ordering = ("-on", "-recorded_at")

    def __str__(self) -> str:
        return f"{self.on} {self.kind or self.state}"


class SpreadCount(FactModel):
    """How many in a region were in each state on a day, of all there are: `counts` by the state's key."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="spread")
    region = models.CharField(max_length=200)
    counted_on = models.DateField()
    total = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)

    class Meta(FactModel.Meta):
        ordering = ("region", "-counted_on", "-recorded_at")

    def __str__(self) -> str:
        return f"{self.region} {self.counted_on}"


class LedgerOrder(FactModel):
    """A version of a ledger's order: `entries` by key, best first, why, and who was asked first.

    `inputs` has a row for each asked: organisation, name, and the days asked and answered (ISO; None: no answer).
    """

    ledger = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    decided_on = models.DateField()
    reason = models.TextField()
    entries = models.JSONField(default=list)
    inputs = models.JSONField(default=list, blank=True)

    class Meta(FactModel.Meta):
        ordering = ("ledger", "-number")
        constraints = (models.UniqueConstraint(fields=("tenant", "ledger", "number"), name="ledger_order_once"),)

    def __str__(self) -> str:
        return f"{self.ledger} {self.number}"


class CaseTag(TenantModel):
    """That a case carries a value of a set of tags."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tags")
    tag_set = models.CharField(max_length=60)
    value = models.CharField(max_length=60)

    class Meta(TenantModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant", "case", "tag_set", "value"), name="case_tag_once"),)
        indexes: ClassVar = [models.Index(fields=("tenant", "tag_set", "value"), name="case_tag_value")]

    def __str__(self) -> str:
        return f"{self.tag_set}:{self.value}"


class HeldCompetence(TenantModel):
    """That a person has a competence that a body needs."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    body = models.CharField(max_length=60)
    competence = models.CharField(max_length=60)

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=("tenant", "person", "body", "competence"), name="held_competence_once"),
        )

    def __str__(self) -> str:
        return self.competence
