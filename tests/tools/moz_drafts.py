#!/usr/bin/env python3
"""Makes the Word files of case MOZ-005 from the Markdown beside them.

    python3 tests/tools/moz_drafts.py [--check] [FOLDER]

FOLDER is `fixtures/unit/cases/moz-005/contract`. For each `vN.md` a `vN.docx` is written as a law firm would make
it: heading styles, clauses, numbers and letters of paragraphs numbered by Word, live cross-references, tables with
a repeated header row, a footnote, headers and footers with page numbers, and in v4 tracked changes and a comment.
With `--check` nothing is written; status 1 if a file is not the one that would be written.

The text is that of the Markdown, but for the dash after the number of a clause; what only Word has is in the
tables below. Needs nothing but Python. The same
Markdown gives the same bytes: nothing is compressed, and every date is fixed.
"""

import argparse
import io
import pathlib
import re
import sys
import zipfile
from xml.sax.saxutils import escape

ROOT = pathlib.Path(__file__).resolve().parents[2]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

# For each draft: running header, date, author, and the tables' own style of border.
DRAFTS = {
    "v1": ("Contrato Mineiro – Projeto da Empresa (v1)", "2025-12-12T09:00:00Z", "Areias do Rovuma Mineração, S.A."),
    "v2": ("Contrato Mineiro – Contraprojeto do Governo (v2)", "2026-04-22T09:00:00Z", "Equipa de negociação"),
    "v3": ("Contrato Mineiro – Proposta da Empresa (v3)", "2026-06-12T09:00:00Z", "Areias do Rovuma Mineração, S.A."),
    "v4": ("Contrato Mineiro – Texto conjunto (v4)", "2026-08-28T09:00:00Z", "Texto conjunto"),
}
# Changes that stand in the file as tracked: draft, beginning of the paragraph, its pieces. Accepted, they give the
# text of the Markdown.
TRACKED_BY = ("Areias do Rovuma (assessoria jurídica)", "2026-08-27T17:40:00Z")
TRACKED = {
    ("v4", "18.1."): [
        ("same", "As Partes devem "),
        ("ins", "reunir-se para "),
        ("same", "rever o Contrato de "),
        ("del", "5 (cinco) em 5 (cinco)"),
        ("ins", "7 (sete) em 7 (sete)"),
        ("same", " anos e sempre que uma alteração profunda das circunstâncias rompa o equilíbrio entre elas."),
    ],
}
COMMENTS = {
    ("v4", "[Em aberto"): ("Ministério das Finanças (exemplo)", "2026-08-28T08:15:00Z",
                            "A resposta segue até 4 de setembro."),
}
# References that were typed by hand, and therefore stay behind when clauses move.
TYPED = {"Cláusula 14.ª"}

LEVELS = [(re.compile(r"Cláusula (\d+)\.ª – "), "Ttulo1", 0), (re.compile(r"\d+\.\d+\. "), "Nmero", 1),
          (re.compile(r"\([a-z]\) "), "Alnea", 2)]


def text_run(text, props="", kind="t"):
    return f'<w:r>{props and f"<w:rPr>{props}</w:rPr>"}<w:{kind} xml:space="preserve">{escape(text)}</w:{kind}></w:r>'


def field(instruction, shown):
    return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + text_run(shown)
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


class Maker:
    """Turns one draft into the parts of a Word file."""

    def __init__(self, draft, markdown):
        self.draft = draft
        self.notes = dict(re.findall(r"^\[\^(\w+)\]: (.+)$", markdown, re.M))
        self.blocks = [block for block in re.split(r"\n\n+", re.sub(r"^\[\^\w+\]: .+\n?", "", markdown, flags=re.M).strip())]
        self.clauses = set(re.findall(r"^## Cláusula (\d+)\.ª", markdown, re.M))
        self.footnotes, self.comments, self.revision, self.bookmark = [], [], 900, 0

    def inline(self, text, props=""):
        """Bold, footnote marks and live references."""
        out = []
        for piece in re.split(r"(\*\*.+?\*\*|\[\^\w+\]|Cláusula \d+\.ª)", text):
            reference = re.fullmatch(r"Cláusula (\d+)\.ª", piece)
            if piece.startswith("**"):
                out.append(text_run(piece[2:-2], props + "<w:b/>"))
            elif piece.startswith("[^"):
                self.footnotes.append(self.notes[piece[2:-1]])
                out.append('<w:r><w:rPr><w:rStyle w:val="Refdenotaderodap"/></w:rPr>'
                           f'<w:footnoteReference w:id="{len(self.footnotes)}"/></w:r>')
            elif reference and reference[1] in self.clauses and piece not in TYPED:
                out.append(field(f"REF _Ref5000{int(reference[1]):02} \\r \\h", piece))
            elif piece:
                out.append(text_run(piece, props))
        return "".join(out)

    def tracked(self, pieces):
        author, date = TRACKED_BY
        out = []
        for kind, text in pieces:
            if kind == "same":
                out.append(self.inline(text))
                continue
            self.revision += 1
            run = text_run(text, kind="t" if kind == "ins" else "delText")
            out.append(f'<w:{kind} w:id="{self.revision}" w:author="{escape(author)}" w:date="{date}">{run}</w:{kind}>')
        return "".join(out)

    def paragraph(self, block, style=None):
        style, level, rest, bookmark = style, None, block, ""
        for pattern, name, depth in LEVELS:
            found = pattern.match(block)
            if found:
                style, level, rest = name, depth, block[found.end():]
                if depth == 0:
                    self.bookmark += 1
                    bookmark = (f'<w:bookmarkStart w:id="{self.bookmark}" w:name="_Ref5000{int(found[1]):02}"/>',
                                f'<w:bookmarkEnd w:id="{self.bookmark}"/>')
                break
        pieces = next((p for (d, start), p in TRACKED.items() if d == self.draft and block.startswith(start)), None)
        if pieces:
            accepted = "".join(text for kind, text in pieces if kind != "del")
            assert accepted == rest, (accepted, rest)
            content = self.tracked(pieces)
        else:
            content = self.inline(rest)
        remark = next((c for (d, start), c in COMMENTS.items() if d == self.draft and block.startswith(start)), None)
        if remark:
            at = len(self.comments)
            self.comments.append(remark)
            content = (f'<w:commentRangeStart w:id="{at}"/>{content}<w:commentRangeEnd w:id="{at}"/>'
                       f'<w:r><w:commentReference w:id="{at}"/></w:r>')
        if bookmark:
            content = bookmark[0] + content + bookmark[1]
        props = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{props}{content}</w:p>"

    def table(self, block):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()]
        right = [rule.endswith(":") for rule in rows[1]]
        width = 9070 // len(right)
        out = ['<w:tbl><w:tblPr><w:tblStyle w:val="Tabelacomgrelha"/><w:tblW w:w="5000" w:type="pct"/>'
               '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
               'w:noVBand="1"/></w:tblPr><w:tblGrid>' + f'<w:gridCol w:w="{width}"/>' * len(right) + "</w:tblGrid>"]
        for at, row in enumerate([rows[0], *rows[2:]]):
            head = at == 0
            out.append("<w:tr>" + ("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else
                                   "<w:trPr><w:cantSplit/></w:trPr>"))
            for cell, is_right in zip(row, right):
                jc = '<w:jc w:val="right"/>' if is_right else '<w:jc w:val="left"/>'
                out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
                           f'<w:pStyle w:val="Clula"/>{jc}</w:pPr>{self.inline(cell, "<w:b/>" if head else "")}</w:p></w:tc>')
            out.append("</w:tr>")
        return "".join(out) + "</w:tbl>"

    def document(self):
        out = []
        for at, block in enumerate(self.blocks):
            if block.startswith("# "):
                out.append(self.paragraph(block[2:], "Ttulo"))
            elif block.startswith("## "):
                out.append(self.paragraph(block[3:], "Anexo"))
            elif block.startswith("| "):
                out.append(self.table(block))
            elif block.startswith("["):
                out.append(self.paragraph(block, "Nota"))
            else:
                out.append(self.paragraph(block, "Subttulo" if at == 1 else None))
        section = ('<w:sectPr><w:headerReference w:type="default" r:id="rId10"/>'
                   '<w:footerReference w:type="default" r:id="rId11"/><w:pgSz w:w="11906" w:h="16838"/>'
                   '<w:pgMar w:top="1701" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" '
                   'w:gutter="0"/></w:sectPr>')
        return f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(out)}{section}</w:body></w:document>'


def style(kind, ident, name, based, props, extra=""):
    based = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (f'<w:style w:type="{kind}" w:styleId="{ident}"{" w:customStyle=" + chr(34) + "1" + chr(34) if extra == "own" else ""}>'
            f'<w:name w:val="{name}"/>{based}<w:qFormat/>{props}</w:style>')


STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" '
    'w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="pt-PT" w:eastAsia="pt-PT" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:jc w:val="both"/></w:pPr></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="Tipodeletra"><w:name w:val="Default Paragraph Font"/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="Tabelanormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    + style("paragraph", "Ttulo", "Title", "Normal", '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr>')
    + style("paragraph", "Subttulo", "Subtitle", "Normal", '<w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="26"/></w:rPr>')
    + style("paragraph", "Ttulo1", "heading 1", "Normal",
            '<w:pPr><w:keepNext/><w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:before="320"/><w:jc w:val="left"/>'
            '<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>')
    + style("paragraph", "Nmero", "Número", "Normal", '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>', "own")
    + style("paragraph", "Alnea", "Alínea", "Normal", '<w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr></w:pPr>', "own")
    + style("paragraph", "Anexo", "Anexo", "Normal",
            '<w:pPr><w:keepNext/><w:spacing w:before="320"/><w:jc w:val="left"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>', "own")
    + style("paragraph", "Nota", "Nota de negociação", "Normal", '<w:rPr><w:i/></w:rPr>', "own")
    + style("paragraph", "Clula", "Célula", "Normal", '<w:pPr><w:spacing w:before="40" w:after="40"/></w:pPr><w:rPr><w:sz w:val="20"/></w:rPr>', "own")
    + style("paragraph", "Cabealho", "header", "Normal", '<w:rPr><w:i/><w:sz w:val="18"/></w:rPr>')
    + style("paragraph", "Rodap", "footer", "Normal", '<w:rPr><w:sz w:val="18"/></w:rPr>')
    + style("paragraph", "Textodenotaderodap", "footnote text", "Normal", '<w:rPr><w:sz w:val="18"/></w:rPr>')
    + style("character", "Refdenotaderodap", "footnote reference", "Tipodeletra", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>')
    + '<w:style w:type="table" w:styleId="Tabelacomgrelha"><w:name w:val="Table Grid"/><w:basedOn w:val="Tabelanormal"/><w:tblPr>'
    '<w:tblBorders>' + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in
                               ("top", "left", "bottom", "right", "insideH", "insideV"))
    + "</w:tblBorders></w:tblPr></w:style></w:styles>"
)


def level(at, kind, shown, own_style, left, hanging, suffix=""):
    return (f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{own_style}"/>{suffix}'
            f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>')


NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    # Without the dash of the Markdown: Word's own references to a clause show its number as it stands here.
    + level(0, "decimal", "Cláusula %1.ª", "Ttulo1", 0, 0, '<w:suff w:val="space"/>')
    + level(1, "decimal", "%1.%2.", "Nmero", 709, 709)
    + level(2, "lowerLetter", "(%3)", "Alnea", 1276, 567)
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def parts(draft, markdown):
    """The parts of a Word file, in their order."""
    running, date, author = DRAFTS[draft]
    maker = Maker(draft, markdown)
    document = maker.document()
    overrides, relations = [], []
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

    def add(ident, name):
        overrides.append(f'<Override PartName="/word/{name}.xml" ContentType="{types}{name.rstrip("1")}+xml"/>')
        relations.append(f'<Relationship Id="{ident}" Type="{schema}{name.rstrip("1")}" Target="{name}.xml"/>')

    files = {"word/document.xml": document, "word/styles.xml": STYLES, "word/numbering.xml": NUMBERING}
    add("rId1", "styles")
    add("rId2", "numbering")
    add("rId3", "settings")
    files["word/settings.xml"] = (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        + ('<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>' if maker.footnotes else "")
        + '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat><w:themeFontLang w:val="pt-PT"/></w:settings>')
    if maker.footnotes:
        add("rId4", "footnotes")
        mark = '<w:r><w:rPr><w:rStyle w:val="Refdenotaderodap"/></w:rPr><w:footnoteRef/></w:r>'
        files["word/footnotes.xml"] = (
            f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
            + "".join(f'<w:footnote w:id="{at}"><w:p><w:pPr><w:pStyle w:val="Textodenotaderodap"/></w:pPr>{mark}'
                      f'{text_run(" " + note)}</w:p></w:footnote>' for at, note in enumerate(maker.footnotes, 1))
            + "</w:footnotes>")
    if maker.comments:
        add("rId5", "comments")
        files["word/comments.xml"] = f'<w:comments xmlns:w="{W}">' + "".join(
            f'<w:comment w:id="{at}" w:author="{escape(who)}" w:date="{when}" w:initials="MF"><w:p>{text_run(what)}</w:p></w:comment>'
            for at, (who, when, what) in enumerate(maker.comments)) + "</w:comments>"
    add("rId6", "fontTable")
    files["word/fontTable.xml"] = (
        f'<w:fonts xmlns:w="{W}"><w:font w:name="Times New Roman"><w:panose1 w:val="02020603050405020304"/>'
        '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>')
    add("rId10", "header1")
    add("rId11", "footer1")
    files["word/header1.xml"] = (f'<w:hdr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Cabealho"/></w:pPr>'
                                 f'{text_run(running)}</w:p></w:hdr>')
    files["word/footer1.xml"] = (f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Rodap"/><w:jc w:val="center"/></w:pPr>'
                                 f'{text_run("Confidencial – página ")}{field("PAGE", "1")}{text_run(" de ")}'
                                 f'{field("NUMPAGES", "1")}</w:p></w:ftr>')
    files["word/_rels/document.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(relations)
        + "</Relationships>")
    files["docProps/core.xml"] = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Contrato Mineiro Alterado e Consolidado</dc:title>'
        f'<dc:creator>{escape(author)}</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{date}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{date}</dcterms:modified></cp:coreProperties>')
    head = {
        "[Content_Types].xml":
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{types}document.main+xml"/>' + "".join(overrides)
            + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels":
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{schema}officeDocument" Target="word/document.xml"/>'
            '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/></Relationships>',
    }
    return {**head, **files}


def package(draft, markdown):
    """The bytes of a Word file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts(draft, markdown).items():
            xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            archive.writestr(entry, xml.encode())
    return buffer.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; status 1 if a file differs")
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=ROOT / "fixtures/unit/cases/moz-005/contract")
    args = parser.parse_args()
    wrong = 0
    for draft in DRAFTS:
        made = package(draft, (args.folder / f"{draft}.md").read_text(encoding="utf-8"))
        path = args.folder / f"{draft}.docx"
        if args.check:
            if not path.is_file() or path.read_bytes() != made:
                print(f"{path} is not what {draft}.md gives", file=sys.stderr)
                wrong = 1
        else:
            path.write_bytes(made)
            print(path)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
