"""A year, its periods, what is done in them, how they were moved, and duties done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samstyr.foundation.governance.models import ModelVersion
from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.models import EditableModel, FactModel


class WheelYear(EditableModel):
    """A year made from the model's wheel, of the version in force when it was made."""

    year = models.PositiveSmallIntegerField()
    model_version = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="+")

    class Meta(EditableModel.Meta):
        ordering = ("-year",)
        constraints = (models.UniqueConstraint(fields=("tenant", "year"), name="wheel_year_once"),)

    def __str__(self) -> str:
        return str(self.year)


class YearPeriod(EditableModel):
    """A period of a year, with the days the model gave it and the days it has. `wheel` is an overlay's key, or empty.

    `dropped` says that it was not done; `done_on` that it was, and when.
    """

    of = models.ForeignKey(WheelYear, on_delete=models.CASCADE, related_name="periods")
    wheel = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    model_starts_on = models.DateField()
    model_ends_on = models.DateField()
    owner_role = models.CharField(max_length=60, blank=True)
    owner_body = models.CharField(max_length=60, blank=True)
    pdca = models.CharField(max_length=10, blank=True)
    text = models.TextField(blank=True)
    done_on = models.DateField(null=True, blank=True)
    dropped = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("starts_on", "order")
        constraints = (models.UniqueConstraint(fields=("tenant", "of", "wheel", "key"), name="year_period_once"),)
        indexes: ClassVar = [models.Index(fields=("tenant", "wheel", "key"), name="year_period_key")]

    def __str__(self) -> str:
        return self.name

    @property
    def moved(self) -> bool:
        """Whether it has other days than the model gave it."""
        return (self.starts_on, self.ends_on) != (self.model_starts_on, self.model_ends_on)


class YearActivity(EditableModel):
    """Something to do in a period, as the model names it."""

    period = models.ForeignKey(YearPeriod, on_delete=models.CASCADE, related_name="activities")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    done_on = models.DateField(null=True, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("tenant", "period", "order"), name="year_activity_once"),)

    def __str__(self) -> str:
        return self.name


class PeriodMove(FactModel):
    """That a period was moved: from, to, why and by whom. `undoes` is the move that it takes back."""

    period = models.ForeignKey(YearPeriod, on_delete=models.PROTECT, related_name="moves")
    was_starts_on = models.DateField()
    was_ends_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by")

    class Meta(FactModel.Meta):
        ordering = ("-recorded_at",)
        constraints = (models.UniqueConstraint(fields=("tenant", "undoes"), name="period_move_undone_once"),)

    def __str__(self) -> str:
        return f"{self.period_id} {self.starts_on}–{self.ends_on}"


class DutyDone(EditableModel):
    """That a duty of the model was done for one of its days."""

    duty = models.CharField(max_length=60)
    due_on = models.DateField()
    done_on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("-due_on",)
        constraints = (models.UniqueConstraint(fields=("tenant", "duty", "due_on"), name="duty_done_once"),)

    def __str__(self) -> str:
        return f"{self.duty} {self.due_on}"
