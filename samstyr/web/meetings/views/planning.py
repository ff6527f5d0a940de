"""A meeting: begin to prepare it, when and where, who is called and comes, and the call itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.counsel.queries import alignments_of
from samstyr.procedure.mandates.queries import overdue_for
from samstyr.procedure.meetings import actions, queries
from samstyr.procedure.meetings.queries import agenda as reading
from samstyr.procedure.meetings.queries import calendar as calendars
from samstyr.procedure.meetings.rules.agenda import clock_times, days_short
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.shell import address

from ..forms_planning import AnswerForm, CallForm, CasesForm, MeetingForm

STATES = {
    "planned": Tone.NEUTRAL,
    "called": Tone.INFO,
    "open": Tone.WARNING,
    "ended": Tone.SUCCESS,
}


def prepare(request: Any, key: UUID) -> HttpResponse:
    """Make the planned day a meeting."""
    meeting = perform(request, actions.prepare_meeting, day_id=key)
    return redirect("meeting-detail", tenant=request.tenant.slug, key=meeting.pk)


def detail(request: Any, key: UUID) -> HttpResponse:
    """The meeting as one may see it."""
    return _page(request, meeting_of(request, key))


def edit(request: Any, key: UUID) -> HttpResponse:
    """When and where."""
    meeting = meeting_of(request, key)
    manages(request, meeting).require()
    initial = {name: getattr(meeting, name) for name in ("starts_at", "ends_at", "place", "remote", "link", "note")}
    form = MeetingForm(request.POST if request.method == "POST" else None, initial=initial)
    if not queries.settings_on(meeting.body, meeting.held_on).value("remote"):
        del form.fields["remote"]
    if (
        request.method == "POST"
        and form.is_valid()
        and perform_form(
            request, form, actions.save_meeting, meeting_id=key, version=version_of(request), **form.cleaned_data
        )
        is not None
    ):
        messages.success(request, _("Lagret. Er det kalt inn til møtet, kan du nå sende endringen."))
        return redirect("meeting-detail", tenant=request.tenant.slug, key=key)
    context = {"meeting": meeting, "form": form, "crumbs": crumbs(request, meeting)}
    return render(request, "meetings/planning/edit.html", context, status=422 if form.errors else 200)


def call(request: Any, key: UUID) -> HttpResponse:
    """Call to the meeting."""
    meeting = meeting_of(request, key)
    form = CallForm(request.POST)
    if (
        form.is_valid()
        and perform_form(
            request, form, actions.call_meeting, meeting_id=key, version=version_of(request), **form.cleaned_data
        )
        is not None
    ):
        messages.success(request, _("Innkallingen er sendt til alle som skal møte."))
        return redirect("meeting-detail", tenant=request.tenant.slug, key=key)
    return _page(request, meeting, call_form=form)


def send_change(request: Any, key: UUID) -> HttpResponse:
    """Tell those who are called of what has changed."""
    meeting_of(request, key)
    perform(request, actions.send_change, meeting_id=key, version=version_of(request))
    messages.success(request, _("Endringen er sendt til alle som er innkalt."))
    return redirect("meeting-detail", tenant=request.tenant.slug, key=key)


def answer(request: Any, key: UUID) -> HttpResponse:
    """Say whether one comes, and who comes instead; who prepares the meeting may say it for somebody."""
    participant = reading.participant_by_id(key)
    if participant is None:
        raise NotFound
    meeting = meeting_of(request, participant.meeting_id)
    own = participant.person_id in request.actor.people
    if not own:
        manages(request, meeting).require()
    form = _answer_form(meeting, participant, request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and perform_form(request, form, actions.answer_call, participant_id=key, **form.cleaned_data) is not None
    ):
        messages.success(request, _("Svaret er registrert."))
        return redirect("meeting-detail", tenant=request.tenant.slug, key=meeting.pk)
    if own and request.method == "POST":
        return _page(request, meeting, answer_form=form)
    context = {"participant": participant, "form": form, "crumbs": crumbs(request, meeting)}
    return render(request, "meetings/planning/answer.html", context, status=422 if form.errors else 200)


def _answer_form(meeting: Any, participant: Any, data: Any = None) -> AnswerForm:
    substitutes = None
    if calendars.may_name_substitute(meeting, participant):
        substitutes = [(str(one.pk), one.name) for one in calendars.substitutes_for(meeting, participant)]
    initial = {"answer": participant.answer, "note": participant.answer_note}
    return AnswerForm(data, remote=meeting.remote, substitutes=substitutes, initial=initial)


def add_cases(request: Any, key: UUID) -> HttpResponse:
    """Put cases that wait for the body on the agenda."""
    meeting = meeting_of(request, key)
    form = _cases_form(request, meeting, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        done = perform_form(
            request, form, actions.add_cases, meeting_id=key, case_step_ids=[UUID(one) for one in given["cases"]],
            late_reason=given.get("late_reason", ""),
        ) is not None  # fmt: skip
        if done:
            messages.success(request, _("Sakene er satt på sakslisten."))
            return redirect("meeting-detail", tenant=request.tenant.slug, key=key)
    return _page(request, meeting, cases_form=form)


def meeting_of(request: Any, key: UUID) -> Any:
    """The meeting, if one may read it. Raises NotFound."""
    meeting = reading.meeting_by_id(key)
    if meeting is None or not reading.may_read_meeting(request.actor, meeting):
        raise NotFound
    return meeting


def manages(request: Any, meeting: Any) -> Any:
    """The verdict on preparing and holding the meeting."""
    return reading.may_prepare(request.actor, meeting.body, request.today, meeting.organisation_id)


def crumbs(request: Any, meeting: Any, *, inside: bool = True) -> list[Crumb]:
    """The way down to a page about the meeting."""
    way = [Crumb(_("Møter"), address("meeting-list", request.tenant.slug))]
    if inside:
        way.append(Crumb(title_of(meeting), address("meeting-detail", request.tenant.slug, meeting.pk)))
    return way


def title_of(meeting: Any) -> str:
    """What a meeting is called: its body and number in the year."""
    return f"{reading.body_name(meeting.body, meeting.held_on)} {meeting.number}/{meeting.held_on.year}"


def _cases_form(request: Any, meeting: Any, data: Any = None) -> CasesForm:
    waiting = [
        (str(row.pk), f"{row.case.year}/{row.case.number} {row.case.title}")
        for row in reading.not_on_an_agenda(meeting)
    ]
    return CasesForm(data, waiting=waiting, called=meeting.state != "planned")


def _page(request: Any, meeting: Any, **forms: Any) -> HttpResponse:
    items = reading.items_of(meeting)
    readable = reading.readable_of(request.actor, meeting, items)
    times = clock_times(meeting.starts_at, [row.minutes_long for row in items])
    may_manage = manages(request, meeting)
    part = reading.own_part(request.actor, meeting)
    begun = meeting.state in ("open", "ended")
    preparing = bool(may_manage) and not begun
    settings = queries.settings_on(meeting.body, meeting.held_on)
    context = {
        "meeting": meeting,
        "title": title_of(meeting),
        "status": Status(_("avlyst"), Tone.DANGER)
        if meeting.day.cancelled
        else Status(meeting.get_state_display(), STATES[meeting.state]),
        "lines": [{"item": row, "at": at, "visible": row.pk in readable} for row, at in zip(items, times, strict=True)],
        "people": meeting.participants.all(),
        "may_manage": may_manage,
        "preparing": preparing and not meeting.day.cancelled,
        "may_call": reading.may_call(request.actor, meeting, request.today),
        "days_short": days_short(request.today, meeting.held_on, settings.value("notice_days")),
        "notice": settings.notice_days,
        "call_form": forms.get("call_form") or CallForm(),
        "cases_form": forms.get("cases_form") or (_cases_form(request, meeting) if preparing else None),
        "part": part,
        "answer_form": forms.get("answer_form") or (_answer_form(meeting, part) if part else None),
        "answers_for": bool(may_manage) and not begun and not meeting.day.cancelled,
        "may_answer": part is not None and not begun and not meeting.day.cancelled,
        "overdue": queries.follow_ups.follow_ups_of(meeting.body, meeting.organisation_id, open_only=True)
        if may(
            request.actor,
            Act.MEETING_MANAGE,
            queries.manage_facts(meeting.body, request.today, meeting.organisation_id),
        )
        else [],
        "entries": overdue_for(meeting.body, request.today) if may_manage else [],
        "alignments": alignments_of(meeting.body, meeting.held_on),
        "hold_url": address("meeting-hold", request.tenant.slug, meeting.pk),
        "minutes_url": address("minutes-detail", request.tenant.slug, meeting.pk) if begun else "",
        "ics_url": address("meeting-ics", request.tenant.slug, meeting.pk),
        "crumbs": crumbs(request, meeting, inside=False),
    }
    failed = any(form.errors for form in forms.values())
    return render(request, "meetings/planning/detail.html", context, status=422 if failed else 200)
