"""The command profiles."""

from __future__ import annotations

import sys

import click

from printedition import report
from printedition.commands.faults import FAULTY, errors, reading
from printedition.commands.options import audience_option, edition_argument, opened, profiles_option
from printedition.diagnostics import NotDeclared


@click.command()
@edition_argument
@audience_option
@profiles_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A list for people, or for programs.",
)
def profiles(edition: str, audience: str, profiles: tuple[str, ...], form: str) -> None:
    """Tell of each profile its pages, sheets, spine, fonts and colours; write nothing.

    And what a print shop would refuse of it. Without --profile, tell of all.
    """
    from printedition import profiling
    from printedition.cache import Cache
    from printedition.page.prerequisites import Lacking
    from printedition.profile_survey import Survey

    sources = opened(edition)
    try:
        with report.Progress(sys.stderr, report.Detail.NONE) as progress:
            found = profiling.survey(sources, profiles, progress, Cache.of_user(), audience)
    except NotDeclared as fault:
        raise click.BadParameter(str(fault), param_hint=f"--{fault.kind}") from None
    except Lacking as fault:
        raise click.ClickException(str(fault)) from None
    survey = Survey(found.books)
    if found.books:
        click.echo(survey.as_json() if form == "json" else survey.as_text(), nl=False)
    if faults := errors(found.diagnostics):
        click.echo(report.render_full(faults, reading(sources), edition), err=True, nl=False)
        raise click.exceptions.Exit(FAULTY)
