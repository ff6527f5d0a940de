"""Handing out a stored file: the right is asked at each download, and the browser may never run it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from samstyr.foundation.access import may
from samstyr.foundation.documents import files, queries
from samstyr.foundation.kernel.errors import NotFound

from .owners import OWNERS


def document_file(request: HttpRequest, key: UUID) -> HttpResponse:
    """The file as an attachment. Raises NotFound for a file that one may not know of, Refused when it is exempt."""
    document = queries.document(key)
    owner = OWNERS.get(document.owner_kind) if document else None
    facts = owner.facts(document.owner_id) if owner and document else None
    if document is None or owner is None or facts is None:
        raise NotFound
    actor = request.actor  # type: ignore[attr-defined]
    if not may(actor, owner.read, facts):
        raise NotFound
    may(actor, owner.read, document.facts(facts)).require()
    response = HttpResponse(files.read_bytes(document), content_type=document.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, document.file_name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
