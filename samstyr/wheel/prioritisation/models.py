"""A round of prioritisation: which needs, by which criteria, who has said what, and what they agreed on."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.organisations.models import Person
from samstyr.foundation.tenancy.models import EditableModel
from samstyr.wheel.needs.models import Need


class RoundState(models.TextChoices):
    """Scores are blind while the round is open; they are shown when it is revealed, and fixed when it is closed."""

    OPEN = "open", _("åpen for vurdering")
    REVEALED = "revealed", _("vurderingene er vist")
    CLOSED = "closed", _("avsluttet")


class Round(EditableModel):
    """One stage of prioritisation for one budget year, on the criteria as they stood when it was opened.

    `criteria` is the model's stage, whole, with its scale, weights and polarities: a later change of weights is a
    new model version and leaves this round as it was (G-73, G-101). `previous` is the round before it when this
    is a later stage (G-110). `capacity` is how many measures there is room for: the cut line (G-99).
    `scorers` are the role and ``seat:body`` keys whose holders score.
    """

    name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=60)
    criteria = models.JSONField()
    ranking = models.JSONField(default=dict, blank=True)
    model_key = models.CharField(max_length=80, blank=True)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="later")
    reason = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=RoundState, default=RoundState.OPEN)
    blind = models.BooleanField(default=True)
    scorers = models.JSONField(default=list, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    opened_on = models.DateField()
    revealed_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    previous_id: UUID | None
    entries: Any

    class Meta(EditableModel.Meta):
        ordering = ("-opened_on", "name")
        constraints = (models.UniqueConstraint(fields=("tenant", "year", "name"), name="round_name_once"),)

    def __str__(self) -> str:
        return self.name


class Entry(EditableModel):
    """A need's place in a round. `owner_committed` is that the owner is named and has committed people (G-107).

    `kind` is what sort of measure it is (debt, upgrade, new, steering …), for rules that rank by kind.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="entries")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, blank=True)
    focus_area = models.CharField(max_length=60, blank=True)
    owner_committed = models.BooleanField(default=False)
    exception = models.TextField(blank=True)
    round_id: UUID
    need_id: UUID

    class Meta(EditableModel.Meta):
        ordering = ("title",)
        constraints = (models.UniqueConstraint(fields=("tenant", "round", "need"), name="round_need_once"),)

    def __str__(self) -> str:
        return self.title


class Score(EditableModel):
    """The level one person gives one question of one need. `question` is ``criterion`` or ``criterion.question``."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="scores")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=120)
    level = models.CharField(max_length=60)
    scored_on = models.DateField()
    entry_id: UUID
    person_id: UUID

    class Meta(EditableModel.Meta):
        ordering = ("question",)
        constraints = (models.UniqueConstraint(fields=("tenant", "entry", "person", "question"), name="score_once"),)
        indexes: ClassVar = [models.Index(fields=("tenant", "person"), name="score_person")]

    def __str__(self) -> str:
        return f"{self.question} {self.level}"


class ScorerNote(EditableModel):
    """A person's reason for the scores of one need, or that they stand aside from it (`conflict`)."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="notes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    conflict = models.BooleanField(default=False)
    entry_id: UUID
    person_id: UUID

    class Meta(EditableModel.Meta):
        constraints = (models.UniqueConstraint(fields=("tenant", "entry", "person"), name="scorer_note_once"),)

    def __str__(self) -> str:
        return self.text[:60]


class Consensus(EditableModel):
    """The level agreed on for one question of one need, with the reason when it differs from the scores."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="consensus")
    question = models.CharField(max_length=120)
    level = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    set_on = models.DateField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entry_id: UUID

    class Meta(EditableModel.Meta):
        ordering = ("question",)
        constraints = (models.UniqueConstraint(fields=("tenant", "entry", "question"), name="consensus_once"),)

    def __str__(self) -> str:
        return f"{self.question} {self.level}"
