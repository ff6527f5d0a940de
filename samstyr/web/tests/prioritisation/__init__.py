"""Tests of the pages of prioritisation."""
