"""The plan as Word: filled into any fair template, and no way out of it for one that is not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
import pytest
from docx.oxml.ns import qn

from samstyr.foundation.kernel.errors import Invalid
from samstyr.outward.exports import word
from samstyr.outward.exports.content import PlanContent


def template(*paragraphs: str) -> bytes:
    """A Word file with the paragraphs."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(parts: Mapping[str, bytes], data: bytes | None = None, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The template with parts added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or template("{{ plan }}"))) as old, zipfile.ZipFile(out, "w", compress) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def relation(kind: str, target: str) -> bytes:
    """The document's relations, with one to something outside."""
    data = template("{{ plan }}")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("word/_rels/document.xml.rels").decode()
    start = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = f'<Relationship Id="rId99" Type="{start}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    return changed({"word/_rels/document.xml.rels": text.replace("</Relationships>", more).encode()}, data)


def refusal(data: bytes, name: str = "mal.docx") -> str:
    with pytest.raises(Invalid) as caught:
        word.require_fillable(data, name)
    return str(caught.value.errors[0])


def text_of(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def test_the_template_that_comes_along_gives_an_accessible_document(content: PlanContent) -> None:
    made = docx.Document(io.BytesIO(word.filled(content)))
    assert (made.core_properties.title, made.core_properties.language) == ("Prøveplan", "nb-NO")
    language = made.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "nb-NO"
    styles = [paragraph.style.name for paragraph in made.paragraphs if paragraph.style]
    assert styles.count("Heading 1") == 7
    assert all(table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None for table in made.tables)
    assert [cell.text for cell in made.tables[0].rows[0].cells] == ["Type", "2027", "2028", "2029", "2030", "Sum"]
    pictures = made.element.body.findall(f".//{qn('wp:docPr')}")
    assert len(pictures) == 2
    assert all("i 1000 kroner" in picture.get("descr") for picture in pictures)


def test_texts_are_shown_and_not_read_as_codes_or_markup(content: PlanContent) -> None:
    shown = text_of(word.filled(content))
    assert "#let x = 1 *feit* $x$ <b>&amp;</b> {{ segl }} {% for %} =1+1" in shown
    assert "linje to" in shown


def test_nothing_of_the_codes_is_left(content: PlanContent) -> None:
    measure = content.measures[0].model_copy(update={"title": "T", "argument": ""})
    with zipfile.ZipFile(io.BytesIO(word.filled(content.model_copy(update={"measures": (measure,)})))) as archive:
        assert b"{{" not in archive.read("word/document.xml")
        assert b"{%" not in archive.read("word/document.xml")


def test_a_plan_without_anything_fills_the_template_too(content: PlanContent) -> None:
    empty = content.model_copy(
        update={"measures": (), "total": 0, "decisions": (), "criteria": (), "differences": (), "by_source": ()}
    )
    assert "Prøveplan" in text_of(word.filled(empty))


def test_the_municipalitys_own_template_is_used(content: PlanContent) -> None:
    own = template(
        "Vårt: {{ plan|upper }}", "{%p for t in tiltak %}", "{{ loop.index }} {{ t.sum_kr }}", "{%p endfor %}"
    )
    word.require_fillable(own, "mal.docx")
    assert text_of(word.filled(content, own)).replace("\xa0", " ") == "Vårt: PRØVEPLAN\n1 400 000 kr"


def test_every_listed_code_can_be_used() -> None:
    codes = [code for code, _value in word.listed_codes() if "[" not in code]
    word.require_fillable(template(*(f"{{{{ {code} }}}}" for code in codes)), "mal.docx")


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("{{ plann }}", "«plann»"),
        ("{% for t in tiltak %}{{ t.tittl }}{% endfor %}", "«t.tittl»"),
        ("{% if false %}{{ finnes.ikke }}{% endif %}", "«finnes»"),
        ("{% for t in tiltakene %}{% endfor %}", "«tiltakene»"),
        ("{{ plan|pprint }}", "«|pprint»"),
        ("{{ drift.aar.ukjent }}", "«drift.aar.ukjent»"),
    ],
)
def test_an_unknown_code_is_named(code: str, named: str) -> None:
    message = refusal(template(code))
    assert named in message
    assert "finnes ikke" in message or "ikke finnes" in message


@pytest.mark.parametrize(
    "code",
    [
        "{{ ''.__class__ }}",
        "{{ plan.__class__.__mro__ }}",
        "{{ plan['__class__'] }}",
        "{{ plan.upper() }}",
        "{{ figur_type.tpl.template_file }}",
        "{{ lipsum() }}",
        "{{ cycler.__init__ }}",
        "{{ self }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'x' ~ plan }}",
        "{% for i in range(100000000) %}x{% endfor %}",
        "{% set a = plan %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% macro m() %}{% endmacro %}",
        "{% for t in tiltak recursive %}{% endfor %}",
        "{{ tiltak|map(attribute='__class__')|list }}",
        "{{ plan|attr('__class__') }}",
        "{% for a in tiltak %}{% for b in tiltak %}{% for c in tiltak %}{% for d in tiltak %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
    ],
)
def test_code_that_reaches_out_is_refused(code: str) -> None:
    assert refusal(template(code)).startswith("Malen ")


def test_code_in_the_head_the_foot_and_the_properties_is_held_to_the_same() -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "{{ hode }}"
    out = io.BytesIO()
    made.save(out)
    assert "«hode»" in refusal(out.getvalue())
    made = docx.Document()
    made.core_properties.subject = "{{ emne }}"
    out = io.BytesIO()
    made.save(out)
    assert "«emne»" in refusal(out.getvalue())


def test_a_code_that_is_not_closed_is_told() -> None:
    assert "feil i en kode" in refusal(template("{% for t in tiltak %}"))


def test_a_template_that_repeats_beyond_measure_is_stopped(content: PlanContent) -> None:
    many = content.model_copy(update={"measures": content.measures * 200})
    loops = "".join(f"{{% for {name} in tiltak %}}" for name in "abc") + "." + "{% endfor %}" * 3
    with pytest.raises(Invalid, match="for stort"):
        word.filled(many, template(loops))


def test_macros_are_refused() -> None:
    assert "makroer" in refusal(changed({"word/vbaProject.bin": b"x"}))


@pytest.mark.parametrize("name", ["word/embeddings/oleObject1.bin", "word/activeX/activeX1.xml", "word/afchunk1.htm"])
def test_embedded_objects_are_refused(name: str) -> None:
    assert "innebygde" in refusal(changed({name: b"<x/>"}))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "https://example.org/mal.dotm"),
        ("image", "https://example.org/spor.png"),
        ("image", "file:///etc/passwd"),
        ("hyperlink", "file://server/del"),
        ("frame", "https://example.org"),
    ],
)
def test_what_is_fetched_from_outside_is_refused(kind: str, target: str) -> None:
    assert "utenfra" in refusal(relation(kind, target))


def test_a_link_to_a_page_is_fine() -> None:
    word.require_fillable(relation("hyperlink", "https://example.org"), "mal.docx")


def test_fields_that_fetch_are_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(template("{{ plan }}"))) as archive:
        text = archive.read("word/document.xml").decode()
    field = '<w:p><w:r><w:instrText>INCLUDEPICTURE "https://example.org/a.png"</w:instrText></w:r></w:p><w:sectPr'
    assert "felt" in refusal(changed({"word/document.xml": text.replace("<w:sectPr", field, 1).encode()}))


def test_entities_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:settings/>'
    assert "uvanlig" in refusal(changed({"word/settings.xml": bomb}))
    assert "uvanlig" in refusal(changed({"word/settings.xml": bomb.decode().encode("utf-16")}))


def test_a_zip_bomb_is_refused() -> None:
    assert "pakkes ut" in refusal(changed({"word/media/a.xml": b"\0" * (31 * 1024 * 1024)}))


@pytest.mark.parametrize(("data", "name"), [(b"PK\x03\x04x", "mal.docx"), (b"hei", "mal.docx"), (b"x", "mal.dotm")])
def test_what_is_no_word_file_is_refused(data: bytes, name: str) -> None:
    assert refusal(data, name)


def test_a_template_beyond_five_megabytes_is_refused() -> None:
    assert "5 MB" in refusal(b"PK" + b"\0" * (5 * 1024 * 1024))
