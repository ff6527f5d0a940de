"""Language and time: bokmål is the source; deadlines are dates in Oslo."""

from __future__ import annotations

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "samstyr_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"
