"""Texts brought into an edition from files of other kinds."""
