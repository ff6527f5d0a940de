"""Weighing needs against each other: rounds, scores, consensus, ranking and its robustness."""
