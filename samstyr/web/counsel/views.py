"""Advice, consultations, discussions and guidelines: the list, entering, one with its replies, and replying."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import NotFound, Refused
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.ui import htmx
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.pieces import Status, Tone
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.casework import queries as casework
from samstyr.procedure.counsel import actions, queries
from samstyr.procedure.counsel.rules import KINDS
from samstyr.web.posting import perform_form, version_of
from samstyr.web.saving import table_response

from .forms import CounselFilter, CounselForm, ReplyForm

PER_PAGE, MOST_EXPORTED = 50, 10_000


def counsel_list(request: Any) -> HttpResponse:
    """All that one may read, searched and narrowed in the address."""
    form, rows = _chosen(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(row, reply_status(row, list(row.addressees.all()), request.today)) for row in page],
        "filter_form": form,
        "query": request.GET.urlencode(),
        "narrowed": any(request.GET.get(name) for name in ("q", "slag", "fra", "svar")),
        "may_add": bool(queries.parties_of(request.actor, request.today)),
    }
    return htmx.render(request, "counsel/list.html", "rows", context)


def reply_status(row: Any, addressees: list[Any], today: Any) -> Status | None:
    """Whether those it was given to have replied; nothing for what is given to nobody."""
    if not addressees:
        return None
    silent = sum(one.replied_on is None for one in addressees)
    if not silent:
        return Status(_("Besvart"), Tone.SUCCESS)
    if row.reply_by and row.reply_by < today:
        return Status(_("Ubesvart, over fristen"), Tone.DANGER)
    return Status(_("Ubesvart"), Tone.WARNING)


def _chosen(request: Any) -> tuple[CounselFilter, Any]:
    form = CounselFilter(request.GET, parties=list(queries.parties(request.model).items()))
    given = form.cleaned_data if form.is_valid() else {}
    rows = queries.listing(
        request.actor, kind=given.get("slag", ""), party=given.get("fra", ""),
        text=given.get("q", "").replace("\0", ""), state=given.get("svar", ""), today=request.today,
    )  # fmt: skip
    return form, rows


def export(request: Any) -> HttpResponse:
    """The list as Excel, a line for each addressee."""
    _form, rows = _chosen(request)
    heading = [
        _("Dato"),
        _("Hva"),
        _("Fra"),
        _("Gjelder"),
        _("Tekst"),
        _("Sak"),
        _("Til"),
        _("Svarfrist"),
        _("Svar"),
        _("Besvart"),
    ]
    lines = (
        [row.on, row.get_kind_display(), row.party_name, row.subject, row.text, row.case.title if row.case else "", str(one or ""), row.reply_by, one.reply if one else "", one.replied_on if one else None]
        for row in rows[:MOST_EXPORTED]
        for one in (list(row.addressees.all()) or [None])
    )  # fmt: skip
    return table_response(_("Råd og føringer"), heading, lines, ending="xlsx", numeric=[])


def add(request: Any) -> HttpResponse:
    """A form for one kind (``slag``), on a case (``sak``), or as a correction of an earlier one (``retter``)."""
    earlier = _earlier(request)
    case = earlier.case if earlier else _case(request)
    kind = earlier.kind if earlier else request.GET.get("slag", "")
    parties = queries.parties_of(request.actor, request.today)
    if not parties:
        raise Refused(
            say(gettext_noop("Bare de som leder eller betjener et organ, kan føre inn noe her.")), rule="counsel.party"
        )
    if kind not in KINDS:
        return render(request, "counsel/choose.html", {"crumbs": _crumbs(request), "case": case})
    model = request.model
    form = CounselForm(
        request.POST or None, kind=kind, parties=parties,
        bodies=[(body.key, str(body.name)) for body in model.bodies] if model else [],
        to=queries.addressees_to_choose(request.today), on_case=case is not None,
        initial=_initial(earlier, request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        row = perform_form(
            request, form, actions.give, values=form.values(case.pk if case else None),
            replaces=earlier.pk if earlier else None,
        )  # fmt: skip
        if row is not None:
            messages.success(request, _("Det er ført inn."))
            return redirect_client(request, _after(request, row))
    context = {"form": form, "case": case, "earlier": earlier, "crumbs": _crumbs(request)}
    return render(request, "counsel/form.html", context, status=422 if form.errors else 200)


def _initial(earlier: Any, request: Any) -> dict[str, Any]:
    if earlier is None:
        return {"on": request.today, "party": request.GET.get("fra", "")}
    names = ("party", "asked_by", "subject", "text", "on", "valid_until", "reply_by")
    to = [
        f"{one.body}:{one.organisation_id}" if one.organisation_id else one.body
        for one in queries.addressees_of(earlier)
    ]
    return {name: getattr(earlier, name) for name in names} | {"to": to}


def detail(request: Any, key: UUID) -> HttpResponse:
    """One, with whom it was given to and what they replied."""
    row = _one(request, key)
    people = queries.addressees_of(row)
    newer = row.replaced_by.first()
    lines = [
        (one, one.replied_on is None and newer is None and bool(may(request.actor, Act.COUNSEL_GIVE, queries.addressee_facts(one, request.today))))
        for one in people
    ]  # fmt: skip
    may_correct = (
        newer is None
        and not any(one.replied_on for one in people)
        and (row.case is None or row.case.state != "ended")
        and bool(may(request.actor, Act.COUNSEL_GIVE, queries.party_facts(row.party, request.today)))
    )
    context = {
        "row": row, "lines": lines, "newer": newer, "may_correct": may_correct, "crumbs": _crumbs(request),
        "status": reply_status(row, people, request.today),
        "asked_by": queries.parties(request.model).get(row.asked_by, ""),
    }  # fmt: skip
    return render(request, "counsel/detail.html", context)


def reply(request: Any, key: UUID) -> HttpResponse:
    """Reply for one of those it was given to."""
    one = queries.addressee_by_id(key)
    if one is None:
        raise NotFound
    row = _one(request, one.counsel_id)
    may(request.actor, Act.COUNSEL_GIVE, queries.addressee_facts(one, request.today)).require()
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request, form, actions.reply, addressee_id=key, version=version_of(request), text=form.cleaned_data["text"]
        )
        if done is not None:
            messages.success(request, _("Svaret er sendt."))
            return redirect_client(request, reverse("counsel-detail", args=[request.tenant.slug, row.pk]))
    context = {"row": row, "one": one, "form": form, "crumbs": _crumbs(request)}
    return render(request, "counsel/reply.html", context, status=422 if form.errors else 200)


def _one(request: Any, key: UUID) -> Any:
    row = queries.by_id(request.actor, key)
    if row is None:
        raise NotFound
    return row


def _earlier(request: Any) -> Any:
    key = _uuid(request.GET.get("retter", ""))
    return _one(request, key) if key else None


def _case(request: Any) -> Any:
    key = _uuid(request.GET.get("sak", ""))
    case = casework.case_by_id(key) if key else None
    if key and (case is None or not may(request.actor, Act.CASE_READ, casework.case_facts(case))):
        raise NotFound
    return case


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None


def _after(request: Any, row: Any) -> str:
    if row.case_id:
        return reverse("case-detail", args=[request.tenant.slug, row.case_id])
    return reverse("counsel-detail", args=[request.tenant.slug, row.pk])


def _crumbs(request: Any) -> list[Crumb]:
    return [Crumb(_("Råd og føringer"), reverse("counsel-list", args=[request.tenant.slug]))]
