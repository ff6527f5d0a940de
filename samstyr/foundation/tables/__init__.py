"""Tables in and out: one reader of Excel, OpenDocument and CSV, one writer. Knows no room and stores nothing."""
