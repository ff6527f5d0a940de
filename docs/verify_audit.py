#!/usr/bin/env python3
"""Verify an exported audit trail without Samstyr: python3 verify_audit.py spor.jsonl [number hash]

The export is made with `samstyr audit export --tenant NAME`; the format is described in audit-format.md.
`number` and `hash` are a checkpoint that you kept elsewhere: with it a chain forged or cut before that number is
found, even when everything in the export agrees with itself. Exit status: 0 in order, 1 broken, 2 unreadable.
"""

import hashlib
import json
import sys


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(first, value):
    return hashlib.sha256(first.encode() + b"\n" + canonical(value)).hexdigest()


def verify(lines, checkpoint=None):
    """(number of events, number without details), or a string saying where it breaks."""
    head = json.loads(next(lines))
    if head["format"] != 1:
        return f"unknown format {head['format']}"
    previous, number, erased = "0" * 64, 0, 0
    for text in lines:
        line, number = json.loads(text), number + 1
        envelope = line["envelope"]
        if envelope["sequence"] != number:
            return f"number {number} is missing"
        if envelope["tenant"] != head["tenant"]:
            return f"number {number} belongs to another tenant"
        if line["previous"] != previous:
            return f"number {number} does not follow the one before it"
        if sha256(previous, {"format": 1, **envelope, "details": line["commitment"]}) != line["hash"]:
            return f"number {number} has been changed"
        if line.get("details") is None:
            erased += 1
        elif sha256(line["salt"], line["details"]) != line["commitment"]:
            return f"the details of number {number} have been changed"
        previous = line["hash"]
        if checkpoint and number == checkpoint[0] and previous != checkpoint[1]:
            return f"the history up to number {number} is not the one you kept a hash of"
    if (number, previous) != (head["last"], head["hash"]):
        return f"the chain ends at number {number}, but its head says {head['last']}"
    if checkpoint and number < checkpoint[0]:
        return f"the chain ends at number {number}, before your checkpoint"
    return number, erased


if __name__ == "__main__":
    try:
        kept = (int(sys.argv[2]), sys.argv[3]) if len(sys.argv) > 3 else None
        with open(sys.argv[1], encoding="utf-8") as file:
            result = verify(file, kept)
    except (IndexError, OSError, ValueError, KeyError, StopIteration) as fault:
        sys.exit(print(f"cannot read the export: {fault!r}", file=sys.stderr) or 2)
    if isinstance(result, str):
        sys.exit(print(f"BROKEN: {result}", file=sys.stderr) or 1)
    print(f"{result[0]} events in order, {result[1]} without details")
