"""Addresses of the front door and the landing page."""

from samstyr.web.routing import outer_page, page

from . import views

urlpatterns = [
    outer_page("", views.choose, "choose"),
    outer_page("logg-inn/", views.login_page, "login", methods=("GET", "POST"), public=True),
    outer_page("logg-inn/demo/", views.demo_login, "demo-login", methods=("POST",), public=True),
    outer_page("logg-ut/", views.log_out, "logout", methods=("POST",), public=True),
    outer_page("sprak/", views.set_language, "language", methods=("POST",), public=True),
    outer_page("helse/", views.health, "health", public=True),
    outer_page("tilgjengelighet/", views.accessibility, "accessibility", public=True),
    page("", views.start, "start"),
    page("sok/", views.search, "search"),
    page("hjelp/", views.help_page, "help"),
    page("passord/", views.password, "password", methods=("GET", "POST")),
]
