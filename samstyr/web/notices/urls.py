"""Addresses of notices and mail links."""

from samstyr.web.routing import outer_page, page

from . import answering, views

urlpatterns = [
    page("varsler/", views.notice_list, "notice-list"),
    page("varsler/lest/", views.notices_seen, "notice-seen", methods=("POST",)),
    page("varsler/<uuid:key>/", views.notice_detail, "notice-detail", kind="notice"),
    outer_page("svar/<slug:slug>/<str:secret>/", answering.answer, "mail-answer", methods=("GET", "POST"), public=True),
]
