"""Plan arithmetic, completeness, differences and gates: pure functions over plain lines."""
