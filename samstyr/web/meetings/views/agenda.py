"""The items of an agenda: what they say, their papers, their order, and questions before the meeting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import NotFound
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.queries import agenda as reading
from samstyr.procedure.meetings.queries import minutes
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.shell import address

from ..forms_planning import ItemForm, OrderForm, PaperForm, QuestionForm, TextForm
from .planning import crumbs, manages, meeting_of, title_of

SAVED = ("title", "text", "proposal", "minutes_long", "closed", "legal_basis")


def add(request: Any, key: UUID) -> HttpResponse:
    """A new item that is no case."""
    meeting = meeting_of(request, key)
    manages(request, meeting).require()
    posted = request.POST if request.method == "POST" else None
    form = ItemForm(posted, new=True, called=meeting.state != "planned")
    added = posted is not None and form.is_valid()
    if added and perform_form(request, form, actions.add_item, meeting_id=key, **form.cleaned_data) is not None:
        messages.success(request, _("Punktet er satt på sakslisten."))
        return redirect("meeting-detail", tenant=request.tenant.slug, key=key)
    context = {"meeting": meeting, "form": form, "crumbs": crumbs(request, meeting)}
    return render(request, "meetings/planning/item_form.html", context, status=422 if form.errors else 200)


def item(request: Any, key: UUID) -> HttpResponse:
    """One item with its papers and questions."""
    return _page(request, *_item_of(request, key))


def edit(request: Any, key: UUID) -> HttpResponse:
    """Change an item that has not been treated."""
    meeting, row = _item_of(request, key)
    manages(request, meeting).require()
    posted = request.POST if request.method == "POST" else None
    form = ItemForm(posted, new=False, called=False, initial={name: getattr(row, name) for name in SAVED})
    if (
        posted is not None
        and form.is_valid()
        and perform_form(
            request, form, actions.save_item, item_id=key, version=version_of(request), **form.cleaned_data
        )
        is not None
    ):
        messages.success(request, _("Punktet er lagret."))
        return redirect("agenda-item", tenant=request.tenant.slug, key=key)
    context = {"meeting": meeting, "item": row, "form": form, "crumbs": crumbs(request, meeting)}
    return render(request, "meetings/planning/item_form.html", context, status=422 if form.errors else 200)


def move(request: Any, key: UUID) -> HttpResponse:
    """Move an item one place up or down."""
    meeting, _row = _item_of(request, key)
    perform(request, actions.move_item, item_id=key, step=-1 if request.POST.get("til") == "opp" else 1)
    return redirect(f"{address('meeting-detail', request.tenant.slug, meeting.pk)}#sak-{key}")


def order(request: Any, key: UUID) -> HttpResponse:
    """Set the order of the whole agenda at once, by a number for each item."""
    meeting = meeting_of(request, key)
    manages(request, meeting).require()
    items = reading.items_of(meeting)
    form = OrderForm(request.POST if request.method == "POST" else None, items=items)
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request, form, actions.order_agenda, meeting_id=key, seen=form.seen(), wanted=form.wanted()
        ) is not None  # fmt: skip
        if done:
            messages.success(request, _("Rekkefølgen er lagret."))
            return redirect("meeting-detail", tenant=request.tenant.slug, key=key)
    context = {"meeting": meeting, "form": form, "crumbs": crumbs(request, meeting)}
    return render(request, "meetings/planning/order.html", context, status=422 if form.errors else 200)


def remove(request: Any, key: UUID) -> HttpResponse:
    """Take an item off the agenda."""
    meeting, row = _item_of(request, key)
    form = TextForm(request.POST)
    if (
        form.is_valid()
        and perform_form(
            request,
            form,
            actions.remove_item,
            item_id=key,
            version=version_of(request),
            reason=form.cleaned_data["text"],
        )
        is not None
    ):
        messages.success(request, _("Punktet er tatt av sakslisten."))
        return redirect("meeting-detail", tenant=request.tenant.slug, key=meeting.pk)
    return _page(request, meeting, row, remove_form=form)


def add_paper(request: Any, key: UUID) -> HttpResponse:
    """Put a paper with the item."""
    meeting, row = _item_of(request, key)
    manages(request, meeting).require()
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        if perform_form(
            request, form, actions.add_paper, item_id=key, content=file.read(), file_name=file.name,
            title=form.cleaned_data["title"],
        ) is not None:  # fmt: skip
            messages.success(request, _("Dokumentet er lagt ved."))
            return redirect("agenda-item", tenant=request.tenant.slug, key=key)
    return _page(request, meeting, row, paper_form=form)


def remove_paper(request: Any, key: UUID, paper: UUID) -> HttpResponse:
    """Take away a paper that has not been sent."""
    _meeting, row = _item_of(request, key)
    if paper not in {one.pk for one in row.papers.all()}:
        raise NotFound
    perform(request, actions.remove_paper, paper_id=paper)
    messages.success(request, _("Dokumentet er tatt bort."))
    return redirect("agenda-item", tenant=request.tenant.slug, key=key)


def ask(request: Any, key: UUID) -> HttpResponse:
    """Ask about the item before the meeting."""
    meeting, row = _item_of(request, key)
    form = QuestionForm(request.POST)
    if (
        form.is_valid()
        and perform_form(request, form, actions.ask_question, item_id=key, text=form.cleaned_data["text"]) is not None
    ):
        messages.success(request, _("Spørsmålet er sendt. Svaret vises her."))
        return redirect("agenda-item", tenant=request.tenant.slug, key=key)
    return _page(request, meeting, row, ask_form=form)


def answer(request: Any, key: UUID, question: UUID) -> HttpResponse:
    """Answer a question."""
    meeting, row = _item_of(request, key)
    if question not in {one.pk for one in row.questions.all()}:
        raise NotFound
    form = TextForm(request.POST)
    if form.is_valid() and perform_form(
        request, form, actions.answer_question, question_id=question, version=version_of(request),
        text=form.cleaned_data["text"],
    ) is not None:  # fmt: skip
        messages.success(request, _("Svaret er lagt ut for alle som er innkalt."))
        return redirect("agenda-item", tenant=request.tenant.slug, key=key)
    return _page(request, meeting, row, faulty=form)


def _item_of(request: Any, key: UUID) -> tuple[Any, Any]:
    """The meeting and the item, if one may read both. Raises NotFound."""
    row = reading.item_by_id(key)
    if row is None:
        raise NotFound
    meeting = meeting_of(request, row.meeting_id)
    if not reading.may_read_item(request.actor, row):
        raise NotFound
    return meeting, row


def earlier_minutes(request: Any, row: Any) -> list[dict[str, Any]]:
    """The minutes that the item is to approve, with where those who may read them do so."""
    if row.kind != "minutes" or row.state == "decided":
        return []
    meeting = row.meeting
    found = minutes.unapproved_before(meeting.body, meeting.organisation_id, meeting.held_on)
    return [
        {
            "title": title_of(one.meeting),
            "held_on": one.meeting.held_on,
            "url": address("minutes-detail", request.tenant.slug, one.meeting_id),
            "here": minutes.approval_rule(one.meeting) == "next_meeting",
        }
        for one in found
        if minutes.readable_by_id(one.meeting_id, request.actor, request.today) is not None
    ]


def _page(request: Any, meeting: Any, row: Any, **forms: Any) -> HttpResponse:
    may_manage = manages(request, meeting)
    part = reading.own_part(request.actor, meeting)
    waiting = row.state == "waiting" and meeting.state != "ended"
    context = {
        "meeting": meeting,
        "item": row,
        "may_manage": may_manage,
        "editable": bool(may_manage) and waiting,
        "may_add_paper": bool(may_manage) and meeting.state != "ended",
        "may_ask": waiting and (part is not None or bool(may_manage)),
        "paper_form": forms.get("paper_form") or PaperForm(),
        "ask_form": forms.get("ask_form") or QuestionForm(),
        "remove_form": forms.get("remove_form") or TextForm(),
        "faulty": forms.get("faulty"),
        "earlier_minutes": earlier_minutes(request, row),
        "case_url": address("case-detail", request.tenant.slug, row.case_id) if row.case_id else "",
        "crumbs": crumbs(request, meeting),
    }
    failed = any(form.errors for form in forms.values())
    return render(request, "meetings/planning/item.html", context, status=422 if failed else 200)
