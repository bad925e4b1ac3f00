"""Writes the contracts of the bench as Word files, with typed or automatic numbers. Same input, same bytes."""

import random
import re
import zipfile
from xml.sax.saxutils import escape

from contracts import ARTICLE

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = (
    HEAD + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def types(parts):
    return (
        HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>'
        + "".join(f'<Override PartName="/word/{p}.xml" ContentType="{WORD}.{p}+xml"/>' for p in parts)
        + "</Types>"
    )


def relations(parts):
    return (
        HEAD
        + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(f'<Relationship Id="rId{n}" Type="{REL}/{p}" Target="{p}.xml"/>' for n, p in enumerate(parts, 1))
        + "</Relationships>"
    )


STYLES = (
    HEAD
    + f'<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/></w:style></w:styles>'
)


def numbering(contract):
    top = f"{ARTICLE[contract.lang]} %1" if contract.words else "%1."
    levels = ((top, "decimal", contract.first), ("%1.%2", "decimal", 1), ("(%3)", "lowerLetter", 1))
    return (
        HEAD
        + f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
        + "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{360 * (n + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
            for n, (text, form, start) in enumerate(levels)
        )
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def run(text, bold=False):
    if not text:
        return ""
    inner = "".join(
        "<w:tab/>" if piece == "\t" else f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in re.split(r"(\t)", text)
        if piece
    )
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{inner}</w:r>"


def runs(text, rnd):
    """Runs as Word leaves them: defined terms bold, and a break of runs here and there for no reason."""
    out = []
    for piece in re.split(r"([“«][^”»]*[”»])", text):
        if piece[:1] in "“«" and piece:
            out.append(run(piece, True))
            continue
        start = 0
        while start < len(piece):
            end = min(len(piece), start + rnd.choice((7, 25, 60, 200)))
            out.append(run(piece[start:end]))
            start = end
    return "".join(out)


def paragraph(text, rnd, style="", number=None, note=None):
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number is not None:
        properties += f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr>'
    mark = "" if note is None else f'<w:r><w:footnoteReference w:id="{note}"/></w:r>'
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs(text, rnd)}{mark}</w:p>"


def shown_text(contract, line):
    """A paragraph's characters: with a typed number, without an automatic one."""
    if not contract.typed:
        return line.text
    gap = " – " if line.kind == "heading" and contract.words else "\t" if line.level == 2 else " "
    return f"{line.label}{gap}{line.text}"


def write(contract, lines, path):
    """Writes a rendered contract."""
    body, notes = [], []
    for line in lines:
        # The breaks of runs depend on the clause, not on its place: Word keeps them when a clause moves.
        rnd = random.Random(line.id)
        if line.kind == "table":
            columns = max(len(cells) for _, cells in line.rows)
            width = f'<w:tcPr><w:tcW w:w="{9000 // columns}" w:type="dxa"/></w:tcPr>'
            body.append(
                '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>'
                + f'<w:gridCol w:w="{9000 // columns}"/>' * columns
                + "</w:tblGrid>"
                + "".join(
                    "<w:tr>"
                    + "".join(f"<w:tc>{width}{paragraph(t, rnd)}</w:tc>" for _, t in cells)
                    + "</w:tr>"
                    for _, cells in line.rows
                )
                + "</w:tbl>"
            )
            continue
        note = None
        if line.note:
            note = len(notes) + 1
            notes.append(
                f'<w:footnote w:id="{note}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
                f"<w:r><w:footnoteRef/></w:r>{run(' ' + line.note)}</w:p></w:footnote>"
            )
        style = "Heading1" if line.kind == "heading" else ""
        body.append(paragraph(shown_text(contract, line), rnd, style, None if contract.typed else line.level, note))
    package(body, notes, contract, path)


def package(body, notes, contract, path):
    """Writes paragraphs and notes as a Word file."""
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{n}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for n, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    # A file without notes has no part for them, as Word writes it.
    names = ("styles", "numbering", "footnotes") if notes else ("styles", "numbering")
    parts = {
        "[Content_Types].xml": types(names),
        "_rels/.rels": PACKAGE,
        "word/document.xml": HEAD + f'<w:document {W}><w:body>{"".join(body)}<w:sectPr><w:pgSz w:w="11906" '
        'w:h="16838"/></w:sectPr></w:body></w:document>',
        "word/_rels/document.xml.rels": relations(names),
        "word/styles.xml": STYLES,
        "word/numbering.xml": numbering(contract),
    }
    if notes:
        parts["word/footnotes.xml"] = HEAD + f"<w:footnotes {W}>{separators}{''.join(notes)}</w:footnotes>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in parts.items():
            out.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
