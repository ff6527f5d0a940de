"""Addresses of the year."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from .views import keeping, reading

BOTH = ("GET", "POST")
READ = Act.MODEL_READ

urlpatterns = [
    page("aarshjul/", reading.wheel_page, "wheel", act=READ),
    page("aarshjul/utskrift/", reading.printed, "year-print", act=READ),
    page("aarshjul/rapport/", reading.report, "year-report", act=READ),
    page("aarshjul/flere-aar/", reading.long_plan, "year-plan", act=Act.PLAN_READ),
    page("aarshjul/nytt/", keeping.make, "year-make", methods=BOTH, act=Act.CASE_ADMINISTER),
    page("aarshjul/perioder/<uuid:key>/", keeping.detail, "year-period", methods=BOTH, act=READ, kind="year_period"),
    page(
        "aarshjul/perioder/<uuid:key>/flytt/",
        keeping.move,
        "year-period-move",
        methods=BOTH,
        act=Act.CASE_ADMINISTER,
        kind="year_period",
    ),
    page(
        "aarshjul/flyttinger/<uuid:key>/angre/",
        keeping.undo,
        "year-move-undo",
        methods=("POST",),
        act=Act.CASE_ADMINISTER,
        kind="period_move",
    ),
    page(
        "aarshjul/aktiviteter/<uuid:key>/",
        keeping.activity,
        "year-activity",
        methods=("POST",),
        act=READ,
        kind="year_activity",
    ),
    page("aarshjul/gjoremaal/<slug:key>/<slug:due>/", keeping.duty, "year-duty", methods=BOTH, act=READ, kind="duty"),
]
