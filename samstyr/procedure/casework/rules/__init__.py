"""How a case moves: pure functions over the model's path and plain facts."""
