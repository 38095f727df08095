"""The colours of a PDF (ISO 32000-1, 8.6): what greys they are, and which have none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf

_DEVICES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}


def spaces_of(resources: Any) -> Any:
    """The colour spaces that resources name."""
    return resources.get("/ColorSpace") if resources is not None else None


def device_of(space: Any, spaces: Any = None) -> str:
    """The device's space that a colour space comes to, by its name or its array; else its kind."""
    if isinstance(space, str | pikepdf.Name):
        name = str(space)
        if spaces is not None and name in spaces:
            return device_of(spaces[name])
        return {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK"}.get(name, name)
    if isinstance(space, pikepdf.Array) and len(space):
        kind = str(space[0])
        if kind == "/ICCBased":
            return _DEVICES.get(int(space[1].get("/N", 0)), kind)
        if kind in ("/Indexed", "/I"):
            return device_of(space[1])
        return {"/CalGray": "/DeviceGray", "/CalRGB": "/DeviceRGB"}.get(kind, kind)
    return ""


def is_gray_space(space: Any) -> bool:
    """Whether all colours of a space are greys."""
    return device_of(space) == "/DeviceGray"


def grey_of(values: Sequence[float], space: Any, spaces: Any = None) -> float:
    """The grey of a colour, from 0 (black) to 1, by its luma (ITU-R BT.601); else black."""
    match device_of(space, spaces):
        case "/DeviceGray" if values:
            return values[0]
        case "/DeviceRGB" if len(values) == 3:
            return _luma(*values)
        case "/DeviceCMYK" if len(values) == 4:
            return _luma(*(max(0.0, 1 - part - values[3]) for part in values[:3]))
    return 0.0


def is_grey(values: Sequence[float], space: Any, spaces: Any = None) -> bool:
    """Whether a colour is a grey, in whatever space it is said."""
    match device_of(space, spaces):
        case "/DeviceGray":
            return True
        case "/DeviceRGB":
            return max(values) - min(values) < 0.002
        case "/DeviceCMYK":
            return max(values[:3]) < 0.002
    return False


def _luma(red: float, green: float, blue: float) -> float:
    made = 0.299 * red + 0.587 * green + 0.114 * blue
    return 1.0 if made > 0.9999 else made
