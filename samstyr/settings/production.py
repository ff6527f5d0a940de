"""Production: everything comes from the environment, and unsafe choices are refused at start."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .database import database
from .environment import flag, listing, text
from .safety import faults

SAMSTYR_DEMO = False
SECRET_KEY = text("SAMSTYR_SECRET_KEY")
SECRET_KEY_FALLBACKS = listing("SAMSTYR_OLD_SECRET_KEYS")
ALLOWED_HOSTS = listing("SAMSTYR_HOSTS")
DEBUG = flag("SAMSTYR_DEBUG")

SECURE_SSL_REDIRECT = True
# What watches over the service asks from inside, past the web server.
SECURE_REDIRECT_EXEMPT = [r"^helse/$"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("SAMSTYR_BEHIND_PROXY") else None
# Frames are refused by the content security policy; a browser's preload list is the domain's owner's choice.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W021"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = text("SAMSTYR_MAIL_HOST", "localhost")
EMAIL_HOST_USER = text("SAMSTYR_MAIL_USER")
EMAIL_HOST_PASSWORD = text("SAMSTYR_MAIL_PASSWORD")
EMAIL_USE_TLS = flag("SAMSTYR_MAIL_STARTTLS")
EMAIL_USE_SSL = flag("SAMSTYR_MAIL_TLS")
EMAIL_TIMEOUT = 10

_faults = faults(
    debug=DEBUG,
    secret_key=SECRET_KEY,
    hosts=ALLOWED_HOSTS,
    address=SAMSTYR_ADDRESS,  # noqa: F405
    database_url=text("DATABASE_URL"),
    owner_url=text("SAMSTYR_OWNER_DATABASE_URL"),
    old_keys=SECRET_KEY_FALLBACKS,
    mail_port=text("SAMSTYR_MAIL_PORT", "25"),
    mail_twice_encrypted=EMAIL_USE_TLS and EMAIL_USE_SSL,
)
if _faults:
    raise ImproperlyConfigured("\n".join(_faults))

# Read only now that they are known to be readable.
DATABASES = {"default": database(text("SAMSTYR_OWNER_DATABASE_URL") or text("DATABASE_URL"))}
EMAIL_PORT = int(text("SAMSTYR_MAIL_PORT", "25"))
