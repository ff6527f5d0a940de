"""Addresses of ledgers, of what cases serve, and of competence."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from .views import entries, ledgers, order, serving

BOTH = ("GET", "POST")
POST = ("POST",)
READ = Act.MODEL_READ

urlpatterns = [
    page("oversikter/", ledgers.ledger_list, "ledger-list", act=READ),
    page("oversikter/merker/", serving.served, "tag-report", act=READ),
    page("oversikter/kompetanse/<slug:body>/", serving.competence, "competence", methods=BOTH, act=READ, kind="body"),
    page("oversikter/oppfoering/<uuid:key>/", entries.detail, "ledger-entry", act=READ, kind="ledger_entry"),
    page(
        "oversikter/oppfoering/<uuid:key>/rediger/", ledgers.edit, "ledger-edit", methods=BOTH, act=READ,
        kind="ledger_entry",
    ),
    page(
        "oversikter/oppfoering/<uuid:key>/tilstand/", entries.move, "ledger-move", methods=BOTH, act=READ,
        kind="ledger_entry",
    ),
    page(
        "oversikter/oppfoering/<uuid:key>/notat/", entries.note, "ledger-note", methods=BOTH, act=READ,
        kind="ledger_entry",
    ),
    page(
        "oversikter/oppfoering/<uuid:key>/utbredelse/", entries.count, "ledger-count", methods=BOTH, act=READ,
        kind="ledger_entry",
    ),
    page(
        "oversikter/oppfoering/<uuid:key>/raad/", ledgers.advise, "ledger-advise", methods=BOTH, act=READ,
        kind="ledger_entry",
    ),
    page(
        "oversikter/oppfoering/<uuid:key>/fjern/", entries.remove, "ledger-remove", methods=POST, act=READ,
        kind="ledger_entry",
    ),
    page(
        "oversikter/oppfoering/<uuid:key>/behov/", entries.raise_need, "ledger-need", methods=POST, act=READ,
        kind="ledger_entry",
    ),
    page("oversikter/<slug:ledger>/", ledgers.entries, "ledger-detail", act=READ, kind="ledger"),
    page("oversikter/<slug:ledger>/liste.xlsx", ledgers.export, "ledger-export", act=READ, kind="ledger"),
    page("oversikter/<slug:ledger>/ny/", ledgers.add, "ledger-add", methods=BOTH, act=READ, kind="ledger"),
    page(
        "oversikter/<slug:ledger>/rekkefoelge/", order.order, "ledger-order", methods=BOTH, act=READ, kind="ledger"
    ),
    page(
        "oversikter/<slug:ledger>/foer-videre/", ledgers.carry, "ledger-carry", methods=BOTH, act=READ, kind="ledger"
    ),
    page("saker/<uuid:key>/merker/", serving.tag_case, "case-tags", methods=BOTH, kind="case"),
]  # fmt: skip
