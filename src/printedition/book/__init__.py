"""The composed book: what a template may see, numbered, sorted and worded."""
