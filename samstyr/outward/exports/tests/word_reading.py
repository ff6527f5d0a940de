"""A Word file read without the library that wrote it: the package by ECMA-376 part 2, the text by part 1, stdlib alone."""

from __future__ import annotations

import io
import posixpath
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def faults_of(data: bytes) -> list[str]:
    """What another program would stumble on: a damaged part, one without a type, a relation or style without a target."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    found = [f"{name} is damaged" for name in [archive.testzip()] if name]
    names = set(archive.namelist())
    if len(names) != len(archive.namelist()):
        found.append("a part stands twice")
    types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
    endings = {row.get("Extension", "").lower() for row in types.iter(f"{TYPES}Default")}
    parts = {row.get("PartName") for row in types.iter(f"{TYPES}Override")}
    found += [
        f"{name} has no type"
        for name in names - {"[Content_Types].xml"}
        if f"/{name}" not in parts and name.rpartition(".")[2].lower() not in endings and not name.endswith("/")
    ]
    found += [f"{name} is declared and not there" for name in parts if name and name.lstrip("/") not in names]
    for name in names:
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(archive.read(name))
        if name.endswith(".rels"):
            found += _lost(archive, name, names)
    return found + _unknown_styles(archive) + _lost_references(archive)


def _lost(archive: zipfile.ZipFile, name: str, names: set[str]) -> list[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    found = []
    for row in ElementTree.fromstring(archive.read(name)).iter(f"{RELATIONS}Relationship"):
        target = row.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if row.get("TargetMode") != "External" and path not in names:
            found.append(f"{name} points to {path}, which is not there")
    return found


def _unknown_styles(archive: zipfile.ZipFile) -> list[str]:
    styles = ElementTree.fromstring(archive.read("word/styles.xml"))
    known = {row.get(f"{W}styleId") for row in styles.iter(f"{W}style")}
    document = ElementTree.fromstring(archive.read("word/document.xml"))
    used = {
        row.get(f"{W}val") for name in ("pStyle", "rStyle", "tblStyle") for row in document.iter(f"{W}{name}")
    }  # fmt: skip
    return [f"the style {name} is not defined" for name in sorted(str(one) for one in used - known)]


def _lost_references(archive: zipfile.ZipFile) -> list[str]:
    document = ElementTree.fromstring(archive.read("word/document.xml"))
    relations = ElementTree.fromstring(archive.read("word/_rels/document.xml.rels"))
    known = {row.get("Id") for row in relations.iter(f"{RELATIONS}Relationship")}
    used = {value for row in document.iter() for key, value in row.attrib.items() if key.startswith(R)}
    return [f"{one} is no relation" for one in sorted(used - known)]  # type: ignore[type-var]


def text_of(data: bytes) -> str:
    """All text in the order it stands, a line for each paragraph."""
    document = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return "\n".join(
        "".join(part.text or "" for part in paragraph.iter(f"{W}t")) for paragraph in document.iter(f"{W}p")
    )


def headings_of(data: bytes) -> list[tuple[int, str]]:
    """Level and text of each heading, by the outline level that its style gives."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    levels: dict[str | None, int] = {}
    for style in ElementTree.fromstring(archive.read("word/styles.xml")).iter(f"{W}style"):
        level = style.find(f"{W}pPr/{W}outlineLvl")
        if level is not None:
            levels[style.get(f"{W}styleId")] = int(level.get(f"{W}val", "0")) + 1
    found = []
    for paragraph in ElementTree.fromstring(archive.read("word/document.xml")).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in levels:
            text = "".join(part.text or "" for part in paragraph.iter(f"{W}t"))
            found.append((levels[style.get(f"{W}val")], text))
    return found
