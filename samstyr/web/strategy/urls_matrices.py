"""Addresses of the coverage matrices."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from . import matrices, outlooks

urlpatterns = [
    page("strategi/framskriving/", outlooks.outlook, "strategy-outlook", act=Act.STRATEGY_READ),
    page("strategi/dekning/", matrices.index, "strategy-matrices", act=Act.STRATEGY_READ),
    page("strategi/dekning/<slug:kind>/", matrices.show, "strategy-matrix", act=Act.STRATEGY_READ),
    page("strategi/dekning/<slug:kind>/tabell.<str:ending>", matrices.export, "strategy-matrix-export", act=Act.STRATEGY_READ),
]  # fmt: skip
