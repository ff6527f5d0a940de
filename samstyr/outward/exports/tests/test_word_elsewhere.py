"""The Word files read by others than who wrote them: by the standard alone, and by LibreOffice where it is at hand."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from samstyr.outward.exports import case_paper, minutes_word
from samstyr.outward.exports import word as plan_word
from samstyr.outward.exports.case_paper import CasePaperEdition

from .test_minutes import EDITION
from .word_reading import faults_of, headings_of, text_of

PAPER = CasePaperEdition(
    "Saksframlegg: Felles innlogging", "Ordningen", "nb", date(2026, 9, 22), (("Organ", "Utvalget"),),
    (
        ("Saken", "", "Kommunene har hver sin innlogging."),
        ("Forslag til vedtak", "", "- Ja\n- Nei\n\n| A | B |\n|---|---|\n| c | d |"),
    ),
    "saksframlegg-2026-1",
)  # fmt: skip
FILES: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "minutes": (lambda: minutes_word.word(EDITION), ("Møtebok Utvalget 1/2026", "Vedtatt.", "Leder godkjente.", "Kom 09.20.")),
    "case paper": (lambda: case_paper.word(PAPER), ("Felles innlogging", "Kommunene har hver sin innlogging.", "Nei")),
    "plan": (lambda: plan_word.filled(plan_word.sample()), ()),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_it_follows_the_standard_and_says_all(name: str) -> None:
    make, said = FILES[name]
    data = make()
    assert faults_of(data) == []
    text = text_of(data)
    assert [one for one in said if one not in text] == []
    assert len(headings_of(data)) >= 2


def test_headings_of_the_minutes_come_in_the_order_of_the_sections() -> None:
    titles = [text for level, text in headings_of(minutes_word.word(EDITION)) if level == 1]
    assert titles[:3] == ["Møtet", "1/26 #let x = 1", "2/26 Unntatt offentlighet"]


def test_the_reader_sees_what_is_broken() -> None:
    """The planted faults: a part without its target, an undefined style, a part that was never declared."""
    data = minutes_word.word(EDITION)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b'w:val="Heading1"', b'w:val="Finnes ikke"')
            if name != "docProps/core.xml":
                new.writestr(name, content)
        new.writestr("word/ukjent.bin", b"x")
    found = " ".join(faults_of(out.getvalue()))
    for said in ("docProps/core.xml", "the style Finnes ikke", "word/ukjent.bin has no type"):
        assert said in found, found


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not at hand")
@pytest.mark.parametrize("name", FILES)
def test_libreoffice_opens_it_and_loses_no_word(name: str, tmp_path: Path) -> None:
    data = FILES[name][0]()
    (tmp_path / "fil.docx").write_bytes(data)
    home = f"-env:UserInstallation=file://{tmp_path}/hjem"
    command = ["soffice", home, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path), "fil.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=120, capture_output=True)
    converted = (tmp_path / "fil.txt").read_text(encoding="utf-8-sig")
    assert [word for word in text_of(data).split() if word not in converted] == []
