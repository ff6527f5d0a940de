"""Addresses of casework."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from . import grounds, views

urlpatterns = [
    page("saker/", views.case_list, "case-list"),
    page("saker/<uuid:key>/", views.case_detail, "case-detail", kind="case"),
    page("saker/<uuid:key>/kommentar/", views.comment, "case-comment", methods=("POST",), kind="case"),
    page("saker/<uuid:key>/parker/", views.park, "case-park", methods=("GET", "POST"), kind="case"),
    page("saker/<uuid:key>/ta-opp-igjen/", views.reopen, "case-reopen", methods=("GET", "POST"), kind="case"),
    page("saker/<uuid:key>/sla-sammen/", views.merge, "case-merge", methods=("GET", "POST"), kind="case"),
    page("saker/<uuid:key>/organer/", grounds.concern, "case-concern", methods=("GET", "POST"), kind="case"),
    page("saker/<uuid:key>/kilder/", grounds.cite, "case-cite", methods=("GET", "POST"), kind="case"),
    page(
        "saker/<uuid:key>/kilder/<uuid:citation>/fjern/", grounds.uncite, "case-uncite", methods=("POST",), kind="case"
    ),
    page("presedenser/", grounds.precedents, "precedent-list"),
    page("presedenser/liste.xlsx", grounds.precedents_export, "precedent-export"),
    page("oppgaver/<uuid:key>/", views.treat, "step-treat", methods=("GET", "POST"), kind="case_step"),
    page("moeter/", views.meeting_list, "meeting-list", methods=("GET", "POST"), act=Act.MODEL_READ),
    page(
        "moeter/<uuid:key>/avlys/",
        views.cancel_meeting,
        "meeting-cancel",
        methods=("POST",),
        act=Act.CASE_ADMINISTER,
        kind="meeting",
    ),
]
