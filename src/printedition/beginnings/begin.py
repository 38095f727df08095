"""A new edition: one of the beginnings, and what an editor's program needs to help with it."""

from __future__ import annotations

import json
from pathlib import Path

from printedition.reading.schema import SCHEMAS, schema_of

_HERE = Path(__file__).resolve().parent
BEGINNINGS = ("small", "letter", "verse", "versions", "reader")
_SCHEMAS = ".schemas"


class NotEmpty(Exception):
    """The folder holds something already, or is a file."""


def begin(folder: Path, beginning: str) -> tuple[str, ...]:
    """Write a beginning into an empty or a new folder; the paths of its files, in order.

    Beside them stand hidden files: the schemas, and settings for the editor VS Code.
    Raises NotEmpty, and OSError where the folder can't be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(str(folder))
    source = _HERE / beginning
    files = {
        path.relative_to(source).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(source.rglob("*"))
        if path.is_file()
    }
    for name, text in {**files, **_help_for_editors()}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return tuple(files)


def _help_for_editors() -> dict[str, str]:
    """Schemas to complete keys by, without a network; for VS Code also of files still to come."""
    hidden = {f"{_SCHEMAS}/{name}.json": _json(schema_of(name)) for name in SCHEMAS}
    settings = {
        "yaml.schemas": {f"./{_SCHEMAS}/{name}.json": f"**/{name}.yaml" for name in SCHEMAS},
        "files.encoding": "utf8",
        "editor.wordWrap": "on",
    }
    hidden[".vscode/settings.json"] = _json(settings)
    hidden[".vscode/extensions.json"] = _json({"recommendations": ["redhat.vscode-yaml"]})
    return hidden


def _json(record: object) -> str:
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"
