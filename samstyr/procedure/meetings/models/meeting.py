"""A meeting of a body, and who takes part in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samstyr.foundation.organisations.models import Organisation, Person, Seat
from samstyr.foundation.tenancy.models import EditableModel
from samstyr.procedure.casework.models import BodyMeeting


class MeetingState(models.TextChoices):
    """How far a meeting has come. That it is cancelled stands on the calendar's day."""

    PLANNED = "planned", _("forberedes")
    CALLED = "called", _("innkalt")
    OPEN = "open", _("pågår")
    ENDED = "ended", _("holdt")


class Meeting(EditableModel):
    """What a day in the calendar becomes when somebody starts to prepare it.

    `number` counts the body's meetings in the year. `sequence` and `uid` are the invitation's in calendars.
    """

    day = models.ForeignKey(BodyMeeting, on_delete=models.PROTECT, related_name="meetings")
    body = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    held_on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    remote = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=MeetingState, default=MeetingState.PLANNED)
    sequence = models.PositiveIntegerField(default=0)
    chair = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    called_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("held_on", "starts_at")
        constraints = (
            models.UniqueConstraint(fields=("tenant", "day"), name="meeting_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_start"
            ),
        )
        indexes: ClassVar = [models.Index(fields=("tenant", "body", "held_on"), name="meeting_body_day")]

    def __str__(self) -> str:
        return f"{self.body} {self.number}/{self.held_on.year}"


class Participant(EditableModel):
    """Somebody called to a meeting: in which seat and capacity, whether they come, and whether they are there.

    `name` and `seat_name` are as they were when called. `stands_in_for` is the member whose seat is taken.
    `votes` and `weight` follow the seat; `speaks` is false for an observer without the right to speak.
    """

    class Capacity(models.TextChoices):
        """In what capacity somebody takes part."""

        MEMBER = "member", _("medlem")
        SUBSTITUTE = "substitute", _("vara")
        CHAIR = "chair", _("møteleder")
        SECRETARY = "secretary", _("sekretær")
        ATTENDEE = "attendee", _("fast møtende")
        GUEST = "guest", _("gjest")

    class Answer(models.TextChoices):
        """What somebody has answered the invitation."""

        NONE = "", _("ikke svart")
        COMES = "comes", _("kommer")
        REMOTE = "remote", _("kommer på nett")
        ABSENT = "absent", _("meldt forfall")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    seat_name = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=20, choices=Capacity, default=Capacity.MEMBER)
    votes = models.BooleanField(default=False)
    speaks = models.BooleanField(default=True)
    weight = models.PositiveIntegerField(default=1)
    leads = models.BooleanField(default=False)
    stands_in_for = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=20, choices=Answer, default=Answer.NONE, blank=True)
    answer_note = models.CharField(max_length=500, blank=True)
    present = models.BooleanField(default=False)
    is_remote = models.BooleanField(default=False)
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("-leads", "seat_name", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("tenant", "meeting", "person"),
                condition=models.Q(person__isnull=False),
                name="participant_person_once",
            ),
            models.UniqueConstraint(
                fields=("tenant", "meeting", "seat"),
                condition=models.Q(seat__isnull=False),
                name="participant_seat_once",
            ),
        )

    def __str__(self) -> str:
        return self.name
