"""What the components promise: escaped, tied together, and nothing inline."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client, RequestFactory

from samstyr.foundation.access import Verdict
from samstyr.foundation.kernel.text import say
from samstyr.foundation.ui import library
from samstyr.foundation.ui.gallery import SampleForm
from samstyr.foundation.ui.pieces import Status, Tone

PAGES = [
    "/komponenter/",
    "/sample/list/",
    "/sample/detail/",
    "/sample/form/",
    "/sample/login/",
]
PROBLEMS = ["403", "404", "409", "422", "500"]


def draw(source: str, path: str = "/behov/", **context: Any) -> str:
    """The HTML of a piece of template."""
    return Template("{% load ui %}" + source).render(Context({"request": RequestFactory().get(path), **context}))


def test_every_component_escapes() -> None:
    bad = "<b>&\"'"
    sources = [
        "{% button bad name=bad value=bad confirm=bad %}", "{% link_button bad bad %}", "{% tag bad bad %}",
        "{% alert bad bad %}{{ bad }}{% endalert %}", "{% help_text bad %}{{ bad }}{% endhelp_text %}",
        "{% empty_state bad %}{% endempty_state %}", "{% card bad url=bad note=bad %}{% endcard %}",
        "{% facts %}{% fact bad bad %}{% endfacts %}", "{% stats %}{% stat bad bad note=bad url=bad %}{% endstats %}",
        "{% progress 1 2 bad unit=bad %}", "{% menu bad %}{% endmenu %}", "{% table bad id=bad %}{% endtable %}",
        "{% th bad sort=bad note=bad %}", "{% form action=bad id=bad %}{% endform %}", "{% verdict_button no bad %}",
        "{% icon bad %}", "{{ bad|markdown }}",
    ]  # fmt: skip
    for source in sources:
        assert "<b>" not in draw(source, bad=bad, no=Verdict(False, say(bad), who=(bad,))), source


@pytest.mark.parametrize("path", [*PAGES, *(f"/problem/{code}/" for code in PROBLEMS), "/problem/403/?bare"])
def test_pages_hold_nothing_inline(path: str, visitor: Client) -> None:
    html = visitor.get(path).content.decode()
    assert "<h1>" in html
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    assert "<style" not in html
    assert not re.search(r"<[^>]*\s(?:style|on[a-z]+)=", html)
    assert "javascript:" not in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]


@pytest.mark.parametrize("path", ["/sample/form/", "/komponenter/"])
def test_what_describes_a_field_exists(path: str, visitor: Client) -> None:
    html = visitor.get(path).content.decode()
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    referred = {
        one for found in re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', html) for one in found.split()
    }
    assert referred
    assert referred <= ids
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', html)) <= ids
    assert set(re.findall(r'<li><a href="#([^"]+)"', html)) <= ids | set(re.findall(r'href="#(\w*)"', html))


def test_a_faulty_field_is_marked_and_explained() -> None:
    form = SampleForm({"title": ""})
    form.is_valid()
    html = draw("{% field form.title %}", form=form)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_help id_title_fault"' in html
    assert "(valgfritt)" not in html


def test_the_summary_links_to_each_field_and_shows_general_faults() -> None:
    form = SampleForm({"title": ""})
    form.add_error(None, "Innmeldingen er stengt.")
    html = draw("{% error_summary form %}", form=form)
    assert 'href="#id_title"' in html
    assert 'href="#id_compels_0"' in html
    assert "Hva er behovet? " in html
    assert "Tjenesteområde: " in html
    assert "<li>Innmeldingen er stengt.</li>" in html
    assert draw("{% error_summary form %}", form=SampleForm()).strip() == ""


def test_the_first_choice_of_a_group_has_the_id_that_the_summary_links_to() -> None:
    assert 'id="id_compels_0"' in draw("{% field form.compels %}", form=SampleForm())


def test_choices_keep_what_was_chosen() -> None:
    html = draw(
        "{% field form.users %}{% field form.compels %}",
        form=SampleForm({"users": ["staff"], "compels": "risk"}),
    )
    checked = re.findall(r'value="(\w+)"[^>]* checked', html)
    assert checked == ["staff", "risk"]


def test_a_form_is_sent_once_and_knows_its_version() -> None:
    html = draw("{% form version=7 %}x{% endform %}", csrf_token="t")
    assert 'name="_version" value="7"' in html
    keys = [re.search(r'name="_key" value="(\w{32})"', draw("{% form %}{% endform %}")) for _ in range(2)]
    assert keys[0] and keys[1] and keys[0].group(1) != keys[1].group(1)
    assert "_version" not in draw("{% form %}{% endform %}")


def test_a_refused_button_says_why_and_who() -> None:
    refused = Verdict(False, say("Dette steget hører til en annen rolle."), who=("kommunalsjef",))
    html = draw('{% verdict_button verdict "Send videre" url="/x/" %}', verdict=refused)
    assert 'aria-disabled="true"' in html
    assert "Dette steget hører til en annen rolle. Dette kan gjøres av: kommunalsjef." in html
    assert 'type="submit"' not in html
    assert "/x/" not in html
    allowed = draw('{% verdict_button verdict "Send videre" %}', verdict=Verdict(True, say("Ja.")))
    assert 'type="submit"' in allowed
    assert "disabled" not in allowed


@pytest.mark.parametrize(
    ("query", "url", "order"),
    [
        ("?state=draft&page=4", "?state=draft&amp;sort=title", None),
        ("?state=draft&sort=title", "?state=draft&amp;sort=-title", "ascending"),
        ("?sort=-title", "?sort=title", "descending"),
        ("?sort=cost", "?sort=title", None),
    ],
)
def test_sorting_is_a_link_that_keeps_the_filters(query: str, url: str, order: str | None) -> None:
    html = draw('{% th "Tittel" sort="title" %}', f"/behov/{query}")
    assert f'href="{url}"' in html
    assert (f'aria-sort="{order}"' in html) if order else ("aria-sort" not in html)


def test_pages_of_a_list_keep_the_filters() -> None:
    html = draw(
        "{% pagination page %}",
        "/behov/?state=draft",
        page=Paginator(range(25), 10).page(2),
    )
    assert 'href="?state=draft&amp;page=3"' in html
    assert 'aria-current="page"' in html
    assert "Viser 11–20 av 25" in html


def test_an_empty_list_has_no_pages() -> None:
    assert draw("{% pagination page %}", page=Paginator([], 10).page(1)).strip() == ""


def test_a_tone_always_has_sign_and_word() -> None:
    for tone in Tone:
        html = draw("{% status one %}", one=Status("Utkast", tone))
        assert "<svg" in html
        assert "Utkast" in html
        assert f'data-tone="{tone}"' in html


def test_an_unknown_tone_is_neutral() -> None:
    assert 'data-tone="neutral"' in draw('{% tag "X" "lilla" %}')


def test_navigation_marks_one_place_and_groups_the_rest(visitor: Client) -> None:
    html = visitor.get("/komponenter/").content.decode()
    rail = html[html.index('class="nav-desk"') : html.index("<main")]
    assert rail.count('aria-current="page"') == 1
    assert rail.index("Fra behov til plan") < rail.index("Styringen")


def test_sent_text_is_given_back_but_never_a_password() -> None:
    request = RequestFactory().post("/", {"text": "En lang tekst", "password": "hemmelig ord", "_key": "abcdef"})
    html = Template("{% load ui %}{% submitted_texts %}").render(Context({"request": request}))
    assert "En lang tekst" in html
    assert "hemmelig ord" not in html
    assert "abcdef" not in html


def test_a_conflict_shows_both_texts(visitor: Client) -> None:
    html = visitor.get("/problem/409/").content.decode()
    assert "Min tekst" in html
    assert "Teksten som står nå" in html


def test_a_counter_needs_a_limit() -> None:
    class Free(forms.Form):
        text = forms.CharField(widget=forms.Textarea)

    assert "data-counter" not in draw("{% field form.text %}", form=Free())
    assert 'data-counter="2000"' in draw("{% field form.description %}", form=SampleForm())


def test_the_way_back_never_leaves_the_site() -> None:
    def back(**headers: str) -> str:
        request = RequestFactory(headers=headers).post("/o/agder/behov/lagre/")
        return Template("{% load ui %}{% back_address %}").render(Context({"request": request}))

    assert back(Referer="http://testserver/o/agder/behov/1/") == "http://testserver/o/agder/behov/1/"
    assert back(Referer="https://ond.example/") == "/"
    assert back() == "/"


def test_components_know_no_room() -> None:
    """Templates of this room include and extend only its own."""
    room = Path(library.__file__).parent / "templates"
    named = re.compile(r"{%\s*(?:include|extends)\s+([^%]+)%}")
    found = [name for file in room.rglob("*.html") for tag in named.findall(file.read_text()) for name in _names(tag)]
    assert len(found) > 20
    assert all(name.startswith("ui/") for name in found), found


def _names(tag: str) -> list[str]:
    return [name for quoted in re.findall(r'"([^"]+)"', tag) for name in quoted.split(",") if name.endswith(".html")]
