"""Pages and their templates; no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Makes Django find the pages' templates."""

    name = "samstyr.web"
    label = "web"
