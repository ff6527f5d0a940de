"""Minutes: drafting, writing, approving, the sealed text, corrections and files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.documents import files
from samstyr.foundation.documents.rules import TYPES
from samstyr.foundation.kernel.errors import Conflict, NotFound
from samstyr.foundation.ui.formats import day
from samstyr.foundation.ui.shell import Crumb
from samstyr.outward.exports.minutes import edition_of, pdf
from samstyr.outward.exports.minutes_word import word
from samstyr.procedure.meetings import actions, queries
from samstyr.procedure.meetings.queries import minutes as reading
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.shell import address

from ..forms_minutes import AddendumForm, MeetingForm, RemarkForm, SectionForm
from ..presenting_minutes import approval_lines, heading_of, status_of


def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """The minutes as one may read them; sent, they are drafted from the meeting, or fetched anew."""
    meeting = _meeting(request, key)
    if request.method == "POST":
        had = reading.minutes_of(key) is not None
        perform(request, actions.draft_minutes, meeting_id=key)
        messages.success(
            request, _("Møteboken er hentet på nytt. Det du har ført selv, står som før.") if had else
            _("Utkastet er laget av det som er registrert i møtet.")
        )  # fmt: skip
        return redirect("minutes-detail", tenant=_tenant(request), key=key)
    return render(request, "meetings/minutes/detail.html", _detail(request, meeting))


def section(request: HttpRequest, key: UUID) -> HttpResponse:
    """One part: what is drafted, and the form for what is written."""
    row = reading.section_by_id(key)
    meeting = _meeting(request, row.minutes.meeting_id) if row else None
    if row is None or meeting is None:
        raise NotFound
    _require_writer(request, meeting)
    if not reading.may_read_section(request.actor, row):  # type: ignore[attr-defined]
        raise NotFound
    form = SectionForm(request.POST if request.method == "POST" else None, initial={"text": row.written})
    context: dict[str, Any] = {}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            saved = perform_form(
                request,
                form,
                actions.write_section,
                section_id=key,
                version=version_of(request) or 0,
                text=form.cleaned_data["text"],
            )
        except Conflict as conflict:
            if "row" not in conflict.details:
                raise
            row = reading.section_by_id(key)
            assert row is not None
            context, status = {"conflict": True, "theirs": row.written, "yours": form.cleaned_data["text"]}, 409
        else:
            if saved:
                messages.success(request, _("Teksten er lagret."))
                place = address("minutes-detail", _tenant(request), meeting.pk)
                return redirect(f"{place}#del-{key}")
    if form.errors:
        status = 422
    context |= {
        "form": form,
        "section": row,
        "heading": heading_of(reading.kind_of(row), row.item),
        "editable": row.minutes.state == "draft",
        "crumbs": [*_crumbs(request, meeting), Crumb(_("Møtebok"), _place(request, meeting))],
    }
    return render(request, "meetings/minutes/section.html", context, status=status)


def send(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send the minutes to those who approve them."""
    meeting = _meeting(request, key)
    _require_writer(request, meeting)
    minutes = reading.minutes_of(key)
    if minutes is None:
        raise NotFound
    perform(request, actions.send_minutes, minutes_id=minutes.pk, version=version_of(request))
    messages.success(request, _("Møteboken er sendt til godkjenning."))
    return redirect("minutes-detail", tenant=_tenant(request), key=key)


def approve(request: HttpRequest, key: UUID) -> HttpResponse:
    """Approve what was read, or have a remark; asked for alone, it leads to the minutes."""
    meeting = _meeting(request, key)
    minutes = reading.readable(meeting, request.actor, request.today)  # type: ignore[attr-defined]
    if minutes is None:
        raise NotFound
    if request.method != "POST":
        return redirect("minutes-detail", tenant=_tenant(request), key=key)
    if request.POST.get("verb") == "remark":
        form: Any = RemarkForm(request.POST)
        if form.is_valid() and perform_form(
            request, form, actions.remark_on_minutes, minutes_id=minutes.pk, text=form.cleaned_data["text"]
        ):
            messages.success(request, _("Merknaden er sendt til den som fører møteboken."))
            return redirect(_after(request, meeting))
        return _again(request, meeting, remark_form=form)
    offered = _offered(meeting)
    form = MeetingForm(request.POST, meetings=offered)
    chosen = _uuid(request.POST.get("in_meeting", ""))
    done = perform_form(
        request, form, actions.approve_minutes,
        minutes_id=minutes.pk, digest=request.POST.get("digest", "")[:64], in_meeting=chosen,
    )  # fmt: skip
    if done is None:
        return _again(request, meeting, meeting_form=form)
    messages.success(
        request,
        _("Møteboken er godkjent og forseglet.")
        if done.state == "approved"
        else _("Godkjenningen din er registrert. Møteboken venter på flere."),
    )
    return redirect("minutes-detail", tenant=_tenant(request), key=key)


def addendum(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a correction stand beside the approved minutes."""
    meeting = _meeting(request, key)
    _require_writer(request, meeting)
    minutes = reading.minutes_of(key)
    if minutes is None:
        raise NotFound
    form = AddendumForm(request.POST or None)
    saved = None
    if request.method == "POST" and form.is_valid():
        saved = perform_form(request, form, actions.add_addendum, minutes_id=minutes.pk, **form.cleaned_data)
    if saved is not None:
        messages.success(request, _("Tillegget står nå sammen med møteboken, og de som var innkalt, får vite det."))
        return redirect("minutes-detail", tenant=_tenant(request), key=key)
    context = {
        "form": form,
        "approved": minutes.state == "approved",
        "title": _title(meeting),
        "crumbs": [*_crumbs(request, meeting), Crumb(_("Møtebok"), _place(request, meeting))],
    }
    return render(request, "meetings/minutes/addendum.html", context, status=422 if form.errors else 200)


def export(request: HttpRequest, key: UUID, ending: str) -> HttpResponse:
    """The minutes as Word or PDF; ``offentlig=1`` gives the public edition. What one may not read is left out."""
    if ending not in ("docx", "pdf"):
        raise NotFound
    meeting = _meeting(request, key)
    minutes = reading.readable(meeting, request.actor, request.today)  # type: ignore[attr-defined]
    if minutes is None:
        raise NotFound
    public = request.GET.get("offentlig") == "1"
    parts = reading.parts_of(minutes, meeting, request.actor)  # type: ignore[attr-defined]
    hidden = {str(part.section.pk) for part in parts if not part.visible}
    edition = edition_of(
        minutes,
        meeting,
        hidden=hidden,
        public=public,
        arrangement=request.tenant.name,  # type: ignore[attr-defined]
    )
    sealed = minutes.document is not None and not public and not hidden and not minutes.addenda.all()
    if ending == "docx":
        data = word(edition)
    else:
        data = files.read_bytes(minutes.document) if sealed and minutes.document else pdf(edition)
    name = f"{edition.file_name}.{ending}"
    return HttpResponse(
        data, content_type=TYPES[ending], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _detail(request: HttpRequest, meeting: Any, **forms: Any) -> dict[str, Any]:
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    minutes = reading.readable(meeting, actor, today)
    writes = reading.may_write(actor, meeting, today)
    context: dict[str, Any] = {
        "meeting": meeting,
        "title": _title(meeting),
        "minutes": minutes,
        "writes": writes,
        "may_draft": writes and meeting.state in ("open", "ended"),
        "ended": meeting.state == "ended",
        "crumbs": _crumbs(request, meeting),
    }
    if minutes is None:
        return context
    drafting = writes and minutes.state == "draft"
    parts = reading.parts_of(minutes, meeting, actor, compare=drafting)
    waiting = reading.awaited(minutes, meeting)
    out = minutes.state == "sent" and bool(reading.awaited_of(waiting, actor))
    return context | {
        "parts": [(part, heading_of(part.kind, part.item, hidden=not part.visible)) for part in parts],
        "all_visible": all(part.visible for part in parts),
        "drafting": drafting,
        "stale": drafting and (any(part.stale for part in parts) or reading.missing_sections(minutes, meeting)),
        "status": status_of(minutes),
        "approvals": approval_lines(minutes, waiting),
        "remarks": [row for row in minutes.approvals.all() if not row.approves],
        "may_approve": out,
        "in_meeting": reading.approval_rule(meeting) == "next_meeting",
        "meeting_form": forms.get("meeting_form") or MeetingForm(meetings=_offered(meeting) if out else []),
        "remark_form": forms.get("remark_form") or RemarkForm(),
        "checked": reading.checked(minutes) if minutes.state == "approved" else None,
        "may_correct": writes and minutes.state == "approved",
        "may_follow_up": writes,
    }


def _again(request: HttpRequest, meeting: Any, **forms: Any) -> HttpResponse:
    return render(request, "meetings/minutes/detail.html", _detail(request, meeting, **forms), status=422)


def _after(request: HttpRequest, meeting: Any) -> str:
    """Where one goes when the minutes may have become a draft that one does not see."""
    readable = reading.readable_by_id(meeting.pk, request.actor, request.today)  # type: ignore[attr-defined]
    return _place(request, meeting) if readable else address("start", _tenant(request))


def _offered(meeting: Any) -> list[tuple[str, str]]:
    if reading.approval_rule(meeting) != "next_meeting":
        return []
    return [
        (str(one.pk), f"{one.number}/{one.held_on.year}, {day(one.held_on)}") for one in reading.later_meetings(meeting)
    ]


def _meeting(request: HttpRequest, key: UUID) -> Any:
    """The meeting, for those who may read it or approve its minutes. Raises NotFound."""
    meeting = reading.whole_meeting(key)
    actor = request.actor  # type: ignore[attr-defined]
    if meeting is None:
        raise NotFound
    if may(actor, Act.CASE_READ, queries.meeting_facts(meeting)):
        return meeting
    if reading.readable(meeting, actor, request.today) is None:  # type: ignore[attr-defined]
        raise NotFound
    return meeting


def _require_writer(request: HttpRequest, meeting: Any) -> None:
    facts = queries.manage_facts(meeting.body, request.today, meeting.organisation_id)  # type: ignore[attr-defined]
    may(request.actor, Act.MEETING_MANAGE, facts).require()  # type: ignore[attr-defined]


def _title(meeting: Any) -> str:
    return f"{reading.body_name(meeting)} {meeting.number}/{meeting.held_on.year}"


def _crumbs(request: HttpRequest, meeting: Any) -> list[Crumb]:
    found = [Crumb(_("Møter"), address("meeting-list", _tenant(request)))]
    place = address("meeting-detail", _tenant(request), meeting.pk)
    return [*found, Crumb(_title(meeting), place)] if place else found


def _place(request: HttpRequest, meeting: Any) -> str:
    return address("minutes-detail", _tenant(request), meeting.pk)


def _tenant(request: HttpRequest) -> str:
    return str(request.tenant.slug)  # type: ignore[attr-defined]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
