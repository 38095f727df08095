"""Who reads e-books and judges them: Ace, and foliate-js in a browser without a window.

They are no part of the program. `npm ci` in tests/browser installs them; without it, or without
Node or Chromium, their tests are left out, but not where CI is set: there they fail.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

BROWSER = Path(__file__).parent / "browser"
_NODE = shutil.which("node") or "node"
_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
_INSTALLED = (BROWSER / "node_modules").is_dir() and shutil.which(_NODE) and shutil.which(_CHROMIUM)

in_a_browser = pytest.mark.skipif(
    not (_INSTALLED or os.environ.get("CI")),
    reason="no Node, no Chromium, or no npm ci in tests/browser",
)


def ace(book: Path, folder: Path) -> list[str]:
    """What Ace finds in a book: the rule, the file, the words."""
    program = BROWSER / "node_modules" / "@daisy" / "ace-cli" / "bin" / "ace.js"
    command = [_NODE, str(program), "--silent", "--force", "--outdir", str(folder), str(book)]
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": _CHROMIUM}
    subprocess.run(command, env=environment, check=True, timeout=600)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert report["assertions"], "it has read the files"
    return [
        f"{one['earl:test']['dct:title']} in {each['earl:testSubject']['url']}: "
        f"{one['earl:result'].get('html')}"
        for each in report["assertions"]
        for one in each["assertions"]
    ]


def read(book: Path) -> Any:
    """What a reader met, at 320, 768 and 1,280 px, in light and dark, and at twice the size."""
    command = [_NODE, str(BROWSER / "open.js"), str(book), _CHROMIUM]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    return json.loads(said.stdout)


def axe(page: Path) -> Any:
    """What axe finds in a web page, and what that asks for, in breadths, schemes and sizes."""
    command = [_NODE, str(BROWSER / "page.js"), str(page), _CHROMIUM]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=900)
    return json.loads(said.stdout)


def vnu(page: Path) -> list[str]:
    """What the W3C's checker says of a web page and of its style, warnings too."""
    jar = BROWSER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--stdout", "--exit-zero-always", "--format", "json"]
    said = subprocess.run(
        [*command, str(page)], capture_output=True, text=True, check=True, timeout=600
    )
    return [
        f"{each.get('lastLine')}: {each['message']}" for each in json.loads(said.stdout)["messages"]
    ]
