"""A meeting while it is held: the page of who keeps the book, and what members see on their phones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.casework.queries.standing import standings_of
from samstyr.procedure.meetings import actions
from samstyr.procedure.meetings.queries import holding, votes
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.shell import address

from ..forms_holding import (
    CloseForm,
    DecideForm,
    DiscussionForm,
    EnterForm,
    ImpartialityForm,
    LeaderForm,
    MotionForm,
    ObjectingForm,
    RaiseForm,
    ReasonForm,
    SubstituteForm,
    VotingForm,
)
from ..presenting_holding import Hall, hall_of, stamp_of
from .agenda import earlier_minutes


def hold(request: Any, key: UUID) -> HttpResponse:
    """The meeting as it goes: `?sak=` is the item looked at."""
    return page_of(request, hall_of(request, key, request.GET.get("sak", "")))


def live(request: Any, key: UUID) -> HttpResponse:
    """The item in hand and the open vote; 204 when nothing has changed since `?v=`."""
    hall = hall_of(request, key, request.GET.get("sak", ""))
    stamp = stamp_of(hall)
    if request.GET.get("v") == stamp:
        return HttpResponse(status=204)
    return render(request, "meetings/holding/live.html", {"hall": hall, "stamp": stamp})


def page_of(request: Any, hall: Hall, *, status: int = 200, faults: Any = (), **forms: Any) -> HttpResponse:
    """The page for who holds the meeting, or for those who take part; `forms` are those with faults."""
    tenant = request.tenant.slug
    context = {
        "hall": hall,
        "stamp": stamp_of(hall),
        "faults": [str(fault) for fault in faults],
        "crumbs": [
            Crumb(_("Møter"), address("meeting-list", tenant)),
            Crumb(hall.title, address("meeting-detail", tenant, hall.meeting.pk)),
        ],
        "minutes_url": address("minutes-detail", tenant, hall.meeting.pk),
        "earlier_minutes": earlier_minutes(request, hall.item) if hall.item and hall.visible else [],
    }
    if hall.manages:
        context |= _tools(hall) | forms
        return render(request, "meetings/holding/hold.html", context, status=status)
    return render(request, "meetings/holding/member.html", context, status=status)


def _tools(hall: Hall) -> dict[str, Any]:
    """The empty forms of who holds the meeting, as far as each is of use now."""
    item = hall.item if hall.visible else None
    found: dict[str, Any] = {"leader_form": leader_form(hall)}
    members = holding.replaceable(hall.meeting, item)
    if members and hall.meeting.state != "ended":
        found["substitute_form"] = substitute_form(hall)
    if item is None or not hall.open:
        return found
    found["objecting_form"] = ObjectingForm(auto_id="objecting-%s")
    found["postpone_form"] = ReasonForm(auto_id="postpone-%s")
    found["discussion_form"] = DiscussionForm(auto_id="discussion-%s", initial={"text": item.discussion})
    found["impartial"] = [
        (row, ImpartialityForm(by_body=_by_body(hall, row), auto_id=f"imp-{row.pk.hex}-%s"))
        for row in item.disqualifications.all()
        if not row.outcome
    ]
    if hall.poll is not None:
        choices = [(one.key, one.label) for one in hall.poll.choices if one.key]
        found["enter_form"] = EnterForm(choices=[(one.key or "_blank", one.label) for one in hall.poll.choices])
        found["close_form"] = CloseForm(choices=choices) if hall.poll.chaired else None
        found["cancel_form"] = ReasonForm(auto_id="cancel-%s")
    elif item.state == "open":
        found["voting_form"] = voting_form(hall)
        found["decide_form"] = decide_form(hall)
    return found


def _by_body(hall: Hall, row: Any) -> bool:
    return holding.decided_by_body(hall.meeting, row.participant)


def leader_form(hall: Hall, data: Any = None) -> LeaderForm:
    """Who may lead: those there with a vote, and the body's chair."""
    people = [(str(one.row.pk), one.row.name) for one in hall.people if one.there and (one.row.votes or one.row.leads)]
    led = next((one.row for one in hall.people if one.row.leads), None)
    chair = hall.chair or (led if led is not None and holding.is_there(led) else None)
    initial = {"leader": str(chair.pk)} if chair else {}
    return LeaderForm(data, people=people, empty=None if chair else _("Velg møteleder"), initial=initial)


def substitute_form(hall: Hall, data: Any = None) -> SubstituteForm:
    """Which seats are empty, and who may take them."""
    members = holding.replaceable(hall.meeting, hall.item if hall.visible else None)
    appointed = holding.appointed_substitutes(hall.meeting, members)
    first = [
        (str(person.pk), _("%(number)s. vara: %(name)s") % {"number": number, "name": person.name})
        for number, person in appointed
    ]
    known = {key for key, _label in first}
    others = [(str(one.pk), one.name) for one in holding.possible_substitutes(hall.meeting) if str(one.pk) not in known]
    return SubstituteForm(
        data,
        members=[(str(row.pk), f"{row.name} – {row.seat_name}" if row.seat_name else row.name) for row in members],
        people=[*first, *others],
    )


def voting_form(hall: Hall, data: Any = None) -> VotingForm:
    """What can be voted over in the item."""
    item = hall.item
    outcomes = [(str(one.key), str(one.name)) for one in votes.outcomes_at(item)]
    standing = [row for row in item.motions.all() if not row.withdrawn]
    motions = [("_proposal", _("Innstillingen"))] if item.proposal.strip() else []
    motions += [
        (row.pk.hex, _("Forslag fra %(name)s: %(text)s") % {"name": row.made_by, "text": row.text[:80]})
        for row in standing
    ]
    abouts = [("motions", _("Forslagene mot hverandre"))] if len(motions) > 1 else []
    abouts += [("outcomes", _("Utfallene av saken"))] if outcomes else []
    abouts += [("text", _("For eller imot innstillingen"))]
    return VotingForm(data, abouts=abouts, outcomes=outcomes, motions=motions if len(motions) > 1 else [])


def decide_form(hall: Hall, data: Any = None) -> DecideForm:
    """By which vote or otherwise the item may be decided, and what its step asks for."""
    item = hall.item
    outcomes = votes.outcomes_at(item)
    hows = [
        (f"vote:{poll.voting.pk}", _("Avstemningen: %(label)s") % {"label": won.label})
        for poll in reversed(hall.closed)
        if not poll.voting.cancelled and (won := next((one for one in poll.choices if one.won), None))
    ]
    hows.append(("agreed", _("Enstemmig") if hall.terms.must_vote else _("Alle var enige")))
    if str(hall.terms.decision.rule) in ("chair", "single", "consensus_else_chair"):
        hows.append(("chair", _("Møteleder avgjorde")))
    asked = {str(name) for one in outcomes for name in one.requires}
    needs = {"outcome", "reason"} if outcomes else set()
    needs |= {"conditions"} & asked
    if "date" in asked or any(str(one.effect) in ("defer", "park", "pause") for one in outcomes):
        needs.add("until")
    if item.case_step is not None and any(
        one.stops and one.override for one in standings_of(item.case_step, hall.meeting.held_on)
    ):
        needs.add("override")
    names = [(str(one.key), str(one.name)) for one in outcomes]
    return DecideForm(
        data, hows=hows, outcomes=names, needs=needs, auto_id="decide-%s",
        initial={"text": "" if outcomes else item.proposal},
    )  # fmt: skip


def back(request: Any, meeting: UUID, item: UUID | None = None, place: str = "") -> HttpResponse:
    """To the meeting's page, with the item in view."""
    url = reverse("meeting-hold", args=[request.tenant.slug, meeting])
    return redirect(f"{url}?sak={item}{place}" if item else f"{url}{place}")


def attempt(request: Any, hall: Hall, verb: Any, **given: Any) -> Any:
    """Carry out, or the page with what was wrong."""
    try:
        return perform(request, verb, **given)
    except Invalid as fault:
        return page_of(request, hall, status=422, faults=fault.errors)


def uuid_of(text: str) -> UUID | None:
    """The identifier, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None


def open_meeting(request: Any, key: UUID) -> HttpResponse:
    """Open the meeting."""
    hall = hall_of(request, key)
    done = attempt(
        request, hall, actions.open_meeting, meeting_id=key, version=version_of(request),
        leader_id=uuid_of(request.POST.get("leader", "")),
    )  # fmt: skip
    if isinstance(done, HttpResponse):
        return done
    messages.success(request, _("Møtet er satt. %(name)s leder.") % {"name": done.chair})
    return back(request, key)


def change_chair(request: Any, key: UUID) -> HttpResponse:
    """Let another lead."""
    hall = managed(request, hall_of(request, key, request.POST.get("sak", "")))
    chosen = uuid_of(request.POST.get("leader", ""))
    if chosen is None:
        return page_of(request, hall, status=422, faults=[_("Velg hvem som leder møtet.")])
    done = attempt(request, hall, actions.change_chair, meeting_id=key, leader_id=chosen)
    return done if isinstance(done, HttpResponse) else back(request, key, uuid_of(request.POST.get("sak", "")))


def end_meeting(request: Any, key: UUID) -> HttpResponse:
    """End the meeting."""
    hall_of(request, key)
    perform(request, actions.end_meeting, meeting_id=key, version=version_of(request))
    messages.success(request, _("Møtet er hevet. Nå kan møteboken skrives."))
    return back(request, key)


def attendance_set(request: Any, key: UUID) -> HttpResponse:
    """Mark somebody as there, on the net or gone."""
    row = holding.participant_by_id(key)
    hall = hall_of(request, row.meeting_id if row else None, request.POST.get("sak", ""))
    done = attempt(request, hall, actions.set_attendance, participant_id=key, how=request.POST.get("how", ""))
    if isinstance(done, HttpResponse):
        return done
    return back(request, hall.meeting.pk, uuid_of(request.POST.get("sak", "")), "#oppmote")


def attendance_all(request: Any, key: UUID) -> HttpResponse:
    """Mark all who said that they come."""
    hall_of(request, key)
    perform(request, actions.mark_those_who_come, meeting_id=key)
    return back(request, key, uuid_of(request.POST.get("sak", "")), "#oppmote")


def substitute(request: Any, key: UUID) -> HttpResponse:
    """Let somebody take an empty seat."""
    chosen = request.POST.get("sak", "")
    hall = managed(request, hall_of(request, key, chosen))
    form = substitute_form(hall, request.POST)
    if form.is_valid() and perform_form(
        request, form, actions.call_substitute, member_id=UUID(form.cleaned_data["member"]),
        person_id=UUID(form.cleaned_data["person"]), item_id=uuid_of(chosen),
    ) is not None:  # fmt: skip
        return back(request, key, uuid_of(chosen), "#oppmote")
    return page_of(request, hall, status=422, substitute_form=form)


def hall_at(request: Any, key: UUID, *, manage: bool = False) -> Hall:
    """The meeting with the item in view. Raises NotFound for one that may not be read, Refused for who may not hold

    the meeting when it is to be managed.
    """
    item = holding.item_by_id(key)
    hall = hall_of(request, item.meeting_id if item else None, str(key))
    if not any(line.item.pk == key and line.visible for line in hall.lines):
        raise NotFound
    return managed(request, hall) if manage else hall


def managed(request: Any, hall: Hall) -> Hall:
    """The meeting, for who holds it."""
    holding.manage_verdict(request.actor, hall.meeting, request.today).require()
    return hall


def in_circle(request: Any, hall: Hall) -> Hall:
    """The meeting, for those called to it and who holds it."""
    may(request.actor, Act.MEETING_TAKE_PART, holding.circle_facts(hall.meeting, request.today)).require()
    return hall


def item_open(request: Any, key: UUID) -> HttpResponse:
    """Take up an item."""
    hall = hall_at(request, key, manage=True)
    form = ObjectingForm(request.POST, auto_id="objecting-%s")
    if form.is_valid() and perform_form(
        request, form, actions.open_item, item_id=key, version=version_of(request),
        objecting=form.cleaned_data["objecting"] or 0,
    ) is not None:  # fmt: skip
        return back(request, hall.meeting.pk, key, "#sak")
    return page_of(request, hall, status=422, objecting_form=form)


def item_discuss(request: Any, key: UUID) -> HttpResponse:
    """Write down how it went."""
    hall = hall_at(request, key, manage=True)
    form = DiscussionForm(request.POST, auto_id="discussion-%s")
    if (
        form.is_valid()
        and perform_form(
            request, form, actions.write_discussion, item_id=key, version=version_of(request), **form.cleaned_data
        )
        is not None
    ):
        messages.success(request, _("Behandlingen er lagret."))
        return back(request, hall.meeting.pk, key, "#behandling")
    return page_of(request, hall, status=422, discussion_form=form)


def item_postpone(request: Any, key: UUID) -> HttpResponse:
    """Put the item off, or take it off for good."""
    hall = hall_at(request, key, manage=True)
    form = ReasonForm(request.POST, auto_id="postpone-%s")
    if form.is_valid() and perform_form(
        request, form, actions.postpone_item, item_id=key, version=version_of(request),
        withdrawn=request.POST.get("withdrawn") == "1", **form.cleaned_data,
    ) is not None:  # fmt: skip
        return back(request, hall.meeting.pk)
    return page_of(request, hall, status=422, postpone_form=form)


def item_decide(request: Any, key: UUID) -> HttpResponse:
    """Decide the item."""
    hall = hall_at(request, key, manage=True)
    form = decide_form(hall, request.POST) if hall.terms else None
    if form is None:
        raise NotFound
    if form.is_valid():
        given = dict(form.cleaned_data)
        how, _sep, voting = given.pop("how").partition(":")
        done = perform_form(
            request, form, actions.decide_item, item_id=key, version=version_of(request), how=how,
            voting_id=uuid_of(voting), **given,
        )  # fmt: skip
        if done:
            messages.success(request, _("Vedtaket er ført, og saken går videre."))
            return back(request, hall.meeting.pk)
    return page_of(request, hall, status=422, decide_form=form)


def impartiality_raise(request: Any, key: UUID) -> HttpResponse:
    """Ask whether somebody is impartial in the item."""
    hall = in_circle(request, hall_at(request, key))
    people = [one.row for one in hall.people]
    initial = {"participant": str(hall.mine[0].pk)} if hall.mine and not hall.manages else {}
    form = RaiseForm(
        request.POST if request.method == "POST" else None,
        people=[(str(row.pk), row.name) for row in people],
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["participant_id"] = UUID(given.pop("participant"))
        if perform_form(request, form, actions.raise_impartiality, item_id=key, **given):
            messages.success(request, _("Spørsmålet er ført. Det avgjøres før saken behandles."))
            return back(request, hall.meeting.pk, key, "#habilitet")
    return _form_page(request, hall, key, form, _("Er noen inhabile i saken?"), _("Send"))


def impartiality_decide(request: Any, key: UUID) -> HttpResponse:
    """Settle whether somebody is impartial."""
    row = holding.disqualification_by_id(key)
    if row is None:
        raise NotFound
    hall = hall_at(request, row.item_id, manage=True)
    form = ImpartialityForm(request.POST, by_body=_by_body(hall, row), auto_id=f"imp-{row.pk.hex}-%s")
    if form.is_valid():
        given = form.cleaned_data
        if perform_form(
            request, form, actions.decide_impartiality, disqualification_id=key, version=version_of(request),
            disqualified=given["outcome"] == "disqualified", votes_for=given.get("votes_for") or 0,
            votes_against=given.get("votes_against") or 0,
        ):  # fmt: skip
            return back(request, hall.meeting.pk, row.item_id, "#habilitet")
    return page_of(request, hall, status=422, impartial=[(row, form)])


def motion_make(request: Any, key: UUID) -> HttpResponse:
    """Propose something else."""
    hall = in_circle(request, hall_at(request, key))
    makers = [one.row for one in hall.people if one.votes and (hall.manages or one.row in hall.mine)]
    form = MotionForm(
        request.POST if request.method == "POST" else None,
        people=[(str(row.pk), row.name) for row in makers],
        outcomes=[(str(one.key), str(one.name)) for one in votes.outcomes_at(_item(hall, key))],
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["participant_id"] = UUID(given.pop("participant"))
        if perform_form(request, form, actions.make_motion, item_id=key, **given):
            messages.success(request, _("Forslaget er fremmet."))
            return back(request, hall.meeting.pk, key, "#forslag")
    return _form_page(request, hall, key, form, _("Fremme et forslag"), _("Fremme forslaget"))


def _item(hall: Hall, key: UUID) -> Any:
    return next(line.item for line in hall.lines if line.item.pk == key)


def _form_page(request: Any, hall: Hall, key: UUID, form: Any, title: str, send: str) -> HttpResponse:
    tenant = request.tenant.slug
    context = {
        "hall": hall,
        "item": _item(hall, key),
        "form": form,
        "title": title,
        "send": send,
        "crumbs": [
            Crumb(_("Møter"), address("meeting-list", tenant)),
            Crumb(hall.title, address("meeting-hold", tenant, hall.meeting.pk)),
        ],
    }
    return render(request, "meetings/holding/form.html", context, status=422 if form.errors else 200)


def motion_withdraw(request: Any, key: UUID) -> HttpResponse:
    """Take a motion back."""
    row = holding.motion_by_id(key)
    if row is None:
        raise NotFound
    hall = hall_at(request, row.item_id)
    perform(request, actions.withdraw_motion, motion_id=key, version=version_of(request))
    return back(request, hall.meeting.pk, row.item_id, "#forslag")
