"""The portfolio and its plan: lines, years, shares, proposals and adopted versions."""
