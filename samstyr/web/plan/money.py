"""Pages about the plan's money: sources, bookings, carry-over, appropriations, and the adopted budget."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import Invalid
from samstyr.foundation.tables.reading import read_table
from samstyr.foundation.tables.spreadsheet import XLSX, SheetOut, workbook
from samstyr.web.posting import perform, perform_form
from samstyr.wheel.portfolio import actions, queries
from samstyr.wheel.portfolio.rules.adopted_budget import rows_of

from .money_forms import AppropriationForm, BookingForm, BudgetFileForm, CarryForm, ContributionForm, FrameForm
from .views import crumbs_of, version_of

MOST_SHOWN = 50
MOST_ROWS = 5_000
Write = Callable[[Form], Any]


def posted(request: HttpRequest, forms: Mapping[str, Form], writes: Mapping[str, Write]) -> bool:
    """Carry out the form whose verb was sent; whether it was done. Faults stay in the form."""
    verb = request.POST.get("verb", "")
    form = forms.get(verb)
    return form is not None and form.is_valid() and writes[verb](form) is not None


def bound(request: HttpRequest, verb: str) -> Any:
    """What was sent, to the form it was sent from."""
    return request.POST if request.method == "POST" and request.POST.get("verb") == verb else None


def sent(request: HttpRequest, verb: str) -> dict[str, Any]:
    """What the form of the verb is filled with; its fields have ids of their own, since a page has several forms."""
    return {"data": bound(request, verb), "auto_id": f"{verb}_%s"}


def key_of(text: str) -> UUID | None:
    """The chosen key, or nothing for all."""
    return UUID(text) if text else None


def choices_of(request: HttpRequest, version: Any) -> dict[str, list[tuple[Any, Any]]]:
    """What the forms choose between."""
    today = request.today  # type: ignore[attr-defined]
    payers = [(str(row.pk), str(row)) for row in queries.payers()]
    return {
        "source": [*queries.sources(today).items()],
        "year": [(year, str(year)) for year in queries.years_of(version.plan)],
        "organisation": [("", _("Alle som tar del")), *payers],
        "line": [(str(row.line_key), row.title) for row in queries.standing_lines(version.plan)],
    }


def money(request: HttpRequest, key: UUID) -> HttpResponse:
    """Budget, committed and used per source, with the frames and the newest bookings."""
    version = version_of(request, key)
    plan, today = version.plan, request.today  # type: ignore[attr-defined]
    choices = choices_of(request, version)
    whole = {**choices, "source": [("", _("Hele planen")), *choices["source"]]}
    forms = {
        "frame": FrameForm(**sent(request, "frame"), choices=whole),
        "book": BookingForm(**sent(request, "book"), choices=choices, initial={"booked_on": today}),
    }

    def frame(form: Form) -> Any:
        given = dict(form.cleaned_data)
        where = key_of(given.pop("organisation"))
        return perform_form(request, form, actions.set_frame, plan_id=plan.pk, organisation_id=where, **given)

    def book(form: Form) -> Any:
        given = dict(form.cleaned_data)
        where, line = key_of(given.pop("organisation")), UUID(given.pop("line"))
        return perform_form(request, form, actions.book, plan_id=plan.pk, line_key=line, organisation_id=where, **given)

    if request.method == "POST" and posted(request, forms, {"frame": frame, "book": book}):
        messages.success(request, _("Ført."))
        return redirect("plan-money", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    names, titles = {**queries.sources(today), "": _("Hele planen")}, dict(choices["line"])
    bookings = list(queries.bookings_of(plan)[: MOST_SHOWN + 1])
    context = {
        "version": version,
        "plan": plan,
        "use": [
            (names.get(row.source, row.source) if row.source else _("Sum"), row) for row in queries.use_of(plan, today)
        ],
        "frames": [(names.get(row.source, row.source), row) for row in queries.frames_of(plan)],
        "bookings": [
            (titles.get(str(row.line_key), "–"), names.get(row.source, row.source), row)
            for row in bookings[:MOST_SHOWN]
        ],
        "more": len(bookings) > MOST_SHOWN,
        "forms": forms,
        "may_budget": _may_budget(request),
        "crumbs": crumbs_of(request, version),
    }
    return render(request, "plan/money.html", context, status=_status(forms))


def _may_budget(request: HttpRequest) -> Any:
    facts = queries.plan_facts(row.pk for row in queries.payers())
    return may(request.actor, Act.BUDGET_MANAGE, facts)  # type: ignore[attr-defined]


def _status(forms: Mapping[str, Form]) -> int:
    return 422 if any(form.errors for form in forms.values()) else 200


def money_export(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same as a workbook: use per source, frames and bookings."""
    version = version_of(request, key)
    plan, today = version.plan, request.today  # type: ignore[attr-defined]
    names = {**queries.sources(today), "": _("Hele planen")}
    titles = {row.line_key: row.title for row in queries.standing_lines(plan)}
    figures = (_("Budsjett"), _("Bundet i planen"), _("Brukt"), _("Igjen"), _("Ikke bundet"))
    amount = _("Beløp")
    sheets = [
        SheetOut(
            _("Kilder"),
            (_("Kilde"), _("År"), *figures),
            [
                (names.get(row.source, row.source) if row.source else _("Sum"), row.year, row.budget, row.committed, row.used, row.left, row.free)
                for row in queries.use_of(plan, today)
            ],
            figures,
        ),
        SheetOut(
            _("Rammer"),
            (_("Kilde"), _("År"), _("Kommune"), amount),
            [
                (names.get(row.source, row.source), row.year, str(row.organisation or ""), row.amount)
                for row in queries.frames_of(plan)
            ],
            (amount,),
        ),
        SheetOut(
            _("Føringer"),
            (_("Dato"), _("Tiltak"), _("Kilde"), _("Kommune"), amount, _("Merknad")),
            [
                (
                    row.booked_on, titles.get(row.line_key, ""), names.get(row.source, row.source),
                    str(row.organisation or ""), row.amount, row.note,
                )
                for row in queries.bookings_of(plan)
            ],
            (amount,),
        ),
    ]  # fmt: skip
    answer = HttpResponse(workbook(sheets), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="penger.xlsx"'
    return answer


def carry(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is left of each measure's money of a year, and carrying it to the next."""
    version = version_of(request, key)
    plan, today = version.plan, request.today  # type: ignore[attr-defined]
    years = list(queries.years_of(plan))
    asked = request.GET.get("year", "")
    year = next((item for item in years if str(item) == asked), min(max(today.year - 1, years[0]), years[-1]))
    choices = choices_of(request, version)
    forms = {"carry": CarryForm(**sent(request, "carry"), choices=choices)}

    def write(form: Form) -> Any:
        given = dict(form.cleaned_data)
        where, line = key_of(given.pop("organisation")), UUID(given.pop("line"))
        return perform_form(
            request, form, actions.carry_over, plan_id=plan.pk, line_key=line, year=year, organisation_id=where, **given
        )

    if request.method == "POST" and posted(request, forms, {"carry": write}):
        messages.success(request, _("Pengene er overført til neste år."))
        return redirect(f"{request.path}?year={year}")
    rows = queries.standing_lines(plan)
    names: dict[Any, str] = {row.pk: str(row) for row in queries.payers()}
    sums = queries.money_of_lines(plan, rows, year, today)
    shown = [
        (row.title, names.get(where, "") if where else _("Alle"), part)
        for row in rows
        for where, part in sorted(
            sums[row.line_key].items(), key=lambda item: (item[0] is None, names.get(item[0], ""))
        )
        if part.granted or part.brought or part.used
    ]
    titles = dict(choices["line"])
    context = {
        "version": version,
        "year": year,
        "years": years,
        "rows": shown,
        "done": [(titles.get(str(row.line_key), "–"), row) for row in queries.carry_overs(plan)],
        "forms": forms,
        "may_budget": _may_budget(request),
        "crumbs": crumbs_of(request, version),
    }
    return render(request, "plan/carry.html", context, status=_status(forms))


def appropriations(request: HttpRequest, key: UUID) -> HttpResponse:
    """What bodies have granted and proposed, apart, and contributions by inhabitants."""
    version = version_of(request, key)
    plan, today = version.plan, request.today  # type: ignore[attr-defined]
    choices = choices_of(request, version)
    forms = {
        "appropriate": AppropriationForm(**sent(request, "appropriate"), choices=choices, initial={"granted": "1"}),
        "contribute": ContributionForm(
            **sent(request, "contribute"),
            choices={"organisation": choices["organisation"][1:]},
            initial={"year": plan.first_year},
        ),
    }

    def appropriate(form: Form) -> Any:
        given = {**form.cleaned_data, "granted": bool(form.cleaned_data["granted"])}
        return perform_form(request, form, actions.appropriate, plan_id=plan.pk, **given)

    def contribute(form: Form) -> Any:
        given = dict(form.cleaned_data)
        where = UUID(given.pop("organisation"))
        return perform_form(request, form, actions.contribute, plan_id=plan.pk, organisation_id=where, **given)

    if request.method == "POST" and posted(request, forms, {"appropriate": appropriate, "contribute": contribute}):
        messages.success(request, _("Ført."))
        return redirect("plan-appropriations", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    rows = queries.appropriations_of(plan)
    context = {
        "version": version,
        "today": today,
        "rows": rows,
        "granted": sum(row.amount for row in rows if row.granted),
        "proposed": sum(row.amount for row in rows if not row.granted),
        "contributions": queries.contributions_of(plan),
        "forms": forms,
        "may_budget": _may_budget(request),
        "crumbs": crumbs_of(request, version),
    }
    return render(request, "plan/appropriations.html", context, status=_status(forms))


def adopted_budget(request: HttpRequest, key: UUID) -> HttpResponse:
    """The adopted budget's file held against the plan, and entered once somebody has looked at it."""
    version = version_of(request, key)
    facts = queries.plan_facts(row.pk for row in queries.payers())
    may(request.actor, Act.BUDGET_MANAGE, facts).require()  # type: ignore[attr-defined]
    form = BudgetFileForm(request.POST if bound(request, "preview") else None, request.FILES or None)
    found: list[Any] = []
    faults: list[Any] = []
    table: list[list[Any]] = []
    if bound(request, "take"):
        table = _table(request.POST.get("table", ""))
        found, faults = _consequences(request, version, table)
        if not faults:
            note = _("Vedtatt budsjett")
            perform(request, actions.take_budget, plan_id=version.plan_id, consequences=found, note=note)
            messages.success(request, _("Budsjettet er ført på tiltakene."))
            return redirect("plan-version-detail", tenant=request.tenant.slug, key=key)  # type: ignore[attr-defined]
    elif bound(request, "preview") and form.is_valid():
        try:
            table, faults = _read(form)
        except Invalid as invalid:
            form.add_error("file", str(invalid.errors[0] if invalid.errors else invalid))
        else:
            found, more = _consequences(request, version, table)
            faults = [*faults, *more]
    names = {row.pk: str(row) for row in queries.payers()}
    context = {
        "version": version,
        "form": form,
        "found": [(names.get(row.organisation, _("Alle")), row) for row in found],
        "faults": faults,
        "table": json.dumps(table),
        "ready": bool(found) and not faults and any(row.line for row in found),
        "crumbs": crumbs_of(request, version),
    }
    return render(request, "plan/adopted_budget.html", context, status=422 if form.errors or faults else 200)


HEADER = ("Tiltak", "Kommune", "År", "Beløp")


def _read(form: Form) -> tuple[list[list[Any]], list[Any]]:
    """The file's rows as measure, place, year and kroner."""
    upload = form.cleaned_data["file"]
    read = read_table(upload.read(), upload.name)
    rows, faults = rows_of(read.header, read.rows, unit=form.cleaned_data["unit"])
    if len(rows) > MOST_ROWS:
        raise Invalid.field("file", _("Filen har for mange rader."))
    return [[row.measure, row.place, row.year, row.amount, row.number] for row in rows], faults


def _consequences(request: HttpRequest, version: Any, table: list[list[Any]]) -> tuple[list[Any], list[Any]]:
    rows = [(int(row[-1]) if str(row[-1]).isdigit() else 0, row[:-1]) for row in table]
    return queries.budget_consequences(version, HEADER, rows, request.today)  # type: ignore[attr-defined]


def _table(text: str) -> list[list[Any]]:
    """What the preview sent along; anything else is an empty table."""
    try:
        rows = json.loads(text)
    except ValueError:
        return []
    whole = isinstance(rows, list) and all(isinstance(row, list) and len(row) == len(HEADER) + 1 for row in rows)
    return rows[:MOST_ROWS] if whole else []
