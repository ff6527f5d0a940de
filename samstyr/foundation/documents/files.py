"""The bytes of stored files, on disk under ``MEDIA_ROOT/<tenant>/`` by random names."""

from __future__ import annotations

import hashlib
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.tables.reading import Table, read_table
from samstyr.foundation.tenancy.scope import require_tenant_id

if TYPE_CHECKING:
    from .models import Document

_STORED_NAME = re.compile(r"[0-9a-f]{32}")


def folder_of(tenant: UUID) -> Path:
    """Where the tenant's files lie."""
    return Path(settings.MEDIA_ROOT) / str(tenant)


def path_of(document: Document) -> Path:
    """Where the document's bytes lie. Raises NotFound for a name that we did not make."""
    if not _STORED_NAME.fullmatch(document.stored_name):
        raise NotFound
    return folder_of(require_tenant_id()) / document.stored_name


def write_bytes(data: bytes) -> str:
    """Write the bytes under a new random name in the tenant's folder; gives the name."""
    name = secrets.token_hex(16)
    folder = folder_of(require_tenant_id())
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / name).open("xb") as file:
        file.write(data)
    return name


def read_bytes(document: Document) -> bytes:
    """The document's bytes. Raises NotFound when they are gone or are not what was sealed."""
    try:
        data = path_of(document).read_bytes()
    except FileNotFoundError as missing:
        raise NotFound from missing
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise NotFound
    return data


def delete_bytes(tenant: UUID, stored_name: str) -> None:
    """Remove the bytes; nothing happens when they are already gone."""
    if _STORED_NAME.fullmatch(stored_name):
        (folder_of(tenant) / stored_name).unlink(missing_ok=True)


def read_stored(document: Document) -> Table:
    """The table in a stored spreadsheet. Raises Invalid."""
    return read_table(read_bytes(document), document.file_name)
