"""The current arrangement, and the two walls round it: a query layer that fails closed, and row-level security."""
