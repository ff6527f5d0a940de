"""Addresses of lifted cases, and of the agreements they travel by."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from . import agreements, views

BOTH = ("GET", "POST")
POST = ("POST",)
MANAGE = Act.ORGANISATION_MANAGE

urlpatterns = [
    page("saker/<uuid:key>/loeft/", views.lift, "case-lift", methods=BOTH, kind="case"),
    page("loeft/", views.lifted, "lifting-list", act=Act.CASE_ADMINISTER),
    page("loeft/<uuid:key>/", views.received, "received-detail", act=Act.CASE_ADMINISTER, kind="received"),
    page(
        "loeft/<uuid:key>/ta-imot/",
        views.accept,
        "received-accept",
        methods=POST,
        act=Act.CASE_ADMINISTER,
        kind="received",
    ),
    page(
        "loeft/<uuid:key>/si-nei/",
        views.decline,
        "received-decline",
        methods=POST,
        act=Act.CASE_ADMINISTER,
        kind="received",
    ),
    page("loeft/avtaler/", agreements.channels, "channel-list", methods=BOTH, act=MANAGE),
    page("loeft/avtaler/koble/", agreements.connect, "channel-connect", methods=POST, act=MANAGE),
    page(
        "loeft/avtaler/<uuid:key>/avslutt/", agreements.close, "channel-close", methods=POST, act=MANAGE, kind="channel"
    ),
]
