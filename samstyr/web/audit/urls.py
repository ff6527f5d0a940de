"""Address of the audit trail."""

from samstyr.foundation.access import Act
from samstyr.web.routing import page

from . import views

urlpatterns = [page("revisjon/", views.audit_list, "audit-list", act=Act.AUDIT_READ)]
