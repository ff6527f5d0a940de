"""A year of the wheel as a record of its own: periods with dates, state, notes and moves, and duties with a day."""
