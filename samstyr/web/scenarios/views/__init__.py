"""The views, a file per part of the work."""
