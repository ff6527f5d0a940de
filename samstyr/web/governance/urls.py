"""Addresses of the governance model."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from .views import adopting, checking, reading, roles

READ, MANAGE = Act.MODEL_READ, Act.MODEL_MANAGE
BOTH = ("GET", "POST")

urlpatterns = [
    page("styringsmodell/", reading.current, "model", act=READ, kind="model"),
    page("styringsmodell/roller/", roles.roles_and_bodies, "model-roles", act=READ, kind="model"),
    page("styringsmodell/regler/", reading.rules, "model-rules", act=READ, kind="model"),
    page("styringsmodell/kontroll/", checking.check, "model-check", methods=BOTH, act=MANAGE, kind="model"),
    page("styringsmodell/maler/<slug:name>/", checking.template, "model-template", act=MANAGE, kind="model"),
    page("styringsmodell/<uuid:key>/", reading.detail, "model-detail", act=READ, kind="model"),
    page("styringsmodell/<uuid:key>/yaml/", reading.as_yaml, "model-yaml", act=READ, kind="model"),
    page("styringsmodell/<uuid:key>/roller/", roles.roles_and_bodies, "model-version-roles", act=READ, kind="model"),
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
