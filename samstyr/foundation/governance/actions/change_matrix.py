"""Change the responsibility matrix of the model: a new draft with everything else as it was written."""

from __future__ import annotations

from uuid import UUID

from samstyr.foundation.access import Act, may
from samstyr.foundation.audit.action import Context, action
from samstyr.foundation.kernel.errors import FieldError, Invalid

from ..models import ModelVersion
from ..rules.later import Responsibility
from ..rules.responsibility import Row, faults_of, with_matrix
from .adopt import draft_version, model_facts


@action("model.change_matrix", kind="model")
def change_matrix(ctx: Context, *, version_id: UUID, matrix: Responsibility, reason: str = "") -> ModelVersion:
    """Keep the version's text with this matrix as the next draft (N-121, I-15).

    Raises Refused, NotFound, and Invalid with a fault for each row that has not one accountable and somebody who does
    it, or a letter outside the alphabet.
    """
    ctx.require(may(ctx.actor, Act.MODEL_MANAGE, model_facts(ctx)))
    row = ctx.load(ModelVersion, version_id)
    errors = [
        FieldError("rows", fault, str(line.activity))
        for line in matrix.rows
        for fault in faults_of(Row(str(line.activity), dict(line.cells)), matrix.letters)
    ]
    if errors:
        raise Invalid(*errors)
    made: ModelVersion = draft_version(actor=ctx.actor, now=ctx.now, text=with_matrix(row.text, matrix), reason=reason)
    ctx.record("model.matrix_changed", made, rows=len(matrix.rows))
    return made
