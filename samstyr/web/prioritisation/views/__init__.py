"""The views of prioritisation, a file for each thing people do."""
