"""Addresses of meetings and of written procedure."""

from django.urls import URLPattern

from . import urls_written

urlpatterns: list[URLPattern] = [*urls_written.urlpatterns]
