"""The look of every page; no tables."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Makes Django find the base templates, the components and their static files."""

    name = "samstyr.foundation.ui"
    label = "ui"
