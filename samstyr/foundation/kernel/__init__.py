"""Money, dates, identifiers, sentences, errors and events: values that every room shares. No Django."""
