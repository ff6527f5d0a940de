"""Texts and keys, as every part of a model has them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

from samstyr.foundation.kernel.text import reader_language

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,58}$")]
Language = Literal["nb", "nn", "en"]
Line = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]


class Part(BaseModel):
    """A piece of a model: immutable, and with no keys but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Text(RootModel[Line | Annotated[dict[Language, Line], Field(min_length=1)]]):
    """What people read: a plain string (bokmål), or one string per language."""

    model_config = ConfigDict(frozen=True)

    def __str__(self) -> str:
        if isinstance(self.root, str):
            return self.root
        texts: dict[str, str] = dict(self.root.items())
        return texts.get(reader_language()) or texts.get("nb") or next(iter(texts.values()))

    def __hash__(self) -> int:
        return hash(str(self.root))


class Condition(Part):
    """A question to the case's facts, in a closed vocabulary: one comparison, or all/any/not of others."""

    fact: (
        Literal[
            "total_cost",
            "first_year_cost",
            "investment_cost",
            "operating_cost",
            "scope",
            "personal_data",
            "archive",
            "work_changes",
            "statutory",
            "has_product",
            "shared",
            "organisation",
            "subject",
            "size_class",
            "document_type",
            "late",
        ]
        | None
    ) = None
    op: Literal["eq", "ne", "lt", "le", "gt", "ge", "in"] = "eq"
    value: bool | int | str | tuple[int | str, ...] = True
    all: tuple[Condition, ...] | None = None
    any: tuple[Condition, ...] | None = None
    not_: Condition | None = Field(default=None, alias="not")

    def facts_used(self) -> set[str]:
        """The facts that the condition asks for."""
        found: set[str] = {self.fact} if self.fact else set()
        for part in (
            *(self.all or ()),
            *(self.any or ()),
            *((self.not_,) if self.not_ else ()),
        ):
            found |= part.facts_used()
        return found
