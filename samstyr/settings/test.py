"""Settings of the test run: SQLite, or PostgreSQL when SAMSTYR_TEST_DATABASE says so."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .database import database
from .environment import text

SECRET_KEY = "only-for-tests-" + "0123456789abcdef" * 4
SAMSTYR_DEMO = True
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="samstyr-files-"))
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AXES_ENABLED = False

if text("SAMSTYR_TEST_DATABASE").startswith("postgres"):
    _url = text("SAMSTYR_TEST_DATABASE_URL", "postgresql://samstyr_owner@127.0.0.1:54329/samstyr")
    DATABASES = {"default": database(_url, pool=False)}
else:
    _folder = tempfile.mkdtemp(prefix="samstyr-test-")
    DATABASES = {"default": database(f"sqlite:///{_folder}/plain.sqlite3")}
    # A file, not memory: only then do threads wait for each other's locks as they will in earnest.
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}
