"""What reports follow: periods and deadlines, blocks of figures, comparison, and what must be there to send one."""
