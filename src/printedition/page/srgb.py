"""The ICC profile of sRGB that comes with WeasyPrint."""

from __future__ import annotations

from importlib.resources import files


def srgb() -> bytes:
    """The profile, as PDF/A names it for what is shown on a screen."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
