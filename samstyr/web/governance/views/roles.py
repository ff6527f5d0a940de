"""Bodies and roles: who does what, the chart, the forums, whether the roles are filled, and what one answers for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, Facts, may
from samstyr.foundation.governance import queries, staffed
from samstyr.foundation.governance.rules.chart import chart_svg
from samstyr.foundation.governance.rules.responsibility import answered_by
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui.shell import Crumb
from samstyr.outward.exports.governing.assembling import content_of, required_words
from samstyr.web.organisations.forms import ORGANISATION_KINDS
from samstyr.web.saving import table_response

from .parts import crumbs, manage_verdict, tabs, url, version_or_404
from .reading import unfinished


def governing_of(request: Any, row: Any, *, names: bool = True) -> Any:
    """The version's content as the person may have it: people by name only for who may read the register of people.

    Raises NotFound for a draft that is not yet a whole model.
    """
    if not queries.is_readable(row):
        raise NotFound
    seen = bool(may(request.actor, Act.MODEL_READ, Facts("person", request.tenant.pk)))
    return content_of(
        row, request.today, arrangement=request.tenant.name, names=names and seen, slug=request.tenant.slug
    )


def _row(request: Any, key: UUID | None) -> Any:
    row = version_or_404(key) if key else queries.version_in_force(request.today)
    if row is None:
        raise NotFound
    return row


def _page(request: Any, key: UUID | None, name: str, template: str, **more: Any) -> HttpResponse:
    row = _row(request, key)
    if page := unfinished(request, row, name):
        return page
    context = {
        "row": row,
        "content": governing_of(request, row),
        "manage": manage_verdict(request),
        "tabs": tabs(request, row, name),
        "crumbs": crumbs(request, row),
        **more,
    }
    return render(request, template, context)


def roles_and_bodies(request: Any, key: UUID | None = None) -> HttpResponse:
    """Roles and bodies of a version, the one in force when none is named (B-02)."""
    return _page(request, key, "model-version-roles", "governance/roles.html")


def chart(request: Any, key: UUID | None = None) -> HttpResponse:
    """The organisation chart: a list of everybody in the structure, and the drawing (D-02)."""
    row = _row(request, key)
    if page := unfinished(request, row, "model-version-chart"):
        return page
    content = governing_of(request, row)
    context = {
        "row": row,
        "content": content,
        "manage": manage_verdict(request),
        "drawing": chart_svg(content.model, content.chart, title=_("Organisasjonskart")),
        "tabs": tabs(request, row, "model-version-chart"),
        "crumbs": crumbs(request, row),
    }
    return render(request, "governance/chart.html", context)


def forums(request: Any, key: UUID | None = None) -> HttpResponse:
    """The table of forums with chair rule and participants, beside what the document's text says (N-194)."""
    row = _row(request, key)
    if page := unfinished(request, row, "model-version-roles"):
        return page
    compared = [
        item
        for item in queries.findings_of(row)
        if item.path.startswith("structure/forum_texts") or any("structure/forum_texts" in n for n in item.confirmed_by)
    ]
    return _page(request, row.pk, "model-version-roles", "governance/forums.html", compared=compared)


def coverage(request: Any) -> HttpResponse:
    """Which roles must be held where, which are not, and what else is not as the model says (A-103, A-105)."""
    row = _row(request, None)
    rows, faults = staffed.coverage_of(queries.typed(row), request.today)
    lacking = [one for one in rows if one.lacks]
    everything = request.GET.get("vis") == "alle"
    context = {
        "row": row,
        "shown": rows if everything else lacking,
        "everything": everything,
        "summary": _summary(queries.typed(row), rows),
        "lacking": lacking,
        "faults": [one for one in faults if not one.expected],
        "expected": [one for one in faults if one.expected],
        "total": len(rows),
        "tabs": tabs(request, row, "model-coverage"),
        "crumbs": crumbs(request, row),
    }
    return render(request, "governance/coverage.html", context)


def _summary(model: Any, rows: list[Any]) -> list[tuple[Any, tuple[str, ...], int, int]]:
    """Per role: the requirements in words, how many places there are, and in how many they are met."""
    found = []
    for role in model.roles:
        mine = [one for one in rows if one.role.key == role.key]
        if role.required_per:
            words = tuple(required_words(model, need) for need in role.required_per)
            found.append((role, words, len(mine), sum(not one.lacks for one in mine)))
    return found


def coverage_export(request: Any, ending: str) -> HttpResponse:
    """The coverage as a list to keep: role, place, how many, how many there must be, and who gives the role."""
    row = _row(request, None)
    model = queries.typed(row)
    rows, _faults = staffed.coverage_of(model, request.today)
    lines = [
        [
            str(one.role.name), one.spot.name if one.spot else _("Hele styringsordningen"), one.number, one.needed,
            _("mangler") if one.lacks else _("dekket"), _giver(model, one.role),
        ]
        for one in rows
    ]  # fmt: skip
    header = [_("Rolle"), _("Sted"), _("Har rollen"), _("Skal være minst"), _("Status"), _("Hvem kan gi rollen")]
    return table_response(_("Dekning av roller"), header, lines, ending=ending)


def _giver(model: Any, role: Any) -> str:
    given_by = model.role(role.appointed_by or "")
    return str(given_by.name) if given_by else _("Den som gir roller")


def duties(request: Any) -> HttpResponse:
    """Everything the person answers for: by role, by body, and in the responsibility matrix."""
    row = _row(request, None)
    content = governing_of(request, row, names=False)
    held = {item.role: item for item in request.actor.roles}
    matrix = answered_by(content.model, staffed.parties_of(content.model, request.actor))
    context = {
        "row": row,
        "roles": [(role, held[role.key]) for role in content.roles if role.key in held],
        "bodies": [body for body in content.bodies if f"seat:{body.key}" in held],
        "matrix": matrix,
        "periods": [
            (line, period)
            for line, period in zip(content.wheel, content.model.wheel.periods if content.model.wheel else (), strict=True)
            if period.owner in held or f"seat:{period.owner_body}" in held
        ],
        "reports": [
            report for report in content.model.reports if report.sender in held or f"seat:{report.sender}" in held
        ],
        "crumbs": [Crumb(_("Styringsmodell"), url(request, "model"))],
    }  # fmt: skip
    return render(request, "governance/duties.html", context)


def public_members(request: Any, body: str, ending: str) -> HttpResponse:
    """The seats of a body for anybody: group, organisation and its kind, and role; never who (D-01)."""
    row = _row(request, None)
    found = queries.typed(row).body(body)
    if found is None:
        raise NotFound
    kinds = dict(ORGANISATION_KINDS)
    lines = staffed.members_without_names(queries.typed(row), found, request.today)
    header = [_("Plass"), _("Organisasjon"), _("Type organisasjon"), _("Rolle"), _("Periode til")]
    told = [[group, place, str(kinds.get(kind, kind)), title, until] for group, place, kind, title, until in lines]
    return table_response(_("Medlemmer i %(body)s") % {"body": found.name}, header, told, ending=ending)
