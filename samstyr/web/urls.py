"""Every address; each room lists its own."""

from __future__ import annotations

from importlib import import_module

from django.urls import URLPattern

ROOMS = (
    "home",
    "year",
    "organisations",
    "documents",
    "governance",
    "strategy",
    "needs",
    "mandates",
    "casework",
    "matters",
    "counsel",
    "announcements",
    "sources",
    "lifting",
    "contributions",
    "hearings",
    "meetings",
    "prioritisation",
    "scenarios",
    "plan",
    "reporting",
    "publishing",
    "notices",
    "audit",
    "gallery",
)

urlpatterns: list[URLPattern] = []
for _room in ROOMS:
    try:
        urlpatterns += import_module(f"samstyr.web.{_room}.urls").urlpatterns
    except ModuleNotFoundError as missing:
        if not (missing.name or "").startswith(f"samstyr.web.{_room}"):
            raise

handler404 = "samstyr.web.errors.not_found"
handler500 = "samstyr.web.errors.server_error"
