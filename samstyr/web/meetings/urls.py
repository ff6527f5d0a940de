"""Addresses of meetings and of written procedure."""

from django.urls import URLPattern

from . import urls_case_paper, urls_holding, urls_minutes, urls_planning, urls_written

urlpatterns: list[URLPattern] = [
    *urls_planning.urlpatterns,
    *urls_case_paper.urlpatterns,
    *urls_holding.urlpatterns,
    *urls_minutes.urlpatterns,
    *urls_written.urlpatterns,
]
