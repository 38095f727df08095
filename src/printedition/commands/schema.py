"""The command schema."""

from __future__ import annotations

import click

from printedition.diagnostics import did_you_mean

_MAP = "map"  # the schema of the page map, which is written and not read


@click.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print the JSON Schema of the record file NAME; without NAME, list their names.

    By a schema an editor's program completes the keys of a file and shows what they mean. That of
    “map” tells other programs what a book's page map holds.
    """
    import json

    from printedition.page.pagemap import SCHEMA
    from printedition.reading.schema import SCHEMAS, schema_of

    names = (*SCHEMAS, _MAP)
    if name is None:
        click.echo("\n".join(names))
        return
    if (known := name.removesuffix(".yaml")) not in names:
        hint = did_you_mean(known, names)
        raise click.BadParameter(f"there is no schema “{name}”; {hint}", param_hint="NAME")
    wanted = SCHEMA if known == _MAP else schema_of(known)
    click.echo(json.dumps(wanted, ensure_ascii=False, indent=2))
