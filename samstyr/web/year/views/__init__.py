"""The year's pages: looking at it, keeping it, and its report."""
