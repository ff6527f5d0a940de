"""Lifting a case from one arrangement to another: a package out, a package in, and how it goes told back."""
