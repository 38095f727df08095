"""The command schema."""

from __future__ import annotations

import click

from printedition.diagnostics import did_you_mean

_MAP, _PRINTING = "map", "printing"  # schemas of what the program writes itself


@click.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print the JSON Schema of the record file NAME; without NAME, list their names.

    By a schema an editor's program completes the keys of a file and shows what they mean. That of
    “map” tells other programs what a book's page map holds, and “printing” what a record of a
    printing does.
    """
    import json

    from printedition.page.pagemap import SCHEMA
    from printedition.reading.schema import SCHEMAS, schema_of
    from printedition.revision import printing_schema

    names = (*SCHEMAS, _MAP, _PRINTING)
    if name is None:
        click.echo("\n".join(names))
        return
    if (known := name.removesuffix(".yaml")) not in names:
        hint = did_you_mean(known, names)
        raise click.BadParameter(f"there is no schema “{name}”; {hint}", param_hint="NAME")
    own = {_MAP: SCHEMA, _PRINTING: printing_schema.SCHEMA}
    wanted = own.get(known) or schema_of(known)
    click.echo(json.dumps(wanted, ensure_ascii=False, indent=2))
