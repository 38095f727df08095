"""Latecomers: parts of fontTools that WeasyPrint imports at its start and needs for no font of most
books: HarfBuzz cuts these down, and they do not vary. They take a tenth of a second to load.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

_SUBSET, _INSTANCER = "fontTools.subset", "fontTools.varLib.instancer"


class _Latecomer(ModuleType):
    """Stands for a module, and loads it when it is asked for what is in it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_come(self.__name__), name)


@contextmanager
def late() -> Iterator[None]:
    """What is imported meanwhile gets the latecomers when it needs them."""
    standing = {name: _Latecomer(name) for name in (_SUBSET, _INSTANCER) if name not in sys.modules}
    if instancer := standing.get(_INSTANCER):
        instancer.__dict__["instantiateVariableFont"] = _instantiate
    sys.modules.update(standing)
    try:
        yield
    finally:
        for name in standing:
            _make_way(name)


def _come(name: str) -> ModuleType:
    _make_way(name)
    return import_module(name)


def _make_way(name: str) -> None:
    """Let a module be imported as ever."""
    if isinstance(sys.modules.get(name), _Latecomer):
        del sys.modules[name]


def _instantiate(*args: Any, **kwargs: Any) -> Any:
    return _come(_INSTANCER).instantiateVariableFont(*args, **kwargs)
