"""Addresses of case papers. Who may read and write lies with the item: views ask."""

from samstyr.web.routing import page

from .views import case_paper

PAPER = "moeter/sak/<uuid:key>/saksframlegg/"

urlpatterns = [
    page(PAPER, case_paper.detail, "case-paper", methods=("GET", "POST"), kind="case_item"),
    page(
        "moeter/saksframlegg/<uuid:key>/", case_paper.part, "case-paper-part", methods=("GET", "POST"),
        kind="case_paper_part",
    ),
    page(f"{PAPER}legg-ved/", case_paper.attach, "case-paper-attach", methods=("POST",), kind="case_item"),
    page(f"{PAPER}fil.<str:ending>", case_paper.export, "case-paper-export", kind="case_item"),
]  # fmt: skip
