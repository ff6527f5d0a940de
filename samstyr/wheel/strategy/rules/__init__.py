"""The rules of strategies: pure functions."""
