"""What of PDF/UA-1 a program can see, read by another library (pypdf) than the one that wrote the sheet.

The rules stand in the Matterhorn Protocol; the numbers are those of its checkpoints.
"""

import io
import re
import unicodedata

import pypdf
from pypdf.generic import ContentStream

PAINTS = {
    b"Tj",
    b"TJ",
    b"'",
    b'"',
    b"Do",
    b"sh",
    b"f",
    b"F",
    b"f*",
    b"B",
    b"B*",
    b"b",
    b"b*",
    b"S",
    b"s",
    b"BI",
}
# Where an element may stand (09-004 and further).
INSIDE = {
    "/LI": {"/L"},
    "/LBody": {"/LI"},
    "/Lbl": {"/LI"},
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
}
OURS = ("Nunito-Sans", "Vazirmatn")


def read(answer):
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return pypdf.PdfReader(io.BytesIO(answer.content))


def text_of(*pages):
    """The text as who cannot see it gets it; forms of a letter are that letter."""
    text = " ".join(page.extract_text() for page in pages)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))


def elements(node, above="/StructTreeRoot"):
    """(element, kind of its parent) under this one, in the order of reading."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        one = kid.get_object()
        if isinstance(one, dict) and "/S" in one:
            yield one, above
            yield from elements(one, one["/S"])


def languages(document):
    """Every language that the tags name."""
    found = elements(document.trailer["/Root"]["/StructTreeRoot"])
    return {str(one["/Lang"]) for one, _above in found if "/Lang" in one}


def fonts(document):
    """(name, is its file in the PDF, can its letters be read back) of each font."""
    for page in document.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            one = font.get_object()
            for child in one.get("/DescendantFonts", [one]):
                facts = child.get_object()["/FontDescriptor"].get_object()
                whole = any(f"/FontFile{kind}" in facts for kind in ("", "2", "3"))
                yield str(facts["/FontName"]), whole, "/ToUnicode" in one


def faults(document):
    """What is not as PDF/UA-1 asks, in words; nothing is well."""
    root = document.trailer["/Root"]
    found = [*_of_the_whole(document, root), *_of_tags(root)]
    for number, page in enumerate(document.pages, 1):
        found += [f"page {number}: {fault}" for fault in _of_page(document, page)]
    for name, whole, readable in set(fonts(document)):
        if not whole or not readable:
            found.append(f"31: {name} is not in the file, or not readable")
        if not any(ours in name for ours in OURS):
            found.append(f"{name} is a font of this machine: another would print another sheet")
    return found


def _of_the_whole(document, root):
    if not root.get("/Lang"):
        yield "11-006: no language"
    if not (root.get("/MarkInfo") or {}).get("/Marked"):
        yield "06-001: not marked"
    if not (root.get("/ViewerPreferences") or {}).get("/DisplayDocTitle"):
        yield "07-001: the title does not show"
    if not (document.metadata.title or "").strip():
        yield "06-003: no title"
    if not re.search(rb"pdfuaid:part(>|=\")1", root["/Metadata"].get_data()):
        yield "06-002: does not say PDF/UA-1"


def _of_tags(root):
    level = 0
    for one, above in elements(root["/StructTreeRoot"]):
        kind = one["/S"]
        if kind in INSIDE and above not in INSIDE[kind]:
            yield f"09: {kind} in {above}"
        if kind == "/Figure" and not (one.get("/Alt") and "/BBox" in (one.get("/A") or {})):
            yield "13-004: a picture without words"
        if heading := re.fullmatch(r"/H(\d)", kind):
            if int(heading[1]) > level + 1:
                yield f"14-003: {kind} after level {level}"
            level = int(heading[1])
    if not level:
        yield "14: no heading"


def _of_page(document, page):
    if page.get("/Tabs") != "/S":
        yield "28-009: no order for the tab key"
    owners = _owners(document, page)
    depth, seen = 0, []
    for operands, operator in ContentStream(page["/Contents"].get_object(), document).operations:
        if operator in (b"BDC", b"BMC"):
            depth += 1
            if operator == b"BDC" and "/MCID" in operands[1]:
                seen.append(int(operands[1]["/MCID"]))
        elif operator == b"EMC":
            depth -= 1
        elif operator in PAINTS and not depth:
            yield f"01-005: {operator.decode()} is no content and no artifact"
    if sorted(seen) != sorted(set(seen)):
        yield "01: two parts with one number"
    if missing := [number for number in seen if number >= len(owners)]:
        yield f"01: no tag for {missing}"


def _owners(document, page):
    """The element of each marked part of this page."""
    numbers = document.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    by_page = dict(zip(numbers[::2], numbers[1::2], strict=True))
    return by_page[page["/StructParents"]].get_object()
