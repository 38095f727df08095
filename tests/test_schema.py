"""The schemas of the record files: sound themselves, and of one mind with the validator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from printedition.cli import main
from printedition.reading.schema import SCHEMAS, schema_of

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
RECORDS = sorted(
    path
    for folder in ("content", "tests/checks/stock", "src/printedition/beginnings")
    for path in (PROJECT / folder).rglob("*.yaml")
)
# Faults that lie in the record itself, not in how it is quoted or in what it names.
# What depends on the value of another key, a schema leaves to the check.
UNSEEN = {"SRC005-after-of-text"}
FAULTS = sorted(
    path.name
    for path in (HERE / "checks").iterdir()
    if path.name.startswith(("SRC004", "SRC005", "APP001-says")) and path.name not in UNSEEN
)


def complaints(name: str, text: str) -> list[str]:
    """What a schema finds wrong with a file, read as editors' programs read it: without types
    guessed for what stands in quotes, and with every scalar a string."""
    record: Any = yaml.load(text, yaml.BaseLoader)
    return [error.message for error in Draft202012Validator(schema_of(name)).iter_errors(record)]


def test_schema_lists_the_record_files_and_what_is_written() -> None:
    done = CliRunner().invoke(main, ["schema"])
    assert (done.exit_code, done.stdout.split()) == (0, [*SCHEMAS, "map", "printing"])


@pytest.mark.parametrize("name", [*SCHEMAS, "map", "printing"])
def test_schema_prints_valid_json_schema(name: str) -> None:
    done = CliRunner().invoke(main, ["schema", name])
    schema = json.loads(done.stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    assert json.loads(CliRunner().invoke(main, ["schema", f"{name}.yaml"]).stdout) == schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_and_record_is_described(name: str) -> None:
    schema = schema_of(name)
    records = [part for part in (schema, *schema["$defs"].values()) if part["type"] == "object"]
    assert records and schema["description"]
    for record in records:
        assert record["title"] and record["description"]
        assert record["additionalProperties"] is False
        assert all(value["description"] for value in record["properties"].values())


def test_an_unknown_schema_is_refused_with_the_names() -> None:
    done = CliRunner().invoke(main, ["schema", "aparatus"])
    assert done.exit_code == 2
    assert "did you mean “apparatus”?" in done.stderr


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_record_file_of_the_project_validates(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert complaints(path.stem, text) == []
    # Programs that read `true` as a truth value must agree.
    record = yaml.safe_load(text)
    assert not list(Draft202012Validator(schema_of(path.stem)).iter_errors(record))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_shape_is_found_by_the_schema_too(fault: str) -> None:
    files = list((HERE / "checks" / fault).rglob("*.yaml"))
    assert files
    assert any(complaints(path.stem, path.read_text(encoding="utf-8")) for path in files)
