"""Declares a PDF to be of a form that presses and archives take: PDF/A-2u or PDF/X-4."""

from __future__ import annotations

import uuid
from contextlib import suppress

import pikepdf
from pikepdf import Name

from printedition.edition.profile import Standard

_INKS = {b"CMYK": 4, b"GRAY": 1, b"RGB ": 3}
_UNDATED = "2000-01-01"  # what a book without a date bears elsewhere too


def bare(pdf: pikepdf.Pdf) -> None:
    """Take out what is for readers on a screen: links, and tags for reading aloud.

    PDF/X-4 forbids links on the page (ISO 15930-7, 6.18), and no press wants them.
    """
    for page in pdf.pages:
        for key in ("/Annots", "/StructParents", "/Tabs"):
            if key in page.obj:
                del page.obj[key]
    for key in ("/StructTreeRoot", "/MarkInfo"):
        if key in pdf.Root:
            del pdf.Root[key]


def trim(pdf: pikepdf.Pdf, bleed: float) -> None:
    """Give every page room for what is printed beyond its edges and cut off, in pt."""
    for page in pdf.pages:
        left, foot, right, top = (float(edge) for edge in page.mediabox)
        whole = [left - bleed, foot - bleed, right + bleed, top + bleed]
        page.obj.MediaBox = page.obj.BleedBox = pikepdf.Array(whole)
        page.obj.TrimBox = pikepdf.Array([left, foot, right, top])


def declare(pdf: pikepdf.Pdf, standard: Standard, icc: bytes) -> None:
    """Say of a PDF that it is PDF/A-2u or PDF/X-4, for a device with an ICC profile."""
    is_x = standard is Standard.X4
    profile = pdf.make_stream(icc, N=_INKS[icc[16:20]])
    intent = pikepdf.Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX if is_x else Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("Custom" if is_x else "sRGB"),
        Info=pikepdf.String(_description(icc)),
        DestOutputProfile=profile,
    )
    if not is_x and icc[16:20] != b"RGB ":
        intent.OutputConditionIdentifier = pikepdf.String("Custom")
    pdf.Root.OutputIntents = pikepdf.Array([intent])
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as words:
        words.register_xml_namespace("http://www.npes.org/pdfx/ns/id/", "pdfxid")
        with suppress(KeyError):
            del words["pdfuaid:part"]
        if not is_x:
            words["pdfaid:part"], words["pdfaid:conformance"] = "2", "U"
            return
        date = words.get("xmp:ModifyDate") or _UNDATED
        words["pdfxid:GTS_PDFXVersion"] = "PDF/X-4"
        words["pdf:Trapped"] = "False"
        words["xmpMM:DocumentID"] = f"uuid:{uuid.uuid5(uuid.NAMESPACE_OID, str(words))}"
        words["xmpMM:VersionID"], words["xmpMM:RenditionClass"] = "1", "default"
        for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            words[key] = words.get(key) or date
    pdf.docinfo["/Trapped"] = Name("/False")
    compact = date.replace("-", "")
    for info in ("/CreationDate", "/ModDate"):
        if info not in pdf.docinfo:
            pdf.docinfo[info] = f"D:{compact}"


def _description(icc: bytes) -> str:
    """What an ICC profile calls itself, as far as it is plain ASCII (ICC.1:2001, 6.5.17)."""
    count = int.from_bytes(icc[128:132], "big") if len(icc) >= 132 else 0
    for number in range(min(count, 100)):
        at = 132 + 12 * number
        if icc[at : at + 4] == b"desc":
            start = int.from_bytes(icc[at + 4 : at + 8], "big")
            if icc[start : start + 4] == b"desc":
                length = int.from_bytes(icc[start + 8 : start + 12], "big")
                return icc[start + 12 : start + 11 + length].decode("ascii", "replace")
    return "an ICC profile of the edition"
