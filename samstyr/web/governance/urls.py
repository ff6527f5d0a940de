"""Addresses of the governance model."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from .editing import drafts, pages
from .views import adopting, checking, comparing, documents, reading, responsibility, roles

READ, MANAGE = Act.MODEL_READ, Act.MODEL_MANAGE
BOTH = ("GET", "POST")

urlpatterns = [
    page("styringsmodell/", reading.current, "model", act=READ, kind="model"),
    page("styringsmodell/roller/", roles.roles_and_bodies, "model-roles", act=READ, kind="model"),
    page("styringsmodell/organisasjonskart/", roles.chart, "model-chart", act=READ, kind="model"),
    page("styringsmodell/forum/", roles.forums, "model-forums", act=READ, kind="model"),
    page("styringsmodell/dekning/", roles.coverage, "model-coverage", act=READ, kind="model"),
    page(
        "styringsmodell/dekning/eksport/<str:ending>/",
        roles.coverage_export,
        "model-coverage-export",
        act=READ,
        kind="model",
    ),
    page("styringsmodell/mitt-ansvar/", roles.duties, "model-duties"),
    page(
        "styringsmodell/organer/<slug:body>/medlemmer/<str:ending>/",
        roles.public_members,
        "body-public-members",
        act=READ,
        kind="body",
    ),
    page("styringsmodell/ansvar/", responsibility.matrix, "model-matrix", act=READ, kind="model"),
    page(
        "styringsmodell/ansvar/rediger/",
        responsibility.edit,
        "model-matrix-edit",
        methods=BOTH,
        act=MANAGE,
        kind="model",
    ),
    page(
        "styringsmodell/ansvar/proev/",
        responsibility.check,
        "model-matrix-check",
        methods=("POST",),
        act=MANAGE,
        kind="model",
    ),
    page(
        "styringsmodell/ansvar/hent/",
        responsibility.bring_in,
        "model-matrix-import",
        methods=BOTH,
        act=MANAGE,
        kind="model",
    ),
    page(
        "styringsmodell/dokumentmal/",
        documents.template,
        "model-document-template",
        methods=BOTH,
        act=MANAGE,
        kind="model",
    ),
    page(
        "styringsmodell/dokumentmal/fil.docx",
        documents.template_file,
        "model-document-template-file",
        act=MANAGE,
        kind="model",
    ),
    page(
        "styringsmodell/dokumentmal/bort/",
        documents.template_drop,
        "model-document-template-drop",
        methods=("POST",),
        act=MANAGE,
        kind="model",
    ),
    page("styringsmodell/regler/", reading.rules, "model-rules", act=READ, kind="model"),
    page("styringsmodell/sammenlign/", comparing.dialects, "model-dialects", act=READ, kind="model"),
    page("styringsmodell/sammenlign/tabell.xlsx", comparing.export, "model-dialects-export", act=READ, kind="model"),
    page("styringsmodell/kontroll/", checking.check, "model-check", methods=BOTH, act=MANAGE, kind="model"),
    page("styringsmodell/maler/<slug:name>/", checking.template, "model-template", act=MANAGE, kind="model"),
    page("styringsmodell/utkast/", drafts.drafts, "model-drafts", methods=BOTH, act=MANAGE, kind="model"),
    page("styringsmodell/<uuid:key>/rediger/", pages.edit, "model-edit", methods=BOTH, act=MANAGE, kind="model_draft"),
    page(
        "styringsmodell/<uuid:key>/rediger/historikk/",
        drafts.history,
        "model-edit-history",
        act=MANAGE,
        kind="model_draft",
    ),
    page(
        "styringsmodell/<uuid:key>/rediger/steg/",
        drafts.go_to_step,
        "model-edit-step",
        methods=("POST",),
        act=MANAGE,
        kind="model_draft",
    ),
    page(
        "styringsmodell/<uuid:key>/rediger/nokkel/",
        drafts.rename,
        "model-edit-rename",
        methods=BOTH,
        act=MANAGE,
        kind="model_draft",
    ),
    page(
        "styringsmodell/<uuid:key>/rediger/fjern/",
        drafts.remove,
        "model-edit-remove",
        methods=BOTH,
        act=MANAGE,
        kind="model_draft",
    ),
    page(
        "styringsmodell/<uuid:key>/kast/", drafts.discard, "model-discard", methods=BOTH, act=MANAGE, kind="model_draft"
    ),
    page(
        "styringsmodell/<uuid:key>/foreslaa/",
        drafts.propose,
        "model-propose",
        methods=BOTH,
        act=MANAGE,
        kind="model_draft",
    ),
    page("styringsmodell/<uuid:key>/", reading.detail, "model-detail", act=READ, kind="model"),
    page("styringsmodell/<uuid:key>/yaml/", reading.as_yaml, "model-yaml", act=READ, kind="model"),
    page("styringsmodell/<uuid:key>/roller/", roles.roles_and_bodies, "model-version-roles", act=READ, kind="model"),
    page("styringsmodell/<uuid:key>/organisasjonskart/", roles.chart, "model-version-chart", act=READ, kind="model"),
    page("styringsmodell/<uuid:key>/forum/", roles.forums, "model-version-forums", act=READ, kind="model"),
    page("styringsmodell/<uuid:key>/ansvar/", responsibility.matrix, "model-version-matrix", act=READ, kind="model"),
    page(
        "styringsmodell/<uuid:key>/ansvar/eksport/<str:ending>/",
        responsibility.export,
        "model-matrix-export",
        act=READ,
        kind="model",
    ),
    page(
        "styringsmodell/<uuid:key>/dokument/<str:ending>/", documents.document, "model-document", act=READ, kind="model"
    ),
    page("styringsmodell/<uuid:key>/funn/", adopting.findings, "model-findings", act=READ, kind="model"),
    page(
        "styringsmodell/<uuid:key>/funn/aksepter/",
        adopting.accept,
        "model-accept",
        methods=BOTH,
        act=MANAGE,
        kind="model",
    ),
    page("styringsmodell/<uuid:key>/vedta/", adopting.adopt, "model-adopt", methods=BOTH, act=MANAGE, kind="model"),
    page("styringsmodell/<uuid:key>/proeve/", reading.rehearsal, "model-rehearsal", act=READ, kind="model"),
    page("styringsmodell/<uuid:key>/forskjell/", reading.differences, "model-difference", act=READ, kind="model"),
]
