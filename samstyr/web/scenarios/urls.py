"""Addresses of candidates and scenarios."""

from __future__ import annotations

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from .views import (
    beside,
    candidate_writing,
    candidates,
    choosing,
    comparing,
    exchange,
    handing,
    limits,
    scenarios,
    solving,
    years,
)

BOTH = ("GET", "POST")
POST = ("POST",)
READ, EDIT = Act.PLAN_READ, Act.PLAN_EDIT
C, S = "portefolje/kandidater/", "portefolje/scenarier/"
ONE_C, ONE_S = f"{C}<uuid:key>/", f"{S}<uuid:key>/"
IN_S = f"{ONE_S}tiltak/<uuid:candidate>/"
JOB = f"{ONE_S}beregning/<uuid:job>/"

urlpatterns = [
    page(C, candidates.list_page, "candidate-list", act=READ),
    page(f"{C}liste.<str:ending>", candidates.export, "candidate-export", act=READ),
    page(f"{C}side-om-side/", beside.beside, "candidate-beside", act=READ),
    page(f"{C}ny/", candidate_writing.create, "candidate-create", methods=BOTH, act=EDIT),
    page(f"{C}fra-behov/", candidates.from_needs, "candidate-from-needs", methods=BOTH, act=EDIT),
    page(f"{C}fra-plan/", candidates.from_plan, "candidate-from-plan", methods=BOTH, act=EDIT),
    page(f"{C}arbeidsbok.xlsx", exchange.workbook, "candidate-workbook", act=EDIT),
    page(f"{C}les-inn/", exchange.upload, "candidate-import", methods=BOTH, act=EDIT),
    page(
        f"{C}les-inn/<uuid:key>/",
        exchange.preview,
        "candidate-import-preview",
        methods=BOTH,
        act=EDIT,
        kind="portfolio_import",
    ),
    page(ONE_C, candidates.detail, "candidate-detail", act=READ, kind="candidate"),
    page(f"{ONE_C}rediger/", candidate_writing.edit, "candidate-edit", methods=BOTH, act=EDIT, kind="candidate"),
    page(f"{ONE_C}ta-ut/", candidates.drop, "candidate-drop", methods=BOTH, act=EDIT, kind="candidate"),
    page(f"{ONE_C}ta-inn/", candidates.restore, "candidate-restore", methods=POST, act=EDIT, kind="candidate"),
    page(S, scenarios.list_page, "scenario-list", act=READ),
    page(f"{S}nytt/", scenarios.create, "scenario-create", methods=BOTH, act=EDIT),
    page(f"{S}sammenlign/", comparing.compare, "scenario-compare", act=READ),
    page(f"{S}sammenlign.<str:ending>", comparing.export, "scenario-compare-export", act=READ),
    page(ONE_S, scenarios.detail, "scenario-detail", act=READ, kind="scenario"),
    page(f"{ONE_S}forutsetninger/", scenarios.edit, "scenario-edit", methods=BOTH, act=EDIT, kind="scenario"),
    page(f"{ONE_S}slett/", scenarios.delete, "scenario-delete", methods=POST, act=EDIT, kind="scenario"),
    page(f"{ONE_S}rammer/", limits.limits, "scenario-limits", methods=BOTH, act=EDIT, kind="scenario"),
    page(f"{ONE_S}over-ar/", years.years_page, "scenario-years", act=READ, kind="scenario"),
    page(IN_S, choosing.choice, "scenario-choice", methods=BOTH, act=READ, kind="scenario_choice"),
    page(f"{IN_S}fest/", choosing.pin, "scenario-pin", methods=POST, act=EDIT, kind="scenario_choice"),
    page(f"{IN_S}forklar/", choosing.explain, "scenario-explain", methods=POST, act=EDIT, kind="scenario_choice"),
    page(f"{ONE_S}regn-ut/", solving.solve, "scenario-solve", methods=POST, act=EDIT, kind="scenario"),
    page(JOB, solving.progress, "scenario-progress", act=READ, kind="scenario_job"),
    page(f"{JOB}avbryt/", solving.cancel, "scenario-cancel", methods=POST, act=EDIT, kind="scenario_job"),
    page(f"{ONE_S}ta-i-bruk/", solving.take, "scenario-take", methods=POST, act=EDIT, kind="scenario"),
    page(f"{ONE_S}til-plan/", handing.handover, "scenario-handover", methods=BOTH, act=EDIT, kind="scenario"),
]
