"""What the pages need of the system beside Python: Pango and HarfBuzz, and how to get them."""

from __future__ import annotations

import contextlib
import ctypes.util
import io
import platform
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping

from printedition.page import c_types
from printedition.page.latecomers import late

PACKAGES: Mapping[str, str] = {
    "Debian and Ubuntu": (
        "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    ),
    "Fedora": "sudo dnf install pango harfbuzz",
    "Arch": "sudo pacman -S pango harfbuzz",
    "macOS, with Homebrew": "brew install pango harfbuzz",
    "Windows, with MSYS2": ("pacman -S mingw-w64-ucrt-x86_64-pango mingw-w64-ucrt-x86_64-harfbuzz"),
}
"""The command that installs them, by system; that for MSYS2 is given in its UCRT64 window."""

_FAMILIES = {
    "debian": "Debian and Ubuntu",
    "ubuntu": "Debian and Ubuntu",
    "fedora": "Fedora",
    "rhel": "Fedora",
    "arch": "Arch",
}


class Lacking(Exception):
    """A library of the system is lacking; its words say which, and how to install it."""

    def __init__(self, what: str) -> None:
        lines = [f"    {system + ':':<22}{PACKAGES[system]}" for system in _in_order()]
        super().__init__("\n".join([f"{what}. To install what the pages need:", *lines]))


def require() -> None:
    """Loads WeasyPrint and what it sets pages with; raises Lacking."""
    try:
        try:
            with _sought_quickly():
                subset = _load()
        except OSError:  # a library may lie where only a compiler finds it
            subset = _load()
    except OSError as fault:
        if "cannot load library" not in str(fault):
            raise
        raise Lacking("Pango, which sets the pages, is missing or incomplete") from None
    if subset is None:
        raise Lacking("The subset library of HarfBuzz, which puts fonts into the PDF, is missing")


def _load() -> object | None:
    """WeasyPrint with what it loads; the subset library of HarfBuzz, or None."""
    # WeasyPrint prints a page of its own on what it lacks; fonts come with the styles.
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), late():
        warnings.simplefilter("ignore")
        from weasyprint.text.ffi import ffi, harfbuzz_subset
    if harfbuzz_subset is not None:
        c_types.learn(ffi)
    return harfbuzz_subset  # type: ignore[no-any-return]


@contextlib.contextmanager
def _sought_quickly() -> Iterator[None]:
    """Libraries are sought by a name only where the system's list has it.

    WeasyPrint tries a score of names, and for each that no library has, Python runs the loader, a
    compiler and a linker: a tenth of a second and more, at every start.
    """
    try:
        listed = subprocess.run(
            ["/sbin/ldconfig", "-p"], capture_output=True, check=True, timeout=5
        ).stdout.decode(errors="replace")
    except (OSError, subprocess.SubprocessError):  # no such list: not Linux, or a strange one
        yield
        return
    seek = ctypes.util.find_library
    ctypes.util.find_library = lambda name: seek(name) if f"lib{name}." in listed else None
    try:
        yield
    finally:
        ctypes.util.find_library = seek


def _in_order() -> list[str]:
    """The systems, this one first."""
    own = _this_system()
    return sorted(PACKAGES, key=lambda system: system != own)


def _this_system() -> str | None:
    if sys.platform == "darwin":
        return "macOS, with Homebrew"
    if sys.platform == "win32":
        return "Windows, with MSYS2"
    try:
        stated = platform.freedesktop_os_release()
    except OSError:
        return None
    names = [stated.get("ID", ""), *stated.get("ID_LIKE", "").split()]
    return next((_FAMILIES[name] for name in names if name in _FAMILIES), None)
