"""The gallery's address."""

from samstyr.web.gallery import views
from samstyr.web.routing import outer_page

urlpatterns = [outer_page("komponenter/", views.show, "gallery", public=True)]
