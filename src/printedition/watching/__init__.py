"""Watching an edition while it is worked at: what was saved, and what that moved."""
