"""Strategies in a chain, their versions, how a draft came about, and what leaders thought of it each year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.models import EditableModel, FactModel
from samstyr.procedure.casework.models import Treatment


class Strategy(EditableModel):
    """A strategy for one period. `previous` is the one it was rolled from; what it says stands in its versions."""

    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    previous_id: UUID | None
    versions: Any

    class Meta(EditableModel.Meta):
        ordering = ("created_at",)

    def __str__(self) -> str:
        return str(self.pk)


class VersionState(models.TextChoices):
    """A version's life. A draft that is put away is kept, since what was written is part of the trail."""

    DRAFT = "draft", _("utkast")
    PROPOSED = "proposed", _("forslag")
    ADOPTED = "adopted", _("vedtatt")
    SUPERSEDED = "superseded", _("erstattet")
    DISCARDED = "discarded", _("lagt bort")


class StrategyVersion(EditableModel):
    """A draft, proposal or adopted version; `content` is a `StrategyContent`. Frozen from the moment it is proposed.

    `number` is given at adoption and counts within the strategy, `seal` is the digest of the canonical content.
    `based_on` is the version it was made from, `fates` what became of each of that one's goals:
    ``{key: {"fate": kept|changed|dropped, "reason": …, "lesson": …}}``. `process` is when each phase of the work ended:
    ``{key: {"on": date, "note": …}}``. `body` and `reference` are who adopted it, as it was called, and in which case.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=VersionState, default=VersionState.DRAFT)
    content = models.JSONField(default=dict, blank=True)
    fates = models.JSONField(default=dict, blank=True)
    process = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="revisions")
    seal = models.CharField(max_length=64, blank=True)
    proposed_on = models.DateField(null=True, blank=True)
    adopted_on = models.DateField(null=True, blank=True)
    decision = models.ForeignKey(Treatment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    audit_omits = EditableModel.audit_omits | {"content"}
    strategy_id: UUID
    based_on_id: UUID | None
    decision_id: UUID | None
    steps: Any

    class Meta(EditableModel.Meta):
        ordering = ("created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "strategy", "number"),
                condition=models.Q(number__isnull=False),
                name="strategy_version_number_once",
            ),
            models.UniqueConstraint(
                fields=("tenant", "strategy"),
                condition=models.Q(state__in=("draft", "proposed")),
                name="strategy_version_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.strategy_id} v{self.number or '–'}"


class StrategyStep(FactModel):
    """The draft as it was after one change, so that a change can be undone. `what` tells which."""

    version_of = models.ForeignKey(StrategyVersion, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=300)
    content = models.JSONField(default=dict, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    audit_omits = FactModel.audit_omits | {"content"}
    version_of_id: UUID

    class Meta(FactModel.Meta):
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("tenant", "version_of", "number"), name="strategy_step_once"),)

    def __str__(self) -> str:
        return self.what


class StrategyReview(FactModel):
    """A leader's own assessment of the strategy in force, and what they would change (N-122)."""

    version_of = models.ForeignKey(StrategyVersion, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField()
    role = models.CharField(max_length=200, blank=True)
    assessment = models.TextField()
    proposals = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version_of_id: UUID

    class Meta(FactModel.Meta):
        ordering = ("-on", "-recorded_at")
        indexes: ClassVar = [models.Index(fields=("tenant", "version_of", "on"), name="strategy_review_on")]

    def __str__(self) -> str:
        return self.assessment[:60]


class Measurement(FactModel):
    """A figure for one of the strategy's targets on a day; `target` is its key, which lives through revisions.

    `is_start` tells where the target begins, when the strategy did not say. A wrong figure is corrected by another that
    `corrects` it; without a value the figure is taken back.
    """

    target = models.CharField(max_length=60)
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    is_start = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    reason = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by")
    corrects_id: UUID | None

    class Meta(FactModel.Meta):
        ordering = ("on", "recorded_at")
        indexes: ClassVar = [models.Index(fields=("tenant", "target", "on"), name="strategy_measurement_on")]
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "corrects"),
                condition=models.Q(corrects__isnull=False),
                name="strategy_measurement_corrected_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.target} {self.on} {self.value}"

    @property
    def figure(self) -> Decimal:
        """The value of a measurement that has not been taken back."""
        if self.value is None:
            raise ValueError(f"measurement {self.pk} of {self.target} is taken back and has no value")
        return self.value
