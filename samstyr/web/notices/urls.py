"""Addresses of notices and mail links."""

from samstyr.web.routing import outer_page, page

from . import answering, calendars, views

urlpatterns = [
    page("varsler/", views.notice_list, "notice-list"),
    page("varsler/lest/", views.notices_seen, "notice-seen", methods=("POST",)),
    page("varsler/<uuid:key>/", views.notice_detail, "notice-detail", kind="notice"),
    page("moeter/kalender/", calendars.subscription, "calendar-subscription", methods=("GET", "POST")),
    outer_page("kalender/<slug:slug>/<str:secret>/moeter.ics", calendars.feed, "calendar-feed", public=True),
    outer_page("kalender/<slug:slug>/<str:secret>/aaret.ics", calendars.feed_year, "calendar-feed-year", public=True),
    outer_page("kalender/<slug:slug>/<str:secret>/organ.ics", calendars.feed_body, "calendar-feed-body", public=True),
    outer_page("svar/<slug:slug>/<str:secret>/", answering.answer, "mail-answer", methods=("GET", "POST"), public=True),
]
