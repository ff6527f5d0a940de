"""Every page; a folder per room. Pages reach data through queries and actions, never models."""
