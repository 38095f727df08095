"""Parts of fontTools that are loaded when a font asks for them."""

from __future__ import annotations

import subprocess
import sys


def _printed(code: str) -> str:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout.strip()


LOADED = """
import sys
from printedition.page.prerequisites import require
require()
from printedition.page import engine
from weasyprint.pdf import fonts
names = "fontTools.subset", "fontTools.varLib.instancer"
print([name in sys.modules for name in names])
"""


def test_what_no_font_needs_is_not_loaded_and_comes_when_it_is_asked_for() -> None:
    asked = """
print(fonts.subset.Options().name_IDs[0])
try:
    fonts.instantiateVariableFont({}, {})
except Exception as fault:
    print(type(fault).__module__, type(fault).__name__)
print([name in sys.modules for name in names])
from fontTools import subset
print(fonts.subset.Options is subset.Options)
"""
    assert _printed(LOADED + asked).split("\n") == [
        "[False, False]", "0", "builtins ValueError", "[True, True]", "True",
    ]  # fmt: skip


def test_what_is_loaded_already_stays() -> None:
    before = "from fontTools import subset\nfrom fontTools.varLib import instancer\n"
    after = "print(fonts.subset is subset)\nprint(instancer is sys.modules[names[1]])"
    assert _printed(before + LOADED + after).split("\n") == ["[True, True]", "True", "True"]
