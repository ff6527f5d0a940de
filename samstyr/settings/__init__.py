"""Settings, one module per concern, read from the environment once. Choose with SAMSTYR_MODE."""

from django.core.exceptions import ImproperlyConfigured

from .environment import MODE

if MODE == "production":
    from .production import *  # noqa: F403
elif MODE == "test":
    from .test import *  # noqa: F403
elif MODE == "demo":
    from .demo import *  # noqa: F403
else:
    # A slip of the pen must not open the demonstration, where anybody enters by one click.
    raise ImproperlyConfigured(f"SAMSTYR_MODE er «{MODE}». Skriv production, demo eller test.")
