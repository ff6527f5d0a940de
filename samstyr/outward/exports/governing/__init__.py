"""The governing model as people read it: one content object behind the pages and behind the documents."""
