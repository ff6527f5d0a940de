"""Addresses of the strategy's targets and what is measured."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from . import targets

BOTH = ("GET", "POST")

urlpatterns = [
    page("strategi/maaltall/", targets.target_list, "strategy-targets", act=Act.STRATEGY_READ),
    page("strategi/maaltall/liste.<str:ending>", targets.export, "strategy-targets-export", act=Act.STRATEGY_READ),
    page("strategi/maaltall/<slug:key>/", targets.detail, "strategy-target-detail", act=Act.STRATEGY_READ),
    page(
        "strategi/maaltall/<slug:key>/ny/", targets.measure, "strategy-measure", methods=BOTH, act=Act.STRATEGY_READ
    ),
    page(
        "strategi/maaltall/maaling/<uuid:key>/rett/", targets.correct, "strategy-measurement-correct", methods=BOTH,
        act=Act.STRATEGY_READ, kind="strategy_measurement",
    ),
]  # fmt: skip
