"""Candidates for the plan, and scenarios: named sets of limits and choices that can be compared and solved."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.jobs.models import Job
from samstyr.foundation.organisations.models import Organisation, Person, Unit
from samstyr.foundation.tenancy.models import EditableModel, TenantModel
from samstyr.wheel.needs.models import Need


class Candidate(EditableModel):
    """A measure that could be taken into the plan, with what it gives, costs and presupposes.

    `number` is what people call it by, also in Excel. `value` is hundredths of a point (0-10 000), from the last
    prioritisation round of its need unless `value_reason` says why it was set by hand. `risk` is 0 (none) to 100.
    It may start in any year from `earliest` to `latest` (empty: no bound) and lasts `duration` years.
    `mandatory` is that law or a contract demands it. `plan_line` is the measure's key in the plan, once it is there.
    """

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    plan_line = models.UUIDField(null=True, blank=True)
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    focus_area = models.CharField(max_length=60, blank=True)
    goals = models.JSONField(default=list, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    value = models.PositiveIntegerField(default=0)
    value_reason = models.TextField(blank=True)
    risk = models.PositiveSmallIntegerField(default=0)
    mandatory = models.BooleanField(default=False)
    mandatory_reason = models.TextField(blank=True)
    earliest = models.PositiveSmallIntegerField(null=True, blank=True)
    latest = models.PositiveSmallIntegerField(null=True, blank=True)
    duration = models.PositiveSmallIntegerField(default=1)
    cost_key = models.CharField(max_length=60, blank=True)
    own_shares = models.JSONField(default=dict, blank=True)
    dropped_reason = models.TextField(blank=True)
    need_id: UUID | None
    area_id: UUID | None
    participants: Any
    costs: Any
    staff: Any

    class Meta(EditableModel.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("tenant", "number"), name="candidate_number_once"),
            models.UniqueConstraint(
                fields=("tenant", "need"), condition=models.Q(need__isnull=False), name="candidate_need_once"
            ),
            models.CheckConstraint(
                condition=models.Q(earliest__isnull=True)
                | models.Q(latest__isnull=True)
                | models.Q(latest__gte=models.F("earliest")),
                name="candidate_latest_after_earliest",
            ),
        )
        indexes: ClassVar = [models.Index(fields=("tenant", "area"), name="candidate_area")]

    def __str__(self) -> str:
        return self.title


class CandidateOrganisation(TenantModel):
    """That an organisation takes part in a candidate."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation_id: UUID

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=("tenant", "candidate", "organisation"), name="candidate_organisation_once"),
        )

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.organisation_id}"


class CandidateCost(TenantModel):
    """Whole kroner in the year `offset` years after the start (0 is the first); from then on yearly if `continues`."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="costs")
    offset = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=(("investment", _("investering")), ("operating", _("drift"))))
    source = models.CharField(max_length=60, blank=True)
    amount = models.BigIntegerField()
    continues = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        ordering = ("kind", "offset", "source")
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "candidate", "kind", "source", "offset"), name="candidate_cost_once"
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="candidate_cost_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.offset} {self.amount}"


class CandidateStaff(TenantModel):
    """Hours of one staff role in the year `offset` years after the start; from then on yearly if `continues`."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="staff")
    role = models.CharField(max_length=60)
    offset = models.PositiveSmallIntegerField(default=0)
    hours = models.PositiveIntegerField()
    continues = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        ordering = ("role", "offset")
        constraints = (
            models.UniqueConstraint(fields=("tenant", "candidate", "role", "offset"), name="candidate_staff_once"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.offset} {self.hours}"


class LinkKind(models.TextChoices):
    """How candidates hang together. NEEDS goes from `candidate` to `other`; ONE_OF is a group: at least one."""

    NEEDS = "needs", _("forutsetter")
    EXCLUDES = "excludes", _("utelukker")
    ONE_OF = "one_of", _("minst ett av")


class CandidateLink(TenantModel):
    """One tie. A group of ONE_OF is the links that share `group`; its `other` is empty."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=20, choices=LinkKind)
    other = models.ForeignKey(Candidate, on_delete=models.CASCADE, null=True, blank=True, related_name="linked_from")
    group = models.CharField(max_length=60, blank=True)
    candidate_id: UUID
    other_id: UUID | None

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "candidate", "kind", "other"),
                condition=models.Q(other__isnull=False),
                name="candidate_link_once",
            ),
            models.UniqueConstraint(
                fields=("tenant", "candidate", "group"),
                condition=models.Q(other__isnull=True),
                name="candidate_group_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.kind}"


class ScenarioState(models.TextChoices):
    """A scenario is worked on, or kept as it was when it was carried into a plan."""

    OPEN = "open", _("under arbeid")
    USED = "used", _("tatt i bruk i planen")


class Scenario(EditableModel):
    """A named set of limits and choices over the plan's years, made from nothing or as a copy of another.

    `delay_percent` is how much of a candidate's value is lost for each year it waits. `cost_percent` scales all
    costs (90: a cut of ten per cent). `left` are the ids of organisations that leave: the others carry their
    share of what is joint, and what was theirs alone falls out. `used_in` is the plan version it was carried into.
    """

    name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    first_year = models.PositiveSmallIntegerField()
    years = models.PositiveSmallIntegerField(default=4)
    delay_percent = models.PositiveSmallIntegerField(default=5)
    cost_percent = models.PositiveSmallIntegerField(default=100)
    left = models.JSONField(default=list, blank=True)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=20, choices=ScenarioState, default=ScenarioState.OPEN)
    difference_reason = models.TextField(blank=True)
    used_in = models.UUIDField(null=True, blank=True)
    copied_from_id: UUID | None
    limits: Any
    choices: Any

    class Meta(EditableModel.Meta):
        ordering = ("-first_year", "name")
        constraints = (models.UniqueConstraint(fields=("tenant", "first_year", "name"), name="scenario_name_once"),)

    def __str__(self) -> str:
        return self.name


class Measure(models.TextChoices):
    """What a limit counts."""

    MONEY = "money", _("kroner")
    HOURS = "hours", _("timer")
    RISK = "risk", _("samlet risiko")
    COUNT = "count", _("antall tiltak")


class Limit(TenantModel):
    """At most, or at least, so much of something. An empty column does not narrow: no `year` is all years together.

    Money is whole kroner of cost `kind` from `source` on `organisation`'s share; hours are of `role`; `area` and
    `focus_area` narrow to the candidates of that area. Risk is the sum of the chosen candidates' risk.
    `key` spells the columns that narrow (rules/limits.py), so that the same limit is never set twice.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="limits")
    key = models.CharField(max_length=250)
    measure = models.CharField(max_length=20, choices=Measure)
    at_least = models.BooleanField(default=False)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=60, blank=True)
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    focus_area = models.CharField(max_length=60, blank=True)
    amount = models.BigIntegerField()
    organisation_id: UUID | None
    area_id: UUID | None

    class Meta(TenantModel.Meta):
        ordering = ("measure", "organisation", "kind", "source", "role", "year")
        constraints = (
            models.UniqueConstraint(fields=("tenant", "scenario", "key"), name="scenario_limit_once"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="scenario_limit_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.year} {self.amount}"


class Pin(models.TextChoices):
    """What the person has decided beforehand."""

    IN = "in", _("skal med")
    OUT = "out", _("skal ikke med")


class Choice(TenantModel):
    """A candidate in a scenario: pinned in (perhaps to a year) or out, and the start year chosen (empty: left out).

    `by_hand` is that a person set it differently from what the optimiser chose, with the reason.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="choices")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    pin = models.CharField(max_length=10, choices=Pin, blank=True)
    pinned_year = models.PositiveSmallIntegerField(null=True, blank=True)
    start = models.PositiveSmallIntegerField(null=True, blank=True)
    by_hand = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    candidate_id: UUID

    class Meta(TenantModel.Meta):
        constraints = (
            models.UniqueConstraint(fields=("tenant", "scenario", "candidate"), name="scenario_choice_once"),
        )

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.start}"


class Solution(EditableModel):
    """What the optimiser found for a scenario, for the content whose `seal` it bears; old ones are kept.

    `value` and `bound` are hundredths of a point times 100 (see rules/instance.py). `outcome` is JSON: the start
    years, use of each limit, an explanation per candidate, what more of each limit is worth, and conflicts.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="solutions")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+")
    seal = models.CharField(max_length=64)
    status = models.CharField(max_length=20)
    value = models.BigIntegerField(default=0)
    bound = models.BigIntegerField(default=0)
    outcome = models.JSONField(default=dict)
    solved_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(EditableModel.Meta):
        ordering = ("-solved_at",)

    def __str__(self) -> str:
        return f"{self.scenario_id} {self.status}"
