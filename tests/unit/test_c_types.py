"""Types of C parsed at once are those that cffi parses one by one."""

from __future__ import annotations

from typing import Any

import cffi
import pytest

from printedition.page import c_types

DECLARED = """
typedef unsigned char FcChar8; typedef int FcResult; typedef ... PangoFcFontMap;
typedef uint32_t hb_tag_t; typedef struct { int x, y; } PangoRectangle;
typedef struct { unsigned int is_line_break: 1; ...; } PangoLogAttr;
"""


def _ffi() -> Any:
    ffi = cffi.FFI()
    ffi.cdef(DECLARED.replace("...; } PangoLogAttr", "} PangoLogAttr"))
    return ffi


def test_types_parsed_at_once_are_those_of_cffi(monkeypatch: pytest.MonkeyPatch) -> None:
    ffi = _ffi()
    theirs = [ffi.typeof(name) for name in c_types._NAMES]
    ffi._parsed_types.clear()
    c_types.learn(ffi)
    monkeypatch.setattr(ffi._parser, "parse_type", None)
    assert [ffi.typeof(name) for name in c_types._NAMES] == theirs
    assert ffi.new("PangoRectangle *", {"y": 3}).y == 3


def test_another_cffi_parses_them_when_they_are_asked_for() -> None:
    ffi = _ffi()
    del ffi._parser._declarations["typedef PangoRectangle"]
    c_types.learn(ffi)
    assert ffi.typeof("char[]").kind == "array"
