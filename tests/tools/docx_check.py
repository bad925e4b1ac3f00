#!/usr/bin/env python3
"""Checks Word files with programs that are not ours.

    docx_check.py [--xsd DIR] FILE.docx ...

For each file: every part is well-formed; every relationship leads to a part that exists and that has a content
type; identifiers of bookmarks, content controls, footnotes, lists and drawings are unique, and what refers to
them finds them; python-docx opens the file. With `openxml_audit` installed (PyPI; the rules of Microsoft's Open
XML SDK) the file is held against them; with a folder of the ECMA-376 transitional schemas (`--xsd`, or
DOCX_XSD in the environment; wml.xsd and what it imports) the parts are validated against those.

Prints each fault, one a line. Status 0 if there is none, 1 if there is one, 2 if it cannot check.
Nothing is fetched. Needs lxml and python-docx.
"""

import argparse
import os
import posixpath
import sys
import zipfile

try:
    import docx
    from lxml import etree
except ImportError as missing:
    print(f"cannot check: {missing}", file=sys.stderr)
    sys.exit(2)

try:
    from openxml_audit import FileFormat, OpenXmlValidator
except ImportError:
    OpenXmlValidator = None

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
# A theme is required by the rules, but not by Word, which has one of its own.
ACCEPTED = ("relationships/theme' is missing",)


def parse(archive, name, faults):
    try:
        return etree.fromstring(archive.read(name))
    except etree.XMLSyntaxError as error:
        faults.append(f"{name}: not well-formed: {error}")
        return None


def relationships(archive, trees, faults):
    names = set(archive.namelist())
    types = trees.get("[Content_Types].xml")
    overrides = {o.get("PartName").lstrip("/") for o in types.iter(TYPES + "Override")}
    defaults = {d.get("Extension") for d in types.iter(TYPES + "Default")}
    for part in sorted(overrides - names):
        faults.append(f"[Content_Types].xml: {part} does not exist")
    for name, tree in sorted(trees.items()):
        if not name.endswith(".rels"):
            continue
        folder, file = posixpath.split(name)
        owner = posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])
        known = set()
        for relation in tree.iter(RELS + "Relationship"):
            if relation.get("Id") in known:
                faults.append(f"{name}: {relation.get('Id')} is there twice")
            known.add(relation.get("Id"))
            if relation.get("TargetMode") == "External":
                continue
            base = posixpath.dirname(owner)
            target = posixpath.normpath(posixpath.join(base, relation.get("Target")))
            if target not in names:
                faults.append(f"{name}: {target} does not exist")
            elif target not in overrides and target.rsplit(".", 1)[-1] not in defaults:
                faults.append(f"{name}: {target} has no content type")
        if owner in trees:
            used = {v for e in trees[owner].iter() for k, v in e.attrib.items() if k.startswith(R)}
            for missing in sorted(used - known):
                faults.append(f"{owner}: relationship {missing} does not exist")
    for name, tree in sorted(trees.items()):
        rels = posixpath.join(posixpath.dirname(name), "_rels", posixpath.basename(name) + ".rels")
        if rels not in trees and any(k.startswith(R) for e in tree.iter() for k in e.attrib):
            faults.append(f"{name}: has relationships, but {rels} does not exist")


def unique(tree, path, attribute, what, name, faults):
    seen = set()
    for element in tree.iter(path):
        value = element.get(attribute)
        if value in seen:
            faults.append(f"{name}: {what} {value} is there twice")
        seen.add(value)
    return seen


def references(trees, faults):
    document = trees["word/document.xml"]
    bookmarks = set()
    for name, tree in sorted(trees.items()):
        if not name.startswith("word/") or name.endswith(".rels"):
            continue
        unique(tree, W + "bookmarkStart", W + "id", "bookmark", name, faults)
        bookmarks |= unique(tree, W + "bookmarkStart", W + "name", "bookmark", name, faults)
        controls = [c.find(W + "id") for c in tree.iter(W + "sdtPr")]
        ids = [c.get(W + "val") for c in controls if c is not None]
        for value in sorted({i for i in ids if ids.count(i) > 1}):
            faults.append(f"{name}: content control {value} is there twice")
        depth = 0
        for field in tree.iter(W + "fldChar"):
            depth += {"begin": 1, "separate": 0, "end": -1}[field.get(W + "fldCharType")]
            if depth < 0:
                faults.append(f"{name}: a field ends that never began")
        if depth:
            faults.append(f"{name}: a field does not end")
    for name, tree in sorted(trees.items()):
        for instruction in tree.iter(W + "instrText"):
            words = (instruction.text or "").split()
            if words[:1] in (["REF"], ["PAGEREF"]) and words[1] not in bookmarks:
                faults.append(f"{name}: no bookmark {words[1]}")
        for link in tree.iter(W + "hyperlink"):
            anchor = link.get(W + "anchor")
            if anchor is not None and anchor not in bookmarks:
                faults.append(f"{name}: no bookmark {anchor}")
    styles = trees["word/styles.xml"]
    known = unique(styles, W + "style", W + "styleId", "style", "word/styles.xml", faults)
    numbering = trees.get("word/numbering.xml")
    lists = set() if numbering is None else unique(numbering, W + "num", W + "numId", "list", "word/numbering.xml", faults)
    notes = trees.get("word/footnotes.xml")
    notes = set() if notes is None else unique(notes, W + "footnote", W + "id", "footnote", "word/footnotes.xml", faults)
    for name, tree in sorted(trees.items()):
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
            for element in tree.iter(W + kind):
                if element.get(W + "val") not in known:
                    faults.append(f"{name}: no style {element.get(W + 'val')}")
        for element in tree.iter(W + "numId"):
            if element.get(W + "val") not in lists | {"0"}:
                faults.append(f"{name}: no list {element.get(W + 'val')}")
    for element in document.iter(W + "footnoteReference"):
        if element.get(W + "id") not in notes:
            faults.append(f"word/document.xml: no footnote {element.get(W + 'id')}")
    for cell in document.iter(W + "tc"):
        if cell[-1].tag != W + "p":
            faults.append("word/document.xml: a cell does not end with a paragraph")


def without_extensions(tree):
    """Drops what the file itself says that a reader may ignore: the schemas do not know it."""
    prefixes = (tree.get(IGNORABLE) or "").split()
    spaces = tuple("{" + tree.nsmap[prefix] + "}" for prefix in prefixes)
    tree.attrib.pop(IGNORABLE, None)
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and spaces and element.tag.startswith(spaces):
            element.getparent().remove(element)
    return tree


def schema(folder):
    path = os.path.join(folder, "wml.xsd")
    if not os.path.exists(path):
        print(f"cannot check: no {path}", file=sys.stderr)
        sys.exit(2)
    return etree.XMLSchema(etree.parse(path))


def check(path, wml):
    faults = []
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        return [str(error)]
    names = archive.namelist()
    if len(names) != len(set(names)):
        faults.append("a part is there twice")
    trees = {}
    for name in names:
        if name.endswith((".xml", ".rels")):
            tree = parse(archive, name, faults)
            if tree is not None:
                trees[name] = tree
    if faults:
        return faults
    relationships(archive, trees, faults)
    references(trees, faults)
    if wml is not None:
        for name, tree in sorted(trees.items()):
            if name.startswith("word/") and not name.endswith(".rels") and not wml.validate(without_extensions(tree)):
                faults.extend(f"{name}:{error.line}: {error.message}" for error in wml.error_log)
    if OpenXmlValidator is not None:
        result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path)
        for error in result.errors:
            text = str(getattr(error, "description", error))
            if not any(accepted in text.replace("\n", " ") for accepted in ACCEPTED):
                faults.append(f"{getattr(error, 'part_uri', '')} {getattr(error, 'path', '')}: {text}")
    try:
        opened = docx.Document(path)
        if not opened.paragraphs and not opened.tables:
            faults.append("python-docx finds nothing in it")
    except Exception as error:  # whatever it raises, it did not open
        faults.append(f"python-docx does not open it: {error!r}")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--xsd", default=os.environ.get("DOCX_XSD"), help="folder with wml.xsd")
    parser.add_argument("files", nargs="+")
    given = parser.parse_args()
    wml = schema(given.xsd) if given.xsd else None
    found = False
    for path in given.files:
        for fault in check(path, wml):
            print(f"{path}: {fault}")
            found = True
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
