"""Types of C that WeasyPrint asks for by their names, parsed all at once.

cffi parses each of them together with the names of all others, anew in each process: that took a
twentieth of a second.
"""

from __future__ import annotations

from typing import Any

_NAMES = (
    "char[]",
    "char[4]",
    "unsigned int *",
    "FcChar8 **",
    "FcResult *",
    "PangoFcFontMap *",
    "PangoLogAttr[]",
    "PangoRectangle *",
    "hb_tag_t[100]",
)


def learn(ffi: Any) -> None:
    """Let cffi know these types; it is none the worse where it does not."""
    known = [name for name in _NAMES if name not in ffi._parsed_types]
    declared = {f"printedition_{number}": name for number, name in enumerate(known)}
    try:
        ffi.cdef("".join(_declaration(name, alias) for alias, name in declared.items()))
        with ffi._lock:
            for alias, name in declared.items():
                kind, _ = ffi._parser._declarations[f"typedef {alias}"]
                ffi._parsed_types[name] = ffi._get_cached_btype(kind), False
    except Exception:
        return  # another cffi, which parses them when they are asked for


def _declaration(name: str, alias: str) -> str:
    kind, bracket, length = name.partition("[")
    return f"typedef {kind} {alias}{bracket}{length};\n"
