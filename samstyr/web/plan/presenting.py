"""What the plan's pages show of a version; assembled where the documents are, so that page and file agree."""

from __future__ import annotations

from samstyr.outward.exports.assembling import (
    Row,
    Whole,
    costs_of,
    decision_words,
    treatments,
    version_status,
    whole,
)

__all__ = ["Row", "Whole", "costs_of", "decision_words", "treatments", "version_status", "whole"]
