"""Addresses that anybody may open: plans that are published."""

from samstyr.web.routing import outer_page

from . import views

urlpatterns = [
    outer_page("offentlig/<slug:slug>/", views.plans, "public-plans", public=True),
    outer_page("offentlig/<slug:slug>/<slug:plan>/", views.plan, "public-plan", public=True),
    outer_page("offentlig/<slug:slug>/<slug:plan>/fil.<str:ending>", views.plan_file, "public-plan-file", public=True),
]
