"""The one place that speaks with HiGHS (MIT licence), the solver of linear and mixed-integer programmes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from .matrix import Floats, Rows

# Called now and then while the solver works, with the best value and the bound, in points; False stops it.
Watch = Callable[[float, float], bool]
# Called with each better choice as it is found.
Found = Callable[[Floats], None]


@dataclass(frozen=True)
class Answer:
    """What HiGHS says: `columns` is None when it found nothing; the duals are those of a linear programme."""

    status: str
    value: float
    bound: float
    columns: Floats | None
    column_duals: Floats
    row_duals: Floats

    @property
    def infeasible(self) -> bool:
        """Whether it is proven that nothing satisfies the rows."""
        return self.status == "Infeasible"

    @property
    def proven(self) -> bool:
        """Whether the answer is proven best."""
        return self.status == "Optimal"


def maximise(
    points: Floats,
    rows: Rows,
    *,
    whole: bool = True,
    start: Floats | None = None,
    watch: Watch | None = None,
    found: Found | None = None,
    upper: float = 1.0,
    **options: Any,
) -> Answer:
    """The columns, each from 0 to `upper`, that give most points within the rows; whole numbers unless told.

    `start` is a choice to begin with. Options are HiGHS's own. One thread, so that the same question takes the
    same way each time.
    """
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    settings = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, **options}
    for name, value in settings.items():
        solver.setOptionValue(name, value)
    solver.passModel(_programme(points, rows, whole, upper))
    if start is not None:
        solver.setSolution(len(points), np.arange(len(points), dtype=np.int32), start)
    if watch is not None and whole:
        _watch(solver, watch)
    if found is not None and whole:
        _find(solver, found)
    solver.run()
    info, solution = solver.getInfo(), solver.getSolution()
    has_one = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    bound = -info.mip_dual_bound if whole else -info.objective_function_value
    return Answer(
        status=solver.modelStatusToString(solver.getModelStatus()),
        value=-info.objective_function_value if has_one else -np.inf,
        bound=bound,
        columns=np.array(solution.col_value, dtype=np.float64) if has_one else None,
        column_duals=np.array(solution.col_dual, dtype=np.float64),
        row_duals=np.array(solution.row_dual, dtype=np.float64),
    )


def _programme(points: Floats, rows: Rows, whole: bool, upper: float) -> highspy.HighsLp:
    width = len(points)
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = width, len(rows.low)
    programme.col_cost_ = -points
    programme.col_lower_, programme.col_upper_ = np.zeros(width), np.full(width, upper)
    if whole:
        programme.integrality_ = [highspy.HighsVarType.kInteger] * width
    programme.row_lower_, programme.row_upper_ = np.array(rows.low, float), np.array(rows.high, float)
    matrix = programme.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(columns) for columns in rows.columns)])
    matrix.index_ = np.array([column for columns in rows.columns for column in columns], dtype=np.int32)
    matrix.value_ = np.array([value for values in rows.values for value in values], dtype=np.float64)
    return programme


def _watch(solver: highspy.Highs, watch: Watch) -> None:
    def asked(event: Any) -> None:
        if not watch(-event.data_out.mip_primal_bound, -event.data_out.mip_dual_bound):
            event.data_in.user_interrupt = True

    solver.cbMipInterrupt.subscribe(asked)


def _find(solver: highspy.Highs, found: Found) -> None:
    def told(event: Any) -> None:
        found(np.array(event.data_out.mip_solution, dtype=np.float64))

    solver.cbMipImprovingSolution.subscribe(told)
