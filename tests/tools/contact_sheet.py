#!/usr/bin/env python3
"""Makes a contact sheet of every page of every case, in every language.

    python3 tests/tools/contact_sheet.py OUT [--cases DIR …] [--langs fr,ar] [--parallel fr,ar] [--resolution 40]

Builds all cases below each DIR (by default the samples and the stress cases) in all six languages with the
release build of engross, turns each page into a picture with `pdftoppm` (poppler-utils), and writes
OUT/index.html, which shows them all: one row for each document, pages side by side. Nothing is left out; a
document that cannot be built is named at the top.
"""

import argparse
import html
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LANGUAGES = "en,fr,es,pt,ru,ar"
STYLE = """
body { font: 14px/1.4 system-ui, sans-serif; margin: 1.5rem; background: #e9ebee; color: #1b1f24 }
h2 { margin: 2rem 0 .5rem } h3 { margin: 1rem 0 .3rem; font-weight: 600 }
.pages { display: flex; flex-wrap: wrap; gap: 8px } img { background: #fff; box-shadow: 0 1px 3px #0004 }
.failed { color: #9b2226 }
"""


def build(program, case, out, arguments):
    """Builds the documents of a case; returns what the program said where it could not."""
    command = [program, "build", str(case), "--out", str(out), "--force", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    return "" if done.returncode in (0, 1) and any(out.glob("*.pdf")) else done.stderr


def pictures(pdf, folder, resolution):
    """Turns the pages of a PDF into pictures; returns their names in order."""
    stem = folder / pdf.stem
    subprocess.run(["pdftoppm", "-r", str(resolution), "-png", str(pdf), str(stem)], check=True)
    return sorted(path.name for path in folder.glob(f"{pdf.stem}-*.png"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--cases", type=pathlib.Path, nargs="+", default=[ROOT / "fixtures/unit", ROOT / "fixtures/stress"])
    parser.add_argument("--langs", default=LANGUAGES)
    parser.add_argument("--parallel")
    parser.add_argument("--resolution", type=int, default=40)
    parser.add_argument("--program", default=str(ROOT / "target/release/engross"))
    options = parser.parse_args()
    asked = ["--parallel", options.parallel] if options.parallel else ["--lang", options.langs]
    rows, failed, count = [], [], 0
    files = sorted(file for folder in options.cases for file in folder.resolve().rglob("case.yaml") if "source" not in file.parts)
    for file in files:
        name = file.parent.name
        documents = options.out / name
        trouble = build(options.program, file, documents, asked)
        if trouble and "calls for no document" not in trouble:
            failed.append(f"{name}: {trouble.strip()}")
        rows.append(f"<h2>{html.escape(name)}</h2>")
        for pdf in sorted(documents.glob("*.pdf")):
            pages = pictures(pdf, documents, options.resolution)
            count += len(pages)
            shown = "".join(f'<img src="{name}/{page}" alt="{html.escape(page)}" loading="lazy">' for page in pages)
            rows.append(f"<h3>{html.escape(pdf.name)}</h3><div class=pages>{shown}</div>")
        print(f"{name}: {len(list(documents.glob('*.pdf')))} documents", file=sys.stderr)
    told = "".join(f"<pre class=failed>{html.escape(text)}</pre>" for text in failed)
    page = f"<!doctype html><meta charset=utf-8><title>Contact sheet</title><style>{STYLE}</style>{told}{''.join(rows)}"
    (options.out / "index.html").write_text(page, encoding="utf-8")
    print(f"{options.out / 'index.html'}: {count} pages")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
