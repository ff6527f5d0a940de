"""What the application server runs. Production that would not be safe says why and does not start."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samstyr.settings")

faults: list[object]
try:
    application = get_wsgi_application()
    from samstyr.foundation.tenancy.starting import start_faults, static_faults

    faults = [*static_faults(), *([] if settings.SAMSTYR_DEMO else start_faults())]
except ImproperlyConfigured as fault:
    faults = [*str(fault).splitlines()]
if faults:
    print("Samstyr starter ikke:", *(f"- {fault}" for fault in faults), sep="\n", file=sys.stderr, flush=True)
    sys.exit(78)
