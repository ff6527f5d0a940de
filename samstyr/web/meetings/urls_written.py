"""Addresses of written procedure."""

from samstyr.web.routing import page

from .views import written

urlpatterns = [
    page("skriftlig/", written.procedure_list, "procedure-list"),
    page("skriftlig/ny/<uuid:key>/", written.start, "procedure-start", methods=("GET", "POST"), kind="case_step"),
    page("skriftlig/<uuid:key>/", written.detail, "procedure-detail", kind="procedure"),
    page(
        "skriftlig/svar/<uuid:key>/",
        written.reply,
        "procedure-reply",
        methods=("GET", "POST"),
        kind="procedure_member",
    ),
    page("skriftlig/<uuid:key>/avslutt/", written.close, "procedure-close", methods=("POST",), kind="procedure"),
    page("skriftlig/<uuid:key>/trekk/", written.withdraw, "procedure-withdraw", methods=("POST",), kind="procedure"),
]
