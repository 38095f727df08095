"""Files that have not changed are not parsed again; what is wrong with one is told each time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import BASE
from printedition.cache import Cache
from printedition.diagnostics import Findings
from printedition.edition.edition import Edition
from printedition.reading import reader
from printedition.sources import MemorySources

TEXT = "letter/letter.md"
FILES = {
    **BASE,
    "letter/apparatus.yaml": (
        "- lemma: 'matter'\n  in: 'letter/p1'\n  readings:\n    - wit: 'T'\n      text: 'thing'\n"
    ),
    "letter/commentary.md": "## p1 “good”\n\nOr so he says.\n",
}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was called to parse files."""
    called: list[str] = []
    for name in ("parse_blocks", "read_apparatus", "read_commentary"):
        monkeypatch.setattr(reader, name, _noting(called, name))
    return called


def _noting(called: list[str], name: str) -> Callable[..., Any]:
    parse = getattr(reader, name)

    def noting(*told: Any, **more: Any) -> Any:
        called.append(name)
        return parse(*told, **more)

    return noting


def read(cache: Cache | None, **changed: str) -> tuple[Edition, Findings]:
    findings = Findings()
    edition = reader.read_edition(MemorySources({**FILES, **changed}), findings, cache)
    assert edition is not None
    return edition, findings


def test_what_is_kept_is_what_is_read(cache: Cache, parsed: list[str]) -> None:
    read(cache)
    parsed.clear()
    kept, _ = read(cache)
    assert parsed == []
    anew, _ = read(None)
    assert sorted(parsed) == ["parse_blocks", "read_apparatus", "read_commentary"]
    assert kept == anew and kept.apparatus and kept.notes


def test_only_a_file_with_other_words_is_read_again(cache: Cache, parsed: list[str]) -> None:
    read(cache)
    parsed.clear()
    other = {TEXT: FILES[TEXT].replace("Give", "Lend")}
    kept, _ = read(cache, **other)
    assert parsed == ["parse_blocks"]
    assert kept == read(None, **other)[0]


def test_a_fault_is_told_each_time(cache: Cache) -> None:
    wrong = {TEXT: FILES[TEXT] + "\n[not closed{.supplied}\n\n{#p1}\nOnce more.\n"}
    told = [read(one, **wrong)[1].diagnostics for one in (cache, cache, None)]
    assert told[0] and told[0] == told[1] == told[2]


def test_a_text_of_another_name_is_not_taken_for_it(cache: Cache) -> None:
    """Its blocks say where they stand."""
    read(cache)
    other = "letter/copy.md"
    moved = {**FILES, other: FILES[TEXT]}
    moved["edition.yaml"] = moved["edition.yaml"].replace(TEXT, other)
    del moved[TEXT]
    findings = Findings()
    edition = reader.read_edition(MemorySources(moved), findings, cache)
    assert edition is not None
    (text,) = edition.texts.values()
    assert {block.span.source for block in text.blocks} == {other}
