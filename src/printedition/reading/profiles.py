"""From the tree of edition.yaml to the profiles of the book, with those of the house."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from printedition.diagnostics import Findings, Label
from printedition.edition.profile import BUILT_IN, Ink, Profile, Standard
from printedition.reading.fields import Fields
from printedition.reading.kinds import LENGTH, WORDS, Key, Shape, Words
from printedition.reading.settings import PAGE_FORMATS

PROFILE = Shape(
    "profile",
    "a way to print the book, chosen by --profile: one of the house with settings of your own",
    (
        Key(
            "name",
            Words(pattern=r"[a-z][a-z0-9-]*", form="a name of small letters, digits and hyphens"),
            "what --profile calls it; that of one of the house takes its place",
            required=True,
        ),
        Key(
            "like",
            Words(choices=tuple(BUILT_IN)),
            "the profile of the house that it is like, but for what else is said here",
            required=True,
        ),
        Key(
            "size",
            Words(
                pattern=f"{'|'.join(PAGE_FORMATS)}|(?:{LENGTH.pattern}) +(?:{LENGTH.pattern})",
                form="A5, A4, letter, or a width and a height such as 148mm 210mm",
            ),
            "the size of the sheets that the pages are printed on",
        ),
        Key("binding", LENGTH, "how much of a sheet stays free at the spine"),
        Key("edge", LENGTH, "how much stays free on the other sides"),
        Key(
            "enlarge",
            Words(pattern=r"1(?:\.[0-9]+)?|2", form="a number from 1 to 2, such as 1.2"),
            "how many times as large a page is printed at most, where its sheet has the room",
        ),
        Key(
            "ink",
            Words(choices=tuple(ink.value for ink in Ink)),
            "colours as they are, or black alone",
        ),
        Key(
            "multiple",
            Words(pattern=r"[1-9][0-9]?", form="a number, such as 4"),
            "the number of pages is filled up to a multiple of this with blank ones",
        ),
        Key(
            "standard",
            Words(choices=tuple(standard.value for standard in Standard)),
            "the form of PDF: for reading aloud (pdf/ua-1), for archives and presses (pdf/a-2u), "
            "or for presses alone (pdf/x-4), which wants an icc",
        ),
        Key("icc", WORDS, "a file of the edition: the ICC profile of the press and its paper"),
        Key("bleed", LENGTH, "how far each page goes on beyond the edge that it is cut to"),
        Key("leaf", LENGTH, "how thick a leaf of the paper is, from which the spine is reckoned"),
        Key("type", LENGTH, "the size of the type in large print, such as 20pt"),
        Key(
            "face",
            Words(choices=("serif", "sans")),
            "of large print: with serifs or without",
        ),
        Key(
            "signature",
            Words(pattern=r"[1-9][0-9]?", form="a number, such as 4"),
            "how many sheets of a booklet are folded together; else all are",
        ),
    ),
)


def read_profiles(stated: Iterable[Fields], findings: Findings) -> dict[str, Profile]:
    """All profiles by name, those of the house first; one that is declared twice is reported."""
    profiles = dict(BUILT_IN)
    own: dict[str, Profile] = {}
    for fields in stated:
        name, like = fields.words("name"), fields.words("like")
        if name is None or like is None:
            continue
        if name.text in own:
            findings.report(
                "PRO001",
                f"the profile “{name.text}” is declared twice",
                name.span,
                labels=(Label(own[name.text].span, "first here"),),
            )
            continue
        own[name.text] = _own(replace(BUILT_IN[like.text], name=name.text, span=name.span), fields)
    return profiles | own


def _own(profile: Profile, fields: Fields) -> Profile:
    """A profile of the house with what an edition says of its own."""
    size = fields.text("size")
    format_of = PAGE_FORMATS.get(size) or (*size.split(),)
    return replace(
        profile,
        size=(format_of[0], format_of[1]) if size else profile.size,
        binding=fields.text("binding", profile.binding),
        edge=fields.text("edge", profile.edge),
        enlarged=float(fields.text("enlarge", str(profile.enlarged))),
        ink=Ink(fields.text("ink", profile.ink.value)),
        standard=Standard(fields.text("standard", profile.standard.value)),
        icc=fields.words("icc") or profile.icc,
        bleed=fields.text("bleed", profile.bleed),
        leaf=fields.text("leaf", profile.leaf),
        type=fields.text("type", profile.type),
        sans=fields.text("face", "sans" if profile.sans else "serif") == "sans",
        signature=int(fields.text("signature", str(profile.signature))),
        multiple=int(fields.text("multiple", str(profile.multiple))),
    )
