#!/usr/bin/env python3
"""Reads a Word file with tracked changes, and resolves them: a judge that shares no code with the program.

    redline_resolve.py accept|reject|both FILE.docx       texts as JSON
    redline_resolve.py check REDLINE.docx OLD.docx NEW.docx   accept = new? reject = old? status 1 if not
    redline_resolve.py valid FILE.docx [INPUT.docx ...]   rules of tracked changes, faults of the inputs apart
    redline_resolve.py write accept|reject FILE.docx OUT.docx   a resolved copy, for other programs to read

The texts of a file are, for the body and for each header, footer, note and text box, a list of blocks: a
paragraph is its text, a table is a list of rows, each a list of cells, each a list of blocks. A tab is \\t, a
break \\n, a break of page or column \\f, what is not text (a drawing, a formula, the mark of a note) U+FFFC; automatic
numbers are left out. Breaks of pages are layout: they are compared, but do not make a redline unsound. Where an
input has tracked changes already, its text is the one with those accepted.

A paragraph mark that goes joins the paragraph to the next one. Where there is none, three ways are known:
  word     (the rule here) before a table an emptied paragraph goes, at the end of a cell or the body it stays
  strict   before a table it stays, too (LibreOffice)
  lenient  an emptied paragraph always goes, unless its cell would be left without one
Needs lxml.
"""

import hashlib
import json
import posixpath
import sys
import zipfile
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
OBJECT = "\ufffc"
PAGE = "\f"
RULES = ("word", "strict", "lenient")

# Status of a piece: both drafts, the new one only, the old one only, the old and the new end of a move, neither.
SAME, INS, DEL, FROM, TO, GONE = "same", "ins", "del", "from", "to", "gone"
IN_OLD = (SAME, DEL, FROM)
IN_NEW = (SAME, INS, TO)
CONTAINERS = {W + "ins": INS, W + "del": DEL, W + "moveFrom": FROM, W + "moveTo": TO}
# What is looked through on the way to paragraphs and runs.
WRAPPERS = {
    W + name
    for name in (
        "sdt",
        "sdtContent",
        "smartTag",
        "customXml",
        "hyperlink",
        "fldSimple",
        "ruby",
        "rubyBase",
        "dir",
        "bdo",
    )
}
PLAIN = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "\u2011", W + "softHyphen": "\u00ad"}
MARKS = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
OBJECTS = {W + "drawing", W + "pict", W + "object", W + "altChunk", W + "contentPart", W + "control"}


class Broken(Exception):
    """The file cannot be read as a Word file."""


def inside(outer, inner):
    """Status of a piece marked `inner` within one marked `outer`."""
    if outer == SAME or outer == inner:
        return inner
    if inner == SAME:
        return outer
    old = outer in IN_OLD and inner in IN_OLD
    new = outer in IN_NEW and inner in IN_NEW
    return inner if old or new else GONE


@dataclass
class Piece:
    """Text with one status."""

    text: str
    status: str
    move: str | None = None


@dataclass
class Para:
    """A paragraph as it stands in the redline, and the status of the mark at its end."""

    pieces: list = field(default_factory=list)
    mark: str = SAME
    move: str | None = None


@dataclass
class Table:
    """Rows of (status, cells), cells of (status, blocks)."""

    rows: list = field(default_factory=list)


@dataclass
class Part:
    """A part of the package, read."""

    name: str
    root: etree._Element
    rels: dict


class Redline:
    """What can be resolved: stories of paragraphs and tables, each piece with its status."""

    def __init__(self):
        self.body = []
        self.notes = {"footnotes": [], "endnotes": []}
        self.boxes = []
        self.objects = []
        self.margins = []

    def texts(self, mode, rule="word"):
        """The texts with all tracked changes accepted (`accept`) or rejected (`reject`)."""
        kept = IN_NEW if mode == "accept" else IN_OLD
        margins = {}
        for status, kind, blocks in self.margins:
            text = settle(blocks, kept, rule)
            if status in kept and plain(text) and text not in margins.setdefault(kind, []):
                margins[kind].append(text)
        return {
            "body": settle(self.body, kept, rule),
            **{kind: [settle(b, kept, rule) for s, b in notes if s in kept] for kind, notes in self.notes.items()},
            "boxes": [settle(b, kept, rule) for s, b in self.boxes if s in kept],
            "margins": {kind: margins[kind] for kind in sorted(margins) if margins[kind]},
            "objects": [digest for s, digest in self.objects if s in kept],
        }


class Docx(Redline):
    """A Word file, its tracked changes told apart."""

    def __init__(self, path):
        super().__init__()
        try:
            self.zip = zipfile.ZipFile(path)
            bad = self.zip.testzip()
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as fault:
            raise Broken(f"not a zip archive: {fault}") from fault
        if bad:
            raise Broken(f"damaged entry {bad}")
        self.names = {name.lower().lstrip("/"): name for name in self.zip.namelist()}
        self.parts = {}
        main = next((t for k, t, _ in self.rels("").values() if k.endswith("/officeDocument")), None)
        if main is None:
            raise Broken("no main document")
        self.main = main
        self.body_part = self.part(main)
        if self.body_part is None:
            raise Broken("the main document is missing")
        self.sections = []
        self.open = {}
        body = self.body_part.root.find(W + "body")
        self.body = self.blocks(body, self.body_part) if body is not None else []
        self.notes = {kind: self.read_notes(kind, ids) for kind, ids in self.notes.items()}
        self.margins = self.read_margins()

    def data(self, name):
        real = self.names.get(name.lower())
        return None if real is None else self.zip.read(real)

    def rels(self, part):
        folder, base = posixpath.split(part)
        raw = self.data(posixpath.join(folder, "_rels", base + ".rels"))
        found = {}
        if raw is not None:
            for rel in parse(raw).iter(RELS + "Relationship"):
                target = rel.get("Target", "")
                if rel.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                found[rel.get("Id")] = (rel.get("Type", ""), target, rel.get("TargetMode") == "External")
        return found

    def part(self, name):
        if name not in self.parts:
            raw = self.data(name)
            self.parts[name] = None if raw is None else Part(name, parse(raw), self.rels(name))
        return self.parts[name]

    # -- reading ------------------------------------------------------------------------------------------

    def range_mark(self, node):
        """Keeps track of the named ranges of moves; returns whether the element was one of their ends."""
        name = node.tag[len(W) :] if isinstance(node.tag, str) else ""
        if name in ("moveFromRangeStart", "moveToRangeStart"):
            self.open[(name[:-5], node.get(W + "id"))] = node.get(W + "name")
            return True
        if name in ("moveFromRangeEnd", "moveToRangeEnd"):
            self.open.pop((name[:-3], node.get(W + "id")), None)
            return True
        return False

    def move(self, status):
        """Name of the move that a piece belongs to: that of the range opened last."""
        kind = {FROM: "moveFromRange", TO: "moveToRange"}.get(status)
        return next((name for (of, _), name in reversed(self.open.items()) if of == kind), None) if kind else None

    def blocks(self, parent, part, status=SAME):
        found = []
        for node in parent:
            tag = node.tag
            if tag == W + "p":
                found.append(self.para(node, part, status))
            elif tag == W + "tbl":
                found.append(self.table(node, part, status))
            elif tag in CONTAINERS:
                found += self.blocks(node, part, inside(status, CONTAINERS[tag]))
            elif tag in WRAPPERS:
                found += self.blocks(node, part, status)
            elif tag == MC + "AlternateContent":
                found += self.blocks(chosen(node), part, status)
            elif tag == W + "sectPr":
                self.sections.append((SAME, node))
            elif tag == W + "altChunk":
                found.append(Para([Piece(OBJECT, status)], status))
            else:
                self.range_mark(node)
        return found

    def table(self, node, part, status):
        table = Table()
        for row in through(node, W + "tr"):
            marked = next((s for s, t in ((INS, "ins"), (DEL, "del")) if row.find(f"{W}trPr/{W}{t}") is not None), SAME)
            whole = inside(status, marked)
            cells = []
            for cell in through(row, W + "tc"):
                of = next(
                    (s for s, t in ((INS, "cellIns"), (DEL, "cellDel")) if cell.find(f"{W}tcPr/{W}{t}") is not None),
                    SAME,
                )
                cells.append((inside(whole, of), self.blocks(cell, part, SAME)))
            table.rows.append((whole, cells))
        return table

    def para(self, node, part, status):
        para = Para()
        properties = node.find(W + "pPr")
        self.runs(node, part, status, para.pieces)
        if properties is not None:
            marks = properties.find(W + "rPr")
            for mark in marks if marks is not None else ():
                if mark.tag in CONTAINERS:
                    para.mark = inside(para.mark, CONTAINERS[mark.tag])
            section = properties.find(W + "sectPr")
            if section is not None:
                self.sections.append((inside(status, para.mark), section))
        para.mark = inside(status, para.mark)
        para.move = self.move(para.mark)
        return para

    def runs(self, parent, part, status, pieces):
        for node in parent:
            tag = node.tag
            if tag == W + "r":
                self.run(node, part, status, pieces)
            elif tag in CONTAINERS:
                self.runs(node, part, inside(status, CONTAINERS[tag]), pieces)
            elif tag in WRAPPERS:
                self.runs(node, part, status, pieces)
            elif tag == MC + "AlternateContent":
                self.runs(chosen(node), part, status, pieces)
            elif tag in (M + "oMath", M + "oMathPara"):
                self.math(node, status, pieces)
            elif not self.range_mark(node) and tag in OBJECTS:
                self.thing(node, part, status, pieces)

    def math(self, node, status, pieces):
        # Word shows a formula as one thing.
        text = "".join(t.text or "" for t in node.iter(M + "t"))
        pieces.append(Piece(OBJECT, status, self.move(status)))
        self.objects.append((status, f"formula {text}"))

    def run(self, node, part, status, pieces):
        text = []

        def flush():
            if text:
                pieces.append(Piece("".join(text), status, self.move(status)))
                text.clear()

        for child in node:
            tag = child.tag
            if tag in (W + "t", W + "delText"):
                text.append(child.text or "")
            elif tag == W + "br":
                text.append(PAGE if child.get(W + "type") in ("page", "column") else "\n")
            elif tag in PLAIN:
                text.append(PLAIN[tag])
            elif tag == W + "sym":
                text.append(chr(int(child.get(W + "char", "FFFD"), 16)))
            elif tag in MARKS:
                text.append(OBJECT)
                self.notes[MARKS[tag]].append((status, child.get(W + "id"), part))
            elif tag == MC + "AlternateContent":
                flush()
                self.run(chosen(child), part, status, pieces)
            elif tag in OBJECTS:
                flush()
                self.thing(child, part, status, pieces)
            elif tag in (W + "ruby", W + "rubyBase", W + "hyperlink"):
                flush()
                self.runs(child, part, status, pieces)
        flush()

    def thing(self, node, part, status, pieces):
        pieces.append(Piece(OBJECT, status, self.move(status)))
        for box in node.iter(W + "txbxContent"):
            fallback = any(a.tag == MC + "Fallback" for a in box.iterancestors() if a in set(node.iterdescendants()))
            if not fallback and not any(a.tag == W + "txbxContent" for a in ancestors(box, node)):
                place = len(self.boxes)
                self.boxes.append(None)
                self.boxes[place] = (status, self.blocks(box, part))
        digest = hashlib.sha256()
        for one in node.iter():
            for key, value in one.attrib.items():
                if key.startswith(R) and value in part.rels:
                    _, target, external = part.rels[value]
                    digest.update(target.encode() if external else self.data(target) or b"")
        self.objects.append((status, digest.hexdigest()[:12]))

    def read_notes(self, kind, ids):
        found = []
        for status, number, part in ids:
            target = next((t for k, t, _ in part.rels.values() if k.endswith("/" + kind)), None)
            source = self.part(target) if target else None
            note = None
            if source is not None:
                note = next((n for n in source.root if n.get(W + "id") == number), None)
            found.append(
                (status, self.blocks(note, source) if note is not None else [Para([Piece("?missing note?", SAME)])])
            )
        return found

    def read_margins(self):
        found = []
        for number, (status, section) in enumerate(self.sections):
            for ref in section:
                if ref.tag in (W + "headerReference", W + "footerReference"):
                    _, target, _ = self.body_part.rels.get(ref.get(R + "id"), ("", None, False))
                    part = self.part(target) if target else None
                    if part is not None:
                        kind = f"{ref.tag[len(W) : -9]} {ref.get(W + 'type', 'default')}"
                        found.append((status, kind, self.blocks(part.root, part)))
        return found


def parse(raw):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as fault:
        raise Broken(f"not well-formed: {fault}") from fault
    if STRICT_W.strip("{}") in root.nsmap.values():
        text = etree.tostring(root).replace(STRICT_W.strip("{}").encode(), W.strip("{}").encode())
        text = text.replace(b"http://purl.oclc.org/ooxml/officeDocument/relationships", R.strip("{}").encode())
        root = etree.fromstring(text, parser)
    return root


def ancestors(node, top):
    """Elements between a node and `top`, the nearest first."""
    for one in node.iterancestors():
        if one is top:
            return
        yield one


def chosen(node):
    """The branch of an mc:AlternateContent that Word takes."""
    choice = node.find(MC + "Choice")
    if choice is None:
        choice = node.find(MC + "Fallback")
    return choice if choice is not None else ()


def through(node, tag):
    """Children with that tag, wrappers looked through."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS or child.tag in CONTAINERS:
            yield from through(child, tag)


def settle(blocks, kept, rule):
    """Leaves of a list of blocks what belongs to one draft."""
    items = []
    for block in blocks:
        if isinstance(block, Table):
            rows = []
            for status, cells in block.rows:
                if status in kept:
                    rows.append([settle(inner, kept, rule) or [""] for of, inner in cells if of in kept])
            if rows:
                items.append(rows)
        else:
            text = "".join(piece.text for piece in block.pieces if piece.status in kept)
            items.append((text, block.mark in kept))
    out, carried = [], None
    for place, item in enumerate(items):
        if isinstance(item, list):
            if carried is not None and (carried or rule == "strict"):
                out.append(carried)
            carried = None
            out.append(item)
            continue
        text, stays = item
        text = (carried or "") + text
        if stays:
            out.append(text)
            carried = None
        else:
            carried = text
    if carried is not None and (carried or rule != "lenient"):
        out.append(carried)
    return out


def plain(blocks):
    """All text of a list of blocks."""
    return "".join(b if isinstance(b, str) else "".join(plain(c) for row in b for c in row) for b in blocks)


def flat(blocks):
    """Paragraphs of a list of blocks, those of cells included."""
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            for row in block:
                for cell in row:
                    yield from flat(cell)


def paragraphs(texts):
    """All paragraphs of a file's texts: body, notes, text boxes."""
    found = list(flat(texts["body"]))
    for kind in ("footnotes", "endnotes", "boxes"):
        for story in texts[kind]:
            found += flat(story)
    return found


def first_difference(made, wanted, where="body"):
    """Where two lists of blocks part, in words."""
    for place, (a, b) in enumerate(zip(made, wanted)):
        if a != b:
            if isinstance(a, list) and isinstance(b, list) and a and b:
                return first_difference(a, b, f"{where}[{place}]")
            made, wanted = (json.dumps(x, ensure_ascii=False)[:160] for x in (a, b))
            return f"{where}[{place}]: {made} instead of {wanted}"
    if len(made) != len(wanted):
        longer, what = (made, "too many") if len(made) > len(wanted) else (wanted, "missing")
        rest = json.dumps(longer[min(len(made), len(wanted))], ensure_ascii=False)[:160]
        return f"{where}: {abs(len(made) - len(wanted))} {what}, from {rest}"
    return ""


# What the texts must agree in for a redline to be sound, and what is said besides.
GATE = ("body", "footnotes", "endnotes", "boxes")
BESIDES = ("margins", "objects", "breaks")


def without_pages(texts):
    """Lists of texts without breaks of pages and columns."""
    return texts.replace(PAGE, "") if isinstance(texts, str) else [without_pages(one) for one in texts]


def check(redline, old, new, rule="word"):
    """Holds a redline against its two drafts; returns the faults of each kind, `{}` if it is sound."""
    redline = redline if isinstance(redline, Redline) else Docx(redline)
    faults = {}
    for mode, source in (("accept", new), ("reject", old)):
        source = source if isinstance(source, Redline) else Docx(source)
        made, wanted = redline.texts(mode, rule), source.texts("accept", rule)
        for texts in (made, wanted):
            texts["breaks"] = [paragraph.count(PAGE) for paragraph in paragraphs(texts) if PAGE in paragraph]
            for kind in GATE:
                texts[kind] = without_pages(texts[kind])
        for kind in GATE + BESIDES:
            if made[kind] != wanted[kind]:
                if isinstance(made[kind], dict):
                    a, b = list(made[kind].items()), list(wanted[kind].items())
                else:
                    a, b = made[kind], wanted[kind]
                faults[f"{mode} {kind}"] = first_difference(
                    [list(x) if isinstance(x, tuple) else x for x in a],
                    [list(x) if isinstance(x, tuple) else x for x in b],
                    kind,
                )
    return faults


def sound(faults):
    """Whether the faults of a check leave the redline sound."""
    return not any(name.split()[1] in GATE for name in faults)


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    command, *rest = arguments
    rule = "word"
    if rest and rest[0].startswith("--rule="):
        rule = rest.pop(0)[7:]
    try:
        if command in ("accept", "reject"):
            print(json.dumps(Docx(rest[0]).texts(command, rule), ensure_ascii=False, indent=1))
        elif command == "both":
            docx = Docx(rest[0])
            print(json.dumps({m: docx.texts(m, rule) for m in ("accept", "reject")}, ensure_ascii=False, indent=1))
        elif command == "check":
            faults = check(*rest[:3], rule)
            for name, fault in faults.items():
                print(f"{name}: {fault}")
            return 0 if sound(faults) else 1
        elif command == "valid":
            from redline_valid import faults_beyond

            found = faults_beyond(rest[0], rest[1:])
            print("\n".join(found))
            return 1 if found else 0
        elif command == "write":
            from redline_valid import write_resolved

            write_resolved(rest[1], rest[0], rest[2])
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except Broken as fault:
        print(f"{rest}: {fault}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
