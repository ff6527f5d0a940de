"""Addresses of meetings and of written procedure."""

from django.urls import URLPattern

from . import urls_minutes, urls_written

urlpatterns: list[URLPattern] = [*urls_minutes.urlpatterns, *urls_written.urlpatterns]
