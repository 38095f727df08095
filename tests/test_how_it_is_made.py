"""What the manual tells of the program's making is so."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from printedition import pipeline

TOP = Path(__file__).resolve().parent.parent
CODE = TOP / "src" / "printedition"
MANUAL = (TOP / "README.md").read_text(encoding="utf-8")
SECTION = MANUAL.partition("\n## How it is made\n")[2].partition("\n## ")[0]
QUOTED = re.findall(r"`([^`\n]+)`", SECTION)
FILES = sorted({name for name in QUOTED if re.fullmatch(r"[\w/]+(\.(py|html|css)|/)", name)})


def test_its_steps_are_those_of_the_pipeline() -> None:
    way, _, _ = SECTION.partition("\n### ")
    steps = [f"{n} {word}" for n, word in re.findall(r"^(\d)\. \*\*(.+?)\*\*", way, re.M)]
    assert pipeline.__doc__ is not None
    assert ", ".join(steps) in pipeline.__doc__


@pytest.mark.parametrize("name", FILES)
def test_each_file_that_it_names_exists(name: str) -> None:
    assert (CODE / name).exists() or (TOP / name).exists()


def test_every_part_of_the_program_has_its_floor_in_the_table() -> None:
    packages = {f"{path.parent.name}/" for path in CODE.glob("*/__init__.py")}
    rows = "\n".join(line for line in SECTION.splitlines() if line.startswith("|"))
    assert {name for name in packages if f"`{name}`" not in rows} == set()


def test_each_noun_stands_in_the_module_that_is_named_with_it() -> None:
    named = re.findall(r"`(\w+)` in\s+`([\w/]+)\.py`", SECTION)
    assert len(named) > 8
    missing = [
        (noun, module)
        for noun, module in named
        if not hasattr(importlib.import_module(f"printedition.{module.replace('/', '.')}"), noun)
    ]
    assert missing == []
