"""Lets `python -m printedition` be the command."""

from printedition.cli import main

main(prog_name="printedition")
