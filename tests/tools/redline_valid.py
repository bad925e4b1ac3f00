"""Rules that a Word file with tracked changes must keep, and a resolved copy of one.

No part of this calls the program. The rules are those of ECMA-376 Part 1 (17.13.5 and the order of the elements
in Annex A), and what Word is known to refuse: see `RULES` at each check. Used through redline_resolve.py.
"""

import re
import zipfile
from collections import Counter

from lxml import etree
from redline_resolve import CONTAINERS, R, TYPES, W, XML_SPACE, Broken, Docx, parse

RANGES = ("moveFromRangeStart", "moveToRangeStart")
REVISIONS = {
    W + n
    for n in (
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblPrExChange",
        "trPrChange",
        "tcPrChange",
        "tblGridChange",
        "cellIns",
        "cellDel",
        "cellMerge",
        "numberingChange",
        "customXmlInsRangeStart",
        "customXmlDelRangeStart",
        "customXmlMoveFromRangeStart",
        "customXmlMoveToRangeStart",
    )
    + RANGES
}
CHANGE = ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange")
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange",
    "p": "pPr *",
    "r": "rPr *",
    "tbl": "* tblPr tblGrid *",
    "tc": "tcPr *",
}
# The order of these is free among themselves; what tracks changes stands before or behind all of them.
LAST = {"trPr": ("ins", "del", "trPrChange")}
MARK_FIRST = ("ins", "del", "moveFrom", "moveTo")
RUN_ORDER = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange"
).split()
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$")


def local(node):
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def order_faults(node, names, where):
    """Faults of the order of an element's children, those of other namespaces left aside."""
    at = {name: place for place, name in enumerate(names)}
    highest = -1
    for child in node:
        if not isinstance(child.tag, str) or not child.tag.startswith(W):
            continue
        place = at.get(local(child))
        if place is None:
            yield f"{where}: {local(child)} has no place in it"
        elif place < highest:
            yield f"{where}: {local(child)} stands after {names[highest]}"
        else:
            highest = place


def structure_faults(root):
    for node in root.iter():
        name = local(node)
        if not isinstance(node.tag, str) or not node.tag.startswith(W):
            continue
        children = [local(c) for c in node if isinstance(c.tag, str)]
        if name in ("pPr", "tblPr", "tcPr") and local(node.getparent()) not in CHANGE:
            yield from order_faults(node, ORDER[name].split(), name)
        elif name == "rPr":
            marks = [c for c in children if c in MARK_FIRST]
            if marks and children[: len(marks)] != marks:
                yield "rPr: the mark of a change is not first"
            if len(marks) != len(set(marks)):
                yield "rPr: the same mark twice"
            if marks and local(node.getparent()) != "pPr":
                yield "rPr: the mark of a change outside a paragraph mark"
            # Word itself writes these in this order; other programs are less strict, so only what tracks is held.
            if "rPrChange" in children and children[-1] != "rPrChange":
                yield "rPr: rPrChange is not last"
        elif name == "trPr":
            tail = [c for c in children if c in LAST["trPr"]]
            if tail and children[-len(tail) :] != tail:
                yield "trPr: the mark of a change is not last"
        elif name in ("p", "r", "tc"):
            first = name + "Pr"
            if first in children[1:]:
                yield f"{name}: {first} is not first"
            if name == "tc":
                blocks = [c for c in children if c in ("p", "tbl", "sdt", "customXml", "altChunk")]
                if not blocks or blocks[-1] == "tbl":
                    yield "tc: a cell does not end with a paragraph"
            if name == "p" and "p" in children:
                yield "p: a paragraph in a paragraph"
        elif name == "tr" and not any(c in ("tc", "sdt", "customXml") for c in children):
            yield "tr: a row without a cell"
        elif name == "tbl" and "tblGrid" not in children:
            yield "tbl: no tblGrid"


def near(node, names):
    """The nearest of some elements around a node, text boxes between them not crossed."""
    for one in node.iterancestors():
        if one.tag == W + "txbxContent":
            return None
        if one.tag in names:
            return local(one)
    return None


def revision_faults(root):
    seen = Counter()
    for node in root.iter(*REVISIONS):
        number = node.get(W + "id")
        if number is None or not re.fullmatch(r"-?\d+", number):
            yield f"{local(node)}: no w:id"
        else:
            seen[number] += 1
        if node.get(W + "author") is None:
            yield f"{local(node)}: no w:author"
        date = node.get(W + "date")
        if date is not None and not DATE.match(date):
            yield f"{local(node)}: the date {date}"
    twice = [number for number, times in seen.items() if times > 1]
    if twice:
        yield f"w:id of revisions used more than once: {len(twice)}"
    for text in root.iter(W + "t", W + "instrText", W + "delText", W + "delInstrText"):
        around, name = near(text, CONTAINERS), local(text)
        if around == "del" and name in ("t", "instrText"):
            yield f"del: holds {name}"
        if around != "del" and name in ("delText", "delInstrText"):
            yield f"{around or 'no change'}: holds {name}"
        value = text.text or ""
        if value != value.strip() and text.get(XML_SPACE) != "preserve":
            yield f"{name}: blanks without xml:space"
    for node in root.iter(*CONTAINERS):
        inner = local(node)
        if local(node.getparent()) in ("rPr", "trPr"):
            continue
        if near(node, {node.tag}) == inner:
            yield f"{inner} in {inner}"
        if inner in ("moveFrom", "moveTo") and near(node, CONTAINERS) in ("moveFrom", "moveTo"):
            yield f"{inner} in a move"
        if inner == "ins" and near(node, CONTAINERS) == "del":
            yield "ins in del"


def move_faults(root):
    names = {kind: Counter() for kind in RANGES}
    open_ = {}
    for node in root.iter():
        name = local(node)
        if name in RANGES:
            kind = name[:-5]
            if node.get(W + "name") is None:
                yield f"{name}: no w:name"
            names[name][node.get(W + "name")] += 1
            if any(k == kind for k, _ in open_):
                yield f"{name}: within another one"
            open_[(kind, node.get(W + "id"))] = node
        elif name in ("moveFromRangeEnd", "moveToRangeEnd"):
            if open_.pop((name[:-3], node.get(W + "id")), None) is None:
                yield f"{name}: without a start"
        elif name in ("moveFrom", "moveTo") and local(node.getparent()) != "rPr":
            # The mark of a paragraph stands before what its range begins with: Word writes it so.
            if not any(k == name + "Range" for k, _ in open_):
                yield f"{name}: outside a range"
    if open_:
        yield f"ranges of moves without an end: {len(open_)}"
    ends = [names[kind] for kind in RANGES]
    if any(times > 1 for end in ends for times in end.values()):
        yield "the name of a move used twice"
    alone = set(ends[0]) ^ set(ends[1])
    if alone:
        yield f"moves with one end only: {len(alone)}"


def reference_faults(docx):
    for name in docx.zip.namelist():
        if not name.endswith(".xml") or name.startswith("[") or "/_rels/" in name:
            continue
        part = docx.part(name)
        for node in part.root.iter():
            if isinstance(node.tag, str):
                for key, value in node.attrib.items():
                    if (
                        key.startswith(R)
                        and value
                        and value not in part.rels
                        and key[len(R) :] in ("id", "embed", "link", "pict")
                    ):
                        yield f"{name}: {local(node)} {key[len(R) :]} leads nowhere"
        for kind, target, external in part.rels.values():
            if not external and target.lower() not in docx.names and not target.startswith("#"):
                yield f"{name}: a relationship ({kind.rsplit('/', 1)[-1]}) to a missing part"
    parts = {k: docx.body_part.rels for k in ("footnotes", "endnotes", "comments")}
    for kind, mark in (
        ("footnotes", "footnoteReference"),
        ("endnotes", "endnoteReference"),
        ("comments", "commentReference"),
    ):
        target = next((t for k, t, _ in parts[kind].values() if k.endswith("/" + kind)), None)
        part = docx.part(target) if target else None
        known = Counter(n.get(W + "id") for n in part.root) if part is not None else Counter()
        if any(times > 1 for times in known.values()):
            yield f"{kind}: the same id twice"
        used = {n.get(W + "id") for n in docx.body_part.root.iter(W + mark)}
        if used - set(known):
            yield f"{mark}: leads nowhere"


def package_faults(docx):
    names = docx.zip.namelist()
    if len(names) != len(set(n.lower() for n in names)):
        yield "the same part twice"
    raw = docx.data("[Content_Types].xml")
    if raw is None:
        yield "no [Content_Types].xml"
        return
    types = parse(raw)
    defaults = {d.get("Extension", "").lower() for d in types.iter(TYPES + "Default")}
    overrides = {o.get("PartName", "").lower().lstrip("/") for o in types.iter(TYPES + "Override")}
    for name in names:
        if name.endswith("/") or name.startswith("["):
            continue
        if name.lower() not in overrides and name.rsplit(".", 1)[-1].lower() not in defaults:
            yield f"{name}: no content type"
    for name in overrides - {n.lower().lstrip("/") for n in names}:
        yield f"{name}: a content type for a missing part"


def faults(path):
    """All faults of a file, as words that do not depend on the place."""
    try:
        docx = path if isinstance(path, Docx) else Docx(path)
        found = Counter(package_faults(docx))
        found.update(reference_faults(docx))
        for name in docx.zip.namelist():
            if (
                re.fullmatch(r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\d*\.xml", name)
                or name == docx.main
            ):
                root = docx.part(name).root
                for check in (structure_faults, revision_faults, move_faults):
                    found.update(check(root))
    except Broken as fault:
        return Counter([str(fault)])
    return found


def faults_beyond(path, inputs=()):
    """Faults of a file that none of its inputs has, one a line, with how often."""
    known = Counter()
    for one in inputs:
        for fault, times in faults(one).items():
            known[fault] = max(known[fault], times)
    # An input's fault may come twice in the redline: in the part that goes and in the part that comes.
    return [f"{fault} ({times})" for fault, times in sorted(faults(path).items()) if not known[fault]]


def write_resolved(source, mode, target):
    """Writes a copy with all tracked changes accepted or rejected, paragraphs joined as Word joins them."""
    docx = Docx(source)
    gone = ("del", "moveFrom") if mode == "accept" else ("ins", "moveTo")
    changed = {}
    for name in docx.zip.namelist():
        if re.fullmatch(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\d*\.xml", name):
            root = parse(docx.zip.read(name))
            resolve_tree(root, gone)
            changed[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in docx.zip.namelist():
            out.writestr(name, changed.get(name) or docx.zip.read(name))


def resolve_tree(root, gone):
    """Resolves the tracked changes of a part in place."""
    for tag in ("tr", "tc"):
        for mark in [
            m for n in gone for m in root.iter(W + {"tr": n, "tc": {"ins": "cellIns", "del": "cellDel"}.get(n, n)}[tag])
        ]:
            holder = mark.getparent()
            if local(holder) == tag + "Pr" and holder.getparent().getparent() is not None:
                holder.getparent().getparent().remove(holder.getparent())
    for table in list(root.iter(W + "tbl")):
        if table.find(W + "tr") is None and table.find(f"{W}sdt") is None:
            table.getparent().remove(table)
    joins = [p for p in root.iter(W + "p") if any(p.find(f"{W}pPr/{W}rPr/{W}{n}") is not None for n in gone)]
    for name in gone:
        for node in [n for n in root.iter(W + name) if local(n.getparent()) not in ("rPr", "trPr")]:
            if node.getparent() is not None:
                node.getparent().remove(node)
    for node in [n for n in root.iter(*CONTAINERS) if local(n.getparent()) not in ("rPr", "trPr")]:
        parent, place = node.getparent(), node.getparent().index(node)
        for offset, child in enumerate(list(node)):
            parent.insert(place + offset, child)
        parent.remove(node)
    for old, new in (("delText", "t"), ("delInstrText", "instrText")):
        for node in list(root.iter(W + old)):
            node.tag = W + new
    for para in joins:
        after = para.getnext()
        while after is not None and after.tag not in (W + "p", W + "tbl", W + "sdt"):
            after = after.getnext()
        content = [c for c in para if c.tag != W + "pPr"]
        if after is not None and after.tag == W + "p":
            place = 1 if after.find(W + "pPr") is not None else 0
            for offset, child in enumerate(content):
                after.insert(place + offset, child)
            para.getparent().remove(para)
        elif after is not None and not any(c.iter(W + "r") for c in content):
            para.getparent().remove(para)
    drop = [n for n in root.iter(*REVISIONS)] + [n for n in root.iter(W + "moveFromRangeEnd", W + "moveToRangeEnd")]
    for node in drop:
        if node.getparent() is not None and (
            local(node).endswith(("Change", "Start", "End")) or local(node.getparent()) in ("rPr", "trPr", "tcPr")
        ):
            node.getparent().remove(node)
