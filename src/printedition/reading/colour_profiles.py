"""The ICC profiles of presses that profiles name, as their files say them."""

from __future__ import annotations

from dataclasses import replace

from printedition.diagnostics import Findings
from printedition.edition.profile import Profile, Standard
from printedition.edition.quotation import Value
from printedition.sources import SourceMissing, SourceOutside, Sources, SourceTooLarge

_GET_ONE = "ask the press for the ICC profile of its paper and inks"


def with_colours(profile: Profile, sources: Sources, findings: Findings) -> Profile:
    """A profile with the bytes of its ICC profile; one that can't be used is reported.

    Its head says (ICC.1:2022, 7.2) that it is a printer’s, and whether for four inks or for black.
    """
    if profile.icc is None:
        if profile.standard is Standard.X4:
            findings.report(
                "PRO002",
                f"the profile “{profile.name}” makes PDF/X-4 and names no ICC profile",
                profile.span,
                hint=f"{_GET_ONE}, and name its file under icc:",
            )
        return profile
    data, fault = _read(profile.icc, sources)
    if fault:
        findings.report("PRO002", fault, profile.icc.span, hint=_GET_ONE)
    return replace(profile, icc_data=data)


def _read(named: Value, sources: Sources) -> tuple[bytes, str]:
    """The bytes of an ICC profile, and what keeps it from being used."""
    try:
        data = sources.read_bytes(named.text)
    except SourceMissing:
        return b"", f"there is no file “{named.text}”"
    except SourceOutside:
        return b"", f"“{named.text}” lies outside the edition's folder"
    except SourceTooLarge:
        return b"", f"“{named.text}” is too large"
    if len(data) < 128 or data[36:40] != b"acsp":
        return b"", f"“{named.text}” is no ICC profile"
    if data[12:16] != b"prtr" or data[16:20] not in (b"CMYK", b"GRAY"):
        return b"", f"“{named.text}” is the ICC profile of another device than a press"
    return data, ""
