"""Prepress: what is done to a finished PDF so that it can be printed, and what stands against it.

This package alone knows pikepdf, by which PDFs are read and changed.
"""
