"""Links that open a file at its line in an editor's program."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

DEFAULT = "vscode"
EDITORS = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
}
_FORM = re.compile(r"(?!(?:javascript|data|vbscript):)[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
_FIELD = re.compile(r"\{(path|line|column)\}")


class NoSuchEditor(Exception):
    """Neither an editor that is known, nor the form of a link."""


class EditorLinks:
    """Makes links of a form, in which {path}, {line} and {column} stand for a place.

    It is named by an editor that is known, or written out; raises NoSuchEditor.
    """

    def __init__(self, editor: str) -> None:
        self._form = EDITORS.get(editor, editor)
        if not _FORM.fullmatch(self._form) or "{path}" not in self._form:
            raise NoSuchEditor(editor)

    def to(self, path: Path, line: int, column: int) -> str:
        """The link to a place in a file; lines and columns count from 1."""
        whole = path.absolute().as_posix()
        whole = whole if whole.startswith("/") else f"/{whole}"  # C:/… on Windows
        place = {"path": quote(whole, safe="/:"), "line": str(line), "column": str(column)}
        return _FIELD.sub(lambda found: place[found[1]], self._form)
