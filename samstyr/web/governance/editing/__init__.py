"""The editor of the model in the browser: one page a part, made from the format itself."""
