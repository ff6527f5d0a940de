"""The needs' addresses."""

from __future__ import annotations

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from .views import importing, intake, listing, reading, sending, sessions, together, writing

BOTH = ("GET", "POST")
POST = ("POST",)

urlpatterns = [
    page("behov/", listing.list_page, "need-list", kind="need"),
    page("behov/liste.<str:ending>", listing.export, "need-export", kind="need"),
    page("behov/nytt/", writing.create, "need-create", methods=BOTH, kind="need"),
    page("behov/ligner/", writing.similar, "need-similar", methods=BOTH, kind="need"),
    page("behov/innspill/", intake.intake, "need-intake", methods=BOTH, kind="need"),
    page("behov/innspill/<uuid:key>/ingen/", intake.answer_none, "need-intake-none", methods=POST, kind="need"),
    page("behov/idemyldring/", sessions.sessions, "need-sessions", methods=BOTH, act=Act.MODEL_READ, kind="need"),
    page("behov/idemyldring/ny/", sessions.add, "need-session-add", methods=BOTH, act=Act.MODEL_READ, kind="need"),
    page(
        "behov/idemyldring/<uuid:key>/",
        sessions.detail,
        "need-session",
        methods=BOTH,
        act=Act.MODEL_READ,
        kind="idea_session",
    ),
    page(
        "behov/idemyldring/<uuid:key>/ideer/",
        sessions.add_ideas,
        "need-session-ideas",
        methods=POST,
        act=Act.MODEL_READ,
        kind="idea_session",
    ),
    page(
        "behov/idemyldring/<uuid:key>/fjern/",
        sessions.remove,
        "need-session-remove",
        methods=POST,
        act=Act.MODEL_READ,
        kind="idea_session",
    ),
    page(
        "behov/idemyldring/ideer/<uuid:key>/",
        sessions.idea,
        "need-session-idea",
        methods=BOTH,
        act=Act.MODEL_READ,
        kind="session_idea",
    ),
    page("behov/import/", importing.upload, "need-import", methods=BOTH, kind="need"),
    page("behov/import/mal.xlsx", importing.template, "need-import-template", kind="need"),
    page("behov/import/<uuid:key>/", importing.preview, "need-import-preview", methods=BOTH, kind="need"),
    page("behov/<uuid:key>/", reading.detail, "need-detail", kind="need"),
    page("behov/<uuid:key>/utskrift/", reading.printed, "need-print", kind="need"),
    page("behov/<uuid:key>/rediger/", writing.edit, "need-edit", methods=BOTH, kind="need"),
    page("behov/<uuid:key>/autolagre/", writing.autosave, "need-autosave", methods=POST, kind="need"),
    page("behov/<uuid:key>/send/", sending.submit, "need-submit", methods=BOTH, kind="need"),
    page("behov/<uuid:key>/kvittering/", sending.receipt, "need-receipt", kind="need"),
    page("behov/<uuid:key>/del/", sending.split, "need-split", methods=BOTH, kind="need"),
    page("behov/<uuid:key>/trekk/", sending.withdraw, "need-withdraw", methods=BOTH, kind="need"),
    page("behov/<uuid:key>/slett/", sending.delete, "need-delete", methods=POST, kind="need"),
    page("behov/<uuid:key>/medforfattere/", together.add_co_author, "need-co-author-add", methods=POST, kind="need"),
    page(
        "behov/<uuid:key>/medforfattere/fjern/",
        together.remove_co_author,
        "need-co-author-remove",
        methods=POST,
        kind="need",
    ),
    page("behov/<uuid:key>/vedlegg/", together.add_attachment, "need-attachment-add", methods=POST, kind="need"),
    page(
        "behov/<uuid:key>/vedlegg/<uuid:document>/fjern/",
        together.remove_attachment,
        "need-attachment-remove",
        methods=POST,
        kind="need",
    ),
]
