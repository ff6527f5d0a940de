"""The sample pages of these tests, whichever settings the run uses."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _sample_pages(settings: Any) -> None:
    settings.ROOT_URLCONF = "samstyr.foundation.ui.tests.urls"
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [HERE / "templates"]
    processors = templates[0]["OPTIONS"]["context_processors"]
    templates[0]["OPTIONS"]["context_processors"] = [one for one in processors if one.startswith("django.")]
    settings.TEMPLATES = templates


@pytest.fixture
def visitor(settings: Any) -> Client:
    """A visitor; the pages here ask for no database."""
    settings.MIDDLEWARE = ["django.contrib.messages.middleware.MessageMiddleware"]
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
    return Client()
