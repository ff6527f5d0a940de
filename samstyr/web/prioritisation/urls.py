"""Addresses of prioritisation. What one may see of a round lies with the round: its views ask."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from .views import listing, meeting, ranking, robustness, scoring

BOTH = ("GET", "POST")
ROUND = "prioritering/<uuid:key>/"

urlpatterns = [
    page("prioritering/", listing.round_list, "round-list"),
    page("prioritering/ny/", listing.round_open, "round-open", methods=BOTH, act=Act.PLAN_EDIT),
    page(ROUND, meeting.detail, "round-detail", kind="round"),
    page(f"{ROUND}innstillinger/", meeting.manage, "round-manage", methods=BOTH, act=Act.PLAN_EDIT, kind="round"),
    page(f"{ROUND}vurder/", scoring.sheet, "round-score", methods=BOTH, act=Act.SCORE_GIVE, kind="round"),
    page(
        f"{ROUND}vurder/<uuid:entry>/",
        scoring.sheet_row,
        "round-score-row",
        methods=("POST",),
        act=Act.SCORE_GIVE,
        kind="round_entry",
    ),
    page(f"{ROUND}behov/<uuid:entry>/", meeting.agree, "round-agree", methods=BOTH, kind="round_entry"),
    page(f"{ROUND}rangering/", ranking.ranked, "round-ranking", kind="round"),
    page(f"{ROUND}rangering/fil.<str:ending>", ranking.export, "round-export", kind="round"),
    page(f"{ROUND}robusthet/", robustness.robustness, "round-robustness", kind="round"),
]
