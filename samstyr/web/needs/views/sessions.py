"""Idea sessions: the year with its mode, sessions, sectors that lack one and long list; and one session."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.kernel.errors import Conflict, NotFound, Refused
from samstyr.foundation.kernel.text import gettext_noop, say
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.pieces import Tab
from samstyr.foundation.ui.shell import Crumb
from samstyr.web.needs.session_forms import ModeForm, SessionForm, VotesForm
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.saving import table_response
from samstyr.wheel.needs import actions
from samstyr.wheel.needs.queries import form_spec
from samstyr.wheel.needs.queries import sessions as queries
from samstyr.wheel.needs.rules.sessions import missing_groups

from .parts import crumbs, key_of, unit_choices, url


def _year(request: Any) -> int:
    text = request.GET.get("ar", "")
    good = text.isascii() and text.isdigit() and len(text) < 5 and 2000 <= int(text) <= 2100
    return int(text) if good else request.today.year


def _settings(request: Any) -> Any:
    found = queries.settings_on(request.today)
    if found is None:
        raise NotFound
    return found


def _groups(settings: Any) -> list[tuple[str, str]]:
    return [(group.key, str(group.name)) for group in settings.groups]


def sessions(request: Any) -> HttpResponse:
    """The year's sessions; who keeps the year chooses how it works. ``vis=liste`` is the long list of ideas."""
    settings, year = _settings(request), _year(request)
    chosen = queries.idea_year(year)
    keeps = queries.keeps_year(request.actor)
    form = ModeForm(request.POST or None, modes=settings.modes, initial={"mode": chosen.mode if chosen else ""})
    if request.method == "POST":
        valid = form.is_valid()
        if (
            valid
            and perform_form(request, form, actions.choose_mode, year=year, mode=form.cleaned_data["mode"]) is not None
        ):
            messages.success(request, _("Arbeidsmåten er valgt, og samlingene som manglet, er satt opp."))
            return redirect_client(request, url(request, "need-sessions") + f"?ar={year}")
    rows = queries.sessions_of(year)
    ideas = queries.long_list(request.actor, year)
    goals = dict(form_spec(request.today).goals)
    if request.GET.get("format") == "xlsx":
        return _export(year, ideas, goals)
    groups = _groups(settings)
    listing = request.GET.get("vis") == "liste"
    base = f"?ar={year}"
    context = {
        "year": year,
        "chosen": chosen,
        "form": form if keeps and settings.modes else None,
        "rows": [
            (row, sum(row.participants.values()), missing_groups(row.participants, groups) if row.held_on else [])
            for row in rows
        ],
        "lacking": queries.without_session(rows, queries.sectors()),
        "ideas": [(one, [goals.get(key, key) for key in one.need.goals]) for one in ideas],
        "unlinked": sum(not one.linked for one in ideas),
        "may_add": bool(queries.sectors_of(request.actor)),
        "listing": listing,
        "tabs": [
            Tab(_("Samlinger"), base, not listing, len(rows)),
            Tab(_("Lang liste"), f"{base}&vis=liste", listing, len(ideas)),
        ],
        "crumbs": crumbs(request),
    }
    return render(request, "needs/sessions.html", context, status=422 if form.errors else 200)


def _export(year: int, ideas: list[queries.Idea], goals: dict[str, str]) -> HttpResponse:
    header = [
        _("Nummer"),
        _("Idé"),
        _("Sektor eller tjeneste"),
        _("Foreslått av"),
        _("Mål"),
        _("Samling"),
        _("Slått sammen"),
    ]
    lines = (
        [
            one.need.number, one.need.title, str(one.need.unit or one.need.organisation), ", ".join(one.proposers),
            "; ".join(goals.get(key, key) for key in one.need.goals), "; ".join(one.sessions), one.merged,
        ]
        for one in ideas
    )  # fmt: skip
    return table_response(_("Ideer %(year)s") % {"year": year}, header, lines, ending="xlsx", numeric=[])


def _form(request: Any, settings: Any, row: Any, data: Any) -> SessionForm:
    units = queries.sectors_of(request.actor)
    choices = unit_choices(units)
    initial: dict[str, Any] = {"sectors": [key for key, _name in choices] if len(choices) == 1 else []}
    if row is not None:
        initial = {
            **{name: getattr(row, name) for name in ("title", "held_on", "joint", "prioritises", "technique", "note")},
            "sectors": [str(sector.unit_id) for sector in row.sectors.all()],
            **{f"group_{key}": count for key, count in row.participants.items()},
        }
    return SessionForm(
        data,
        initial=initial,
        sectors=choices,
        groups=settings.groups,
        techniques=[str(one) for one in settings.techniques],
    )


def add(request: Any) -> HttpResponse:
    """Keep a new session."""
    settings, year = _settings(request), _year(request)
    if not queries.sectors_of(request.actor):
        raise Refused(
            say(gettext_noop("Bare den som representerer en sektor, kan legge til en samling.")), rule="ideas.sector"
        )
    form = _form(request, settings, None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = perform_form(request, form, actions.save_session, values=form.values(year))
        if row is not None:
            messages.success(request, _("Samlingen er lagret."))
            return redirect_client(request, url(request, "need-session", row.pk))
    context = {"form": form, "year": year, "row": None, "crumbs": _crumbs(request, year)}
    return render(request, "needs/session_form.html", context, status=422 if form.errors else 200)


def _crumbs(request: Any, year: int) -> list[Crumb]:
    return [*crumbs(request), Crumb(_("Idémyldring"), url(request, "need-sessions") + f"?ar={year}")]


def detail(request: Any, key: UUID) -> HttpResponse:
    """One session with its ideas; who keeps it mends it, and adds what came out of it."""
    settings, row = _settings(request), queries.session_by_id(key)
    if row is None:
        raise NotFound
    keeps = queries.may_keep(request.actor, row)
    form = _form(request, settings, row, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not keeps:
            raise Refused(
                say(gettext_noop("Bare den som representerer sektoren, kan endre samlingen.")), rule="ideas.sector"
            )
        valid = form.is_valid()
        if (
            valid
            and perform_form(
                request,
                form,
                actions.save_session,
                values=form.values(row.year),
                session_id=key,
                version=version_of(request),
            )
            is not None
        ):
            messages.success(request, _("Samlingen er lagret."))
            return redirect_client(request, url(request, "need-session", key))
    groups = _groups(settings)
    ideas = queries.ideas_of(row, request.actor)
    context = {
        "row": row,
        "form": form if keeps else None,
        "keeps": keeps,
        "groups": [(name, row.participants.get(key, 0)) for key, name in groups],
        "missing": missing_groups(row.participants, groups) if row.held_on else [],
        "ideas": [
            (one, [(name, one.votes.get(key, 0)) for key, name in groups], sum(one.votes.values())) for one in ideas
        ],
        "to_add": queries.needs_to_add(row, request.actor) if keeps else [],
        "crumbs": _crumbs(request, row.year),
    }
    return render(request, "needs/session.html", context, status=422 if form.errors else 200)


def add_ideas(request: Any, key: UUID) -> HttpResponse:
    """Say that needs came out of the session."""
    needs = [found for text in request.POST.getlist("needs") if (found := key_of(text))]
    perform(request, actions.add_ideas, session_id=key, needs=needs)
    messages.success(request, _("Ideene er lagt til i samlingen."))
    return redirect_client(request, url(request, "need-session", key))


def remove(request: Any, key: UUID) -> HttpResponse:
    """Take away a session without ideas."""
    try:
        row = perform(request, actions.remove_session, session_id=key)
    except Conflict as conflict:
        messages.error(request, " ".join(str(part) for part in (conflict.message, conflict.remedy) if part))
        return redirect_client(request, url(request, "need-session", key))
    messages.success(request, _("Samlingen er fjernet."))
    return redirect_client(request, url(request, "need-sessions") + f"?ar={row.year}")


def idea(request: Any, key: UUID) -> HttpResponse:
    """An idea of a session: how each group voted for it; or it is taken out."""
    settings, row = _settings(request), queries.idea_by_id(key)
    if row is None:
        raise NotFound
    if "remove" in request.POST:
        perform(request, actions.remove_idea, idea_id=key)
        messages.success(request, _("Ideen er tatt ut av samlingen. Behovet er der fortsatt."))
        return redirect_client(request, url(request, "need-session", row.session_id))
    if not any(one.pk == row.pk for one in queries.ideas_of(row.session, request.actor)):
        raise NotFound
    initial = {f"group_{name}": count for name, count in row.votes.items()}
    form = VotesForm(request.POST or None, groups=settings.groups, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = perform_form(
            request, form, actions.save_votes, idea_id=key, version=version_of(request), votes=form.votes
        )
        if done is not None:
            messages.success(request, _("Stemmene er lagret."))
            return redirect_client(request, url(request, "need-session", row.session_id))
    context = {
        "row": row,
        "form": form,
        "keeps": queries.may_keep(request.actor, row.session),
        "groups": _groups(settings),
        "crumbs": [
            *_crumbs(request, row.session.year),
            Crumb(row.session.title, url(request, "need-session", row.session_id)),
        ],
    }
    return render(request, "needs/session_idea.html", context, status=422 if form.errors else 200)
