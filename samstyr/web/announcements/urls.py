"""Addresses of announcements."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from . import views

urlpatterns = [
    page("kunngjoringer/", views.announcement_list, "announcement-list"),
    page("kunngjoringer/ny/", views.publish, "announcement-add", methods=("GET", "POST"), act=Act.CASE_ADMINISTER),
    page("kunngjoringer/<uuid:key>/", views.detail, "announcement-detail", kind="announcement"),
    page("kunngjoringer/<uuid:key>/lest/", views.read, "announcement-read", methods=("POST",), kind="announcement"),
]
