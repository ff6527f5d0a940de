"""The house holds: each guard finds nothing, and has been seen to find a planted fault."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from samstyr import switchboard
from samstyr.foundation.kernel.events import Event

from .guards import GUARDS, ROOT, python_files


@pytest.mark.parametrize("guard", GUARDS)
def test_nothing_found(guard: str) -> None:
    assert GUARDS[guard]() == []


def test_every_event_is_heard_or_known_to_be_unheard() -> None:
    heard = {event for event, _handler in switchboard.CONNECTIONS} | switchboard.UNHEARD
    missing = []
    for name, _text in python_files():
        if name.endswith("/events.py") and "/kernel/" not in name:
            module = importlib.import_module(name.removesuffix(".py").replace("/", "."))
            own = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Event)]
            bases = {base for value in own for base in value.__mro__[1:]}
            missing += [
                f"{module.__name__}.{event.__name__}"
                for event in own
                if event.__module__ == module.__name__ and event not in heard and event not in bases
            ]
    assert missing == [], "connect them in samstyr/switchboard.py, or list them there as unheard"


# (guard, file, what is added to it): each fault is one that somebody in a hurry might write.
FAULTS = [
    ("writes", "samstyr/web/needs/views/listing.py", "\n\ndef hurry(row):\n    row.save()\n"),
    ("writes", "samstyr/wheel/needs/queries/lists.py", "\n\ndef hurry():\n    Need.objects.create(title='x')\n"),
    ("forbidden", "samstyr/wheel/needs/rules/values.py", "\n\nimport datetime as d\nNOW = d.datetime.now()\n"),
    ("forbidden", "samstyr/web/needs/forms.py", "\n\nX = mark_safe('<b>')\n"),
    ("inline", "samstyr/web/templates/home/start.html", "<p style='color:red'>x</p>"),
    ("inline", "samstyr/web/templates/home/start.html", "<button onclick='go()'>x</button>"),
    ("components", "samstyr/foundation/ui/templates/ui/footer.html", "{% include 'needs/list.html' %}"),
    (
        "foreign keys",
        "samstyr/wheel/needs/models.py",
        "\n\nclass Hurry(models.Model):\n    line = models.ForeignKey('samstyr.PlanLine', on_delete=models.CASCADE)\n",
    ),
    ("sizes", "samstyr/wheel/needs/rules/values.py", "\n" * 600),
    ("documents", "samstyr/web/needs/forms.py", "\n\nCHOICES = ['Birkenes kommune']\n"),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source tree to plant faults in."""
    copy = tmp_path_factory.mktemp("tree")
    shutil.copytree(
        ROOT / "samstyr", copy / "samstyr", ignore=shutil.ignore_patterns("__pycache__", "static", "*.po", "*.mo")
    )
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


@pytest.mark.parametrize(("guard", "file", "fault"), FAULTS)
def test_planted_fault_is_found(tree: Path, guard: str, file: str, fault: str) -> None:
    place = tree / file
    before = place.read_text("utf-8")
    place.write_text(before + fault, "utf-8")
    try:
        assert any(file in line for line in GUARDS[guard](tree)), f"{guard} did not see the fault in {file}"
    finally:
        place.write_text(before, "utf-8")


# (contract, file, import): what the import contract must refuse.
IMPORTS = [
    ("Look back", "samstyr/wheel/needs/queries/lists.py", "import samstyr.wheel.portfolio.queries"),
    ("Look back", "samstyr/wheel/needs/queries/lists.py", "def f():\n    import samstyr.wheel.portfolio.queries"),
    (
        "Look back",
        "samstyr/wheel/needs/queries/lists.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import samstyr.wheel.portfolio.queries",
    ),
    (
        "Meetings and hearings",
        "samstyr/procedure/casework/queries/__init__.py",
        "import samstyr.procedure.hearings.queries",
    ),
    ("Foundation", "samstyr/foundation/audit/queries.py", "import samstyr.foundation.organisations.queries"),
    ("Rules know", "samstyr/wheel/needs/rules/values.py", "import django.utils.timezone"),
    ("Inside a room", "samstyr/wheel/needs/models.py", "import samstyr.wheel.needs.actions"),
    ("Pages and exports", "samstyr/web/needs/forms.py", "import samstyr.wheel.needs.models"),
    ("A floor", "samstyr/wheel/needs/queries/lists.py", "import samstyr.web.needs.forms"),
    ("A floor", "samstyr/wheel/handovers/decision_to_plan.py", "import samstyr.outward"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("contract", "file", "statement"), IMPORTS)
def test_planted_import_is_refused(tree: Path, contract: str, file: str, statement: str) -> None:
    place = tree / file
    before = place.read_text("utf-8")
    place.write_text(f"{before}\n{statement}\n", "utf-8")
    try:
        command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
        run = subprocess.run(
            command, cwd=tree, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(tree)}
        )
    finally:
        place.write_text(before, "utf-8")
    broken = [line for line in run.stdout.splitlines() if " BROKEN" in line]
    assert run.returncode != 0
    assert any(line.startswith(contract) for line in broken), run.stdout[-2000:]
