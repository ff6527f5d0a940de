"""Addresses of hearings."""

from samstyr.web.routing import page

from . import views

urlpatterns = [
    page("hoeringer/", views.hearing_list, "hearing-list"),
    page("hoeringer/instanser/", views.choices, "hearing-choices", methods=("GET", "POST")),
    page("hoeringer/instanser/endre/", views.choice_set, "hearing-choice-set", methods=("POST",)),
    page("hoeringer/ny/<uuid:key>/", views.hearing_open, "hearing-open", methods=("GET", "POST"), kind="case_step"),
    page("hoeringer/<uuid:key>/", views.hearing_detail, "hearing-detail", kind="hearing"),
    page("hoeringer/<uuid:key>/styr/", views.hearing_manage, "hearing-manage", methods=("POST",), kind="hearing"),
    page(
        "hoeringer/uttalelse/<uuid:key>/svar/",
        views.statement_answer,
        "statement-answer",
        methods=("GET", "POST"),
        kind="statement",
    ),
    page(
        "hoeringer/svar/<uuid:key>/", views.statement_give, "statement-give", methods=("GET", "POST"), kind="consultee"
    ),
]
