"""Writing a draft: beginning it, its parts row by row, the goal tree, and taking changes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.governance.rules.strategy import placed
from samstyr.foundation.kernel.errors import Invalid, NotFound
from samstyr.foundation.ui.shell import Crumb
from samstyr.web.posting import perform, perform_form, version_of
from samstyr.web.shell import address
from samstyr.wheel.strategy import actions, queries
from samstyr.wheel.strategy.rules import editing

from . import presenting
from .fields import GOAL_FIELDS, HEAD_FIELDS, PART_FIELDS, PART_NAMES
from .forms import Choices, FateForm, FileForm, MoveForm, PartForm, ReasonForm, StartForm, initial_of
from .lines import phases_text


def draft_of(request: Any, key: UUID) -> Any:
    """The version as somebody who writes it sees it."""
    may(request.actor, Act.STRATEGY_EDIT, queries.strategy_facts()).require()
    row = queries.version_by_id(key)
    if row is None:
        raise NotFound
    return row


def crumbs(request: Any, row: Any = None) -> list[Crumb]:
    """The way to a page of the draft."""
    slug = request.tenant.slug
    found = [Crumb(_("Strategi"), address("strategy-overview", slug))]
    return found + ([Crumb(_("Utkast"), address("strategy-draft", slug, row.pk))] if row else [])


def to_draft(request: Any, row: Any, anchor: str = "") -> HttpResponse:
    """Back to the draft's page."""
    return redirect(f"{address('strategy-draft', request.tenant.slug, row.pk)}{anchor}")


def _text_of(file: Any) -> str:
    try:
        return str(file.read(1_000_000).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Invalid.field("file", _("Filen er ikke lagret som UTF-8.")) from None


def start(request: Any) -> HttpResponse:
    """Begin a draft, or go to the one under way."""
    may(request.actor, Act.STRATEGY_EDIT, queries.strategy_facts()).require()
    under_way = queries.open_version()
    if under_way is not None and request.method == "GET":
        return redirect("strategy-detail", tenant=request.tenant.slug, key=under_way.pk)
    base = queries.in_force(request.today)
    beginnings = [("file", _("En fil (YAML)")), ("empty", _("Ingenting"))]
    if request.model is not None and not request.model.strategy.is_empty:
        beginnings.insert(0, ("model", _("Det styringsmodellen sier om strategien")))
    if base is not None:
        beginnings[:0] = [
            ("revise", _("Strategien som gjelder, som årlig revisjon")),
            ("roll", _("Strategien som gjelder, rullert til en ny periode")),
        ]
    form = StartForm(
        request.POST or None, request.FILES or None, beginnings=beginnings, initial={"beginning": beginnings[0][0]}
    )
    if request.method == "POST" and form.is_valid():
        row = _begun(request, form)
        if row is not None:
            messages.success(request, _("Utkastet er klart til å skrives i."))
            return to_draft(request, row)
    context = {"form": form, "crumbs": crumbs(request), "base": base}
    return render(request, "strategy/start.html", context, status=422 if form.errors else 200)


def _begun(request: Any, form: StartForm) -> Any:
    given = form.cleaned_data
    text = ""
    if given["beginning"] == "file":
        if not given["file"]:
            form.add_error("file", _("Velg en fil."))
            return None
        try:
            text = _text_of(given["file"])
        except Invalid as fault:
            form.add_error("file", str(fault))
            return None
    return perform_form(
        request, form, actions.open_draft, beginning=given["beginning"], reason=given["reason"], text=text
    )


def draft(request: Any, key: UUID) -> HttpResponse:
    """The draft whole, with everything one can change, what it lacks, and how far the work has come."""
    row = draft_of(request, key)
    if row.state != "draft":
        return redirect("strategy-detail", tenant=request.tenant.slug, key=key)
    content = queries.content_of(row)
    nothing = presenting.linked((), ())
    findings = queries.findings_of(row, request.today)
    fates = queries.fates_of(row)
    process = content.process.phases if content.process else ()
    context = {
        "row": row,
        "content": content,
        "title": str(content.title or _("Strategi uten tittel")),
        "period": presenting.period(content),
        "tree": presenting.nested(presenting.rows(content, nothing)),
        "national": presenting.nested(presenting.rows(content, nothing, own=False)),
        "parts": [(name, label, len(getattr(content, name))) for name, label in PART_NAMES.items()],
        "stops": [one for one in findings if one.stops],
        "told": [one for one in findings if not one.stops],
        "unexplained": [one for one in fates if one.needs_reason and not one.reason],
        "has_fates": bool(fates),
        "phases": [(phase, row.process.get(phase.key)) for phase in process],
        "steps": queries.steps_of(row)[:5],
        "path": queries.path_key(request.today),
        "crumbs": crumbs(request),
    }
    return render(request, "strategy/draft.html", context)


def head(request: Any, key: UUID) -> HttpResponse:
    """Title, period, vision and how the work is organised."""
    row = draft_of(request, key)
    content = queries.content_of(row)
    process = content.process
    names = ("title", "first_year", "last_year", "revision_months", "owner", "signed_by", "vision")
    initial = {name: _shown(getattr(content, name)) for name in names}
    if process:
        initial |= {"mandate": _shown(process.mandate), "starts": process.starts, "ends": process.ends}
        initial["phases"] = phases_text(process.phases)
    form = PartForm(
        request.POST or None, fields=HEAD_FIELDS, choices=Choices(content, queries.role_names(request.today)), initial=initial
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.values(process)
        told = {name: given.pop(name) for name in ("mandate", "starts", "ends", "phases") if given.get(name)}
        given["process"] = told
        if perform_form(request, form, actions.save_head, version_id=row.pk, version=version_of(request), values=given):
            return to_draft(request, row)
    context = {"form": form, "row": row, "heading": _("Tittel, periode og visjon"), "crumbs": crumbs(request, row)}
    return render(request, "strategy/edit.html", context, status=422 if form.errors else 200)


def _shown(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


def part(request: Any, key: UUID, part: str) -> HttpResponse:
    """The rows of one part, in their order."""
    row = draft_of(request, key)
    if part not in PART_FIELDS:
        raise NotFound
    rows = getattr(queries.content_of(row), part)
    context = {
        "row": row,
        "part": part,
        "label": PART_NAMES[part],
        "rows": [(editing.key_of(part, one), _label(queries.content_of(row), part, one)) for one in rows],
        "crumbs": crumbs(request, row),
    }
    return render(request, "strategy/part.html", context)


def _label(content: Any, part_name: str, one: Any) -> str:
    if part_name == "gaps":
        return f"{content.goal_names().get(one.goal, one.goal)}: {one.reason}"
    return editing.label_of(one)


def row_edit(request: Any, key: UUID, part: str, row_key: str | None = None) -> HttpResponse:
    """One row of a part: a new one, or the one with the key."""
    row = draft_of(request, key)
    if part not in PART_FIELDS:
        raise NotFound
    content = queries.content_of(row)
    before = editing.row_of(content, part, row_key) if row_key else None
    fields = [field for field in PART_FIELDS[part] if not (part == "gaps" and row_key and field.name == "goal")]
    initial = initial_of(before, fields) if before is not None else {"confirmed": True}
    if part == "gaps" and not row_key and request.GET.get("maal"):
        initial["goal"] = request.GET["maal"]
    form = PartForm(
        request.POST or None, fields=fields, choices=Choices(content, queries.role_names(request.today)), initial=initial
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        about = {"part": part, "row_key": row_key, "values": form.values(before)}
        if perform_form(request, form, actions.save_row, version_id=row.pk, version=version_of(request), **about):
            messages.success(request, _("Lagret."))
            return redirect("strategy-part", tenant=request.tenant.slug, key=key, part=part)
    heading = _label(content, part, before) if before is not None else PART_NAMES[part]
    context = {
        "form": form,
        "row": row,
        "heading": heading,
        "crumbs": [*crumbs(request, row), Crumb(str(PART_NAMES[part]), address("strategy-part", request.tenant.slug, key, part))],
    }  # fmt: skip
    return render(request, "strategy/edit.html", context, status=422 if form.errors else 200)


def row_new(request: Any, key: UUID, part: str) -> HttpResponse:
    """A new row of a part."""
    return row_edit(request, key, part)


def row_move(request: Any, key: UUID, part: str, row_key: str) -> HttpResponse:
    """A row up or down."""
    row = draft_of(request, key)
    down = request.POST.get("til") == "ned"
    perform(
        request, actions.move_row, version_id=row.pk, version=version_of(request), part=part, row_key=row_key, down=down
    )
    return redirect("strategy-part", tenant=request.tenant.slug, key=key, part=part)


def row_remove(request: Any, key: UUID, part: str, row_key: str) -> HttpResponse:
    """A row taken out."""
    row = draft_of(request, key)
    perform(request, actions.remove_row, version_id=row.pk, version=version_of(request), part=part, row_key=row_key)
    messages.success(request, _("Tatt ut. Du kan angre på utkastets side."))
    return redirect("strategy-part", tenant=request.tenant.slug, key=key, part=part)


# The goal tree


def goal_edit(request: Any, key: UUID, goal: str | None = None) -> HttpResponse:
    """One goal: a new one under ``under``, or the one with the key."""
    row = draft_of(request, key)
    content = queries.content_of(row)
    before = editing.own_goal(content, goal).goal if goal else None
    parent = request.POST.get("under") or request.GET.get("under") or None
    above = editing.own_goal(content, parent).goal if parent and not goal else None
    initial = initial_of(before, GOAL_FIELDS) if before else {}
    form = PartForm(
        request.POST or None, fields=GOAL_FIELDS, choices=Choices(content, queries.role_names(request.today)), initial=initial
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        about = {"goal": goal, "parent": parent if not goal else None, "values": form.values(before)}
        if perform_form(request, form, actions.save_goal, version_id=row.pk, version=version_of(request), **about):
            messages.success(request, _("Målet er lagret."))
            return to_draft(request, row, "#maal")
    heading = str(before.text) if before else _("Nytt mål")
    context = {
        "form": form,
        "row": row,
        "heading": heading,
        "under": above,
        "goal": before,
        "targets": content.targets_of(goal) if goal else (),
        "crumbs": crumbs(request, row),
    }
    return render(request, "strategy/edit.html", context, status=422 if form.errors else 200)


def goal_new(request: Any, key: UUID) -> HttpResponse:
    """A new goal."""
    return goal_edit(request, key)


def goal_move(request: Any, key: UUID, goal: str) -> HttpResponse:
    """A goal up or down among those beside it, or under another."""
    row = draft_of(request, key)
    content = queries.content_of(row)
    one = editing.own_goal(content, goal)
    inside = {goal, *(below.goal.key for below in placed(one.goal.goals))}
    parents = [
        (item.goal.key, f"{item.number} {item.goal.text}"[:160])
        for item in placed(content.goals)
        if not item.goal.national and item.goal.key not in inside
    ]
    about: dict[str, Any] = {"version_id": row.pk, "version": version_of(request), "goal": goal}
    if request.method == "POST" and request.POST.get("til") in ("opp", "ned"):
        perform(request, actions.move_goal, step=1 if request.POST["til"] == "ned" else -1, **about)
        return to_draft(request, row, "#maal")
    form = MoveForm(request.POST or None, parents=parents, initial={"parent": one.parent or ""})
    given = {**about, "parent": form.cleaned_data["parent"] or None} if form.is_valid() else None
    if given and perform_form(request, form, actions.move_goal, **given):
        messages.success(request, _("Målet er flyttet."))
        return to_draft(request, row, "#maal")
    context = {"form": form, "row": row, "goal": one.goal, "crumbs": crumbs(request, row)}
    return render(request, "strategy/goal_move.html", context, status=422 if form.errors else 200)


def goal_remove(request: Any, key: UUID, goal: str) -> HttpResponse:
    """A goal taken out with those under it, after a page that tells what goes with it."""
    row = draft_of(request, key)
    content = queries.content_of(row)
    one = editing.own_goal(content, goal)
    form = FateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        about = {"version_id": row.pk, "version": version_of(request), "goal": goal, **form.cleaned_data}
        if perform_form(request, form, actions.remove_goal, **about):
            messages.success(request, _("Målet er tatt ut. Du kan angre på utkastets side."))
            return to_draft(request, row, "#maal")
    context = {
        "form": form,
        "row": row,
        "goal": one.goal,
        "below": [item.goal for item in placed(one.goal.goals)],
        "crumbs": crumbs(request, row),
    }
    return render(request, "strategy/goal_remove.html", context, status=422 if form.errors else 200)


def load(request: Any, key: UUID) -> HttpResponse:
    """Take in a file over the draft."""
    row = draft_of(request, key)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            text = _text_of(form.cleaned_data["file"])
            perform(request, actions.load_file, version_id=row.pk, version=version_of(request), text=text)
        except Invalid as fault:
            for error in fault.errors:
                form.add_error("file", str(error))
        else:
            messages.success(request, _("Filen er lastet inn."))
            return to_draft(request, row)
    context = {"form": form, "row": row, "crumbs": crumbs(request, row)}
    return render(request, "strategy/load.html", context, status=422 if form.errors else 200)


def history(request: Any, key: UUID) -> HttpResponse:
    """Every change to the draft; POST takes it back to how it was after one of them."""
    row = draft_of(request, key)
    if request.method == "POST":
        text = request.POST.get("to", "")
        to = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
        perform(request, actions.undo, version_id=row.pk, version=version_of(request), to=to)
        messages.success(request, _("Endringen er tatt tilbake."))
        return to_draft(request, row)
    steps = queries.steps_of(row)
    context = {"row": row, "steps": steps, "editable": row.state == "draft", "crumbs": crumbs(request, row)}
    return render(request, "strategy/history.html", context)


def discard(request: Any, key: UUID) -> HttpResponse:
    """Put the draft away, with a reason."""
    return _asked(request, key, actions.discard, _("Legg bort utkastet"), _("Utkastet er lagt bort."))


def _asked(request: Any, key: UUID, action: Callable[..., Any], heading: str, done: str) -> HttpResponse:
    row = draft_of(request, key)
    form = ReasonForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and perform_form(
            request, form, action, version_id=row.pk, version=version_of(request), reason=form.cleaned_data["reason"]
        )
    ):
        messages.success(request, done)
        return redirect("strategy-overview", tenant=request.tenant.slug)
    context = {"form": form, "row": row, "heading": heading, "crumbs": crumbs(request, row)}
    return render(request, "strategy/ask.html", context, status=422 if form.errors else 200)
