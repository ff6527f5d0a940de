"""Votes in a meeting."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.tenancy.models import EditableModel

from .agenda import AgendaItem
from .meeting import Participant


class Voting(EditableModel):
    """One vote over an item: what is asked, between which choices, and what came of it.

    `choices` is a list of {"key", "label", "motion"}; `counts` weight by choice, `result` the winning key.
    """

    class Manner(models.TextChoices):
        """How votes are given."""

        SHOW = "show", _("ved håndsopprekning")
        ROLL = "roll", _("ved navneopprop")
        BROWSER = "browser", _("hver på sin skjerm")

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="votings")
    order = models.PositiveSmallIntegerField()
    manner = models.CharField(max_length=20, choices=Manner)
    question = models.CharField(max_length=500)
    choices = models.JSONField(default=list)
    rule = models.CharField(max_length=30)
    tie = models.CharField(max_length=10)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled = models.BooleanField(default=False)
    result = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=500, blank=True)
    counts = models.JSONField(default=dict, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("tenant", "item", "order"), name="voting_order_once"),
            models.UniqueConstraint(
                fields=("tenant", "item"),
                condition=models.Q(closed_at__isnull=True),
                name="voting_one_open",
            ),
        )

    def __str__(self) -> str:
        return self.question


class Ballot(EditableModel):
    """What somebody votes: one for each seat in each vote. May be changed until the vote is closed."""

    voting = models.ForeignKey(Voting, on_delete=models.CASCADE, related_name="ballots")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="ballots")
    choice = models.CharField(max_length=60, blank=True)
    weight = models.PositiveIntegerField(default=1)
    by_secretary = models.BooleanField(default=False)
    cast_at = models.DateTimeField()

    class Meta(EditableModel.Meta):
        ordering = ("cast_at",)
        constraints = (models.UniqueConstraint(fields=("tenant", "voting", "participant"), name="ballot_once"),)

    def __str__(self) -> str:
        return f"{self.participant}: {self.choice}"
