"""The console command ``samstyr``: a front for the management commands that users need."""

from __future__ import annotations

import os
import sys

COMMANDS = {
    "migrate": "bygg eller oppgrader databasen",
    "demo": "last inn demonstrasjonen, eller vis brukerne (load, users)",
    "model": "kontroller eller vis en styringsmodell (lint FIL, show FIL, schema)",
    "audit": "kontroller at revisjonskjeden er hel (verify, export)",
    "schema": "kontroller databasens vern mellom styringsordninger (lint)",
    "tenant": "opprett en styringsordning med den første administratoren",
    "worker": "bakgrunnsarbeid: regner ut porteføljer og annet som tar tid",
    "daily": "dagens arbeid: frister, påminnelser og utsending",
    "collectstatic": "samle de statiske filene",
    "check": "kontroller oppsettet",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; without one, say which there are."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words or words[0] in ("-h", "--help", "hjelp"):
        print("samstyr KOMMANDO [valg]\n")
        for name, text in COMMANDS.items():
            print(f"  {name:14} {text}")
        return 0
    if words[0] not in COMMANDS:
        print(f"Ukjent kommando: {words[0]}. Kjør «samstyr --help».", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samstyr.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    if words == ["check"] and os.environ.get("SAMSTYR_MODE") == "production":
        words = ["check", "--deploy"]
    try:
        execute_from_command_line(["samstyr", *words])
    except ImproperlyConfigured as fault:
        print(f"Oppsettet er ikke trygt:\n{fault}", file=sys.stderr)
        return 78
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
