"""Announcements: the list, one with how many have read it, publishing, and saying that one has read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samstyr.foundation.access import Act, may
from samstyr.foundation.kernel.errors import NotFound
from samstyr.foundation.kernel.text import say
from samstyr.foundation.ui.htmx import redirect_client
from samstyr.foundation.ui.shell import Crumb
from samstyr.procedure.announcements import actions, queries
from samstyr.procedure.announcements.rules import PAGES, AnnouncementValues
from samstyr.web.casework.forms import DateField
from samstyr.web.posting import perform, perform_form
from samstyr.web.shell import address

PER_PAGE = 50


class AnnouncementForm(forms.Form):
    """What is told, about which page, and to whom."""

    title = forms.CharField(label=gettext_lazy("Tittel"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Tekst"), widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000, required=False
    )
    page = forms.ChoiceField(label=gettext_lazy("Hvilken side gjelder det?"), required=False)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Hvem er det til?"), help_text=gettext_lazy("Velger du ingen, er det til alle."),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    until = DateField(label=gettext_lazy("Siste dag den skal leses"), required=False)

    def __init__(self, *args: Any, model: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].choices = [(key, str(say(words))) for key, words in PAGES.items()]  # type: ignore[attr-defined]
        self.fields["roles"].choices = [(role.key, str(role.name)) for role in (model.roles if model else ())]  # type: ignore[attr-defined]

    def values(self) -> AnnouncementValues:
        """The form as the rules take it."""
        return AnnouncementValues(**(self.cleaned_data | {"roles": tuple(self.cleaned_data["roles"])}))


def announcement_list(request: Any) -> HttpResponse:
    """All announcements, with those that wait to be read marked."""
    page = Paginator(queries.listing(request.GET.get("q", "").replace("\0", "")), PER_PAGE).get_page(
        request.GET.get("page")
    )
    waiting = {row.pk for row in queries.unread_for(request.actor, request.today)}
    context = {
        "page": page,
        "lines": [(row, row.pk in waiting) for row in page],
        "may_publish": may(request.actor, Act.CASE_ADMINISTER, queries.publish_facts()),
    }
    return render(request, "announcements/list.html", context)


def detail(request: Any, key: UUID) -> HttpResponse:
    """One announcement, and how many have read it."""
    row = _one(key)
    context = {
        "row": row,
        "share": queries.share(row, request.today),
        "has_read": key in queries.read_by(request.actor),
        "page_url": address(row.page, request.tenant.slug) if row.page else "",
        "page_name": str(say(PAGES.get(row.page, row.page))),
        "crumbs": _crumbs(request),
    }
    return render(request, "announcements/detail.html", context)


def publish(request: Any) -> HttpResponse:
    """Tell everybody."""
    may(request.actor, Act.CASE_ADMINISTER, queries.publish_facts()).require()
    form = AnnouncementForm(request.POST or None, model=request.model)
    if request.method == "POST" and form.is_valid():
        row = perform_form(request, form, actions.publish, values=form.values())
        if row is not None:
            messages.success(request, _("Kunngjøringen er lagt ut."))
            return redirect_client(request, reverse("announcement-detail", args=[request.tenant.slug, row.pk]))
    return render(
        request,
        "announcements/form.html",
        {"form": form, "crumbs": _crumbs(request)},
        status=422 if form.errors else 200,
    )


def read(request: Any, key: UUID) -> HttpResponse:
    """Say that one has read it."""
    _one(key)
    perform(request, actions.read, announcement_id=key)
    messages.success(request, _("Takk. Du står som en av dem som har lest."))
    return redirect_client(request, reverse("announcement-detail", args=[request.tenant.slug, key]))


def _one(key: UUID) -> Any:
    row = queries.by_id(key)
    if row is None:
        raise NotFound
    return row


def _crumbs(request: Any) -> list[Crumb]:
    return [Crumb(_("Kunngjøringer"), reverse("announcement-list", args=[request.tenant.slug]))]
