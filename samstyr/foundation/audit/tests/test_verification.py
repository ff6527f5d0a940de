"""The chain in the database, the command, and the verifier that needs neither."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from samstyr.foundation.audit.queries import chain_head, erased_count, verify_chain
from samstyr.foundation.audit.rules import Broken
from samstyr.foundation.tenancy.models import Tenant
from samstyr.foundation.tenancy.scope import tenant_scope
from tests.support import actor_in, as_owner, make_tenant
from tests.toys import actions as toys

pytestmark = pytest.mark.django_db
VERIFIER = Path(__file__).resolve().parents[4] / "docs" / "verify_audit.py"


@pytest.fixture
def tenant(now: datetime) -> Tenant:
    made = make_tenant()
    with tenant_scope(made.pk):
        for number in range(12):
            toys.write(actor=actor_in(made), now=now, title=f"Behov «{number}» æøå", text="%" * number)
    return made


def tamper(statement: str) -> None:
    """As somebody with the owner's password: the triggers off, the statement run, the triggers on again."""
    tables = ("samstyr_auditevent", "samstyr_auditdetail")
    with as_owner(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {tables[0]}_no_{verb}")
        cursor.execute(statement)


TAMPERINGS = {
    "edited": ("UPDATE samstyr_auditevent SET action = 'x' WHERE sequence = 5", 5),
    "deleted": ("DELETE FROM samstyr_auditevent WHERE sequence = 5", 5),
    "backdated": ("UPDATE samstyr_auditevent SET recorded_at = '2020-01-01 00:00:00+00' WHERE sequence = 5", 5),
    "another actor": ("UPDATE samstyr_auditevent SET actor_id = object_id WHERE sequence = 5", 5),
    "details edited": ("UPDATE samstyr_auditdetail SET details = '{}' WHERE sequence = 5", 5),
    "details of another": (
        "UPDATE samstyr_auditdetail SET details = (SELECT details FROM samstyr_auditdetail WHERE sequence = 6) "
        "WHERE sequence = 5",
        5,
    ),
    "tail cut": ("DELETE FROM samstyr_auditevent WHERE sequence > 9", 10),
    "moved past the head": ("UPDATE samstyr_auditevent SET sequence = 13 WHERE sequence = 12", 12),
    "head moved back": ("UPDATE samstyr_audithead SET sequence = 11", 11),
    "head cut off properly": (
        "UPDATE samstyr_audithead SET sequence = 11, "
        "hash = (SELECT previous_hash FROM samstyr_auditevent WHERE sequence = 12)",
        12,
    ),
    "head gone": ("DELETE FROM samstyr_audithead", 1),
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_in_the_database_is_found(tenant: Tenant, how: str) -> None:
    statement, number = TAMPERINGS[how]
    tamper(statement)
    with tenant_scope(tenant.pk):
        found = verify_chain()
    assert isinstance(found, Broken) and found.sequence == number
    with pytest.raises(CommandError) as refusal:
        call_command("audit", "verify", stdout=io.StringIO())
    assert f"{tenant.slug}: sporet er brutt ved nummer {number}" in str(refusal.value)


def test_a_sound_trail_is_counted_and_sealed(tenant: Tenant) -> None:
    other = make_tenant("tom")
    out = io.StringIO()
    call_command("audit", "verify", stdout=out)
    with tenant_scope(tenant.pk):
        head = chain_head()
    assert head and f"{tenant.slug}: 12 hendelser i orden, 0 uten detaljer, siste hash {head[1]}" in out.getvalue()
    assert f"{other.slug}: 0 hendelser i orden" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("audit", "verify", "--tenant", "finnes-ikke")


def test_erasing_details_leaves_the_chain_whole(tenant: Tenant) -> None:
    tamper("DELETE FROM samstyr_auditdetail WHERE sequence = 5")
    with tenant_scope(tenant.pk):
        assert (verify_chain(), erased_count()) == (12, 1)


def exported(tenant: Tenant, *options: str) -> list[str]:
    out = io.StringIO()
    call_command("audit", "export", "--tenant", tenant.slug, *options, stdout=out)
    return out.getvalue().splitlines(keepends=True)


def check(tmp_path: Path, lines: list[str], *checkpoint: str) -> tuple[int, str]:
    """What the stand-alone verifier says, run with nothing of Samstyr within reach."""
    file = tmp_path / "spor.jsonl"
    file.write_text("".join(lines), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(file), *checkpoint], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_an_export_is_verified_by_anybody(tenant: Tenant, tmp_path: Path) -> None:
    assert check(tmp_path, exported(tenant)) == (0, "12 events in order, 0 without details\n")
    bare = exported(tenant, "--without-details")
    assert check(tmp_path, bare) == (0, "12 events in order, 12 without details\n")
    assert "Behov" not in "".join(bare)
    assert check(tmp_path, ["{}"])[0] == 2


def _edit(place: int, **change: object) -> Callable[[list[str]], None]:
    def run(lines: list[str]) -> None:
        lines[place] = json.dumps({**json.loads(lines[place]), **change}) + "\n"

    return run


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda lines: lines.pop(5), "number 5 is missing"),
        (lambda lines: lines.pop(), "the chain ends at number 11"),
        (_edit(4, details={"label": "x"}), "the details of number 4"),
        (_edit(4, hash="0" * 64), "number 4 has been changed"),
        (_edit(4, previous="0" * 64), "number 4 does not follow"),
        (lambda lines: lines.__setitem__(slice(4, 6), [lines[5], lines[4]]), "number 4 is missing"),
    ],
)
def test_a_changed_export_is_refused(
    tenant: Tenant, tmp_path: Path, change: Callable[[list[str]], None], words: str
) -> None:
    lines = exported(tenant)
    change(lines)
    status, said = check(tmp_path, lines)
    assert status == 1 and words in said


def test_a_kept_hash_reveals_a_history_forged_anew(tenant: Tenant, now: datetime, tmp_path: Path) -> None:
    lines = exported(tenant)
    kept = json.loads(lines[8])["hash"]
    assert check(tmp_path, lines, "8", kept)[0] == 0
    forged = make_tenant()
    with tenant_scope(forged.pk):
        for number in range(12):
            toys.write(actor=actor_in(forged), now=now, title=f"{number}")
    assert check(tmp_path, exported(forged))[0] == 0
    assert check(tmp_path, exported(forged), "8", kept)[0] == 1
    assert check(tmp_path, lines, "99", kept)[0] == 1


def test_the_schema_command(tenant: Tenant) -> None:
    out = io.StringIO()
    call_command("schema", "lint", stdout=out)
    assert "i orden" in out.getvalue()
