"""Addresses of counsel."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from . import views

BOTH = ("GET", "POST")

urlpatterns = [
    page("raad/", views.counsel_list, "counsel-list", act=Act.MODEL_READ),
    page("raad/liste.xlsx", views.export, "counsel-export", act=Act.MODEL_READ),
    page("raad/nytt/", views.add, "counsel-add", methods=BOTH, act=Act.MODEL_READ),
    page("raad/<uuid:key>/", views.detail, "counsel-detail", act=Act.MODEL_READ, kind="counsel"),
    page("raad/svar/<uuid:key>/", views.reply, "counsel-reply", methods=BOTH, act=Act.MODEL_READ, kind="addressee"),
]
