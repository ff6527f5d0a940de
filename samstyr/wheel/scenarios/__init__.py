"""What could be done, within which limits, and what would be best: candidates, scenarios and the optimiser."""
