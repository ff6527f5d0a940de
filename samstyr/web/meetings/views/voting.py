"""Votes: open, vote on one's own screen, enter what others vote, close and cancel."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.foundation.ui.htmx import is_fragment
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.queries import votes
from samstyr.web.posting import perform, perform_form, version_of

from ..forms_holding import CloseForm, EnterForm, ReasonForm
from ..presenting_holding import Hall, hall_of, stamp_of
from .holding import back, hall_at, page_of, uuid_of, voting_form

BLANK = "_blank"


def open_voting(request: Any, key: UUID) -> HttpResponse:
    """Open a vote over the item."""
    hall = hall_at(request, key, manage=True)
    form = voting_form(hall, request.POST) if hall.item is not None else None
    if form is None:
        raise NotFound
    if form.is_valid():
        given = form.cleaned_data
        done = perform_form(
            request, form, actions.open_voting, item_id=key, version=version_of(request), manner=given["manner"],
            about=given["about"], contenders=given.get(given["about"]) or [], question=given["question"],
            proposal_outcome=given.get("proposal_outcome", ""), election=given["election"],
        )  # fmt: skip
        if done:
            return back(request, hall.meeting.pk, key, "#avstemning")
    return page_of(request, hall, status=422, voting_form=form)


def _hall(request: Any, key: UUID, *, manage: bool = True) -> tuple[Any, Hall]:
    voting = votes.voting_by_id(key)
    if voting is None:
        raise NotFound
    return voting, hall_at(request, voting.item_id, manage=manage)


def cast(request: Any, key: UUID) -> HttpResponse:
    """Vote on one's own screen."""
    voting, hall = _hall(request, key, manage=False)
    choice = request.POST.get("choice", "")
    participant = uuid_of(request.POST.get("participant", ""))
    if participant is None and len(hall.mine) == 1:
        participant = hall.mine[0].pk
    if participant is None:
        raise NotFound
    try:
        perform(
            request, actions.cast, voting_id=key, participant_id=participant, choice="" if choice == BLANK else choice
        )
    except Invalid as fault:
        return page_of(request, hall, status=422, faults=fault.errors)
    if is_fragment(request):
        fresh = hall_of(request, hall.meeting.pk)
        return render(request, "meetings/holding/live.html", {"hall": fresh, "stamp": stamp_of(fresh)})
    messages.success(request, _("Stemmen er registrert. Du kan endre den til avstemningen lukkes."))
    return back(request, hall.meeting.pk, voting.item_id if hall.manages else None, "#avstemning")


def enter(request: Any, key: UUID) -> HttpResponse:
    """Enter what those present vote: all alike but some, or one by one."""
    voting, hall = _hall(request, key)
    if hall.poll is None or hall.poll.voting.pk != voting.pk:
        # Closed meanwhile: the action says so.
        perform(request, actions.enter_ballots, voting_id=key, ballots={})
        return back(request, hall.meeting.pk, voting.item_id, "#avstemning")
    form = EnterForm(request.POST, choices=[(one.key or BLANK, one.label) for one in hall.poll.choices])
    if not form.is_valid():
        return page_of(request, hall, status=422, enter_form=form)
    given = ballots_from(request.POST, hall.poll, form.cleaned_data["everybody"])
    try:
        perform(request, actions.enter_ballots, voting_id=key, ballots=given)
    except Invalid as fault:
        return page_of(request, hall, status=422, faults=fault.errors)
    messages.success(request, _("Stemmene er ført inn."))
    return back(request, hall.meeting.pk, voting.item_id, "#avstemning")


def ballots_from(posted: Any, poll: Any, everybody: str) -> dict[str, str | None]:
    """What was entered by participant; None where a ballot that was there is taken back."""
    found: dict[str, str | None] = {}
    for row, _choice, voted in poll.voters:
        said = posted.get(f"vote-{row.pk}", "")
        if said == "_none":
            if voted:
                found[str(row.pk)] = None
        elif said:
            found[str(row.pk)] = "" if said == BLANK else said
        elif everybody:
            found[str(row.pk)] = "" if everybody == BLANK else everybody
    return found


def close(request: Any, key: UUID) -> HttpResponse:
    """Close and count."""
    voting, hall = _hall(request, key)
    choices = [(one.key, one.label) for one in hall.poll.choices if one.key] if hall.poll else []
    form = CloseForm(request.POST, choices=choices)
    if form.is_valid():
        done = perform_form(
            request, form, actions.close_voting, voting_id=key, version=version_of(request), **form.cleaned_data
        )
        if done:
            return back(request, hall.meeting.pk, voting.item_id, "#avstemning")
    return page_of(request, hall, status=422, close_form=form)


def cancel(request: Any, key: UUID) -> HttpResponse:
    """Cancel, with why."""
    voting, hall = _hall(request, key)
    form = ReasonForm(request.POST, auto_id="cancel-%s")
    if (
        form.is_valid()
        and perform_form(request, form, actions.cancel_voting, voting_id=key, **form.cleaned_data) is not None
    ):
        messages.info(request, _("Avstemningen er avbrutt."))
        return back(request, hall.meeting.pk, voting.item_id, "#avstemning")
    return page_of(request, hall, status=422, cancel_form=form)
