"""The model as typed values, read from YAML, checked like code. No Django."""
