"""Addresses of stored files."""

from samstyr.web.routing import page

from . import views

urlpatterns = [page("filer/<uuid:key>/", views.document_file, "document-file", kind="document")]
