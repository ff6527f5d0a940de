"""The editing of a model that may be unfinished: plain values, guided by the format's classes. No database."""
