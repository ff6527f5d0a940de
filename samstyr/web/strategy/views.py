"""Reading the strategy in force: overview, goals, the crossing with national goals, direction, basis and documents."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samstyr.foundation.access import Act, may
from samstyr.foundation.governance.rules.strategy import StrategyContent, placed
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui import htmx
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.mandates import queries as mandates
from samstyr.web.saving import table_response
from samstyr.web.shell import address
from samstyr.wheel.needs import queries as needs
from samstyr.wheel.portfolio import queries as portfolio
from samstyr.wheel.strategy import queries
from samstyr.wheel.strategy.rules.crossing import crossing, support_of, tag_totals, unlinked_guidelines

from . import presenting
from .fields import WORDS
from .forms import GoalFilter, SourceFilter


def frame(request: Any, current: str, *, top: bool = False) -> dict[str, Any]:
    """What every page of the strategy in force has."""
    standing = queries.standing_on(request.today)
    slug = request.tenant.slug
    may_edit = may(request.actor, Act.STRATEGY_EDIT, queries.strategy_facts())
    return {
        "standing": standing,
        "content": standing.content,
        "period": presenting.period(standing.content),
        "adoption": presenting.adoption(standing.row),
        "tabs": presenting.tabs(slug, current, standing.content),
        "roles": queries.role_names(request.today),
        "may_edit": may_edit,
        "open_version": queries.open_version() if may_edit else None,
        "crumbs": [] if top else [Crumb(_("Strategi"), address("strategy-overview", slug))],
    }


def may_read_ledgers(request: Any) -> bool:
    """Whether one may open the ledgers that serve the goals."""
    return bool(may(request.actor, Act.MODEL_READ, queries.strategy_facts()))


def linked_of(request: Any) -> presenting.Linked:
    """What names which goals, of what the person may read."""
    return presenting.linked(needs.needs_with_goals(request.actor), portfolio.lines_with_goals(request.actor))


def overview(request: Any) -> HttpResponse:
    """The strategy at a glance: vision, values, goals in columns, what drives it, and when it is to be revised."""
    context = frame(request, "strategy-overview", top=True)
    content = context["content"]
    table = crossing(content)
    context |= {
        "columns": presenting.columns(content),
        "crossing": table,
        "totals": tag_totals(content),
        "drivers": [(item, WORDS["driver"][item.kind], _names(content, item.goals)) for item in content.drivers],
        "lost": len(_lost(request, content)),
        "coming": _coming(request),
        "sections": [(item, _titles(content, item.sources)) for item in content.sections],
        "unmet": [one for one in mandates.summaries(request.today, unmet=True) if one.binding or one.unmet]
        if may_read_ledgers(request) else [],
    }  # fmt: skip
    return render(request, "strategy/overview.html", context)


def _coming(request: Any) -> dict[str, Any] | None:
    row = queries.coming(request.today)
    if row is None:
        return None
    content = queries.content_of(row)
    return {"row": row, "title": content.title, "year": content.first_year}


def goals(request: Any) -> HttpResponse:
    """The goals as a tree, with targets and what supports each; narrowed by category."""
    context = frame(request, "strategy-goals")
    content = context["content"]
    form = GoalFilter(request.GET, categories=presenting.categories(content))
    form.is_valid()
    category = form.cleaned_data.get("kategori", "")
    rows = presenting.rows(content, linked_of(request), category=category)
    context |= {"tree": presenting.nested(rows), "total": len(rows), "filter_form": form, "narrowed": bool(category)}
    context |= {"strategies": content.strategies}
    if form.cleaned_data.get("vis"):
        context["ranked"] = sorted(rows, key=lambda row: (-row.amount, -row.lines, -row.needs))
    return htmx.render(request, "strategy/goals.html", "rows", context)


def export(request: Any) -> HttpResponse:
    """Every goal and local strategy with its targets and support, as Excel."""
    content = queries.content_on(request.today)
    found, roles = linked_of(request), queries.role_names(request.today)
    heading = [
        _("Nummer"), _("Nøkkel"), _("Mål"), _("Beskrivelse"), _("Nivå"), _("Kategori"), _("Eier"), _("Nasjonalt"),
        _("Under"), _("Frist"), _("Måltall"), _("Koblet til"), _("Behov"), _("Tiltak i planen"), _("Kroner"),
    ]  # fmt: skip
    lines: list[list[Any]] = []
    for own in (True, False):
        for row in presenting.rows(content, found, own=own):
            goal = row.goal
            told = "; ".join(f"{one.name}: {presenting.target_words(one)}" for one in row.targets)
            lines.append(
                [
                    row.placed.number, goal.key, str(goal.text), str(goal.description or ""), str(goal.level or ""),
                    str(goal.category or ""), roles.get(goal.owner or "", goal.owner or ""),
                    _("ja") if goal.national else _("nei"), row.placed.parent or "", goal.due_year, told,
                    ", ".join(goal.links), row.needs, row.lines, row.amount,
                ]
            )  # fmt: skip
    for item in content.strategies:
        key = item.key
        lines.append(
            [
                "", key, str(item.text), "", _("Lokal strategi"), "", roles.get(item.owner or "", ""), _("nei"), "",
                item.due_year, "", ", ".join(item.positions), len(found.needs.get(key, ())),
                len(found.lines.get(key, ())), found.amount(key),
            ]
        )  # fmt: skip
    return table_response(_("Mål"), heading, lines, ending="xlsx", numeric=[_("Kroner")])


def goal(request: Any, goal: str) -> HttpResponse:
    """One goal or local strategy: its targets, who supports it, with money, and its links to the other tree."""
    context = frame(request, "strategy-goals")
    content: StrategyContent = context["content"]
    found = content.goal(goal)
    strategy = next((item for item in content.strategies if item.key == goal), None)
    if found is None and strategy is None:
        raise NotFound
    links = linked_of(request)
    row = next(
        (one for own in (True, False) for one in presenting.rows(content, links, own=own) if one.goal.key == goal), None
    )
    above = content.goal(row.placed.parent) if row and row.placed.parent else None
    lines = links.lines.get(goal, [])
    context |= {
        "goal": found or strategy,
        "is_strategy": found is None,
        "row": row,
        "above": above,
        "targets": [
            (one, presenting.target_words(one), presenting.baseline_words(one)) for one in content.targets_of(goal)
        ],
        "support": support_of(content, goal),
        "needs": links.needs.get(goal, []),
        "lines": [(line, sum(cost.amount for cost in line.costs.all())) for line in lines],
        "amount": links.amount(goal),
        "ledgers": mandates.summaries(request.today, goal=goal) if may_read_ledgers(request) else [],
        "owner": context["roles"].get((found or strategy).owner or "", ""),  # type: ignore[union-attr]
        "source": next((item for item in content.sources if found and item.key == found.source), None),
        "tags": _tags(content, found.tags if found else ()),
        "positions": [content.goal(key) for key in strategy.positions if content.goal(key)] if strategy else [],
        "steering": [content.goal(key) for key in strategy.goals if content.goal(key)] if strategy else [],
        "held_in": next((item for item in content.documents if strategy and item.key == strategy.held_in), None),
    }
    slug = request.tenant.slug
    context["crumbs"] = [*context["crumbs"], Crumb(_("Mål"), address("strategy-goals", slug))]
    return render(request, "strategy/goal.html", context)


def crossing_table(request: Any) -> HttpResponse:
    """National positions with what one does about each, side by side, and the gaps."""
    context = frame(request, "strategy-crossing")
    content = context["content"]
    sources = {item.key: item for item in content.sources}
    table = crossing(content)
    shown = [(area, sources.get(area.goal.source or ""), _said(content, area)) for area in table.areas]
    context |= {"table": table, "areas": shown}
    return render(request, "strategy/crossing.html", context)


def _said(content: StrategyContent, area: Any) -> list[Any]:
    documents = {item.key: item for item in content.documents}
    return [
        (
            position,
            [
                (item, documents.get(getattr(item, "held_in", None) or ""), _names(content, getattr(item, "goals", ())))
                if hasattr(item, "positions")
                else (item, None, [])
                for item in position.answers
            ],
        )
        for position in area.positions
    ]


def direction(request: Any) -> HttpResponse:
    """Where one turns: directions with their focus areas, the areas in order, measures and principles."""
    context = frame(request, "strategy-direction")
    content = context["content"]
    areas = {item.key: str(item.name) for item in content.focus_areas}
    names = {item.key: str(item.name) for item in content.areas}
    measures: dict[str, list[Any]] = {key: [] for key in areas}
    loose: list[Any] = []
    for item in content.measures:
        taken = next(iter(_titles(content, [item.source])), "")
        told = (item, _names(content, item.goals), context["roles"].get(item.owner or "", ""), taken)
        measures.get(item.focus_area or "", loose).append(told)
    context |= {
        "directions": [(item, [areas[key] for key in item.focus_areas if key in areas]) for item in content.directions],
        "totals": tag_totals(content),
        "areas": [
            (item, _names(content, item.goals), [(names.get(cell.area, cell.area), cell) for cell in item.cells], measures[item.key])
            for item in content.focus_areas
        ],
        "loose": loose,
    }  # fmt: skip
    return render(request, "strategy/direction.html", context)


def basis(request: Any) -> HttpResponse:
    """What the strategy rests on: drivers, external sources, political guidelines, and what goes first."""
    context = frame(request, "strategy-basis")
    content = context["content"]
    sources = {item.key: item for item in content.sources}
    areas = {item.key: str(item.name) for item in content.focus_areas}
    unlinked = set(unlinked_guidelines(content))
    form = SourceFilter(
        request.GET, issuers=sorted({str(item.issuer) for item in content.sources if item.issuer}),
        sectors=sorted({str(item.sector) for item in content.sources if item.sector}),
    )  # fmt: skip
    form.is_valid()
    issuer, force = form.cleaned_data.get("utgiver", ""), form.cleaned_data.get("bindende", "")
    sector = form.cleaned_data.get("sektor", "")
    context |= {
        "filter_form": form,
        "has_sources": bool(content.sources),
        "drivers": [
            (item, WORDS["driver"][item.kind], sources.get(item.source or ""), _names(content, item.goals))
            for item in content.drivers
        ],
        "sources": [
            (
                item,
                WORDS["force"].get(item.force or "", ""),
                sources.get(item.mirrors or ""),
                _ends_inside(content, item),
                _tagged(content, item),
            )
            for item in content.sources
            if (not issuer or str(item.issuer or "") == issuer) and (not force or item.force == force)
            and (not sector or str(item.sector or "") == sector)
        ],
        "guidelines": [
            (item, _names(content, item.goals), [areas[key] for key in item.focus_areas if key in areas], item.key in unlinked)
            for item in content.guidelines
        ],
    }  # fmt: skip
    return render(request, "strategy/basis.html", context)


def _tagged(content: StrategyContent, source: Any) -> list[tuple[Any, int, int]]:
    """The source's tags, each with how many goals and how many measures of the strategy have it (A-20)."""
    goals = [one.goal for one in placed(content.goals)]
    return [
        (tag, sum(tag.key in goal.tags for goal in goals), sum(tag.key in item.tags for item in content.measures))
        for tag in source.tags
    ]


def _ends_inside(content: StrategyContent, source: Any) -> bool:
    return bool(source.last_year and content.last_year and source.last_year < content.last_year)


def documents(request: Any) -> HttpResponse:
    """The governing documents as a set, with owner, version, validity, links and access."""
    context = frame(request, "strategy-documents")
    rows = context["content"].documents
    titles = {item.key: item.title for item in rows}
    context["documents"] = [
        (
            item,
            WORDS["document"][item.kind],
            WORDS["access"][item.access],
            context["roles"].get(item.owner or "", ""),
            [titles[key] for key in item.links if key in titles],
            item.last_year is not None and item.last_year < request.today.year,
        )
        for item in rows
    ]
    return render(request, "strategy/documents.html", context)


def lost(request: Any) -> HttpResponse:
    """Needs and measures of plans in force that are linked to a goal which no longer holds (I-11)."""
    context = frame(request, "strategy-goals")
    context["lost"] = _lost(request, context["content"])
    return render(request, "strategy/lost.html", context)


def _lost(request: Any, content: StrategyContent) -> list[tuple[str, list[Any], list[Any]]]:
    known = set(content.goal_names())
    form = needs.form_spec(request.today)
    known |= {key for key, _label in form.goals}
    links = linked_of(request)
    gone = sorted((set(links.needs) | set(links.lines)) - known)
    return [(key, links.needs.get(key, []), links.lines.get(key, [])) for key in gone]


def _titles(content: StrategyContent, keys: Any) -> list[str]:
    """The titles of the sources that something was taken from (A-26)."""
    titles = {item.key: str(item.title) for item in content.sources}
    return [titles[key] for key in keys if key in titles]


def _names(content: StrategyContent, keys: Any) -> list[tuple[str, str]]:
    names = content.goal_names()
    return [(key, names[key]) for key in keys if key in names]


def _tags(content: StrategyContent, keys: Any) -> list[str]:
    names = {tag.key: str(tag.name) for source in content.sources for tag in source.tags}
    return [names[key] for key in keys if key in names]
