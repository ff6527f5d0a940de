"""The portfolio as a workbook that people edit and send back: what it holds, and what a changed one would do."""
