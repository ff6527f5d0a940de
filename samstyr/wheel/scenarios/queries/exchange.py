"""The portfolio out as a workbook, and what a workbook that comes back would do. Nothing here writes."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import translation
from django.utils.crypto import salted_hmac

from samstyr.foundation.access import Act, Actor, may
from samstyr.foundation.audit import queries as audit
from samstyr.foundation.documents.files import read_bytes
from samstyr.foundation.documents.models import Document
from samstyr.foundation.kernel.errors import FieldError, Invalid, NotFound
from samstyr.foundation.kernel.text import Sentence, gettext_noop, say
from samstyr.foundation.tables.filling import FillColumn, FillSheet, fillable
from samstyr.foundation.tables.reading import Table, read_sheets
from samstyr.foundation.tenancy.scope import require_tenant_id
from samstyr.wheel.needs.models import Need
from samstyr.wheel.prioritisation import queries as prioritisation

from ..models import Candidate, CandidateLink, CandidateOrganisation
from ..rules.exchange.cells import Names, names_of
from ..rules.exchange.columns import (
    BASELINE_SHEET,
    COLUMNS,
    GUIDE_SHEET,
    LIST_SHEET,
    SHEETS,
    Words,
    plain,
    unread,
    words_in,
)
from ..rules.exchange.judging import Against, Present, Seen, Standing, judged
from ..rules.exchange.reading import Around, Plain, read_portfolio
from ..rules.exchange.writing import Writer, baseline_read, lists_of
from ..rules.values import CandidateValues, Known, LinkRow
from .bulk import costs_and_staff, grouped
from .listing import needs_to_pick
from .reading import known, scenario_facts

# The kind of owner that a workbook waiting to be confirmed has: the person who uploaded it.
FILE_KIND = "portfolio_import"
_STAMP = "stamp"
_FACTS = (
    "title", "focus_area", "kind", "owner", "description", "value", "value_reason", "risk", "mandatory",
    "mandatory_reason", "earliest", "latest", "duration", "cost_key", "own_shares",
)  # fmt: skip


def present_candidates(day: date) -> dict[UUID, Present]:
    """Every candidate with what belongs to it as plain values, by number; a few queries in all."""
    organisations = grouped(CandidateOrganisation.objects.order_by("pk").values_list("candidate_id", "organisation_id"))
    costs, staff = costs_and_staff()
    links = grouped(
        (key, LinkRow(*row))
        for key, *row in CandidateLink.objects.order_by("kind", "group", "pk").values_list(
            "candidate_id", "kind", "other_id", "group"
        )
    )
    columns = ("pk", "number", "version", "need_id", "area_id", "goals", "dropped_reason", *_FACTS)
    rows = list(Candidate.objects.order_by("number").values(*columns))
    given = prioritisation.value_of_needs([row["need_id"] for row in rows if row["need_id"]], day)
    found = {}
    for row in rows:
        key = row["pk"]
        values = CandidateValues(
            need=row["need_id"], area=row["area_id"], goals=tuple(row["goals"]),
            organisations=tuple(organisations.get(key, ())), costs=tuple(costs.get(key, ())),
            staff=tuple(staff.get(key, ())), links=tuple(links.get(key, ())),
            **{name: row[name] for name in _FACTS},
        )  # fmt: skip
        # Without a prioritisation, the value as it stands is what was given: see `value_of`.
        value = given.get(row["need_id"], row["value"]) if row["need_id"] else None
        found[key] = Present(row["number"], row["version"], values, row["dropped_reason"], value)
    return found


def portfolio_file(actor: Actor, now: datetime, day: date, *, slug: str, unit: int = 1) -> bytes:
    """The whole portfolio as a workbook to edit and send back; amounts in kroner or thousands of kroner.

    A very hidden sheet keeps how each candidate stood, sealed with the installation's secret.
    """
    may(actor, Act.PLAN_EDIT, scenario_facts()).require()
    known_now, present = known(day), present_candidates(day)
    names = names_of(known_now)
    writer = Writer(present, names, _needs(), unit)
    rows = {
        "candidates": writer.candidates(),
        "costs": writer.costs(),
        "staff": writer.staff(),
        "links": writer.links(),
    }
    leave_out = "thousands" if unit == 1 else "amount"
    sheets = [
        FillSheet(str(say(GUIDE_SHEET)), [FillColumn(str(say(GUIDE_SHEET)), 110)], [[str(say(line))] for line in GUIDE])
    ]
    for sheet, columns in COLUMNS.items():
        laid = [
            FillColumn(str(say(column.heading)), column.width, column.hidden, column.options, column.number)
            for column in columns
            if column.name != leave_out
        ]
        sheets.append(FillSheet(str(say(SHEETS[sheet])), laid, rows[sheet]))
    sheets.append(_baseline_sheet(writer, now, slug, unit))
    return fillable(sheets, lists_of(known_now, names), LIST_SHEET)


def _needs() -> dict[UUID, int]:
    rows = Need.objects.filter(number__isnull=False).values_list("pk", "number")
    return {key: number for key, number in rows if number is not None}


def _baseline_sheet(writer: Writer, now: datetime, slug: str, unit: int) -> FillSheet:
    kept = list(writer.baseline())
    stamp = {"tenant": str(require_tenant_id()), "slug": slug, "at": now.isoformat(), "unit": unit}
    stamp["seal"] = _seal(stamp, [(key, text) for key, _version, text in kept])
    columns = [FillColumn("key", 38), FillColumn("version"), FillColumn("content", 60)]
    return FillSheet(BASELINE_SHEET, columns, [[_STAMP, 0, json.dumps(stamp)], *kept], "very hidden")


def _seal(stamp: Mapping[str, object], kept: Iterable[tuple[str, str]]) -> str:
    """A seal that only this installation can make; the order of the rows does not count."""
    digest = hashlib.sha256()
    for key, text in sorted(kept):
        digest.update(f"{key}\n{text}\n".encode())
    content = json.dumps({**stamp, "seal": "", "rows": digest.hexdigest()}, sort_keys=True)
    return salted_hmac("samstyr.portfolio.exchange", content, algorithm="sha256").hexdigest()


@dataclass(frozen=True)
class Preview:
    """What a workbook would do, candidate by candidate. `seal` says which state of things this was seen in."""

    rows: tuple[Seen, ...]
    names: Names
    loose: tuple[FieldError, ...] = ()
    notes: tuple[Sentence, ...] = ()
    made_at: datetime | None = None
    seal: str = ""
    against: Against | None = None

    def of(self, standing: Standing) -> list[Seen]:
        """The candidates of one standing, in the file's order."""
        return [row for row in self.rows if row.standing is standing]

    @property
    def counts(self) -> dict[str, int]:
        """How many candidates of each standing."""
        found = dict.fromkeys(Standing, 0)
        for row in self.rows:
            found[row.standing] += 1
        return {standing.value: number for standing, number in found.items()}

    @property
    def does_nothing(self) -> bool:
        """Whether the file holds nothing that is not already so."""
        told = {Standing.SAME, Standing.OTHERS, Standing.EXISTING}
        return not self.loose and all(row.standing in told for row in self.rows)


def kept_portfolio_file(actor: Actor, document_id: UUID) -> Document:
    """The workbook that the actor has uploaded. Raises NotFound for others' and other kinds."""
    found = Document.objects.filter(owner_kind=FILE_KIND, owner_id=actor.person, pk=document_id).first()
    if found is None:
        raise NotFound
    return cast("Document", found)


def preview_portfolio(actor: Actor, document_id: UUID, *, day: date) -> Preview:
    """What the uploaded workbook would do now. Raises Invalid for a file that cannot be read."""
    document = kept_portfolio_file(actor, document_id)
    return preview_of(read_bytes(document), document.file_name, day=day)


def preview_of(data: bytes, file_name: str, *, day: date) -> Preview:
    """As `preview_portfolio`, of the bytes of a file."""
    words = recognised()
    tables = read_sheets(data, file_name, lambda name: name == BASELINE_SHEET or plain(name) in words.sheets)
    stamp, baseline, notes = _kept(tables.pop(BASELINE_SHEET, None))
    known_now, present = known(day), present_candidates(day)
    names = names_of(known_now)
    found = {words.sheets[plain(name)]: table for name, table in tables.items()}
    around = Around(
        words,
        names,
        {one.number: key for key, one in present.items()},
        {number: key for key, number in _needs().items()},
    )
    read = read_portfolio({name: Plain(table.header, table.rows) for name, table in found.items()}, around)
    from_needs = any(row.mine.get("need") for row in read.rows if row.key is None)
    against = _against(present, known_now, (stamp, baseline), day, from_needs=from_needs)
    rows = judged(read, against)
    notes += _unread(found, words)
    made_at = datetime.fromisoformat(str(stamp["at"])) if stamp else None
    seen = Preview(tuple(rows), names, tuple(read.loose), tuple(notes), made_at, "", against)
    return Preview(seen.rows, names, seen.loose, seen.notes, made_at, _seen_seal(seen, data), against)


def _against(
    present: Mapping[UUID, Present],
    known_now: Known,
    kept: tuple[dict[str, object] | None, dict[UUID, dict[str, str]] | None],
    day: date,
    *,
    from_needs: bool,
) -> Against:
    stamp, baseline = kept
    pickable = list(needs_to_pick().values_list("pk", flat=True)) if from_needs else []
    # The same new row of the same file is the same candidate, also when the file is sent twice.
    space = uuid5(require_tenant_id(), str(stamp["seal"]) if stamp else FILE_KIND)
    given = prioritisation.value_of_needs(pickable, day) if pickable else {}
    return Against(present, known_now, space, baseline, frozenset(pickable), given)


def _kept(table: Table | None) -> tuple[dict[str, object] | None, dict[UUID, dict[str, str]] | None, list[Sentence]]:
    """The stamp and how things stood when the file was made, when both are there and unbroken."""
    lost = [say(gettext_noop("Det skjulte arket i filen mangler eller er endret. Vi kan derfor ikke alltid se hva andre har endret siden filen ble hentet."))]  # fmt: skip
    if table is None:
        return None, None, lost
    try:
        kept = [(str(row[0]), str(row[2])) for _number, row in table.rows]
        stamp = json.loads(next(text for key, text in kept if key == _STAMP))
        kept = [pair for pair in kept if pair[0] != _STAMP]
        other = stamp["tenant"] != str(require_tenant_id())
        broken = not hmac.compare_digest(_seal(stamp, kept), str(stamp["seal"]))
        baseline = baseline_read(kept)
        datetime.fromisoformat(str(stamp["at"]))
    except (ValueError, KeyError, IndexError, TypeError, StopIteration):
        return None, None, lost
    if other:
        raise Invalid.field(
            "file",
            say(gettext_noop("Filen er hentet fra en annen styringsordning.")),
            remedy=say(gettext_noop("Hent porteføljen som Excel her, og endre i den filen.")),
        )
    return (None, None, lost) if broken else (stamp, baseline, [])


def _unread(found: Mapping[str, Table], words: Words) -> list[Sentence]:
    notes = []
    for sheet, table in found.items():
        names = unread(sheet, table.header, words)
        if names:
            notes.append(
                say(
                    gettext_noop("Disse kolonnene i arket «%(sheet)s» blir ikke lest: %(names)s."),
                    sheet=table.sheet,
                    names=", ".join(names[:10]),
                )
            )
    return notes


def _seen_seal(seen: Preview, data: bytes) -> str:
    """What the person has seen: the file, and the version of each candidate in it that differs."""
    digest = hashlib.sha256(hashlib.sha256(data).digest())
    for row in sorted(seen.rows, key=lambda one: str(one.key)):
        if row.cells or row.standing is Standing.NEW:
            digest.update(f"{row.key} {row.version}\n".encode())
    return digest.hexdigest()


def recognised() -> Words:
    """Headings and fixed words in every language that the pages come in."""

    def spellings(source: str) -> list[str]:
        found = [source]
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                found.append(str(say(source)))
        return found

    return words_in(spellings)


@dataclass(frozen=True)
class LastChange:
    """Who last changed a candidate, and when."""

    who: str
    at: datetime


def last_changes(keys: Iterable[UUID], after: datetime | None = None) -> dict[UUID, LastChange]:
    """The last change of each of the candidates, after the moment when it is given."""
    found = audit.latest_of(keys, after=after)
    return {key: LastChange(entry.actor, entry.at) for key, entry in found.items()}


def need_numbers() -> dict[str, int]:
    """Needs' numbers by key."""
    return {str(key): number for key, number in _needs().items()}


GUIDE = (
    gettext_noop("Endre det du vil i arkene Kandidater, Kostnader, Bemanning og Avhengigheter, og last opp filen igjen under Kandidater."),
    gettext_noop("Før noe lagres, får du se hver endring, og hva andre har endret i mellomtiden. Der begge har endret det samme, velger du."),
    gettext_noop("En tømt celle betyr at feltet tømmes. En kolonne eller et ark du sletter, lar vi stå urørt."),
    gettext_noop("En rad du sletter, blir ikke slettet i Samstyr. En kandidat som skal ut: skriv utgår i kolonnen Utgår, med begrunnelse. En rad i de andre arkene som skal bort: skriv slett i kolonnen Slett raden."),
    gettext_noop("En ny kandidat: skriv den på en tom rad, og la nummeret stå tomt. Skal den ha kostnader, bemanning eller avhengigheter, kaller du den ny 1, ny 2 og så videre, og bruker det samme navnet i de andre arkene."),
    gettext_noop("Flere kommuner skilles med semikolon. Beløp er i den enheten som står i overskriften. År regnes fra starten: 1 er det første."),
    gettext_noop("Ikke endre skjulte kolonner og ark, og sorter alltid hele arket. Behovet til en kandidat kan ikke byttes."),
    gettext_noop("Mål og egen fordeling mellom kommunene er ikke med i filen, og endres bare i Samstyr."),
)  # fmt: skip
