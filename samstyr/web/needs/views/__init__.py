"""The needs' pages: the list, writing one, sending it in, reading it, and bringing in a list."""
