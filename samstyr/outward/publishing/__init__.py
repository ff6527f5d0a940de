"""Adopted plans that anybody may read, without login: each frozen as it was when it was published."""
