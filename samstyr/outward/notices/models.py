"""Notices, the mails they go out in, and the links of one use in those mails."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from samstyr.foundation.tenancy.models import EditableModel


class Kind(models.TextChoices):
    """What a notice is about."""

    TASK = "task", "noe å behandle"
    HEARING = "hearing", "noe å uttale seg om"
    ANSWERED = "answered", "alle har svart"
    RETURNED = "returned", "sendt tilbake"
    MENTION = "mention", "nevnt i en kommentar"
    OUTCOME = "outcome", "ferdig behandlet"
    PARKED = "parked", "hviler"
    CO_AUTHOR = "co_author", "bedt om å skrive med"
    INTAKE = "intake", "bedt om å melde behov"
    SEASON = "season", "innmeldingen er åpen"
    SCORING = "scoring", "bedt om å vurdere"
    SCORED = "scored", "vurderingen er avsluttet"
    PROCEDURE = "procedure", "bedt om å svare skriftlig"
    SETTLED = "settled", "skriftlig behandling er avsluttet"
    MINUTES = "minutes", "møtebok til godkjenning"
    REMARKED = "remarked", "merknad til møtebok"
    MINUTED = "minuted", "møtebok er godkjent"
    FOLLOW_UP = "follow_up", "noe å følge opp"
    TERM = "term", "et verv går ut"
    STRATEGY = "strategy", "strategien skal revideres"
    RECEIVED = "received", "en sak er løftet hit"
    LIFTED = "lifted", "nytt om en sak som er løftet"
    MEETING = "meeting", "innkalt til møte"
    REPORT = "report", "rapport å skrive"
    REPORTED = "reported", "rapport mottatt"
    OVERDUE = "overdue", "rapport mangler"
    DEADLINE = "deadline", "en frist er flyttet"
    PERIOD = "period", "en periode er flyttet"
    DUTY = "duty", "noe med en frist i årshjulet"
    BEGUN = "begun", "en periode begynner"
    ADVICE = "advice", "et råd å svare på"
    ADVISED = "advised", "svar på et råd"
    ENTRY = "entry", "noe å følge opp i en oversikt"


class MailState(models.TextChoices):
    """Where a notice stands on its way out. What its receiver may no longer see is dropped."""

    NONE = "none", "sendes ikke"
    WAITING = "waiting", "venter"
    SENT = "sent", "sendt"
    DROPPED = "dropped", "ikke lenger aktuelt"


class Mail(EditableModel):
    """One mail to one person, with all that waited for them. Its id is its Message-ID, so that resending is seen."""

    person = models.ForeignKey("samstyr.Person", on_delete=models.PROTECT, related_name="+")
    composed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_fault = models.CharField(max_length=300, blank=True)

    class Meta(EditableModel.Meta):
        ordering = ("composed_at",)
        indexes: ClassVar = [
            models.Index(fields=("tenant", "composed_at"), condition=models.Q(sent_at=None), name="mail_unsent")
        ]

    def __str__(self) -> str:
        return f"E-post til {self.person}"


class Notice(EditableModel):
    """Something a person is told: what, about which thing, by when. `once` keeps it from being told twice."""

    person = models.ForeignKey("samstyr.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    title = models.CharField(max_length=300)
    what = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    reminder = models.BooleanField(default=False)
    once = models.CharField(max_length=160)
    given_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    mail_state = models.CharField(max_length=10, choices=MailState, default=MailState.NONE)
    mail = models.ForeignKey(Mail, on_delete=models.PROTECT, null=True, blank=True, related_name="notices")

    class Meta(EditableModel.Meta):
        ordering = ("-given_at",)
        constraints = (models.UniqueConstraint(fields=("tenant", "person", "once"), name="notice_once"),)
        indexes: ClassVar = [
            models.Index(fields=("tenant", "person", "-given_at"), name="notice_of_person"),
            models.Index(fields=("tenant", "person"), condition=models.Q(seen_at=None), name="notice_unseen"),
            models.Index(fields=("tenant", "person"), condition=models.Q(mail_state="waiting"), name="notice_waiting"),
            models.Index(fields=("tenant", "object_id"), name="notice_object"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.title}"


class MailLink(EditableModel):
    """A link for one person, one purpose, one thing and one use. Only a keyed hash of its secret is kept."""

    person = models.ForeignKey("samstyr.Person", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    object_id = models.UUIDField()
    digest = models.CharField(max_length=64)
    expires_on = models.DateField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    audit_omits = EditableModel.audit_omits | {"digest"}

    class Meta(EditableModel.Meta):
        ordering = ("-created_at",)
        constraints = (models.UniqueConstraint(fields=("tenant", "digest"), name="mail_link_once"),)
        indexes: ClassVar = [models.Index(fields=("tenant", "person", "object_id"), name="mail_link_object")]

    def __str__(self) -> str:
        return f"{self.purpose} – {self.person}"
