"""Coverage matrices of the strategy in force: what meets what, the holes, and where each cell leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samstyr.foundation.access import Act, may
from samstyr.foundation.governance import queries as governance
from samstyr.foundation.governance.rules.strategy import StrategyContent
from samstyr.foundation.governance.rules.weighing import CriteriaStage
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.ui import formats
from samstyr.foundation.ui.shell import Crumb
from samstyr.web.saving import table_response
from samstyr.wheel.portfolio import queries as portfolio
from samstyr.wheel.strategy.queries import content_on
from samstyr.wheel.strategy.rules import matrix as rules
from samstyr.wheel.strategy.rules.matrix import Matrix, Sign, Supported

from .views import frame

# What stands in a cell: a sign that reads without colour, and its word.
SIGNS = {
    Sign.FULL: ("●", gettext_lazy("Ja")),
    Sign.WEAK: ("○", gettext_lazy("Ja, uten at det er vist hvor")),
    Sign.UNREAD: ("?", gettext_lazy("Trolig, men ikke bekreftet")),
}


@dataclass(frozen=True)
class Ground:
    """What the matrices are made of: the strategy in force, the measures of the plan in force, and the criteria."""

    content: StrategyContent
    measures: list[Supported]
    stages: tuple[CriteriaStage, ...]


@dataclass(frozen=True)
class Kind:
    """A matrix that can be shown: its title, what rows and columns are called, and how it is made."""

    slug: str
    title: Any
    rows: Any
    columns: Any
    text: Any
    make: Callable[[Ground], Matrix]
    of_plan: bool = False


KINDS = (
    Kind(
        "omrader", gettext_lazy("Satsingsområder og virksomhetsområder"), gettext_lazy("Satsingsområde"),
        gettext_lazy("Virksomhetsområde"), gettext_lazy("Hvilke områder som tar del i hvert satsingsområde, og hvor de selv sier det."),
        lambda ground: rules.areas(ground.content),
    ),
    Kind(
        "maal-og-tiltak", gettext_lazy("Mål og tiltak i planen"), gettext_lazy("Mål"), gettext_lazy("Tiltak"),
        gettext_lazy("Hvilke tiltak i den gjeldende planen som støtter hvert mål. Et mål uten tiltak er et hull."),
        lambda ground: rules.goals_by_measure(ground.content, ground.measures), True,
    ),
    Kind(
        "maal-og-satsing", gettext_lazy("Mål og satsingsområder"), gettext_lazy("Mål"), gettext_lazy("Satsingsområde"),
        gettext_lazy("Hvilket satsingsområde hvert mål hører til."),
        lambda ground: rules.goals_by_focus(ground.content),
    ),
    Kind(
        "retninger", gettext_lazy("Retningsvalg og satsingsområder"), gettext_lazy("Retningsvalg"),
        gettext_lazy("Satsingsområde"), gettext_lazy("Hvilke satsingsområder hvert retningsvalg gjelder for."),
        lambda ground: rules.directions_by_focus(ground.content),
    ),
    Kind(
        "foringer", gettext_lazy("Politiske føringer og mål"), gettext_lazy("Føring"), gettext_lazy("Mål"),
        gettext_lazy("Hvilke mål som følger opp hver politiske føring."),
        lambda ground: rules.guidelines_by_goal(ground.content),
    ),
    Kind(
        "merker", gettext_lazy("Andres satsingsområder og egne mål"), gettext_lazy("Satsingsområde hos andre"),
        gettext_lazy("Mål"), gettext_lazy("Hvilke av våre mål som svarer på satsingsområdene i kildene strategien bygger på."),
        lambda ground: rules.goals_by_tag(ground.content),
    ),
    Kind(
        "kriterier", gettext_lazy("Mål om prioritering og kriteriene"), gettext_lazy("Mål"), gettext_lazy("Omgang"),
        gettext_lazy("Hva målene om hvordan vi prioriterer, veier i hver omgang."),
        lambda ground: rules.goals_by_criterion(ground.content, ground.stages),
    ),
)  # fmt: skip


def index(request: Any) -> HttpResponse:
    """The matrices that the strategy has something for, with their holes counted."""
    ground = _ground(request)
    made = [(kind, kind.make(ground)) for kind in KINDS]
    context = frame(request, "strategy-matrices") | {
        "cards": [(kind, one, _url(request, kind.slug)) for kind, one in made if one.rows and one.columns],
        "ranked": rules.ranked_goals(ground.content, ground.measures)[:10] if ground.measures else [],
        "tags": rules.tags_in_use(ground.content, ground.measures),
    }
    return render(request, "strategy/matrices.html", context)


def show(request: Any, kind: str) -> HttpResponse:
    """One matrix."""
    found, made, ground = _made(request, kind)
    measures = ground.measures if found.of_plan else []
    links = {item.key: _measure_url(request, item.key) for item in measures}
    amounts = {row.head.key: row.amount for row in rules.ranked_goals(ground.content, measures)} if measures else {}
    context = {
        "kind": found,
        "matrix": made,
        "columns": [(head, made.column_totals[head.key], links.get(head.key, "")) for head in made.columns],
        "lines": [_shown(made, head, links, amounts) for head in made.rows],
        "signs": [(sign, SIGNS[sign]) for sign in SIGNS if any(cell.sign is sign for cell in made.cells.values())],
        "of_plan": found.of_plan,
        "crumbs": [
            Crumb(_("Strategi"), reverse("strategy-overview", args=[request.tenant.slug])),
            Crumb(_("Dekning"), reverse("strategy-matrices", args=[request.tenant.slug])),
        ],
    }
    return render(request, "strategy/matrix.html", context)


def export(request: Any, kind: str, ending: str) -> HttpResponse:
    """The matrix as a table with its totals, as Excel or CSV."""
    found, made, _ground_of = _made(request, kind)
    heading = [str(found.rows), *(f"{head.name} {head.text}".strip() for head in made.columns), _("Sum")]
    rows: list[list[Any]] = []
    for head in made.rows:
        cells = [made.cells.get((head.key, column.key)) for column in made.columns]
        words = [f"{SIGNS[cell.sign][1]}{': ' + cell.text if cell.text else ''}" if cell else "" for cell in cells]
        rows.append([f"{head.name} {head.text}".strip(), *words, made.row_totals[head.key]])
    rows.append([_("Sum"), *(made.column_totals[head.key] for head in made.columns), len(made.cells)])
    return table_response(str(found.title), heading, rows, ending=ending)


@dataclass(frozen=True)
class ShownCell:
    """A cell as it is drawn: its sign and words, where it leads, and its anchor in the list below."""

    column: str
    column_text: str
    sign: str
    words: str
    text: str
    url: str
    anchor: str


@dataclass(frozen=True)
class ShownRow:
    """A row as it is drawn."""

    name: str
    text: str
    depth: int
    total: int
    amount: str
    cells: list[ShownCell | None]

    @property
    def filled(self) -> list[ShownCell]:
        """The cells that hold something."""
        return [cell for cell in self.cells if cell is not None]


def _shown(made: Matrix, head: Any, links: dict[str, str], amounts: dict[str, int]) -> ShownRow:
    cells: list[ShownCell | None] = []
    for column in made.columns:
        cell = made.cells.get((head.key, column.key))
        if cell is None:
            cells.append(None)
            continue
        sign, words = SIGNS[cell.sign]
        anchor = f"celle-{head.key}-{column.key}"
        cells.append(
            ShownCell(
                column.name, column.text, sign, str(words), cell.text, links.get(column.key, f"#{anchor}"), anchor
            )
        )
    amount = formats.thousand_kroner(amounts[head.key]) if amounts.get(head.key) else ""
    return ShownRow(head.name, head.text, head.depth, made.row_totals[head.key], amount, cells)


def _made(request: Any, slug: str) -> tuple[Kind, Matrix, Ground]:
    found = next((kind for kind in KINDS if kind.slug == slug), None)
    if found is None:
        raise NotFound
    ground = _ground(request)
    return found, found.make(ground), ground


def _ground(request: Any) -> Ground:
    model = governance.current_model(request.today)
    return Ground(content_on(request.today), _measures(request), model.criteria if model else ())


def _measures(request: Any) -> list[Supported]:
    """The measures of the plan in force, for those who may read plans; what each costs in all, in kroner."""
    if not may(request.actor, Act.PLAN_READ, portfolio.plan_facts()):
        return []
    for plan in portfolio.visible_to(request.actor):
        version = portfolio.adopted_version(plan)
        if version is not None:
            lines = [portfolio.plain(row) for row in portfolio.lines_of(version)]
            return [Supported(f"{version.pk}/{line.key}", line.title, line.goals, line.total) for line in lines]
    return []


def _measure_url(request: Any, key: str) -> str:
    version, _slash, line = key.partition("/")
    return f"{reverse('plan-version-detail', args=[request.tenant.slug, version])}#{line}"


def _url(request: Any, slug: str) -> str:
    return reverse("strategy-matrix", args=[request.tenant.slug, slug])
