"""The chain: what is hashed, in which form. Published, so that anyone can verify (docs/audit-format.md).

Format 1: the hash is SHA-256 over the previous hash and a canonical JSON object of the event's envelope.
What may hold personal data (names, before and after) is not in the envelope; a salted commitment to it is,
so that lawful erasure removes the details while the chain still proves that there was an entry.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = 1
GENESIS = "0" * 64


def canonical(value: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()


def commitment(salt: str, details: Mapping[str, Any]) -> str:
    """SHA-256 of salt and details; without the salt nobody can guess what was erased."""
    return hashlib.sha256(salt.encode() + b"\n" + canonical(details)).hexdigest()


def chain_hash(previous: str, envelope: Mapping[str, Any]) -> str:
    """The hash of an event, bound to the one before it."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical({"format": FORMAT, **envelope})).hexdigest()


@dataclass(frozen=True)
class Link:
    """One event as read back for verification; `details` is None once erased."""

    sequence: int
    envelope: Mapping[str, Any]
    commitment: str
    previous: str
    hash: str
    salt: str | None = None
    details: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Broken:
    """The first place where the chain does not hold."""

    sequence: int
    why: str


def verify(links: Iterable[Link], *, head: tuple[int, str] | None = None) -> Broken | int:
    """Walk the chain; returns the number of events, or the first break.

    `head` is the known last (sequence, hash): without it a cut tail cannot be seen.
    """
    previous, expected = GENESIS, 1
    for link in links:
        if link.sequence != expected:
            return Broken(expected, "missing")
        if link.previous != previous:
            return Broken(link.sequence, "order")
        if chain_hash(previous, {**link.envelope, "details": link.commitment}) != link.hash:
            return Broken(link.sequence, "envelope")
        if link.details is not None and commitment(link.salt or "", link.details) != link.commitment:
            return Broken(link.sequence, "details")
        previous, expected = link.hash, expected + 1
    if head is not None and head != (expected - 1, previous):
        return Broken(min(expected, head[0]), "tail")
    return expected - 1
