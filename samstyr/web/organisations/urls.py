"""Addresses of organisations, people, roles, bodies and lists brought in."""

from samstyr.foundation.access import Act
from samstyr.web.routing import outer_page, page

from . import invitations
from .views import appointing, bodies, importing, organisations, people, roles

BOTH = ("GET", "POST")
POST = ("POST",)
READ = Act.MODEL_READ
HERE = "organisasjon/"

urlpatterns = [
    page(HERE, organisations.organisation_list, "organisation-list", act=READ),
    page(f"{HERE}ny/", organisations.organisation_create, "organisation-create", methods=BOTH),
    page(f"{HERE}personer/", people.person_list, "person-list", act=READ),
    page(f"{HERE}personer/eksport/<str:ending>/", people.person_export, "person-export", act=READ),
    page(f"{HERE}personer/ny/", people.person_create, "person-create", methods=BOTH),
    page(f"{HERE}personer/<uuid:key>/", people.person_detail, "person-detail", kind="person"),
    page(f"{HERE}personer/<uuid:key>/rediger/", people.person_edit, "person-edit", methods=BOTH, kind="person"),
    page(
        f"{HERE}personer/<uuid:key>/avslutt/",
        people.person_deactivate,
        "person-deactivate",
        methods=POST,
        kind="person",
    ),
    page(
        f"{HERE}personer/<uuid:key>/gjenoppta/",
        people.person_reactivate,
        "person-reactivate",
        methods=POST,
        kind="person",
    ),
    page(
        f"{HERE}personer/<uuid:key>/ny-lenke/",
        people.person_renew_login,
        "person-renew-login",
        methods=POST,
        kind="person",
    ),
    page(f"{HERE}personer/<uuid:key>/inviter/", people.person_invite, "person-invite", methods=POST, kind="person"),
    page(f"{HERE}personer/<uuid:key>/gi-rolle/", roles.role_give, "role-give", methods=BOTH, kind="person"),
    page(
        f"{HERE}personer/<uuid:key>/stedfortreder/", roles.substitute_set, "substitute-set", methods=BOTH, kind="person"
    ),
    page(f"{HERE}roller/<uuid:key>/avslutt/", roles.role_end, "role-end", methods=BOTH, kind="role"),
    page(
        f"{HERE}stedfortredere/<uuid:key>/avslutt/",
        roles.substitute_end,
        "substitute-end",
        methods=POST,
        kind="substitution",
    ),
    page(f"{HERE}tjenester/fra-modellen/", organisations.units_lay, "units-lay", methods=POST),
    page(f"{HERE}tjenester/eksport/<str:ending>/", organisations.unit_export, "unit-export", act=READ),
    page(f"{HERE}tjenester/<uuid:key>/", organisations.unit_detail, "unit-detail", act=READ, kind="unit"),
    page(f"{HERE}tjenester/<uuid:key>/rediger/", organisations.unit_edit, "unit-edit", methods=BOTH, kind="unit"),
    page(
        f"{HERE}tjenester/<uuid:key>/avvikle/",
        organisations.unit_deactivate,
        "unit-deactivate",
        methods=POST,
        kind="unit",
    ),
    page(
        f"{HERE}tjenester/<uuid:key>/gjenoppta/",
        organisations.unit_reactivate,
        "unit-reactivate",
        methods=POST,
        kind="unit",
    ),
    page(f"{HERE}organer/", bodies.body_list, "body-list", act=READ),
    page(f"{HERE}organer/<slug:body>/", bodies.body_detail, "body-detail", act=READ, kind="body"),
    page(f"{HERE}organer/<slug:body>/eksport/<str:ending>/", bodies.body_export, "body-export", act=READ, kind="body"),
    page(f"{HERE}organer/<slug:body>/ny-plass/", bodies.seat_create, "seat-create", methods=BOTH, kind="body"),
    page(f"{HERE}organer/<slug:body>/plasser/", bodies.seats_lay, "seats-lay", methods=POST, kind="body"),
    page(f"{HERE}plasser/<uuid:key>/oppnevn/", bodies.seat_fill, "seat-fill", methods=BOTH, kind="seat"),
    page(f"{HERE}plasser/<uuid:key>/spurt/", appointing.seat_consult, "seat-consult", methods=BOTH, kind="seat"),
    page(
        f"{HERE}spurt/<uuid:key>/svar/",
        appointing.consultation_answer,
        "seat-consultation-answer",
        methods=BOTH,
        kind="seat_consultation",
    ),
    page(
        f"{HERE}perioder/<uuid:key>/forleng/", appointing.seat_extend, "seat-extend", methods=BOTH, kind="seat_holding"
    ),
    page(f"{HERE}plasser/<uuid:key>/avvikle/", bodies.seat_close, "seat-close", methods=POST, kind="seat"),
    page(f"{HERE}perioder/<uuid:key>/avslutt/", bodies.seat_end, "seat-end", methods=BOTH, kind="seat_holding"),
    page(f"{HERE}les-inn/<slug:kind>/", importing.import_upload, "import-upload", methods=BOTH),
    page(f"{HERE}les-inn/<slug:kind>/mal/<str:ending>/", importing.import_template, "import-template"),
    page(
        f"{HERE}les-inn/<slug:kind>/<uuid:key>/",
        importing.import_preview,
        "import-preview",
        methods=BOTH,
        kind="document",
    ),
    page(f"{HERE}<uuid:key>/", organisations.organisation_detail, "organisation-detail", act=READ, kind="organisation"),
    page(
        f"{HERE}<uuid:key>/rediger/",
        organisations.organisation_edit,
        "organisation-edit",
        methods=BOTH,
        kind="organisation",
    ),
    page(f"{HERE}<uuid:key>/ny-tjeneste/", organisations.unit_create, "unit-create", methods=BOTH, kind="organisation"),
    outer_page(
        "invitasjon/<str:key>/<str:token>/", invitations.choose_password, "invitation", methods=BOTH, public=True
    ),
]
