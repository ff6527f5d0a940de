"""The chain of strategies, one version whole, what differs between two, and what leaders think."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import may
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.shell import Crumb
from samstyr.web.posting import perform_form
from samstyr.web.shell import address
from samstyr.wheel.strategy import actions, queries
from samstyr.wheel.strategy.rules.crossing import crossing

from . import presenting
from .fields import WORDS
from .forms import CompareForm, ReviewForm
from .views import frame


def versions(request: Any) -> HttpResponse:
    """The chain from the newest to the oldest, with the versions of each, a comparison, and leaders' assessments."""
    context = frame(request, "strategy-versions")
    visible = {row.pk for row in queries.visible_to(request.actor)}
    shown = []
    for strategy in queries.chain():
        rows = [row for row in strategy.versions.all() if row.pk in visible]
        if rows:
            shown.append([_line(request, row) for row in reversed(rows)])
    row = context["standing"].row
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and row is not None:
        given = form.cleaned_data
        if perform_form(request, form, actions.review, version_id=row.pk, **given) is not None:
            messages.success(request, _("Takk. Vurderingen er lagret."))
            return redirect("strategy-versions", tenant=request.tenant.slug)
    choices = [(str(one["row"].pk), f"{one['title']}, {one['name']}") for rows in shown for one in rows]
    context |= {
        "chain": shown,
        "compare_form": CompareForm(versions=choices) if len(choices) > 1 else None,
        "reviews": queries.reviews_of(row) if row else [],
        "review_form": form,
        "may_review": row is not None,
    }
    return render(request, "strategy/versions.html", context, status=422 if form.errors else 200)


def _line(request: Any, row: Any) -> dict[str, Any]:
    content = queries.content_of(row)
    return {
        "row": row,
        "name": _("versjon %(number)s") % {"number": row.number} if row.number else str(row.get_state_display()),
        "title": str(content.title or _("Uten tittel")),
        "period": presenting.period(content),
        "status": presenting.version_status(row, content, queries.in_force(request.today), request.today),
        "adoption": presenting.adoption(row),
    }


def _version(request: Any, key: UUID) -> Any:
    row = queries.version_behind(key)
    if row is None:
        raise NotFound
    may(request.actor, queries.read_act(row), queries.strategy_facts()).require()
    return row


def detail(request: Any, key: UUID) -> HttpResponse:
    """One version whole, made to be read and printed; a draft of one's own opens where it is written."""
    row = _version(request, key)
    if row.state == "draft":
        return redirect("strategy-draft", tenant=request.tenant.slug, key=key)
    content = queries.content_of(row)
    base = queries.base_of(row)
    case = queries.case_of_version(row)
    context = {
        "row": row,
        "line": _line(request, row),
        "case": case,
        "fates": [one for one in queries.fates_of(row) if one.fate != "kept"],
        "changes": queries.differences(base, content, request.today) if base else [],
        "crumbs": [
            Crumb(_("Strategi"), address("strategy-overview", request.tenant.slug)),
            Crumb(_("Versjoner"), address("strategy-versions", request.tenant.slug)),
        ],
        **whole(request, content),
    }
    return render(request, "strategy/version.html", context)


def whole(request: Any, content: Any) -> dict[str, Any]:
    """The whole content as one text: what the version's page and the print show."""
    roles = queries.role_names(request.today)
    names = content.goal_names()
    areas = {item.key: str(item.name) for item in content.focus_areas}
    rows = presenting.rows(content, presenting.linked((), ()))
    national = presenting.rows(content, presenting.linked((), ()), own=False)
    return {
        "content": content,
        "period": presenting.period(content),
        "tree": presenting.nested(rows),
        "national": presenting.nested(national),
        "table": crossing(content),
        "targets": [
            (one, presenting.target_words(one), presenting.baseline_words(one), names.get(one.goal or "", ""))
            for one in content.targets
        ],
        "drivers": [(item, WORDS["driver"][item.kind]) for item in content.drivers],
        "sources": [(item, WORDS["force"].get(item.force or "", "")) for item in content.sources],
        "directions": [(item, [areas[key] for key in item.focus_areas if key in areas]) for item in content.directions],
        "strategies": [(item, [names[key] for key in item.positions if key in names]) for item in content.strategies],
        "owner": roles.get(content.owner or "", ""),
        "signed_by": roles.get(content.signed_by or "", ""),
    }


def printed(request: Any) -> HttpResponse:
    """The strategy in force on one page, made for paper."""
    standing = queries.standing_on(request.today)
    context = {
        "adoption": presenting.adoption(standing.row),
        "crumbs": [Crumb(_("Strategi"), address("strategy-overview", request.tenant.slug))],
        **whole(request, standing.content),
    }
    return render(request, "strategy/print.html", context)


def compare(request: Any) -> HttpResponse:
    """What differs between two versions, in words."""
    rows = {str(row.pk): row for row in queries.visible_to(request.actor)}
    lines = {key: _line(request, row) for key, row in rows.items()}
    form = CompareForm(
        request.GET or None, versions=[(key, f"{line['title']}, {line['name']}") for key, line in lines.items()]
    )
    changes, old, new = None, None, None
    if form.is_valid() and form.cleaned_data["fra"] and form.cleaned_data["til"]:
        old, new = lines[form.cleaned_data["fra"]], lines[form.cleaned_data["til"]]
        changes = queries.differences(queries.content_of(old["row"]), queries.content_of(new["row"]), request.today)
    context = {
        "form": form,
        "changes": changes,
        "old": old,
        "new": new,
        "crumbs": [
            Crumb(_("Strategi"), address("strategy-overview", request.tenant.slug)),
            Crumb(_("Versjoner"), address("strategy-versions", request.tenant.slug)),
        ],
    }
    return render(request, "strategy/compare.html", context)
