"""Compiled templates of the house: kept while they are true, and never an edition's own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import BaseLoader, Environment

from printedition.book.compiled import Compiled
from printedition.diagnostics import HOUSE


class _Loader(BaseLoader):
    def __init__(self, prefix: str, text: str) -> None:
        self.prefix, self.text = prefix, text

    def get_source(self, environment: Environment, template: str):  # type: ignore[no-untyped-def]
        return self.text, f"{self.prefix}templates/{template}", lambda: True


def _fill_in(folder: Path, prefix: str, text: str) -> str:
    environment = Environment(
        loader=_Loader(prefix, text), bytecode_cache=Compiled(folder), autoescape=True
    )
    return environment.get_template("page/head.html").render()


@pytest.fixture(autouse=True)
def _keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


def _kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_template_of_the_house_is_kept_and_read_again(tmp_path: Path) -> None:
    assert _fill_in(tmp_path, HOUSE, "{{ 1 + 1 }}") == "2"
    (kept,) = _kept(tmp_path)
    before = kept.stat().st_mtime_ns
    assert _fill_in(tmp_path, HOUSE, "{{ 1 + 1 }}") == "2"
    assert kept.stat().st_mtime_ns == before


def test_a_changed_template_is_compiled_anew(tmp_path: Path) -> None:
    _fill_in(tmp_path, HOUSE, "old")
    assert _fill_in(tmp_path, HOUSE, "new") == "new"
    assert len(_kept(tmp_path)) == 1


def test_a_template_of_an_edition_is_never_kept(tmp_path: Path) -> None:
    assert _fill_in(tmp_path, "", "own") == "own"
    assert not _kept(tmp_path)


@pytest.mark.parametrize("rest", [b"", b"\x00", b"rubbish"])
def test_a_damaged_file_counts_for_nothing(tmp_path: Path, rest: bytes) -> None:
    _fill_in(tmp_path, HOUSE, "whole")
    (kept,) = _kept(tmp_path)
    kept.write_bytes(kept.read_bytes()[:64] + rest)
    assert _fill_in(tmp_path, HOUSE, "whole") == "whole"
    kept.write_bytes(rest)
    assert _fill_in(tmp_path, HOUSE, "whole") == "whole"


def test_a_folder_that_cannot_be_written_to_does_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.write_text("no folder")
    assert _fill_in(folder, HOUSE, "whole") == "whole"
