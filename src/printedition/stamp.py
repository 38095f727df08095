"""The stamp of the program: it changes with anything that books are made by, but the edition."""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_HOUSE = ("styles", "templates")
_PACKAGES = (
    "weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "pyphen", "fonttools", "cffi",
    "pillow", "brotli", "zopfli", "ebooklib", "lxml", "jinja2", "markupsafe", "markdown-it-py",
    "pyyaml", "pyuca", "citeproc-py", "pypdfium2",
)  # fmt: skip
# Functions without arguments that give a name or number of a version.
_LIBRARIES = {
    "libpango-1.0.so.0": ("pango_version_string", ctypes.c_char_p),
    "libharfbuzz.so.0": ("hb_version_string", ctypes.c_char_p),
    "libfontconfig.so.1": ("FcGetVersion", ctypes.c_int),
}
_STATED = ("SOURCE_DATE_EPOCH",)


@cache
def stamp() -> str | None:
    """The stamp, 64 hexadecimal digits; None where it cannot be told what sets the pages."""
    made = hashlib.sha256(sys.version.encode() + sys.platform.encode())
    for name in _PACKAGES:
        try:
            made.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            made.update(f"{name} none\n".encode())
    try:
        for name, (function, kind) in _LIBRARIES.items():
            asked = getattr(ctypes.CDLL(name), function)
            asked.restype = kind
            made.update(f"{name} {asked()}\n".encode())
        for path in _files():
            data = path.read_bytes()
            made.update(f"{path.name} {len(data)}\n".encode() + data)
    except (OSError, AttributeError):
        return None
    for name in _STATED:
        made.update(f"{name} {os.environ.get(name)}\n".encode())
    return made.hexdigest()


def _files() -> list[Path]:
    """The program's own files: its code, and the styles, fonts and templates of the house."""
    tops = [_PACKAGE]
    tops += [top for name in _HOUSE if (top := _PACKAGE.parent.parent / name).is_dir()]
    found = (path for top in tops for path in top.rglob("*") if path.is_file())
    return sorted(path for path in found if path.parent.name != "__pycache__")
