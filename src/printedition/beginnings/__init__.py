"""Editions to begin from, each a folder of texts and records, and what copies them."""
