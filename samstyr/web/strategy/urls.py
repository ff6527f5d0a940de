"""Addresses of the strategy."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from . import deciding, drafting, versions, views
from .urls_matrices import urlpatterns as matrices
from .urls_targets import urlpatterns as targets

READ, EDIT = Act.STRATEGY_READ, Act.STRATEGY_EDIT
BOTH, POST = ("GET", "POST"), ("POST",)
DRAFT = "strategi/utkast/<uuid:key>/"


def _read(route: str, view: object, name: str, **more: object) -> object:
    return page(f"strategi/{route}", view, name, act=READ, **more)  # type: ignore[arg-type]


def _draft(route: str, view: object, name: str, methods: tuple[str, ...] = BOTH) -> object:
    return page(f"{DRAFT}{route}", view, name, methods=methods, act=EDIT, kind="strategy")  # type: ignore[arg-type]


urlpatterns = [
    _read("", views.overview, "strategy-overview"),
    _read("maal/", views.goals, "strategy-goals"),
    _read("maal/mistet/", views.lost, "strategy-lost"),
    _read("maal.xlsx", views.export, "strategy-export"),
    _read("maal/<slug:goal>/", views.goal, "strategy-goal"),
    _read("nasjonale-maal/", views.crossing_table, "strategy-crossing"),
    _read("retning/", views.direction, "strategy-direction"),
    _read("grunnlag/", views.basis, "strategy-basis"),
    _read("dokumenter/", views.documents, "strategy-documents"),
    _read("utskrift/", versions.printed, "strategy-print"),
    _read("versjoner/", versions.versions, "strategy-versions", methods=BOTH),
    _read("versjoner/sammenlign/", versions.compare, "strategy-compare"),
    _read("versjoner/<uuid:key>/", versions.detail, "strategy-detail", kind="strategy"),
    page("strategi/utkast/", drafting.start, "strategy-start", methods=BOTH, act=EDIT),
    _draft("", drafting.draft, "strategy-draft", ("GET",)),
    _draft("hode/", drafting.head, "strategy-head"),
    _draft("del/<slug:part>/", drafting.part, "strategy-part", ("GET",)),
    _draft("del/<slug:part>/ny/", drafting.row_new, "strategy-row-add"),
    _draft("del/<slug:part>/<slug:row_key>/", drafting.row_edit, "strategy-row-edit"),
    _draft("del/<slug:part>/<slug:row_key>/flytt/", drafting.row_move, "strategy-row-move", POST),
    _draft("del/<slug:part>/<slug:row_key>/fjern/", drafting.row_remove, "strategy-row-remove", POST),
    _draft("nytt-maal/", drafting.goal_new, "strategy-goal-add"),
    _draft("maal/<slug:goal>/", drafting.goal_edit, "strategy-goal-edit"),
    _draft("maal/<slug:goal>/flytt/", drafting.goal_move, "strategy-goal-move"),
    _draft("maal/<slug:goal>/fjern/", drafting.goal_remove, "strategy-goal-remove"),
    _draft("fil/", drafting.load, "strategy-load"),
    _draft("historikk/", drafting.history, "strategy-history"),
    _draft("endringer/", deciding.fates, "strategy-fates", ("GET",)),
    _draft("endringer/<slug:goal>/", deciding.fate, "strategy-fate"),
    _draft("fase/<slug:phase>/", deciding.phase, "strategy-phase"),
    _draft("vedta/", deciding.decide, "strategy-decide"),
    _draft("legg-bort/", drafting.discard, "strategy-discard"),
    *targets,
    *matrices,
]
