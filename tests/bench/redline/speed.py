#!/usr/bin/env python3
"""Measures time and memory of redlines, beside peers in the same run.

    cargo build --release
    pip install lxml rapidfuzz docx-scalpel      # docx-scalpel brings Docxodus
    python3 tests/bench/redline/speed.py [--pages 1,30,300,1000] [--runs 3] [--peers] [--engross PROGRAM]

Drafts of so many pages (500 words a page; headings, typed numbers, several runs a paragraph, a table now and
then) are revised as a negotiator would: two paragraphs in a hundred edited, some put in, taken out and moved.
Prints Markdown tables for docs/performance.md: CPU seconds and peak memory of the whole process for each format
written, peers, growth, and hostile inputs. Times of one machine on one day say little: quote the ratios.
"""

import argparse
import math
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import contracts  # noqa: E402
import peers  # noqa: E402
import writer  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]
ENGROSS = ROOT / "target" / "release" / "engross"
FORMATS = ("docx", "json", "term", "md", "html", "pdf")
# A page layout of thousands of pages is measured once, and not on the largest drafts.
PDF_PAGES = 300
PEER_PAGES = 300
LIMIT_S = 300
WORDS_A_PAGE = 500


class Run:
    """CPU seconds, wall seconds and peak MiB of a command; `fault` if it failed."""

    def __init__(self, cpu=math.nan, wall=math.nan, mib=math.nan, fault=""):
        self.cpu, self.wall, self.mib, self.fault = cpu, wall, mib, fault


# The peak of a process counts what its parent held when it was started, so a small one starts it.
STARTER = """import os, sys
pid = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(pid, 0)
with open(sys.argv[1], "w") as out:
    print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, file=out)
"""


def run(command, fine=(0, 1)):
    with tempfile.NamedTemporaryFile() as report:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", STARTER, report.name, *map(str, command)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(LIMIT_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return Run(fault=f"more than {LIMIT_S} s")
        wall = time.perf_counter() - start
        code, cpu, mib = Path(report.name).read_text().split()
    return Run(float(cpu), wall, float(mib)) if int(code) in fine else Run(fault=f"status {code}")


def best(runs, command, **options):
    """The least CPU time of several runs, with its memory."""
    found = []
    for _ in range(runs):
        found.append(run(command, **options))
        if found[-1].fault or found[-1].cpu > 20:
            break
    return min(found, key=lambda r: (bool(r.fault), r.cpu))


class Maker:
    """Makes long drafts out of the clauses of the bench."""

    def __init__(self, seed):
        self.rnd = random.Random(seed)
        self.clauses = [
            line.removeprefix("- ") for _, _, raw in contracts.library("en") for line in raw if not line.startswith("|")
        ]
        self.words = [w for c in self.clauses for w in c.split() if "{" not in w]

    def text(self):
        """A paragraph of its own: two or three clauses, filled in, a few words of each replaced."""
        raw = " ".join(self.rnd.sample(self.clauses, self.rnd.choice((1, 2, 3))))
        raw = re.sub(r"\{note:.*?\}", "", re.sub(r"\{ref:\w+\}", "Annex B", raw))
        tokens = contracts.fill(raw, "en", self.rnd).split()
        for _ in range(len(tokens) // 6):
            tokens[self.rnd.randrange(len(tokens))] = self.rnd.choice(self.words)
        return " ".join(tokens)

    def draft(self, pages):
        """Paragraphs: (number or None, level, text)."""
        found, count = [], 0
        while count < pages * WORDS_A_PAGE:
            heading = " ".join(self.rnd.sample(self.words, 3)).title()
            found.append((0, heading))
            count += 3
            for _ in range(self.rnd.randrange(4, 12)):
                text = self.text()
                found.append((1 if self.rnd.random() < 0.8 else 2, text))
                count += len(text.split())
        return found

    def revise(self, draft):
        """An ordinary revision."""
        new = []
        for level, text in draft:
            chance = self.rnd.random()
            if level and chance < 0.02:
                tokens = text.split()
                for _ in range(self.rnd.randrange(1, 4)):
                    tokens[self.rnd.randrange(len(tokens))] = self.rnd.choice(self.words)
                text = " ".join(tokens)
            elif level and chance < 0.025:
                continue
            elif chance < 0.03:
                new.append((1, self.text()))
            new.append((level, text))
        for _ in range(max(1, len(new) // 300)):
            at = self.rnd.randrange(len(new))
            new.insert(self.rnd.randrange(len(new)), new.pop(at))
        return new


def numbered(draft):
    """Typed numbers, worked out."""
    article = clause = item = 0
    for level, text in draft:
        if level == 0:
            article, clause, item = article + 1, 0, 0
            yield f"{article}. {text}", level
        elif level == 1:
            clause, item = clause + 1, 0
            yield f"{article}.{clause} {text}", level
        else:
            item += 1
            yield f"({chr(97 + (item - 1) % 26)}) {text}", level


def save(draft, stem, plain=False):
    """Writes a draft as Word and as text."""
    lines = [(t, 1) for t in draft] if plain else list(numbered(draft))
    stem.with_suffix(".txt").write_text("\n\n".join(t for t, _ in lines) + "\n", encoding="utf-8")
    body = []
    for at, (text, level) in enumerate(lines):
        # Where a run breaks depends on the text, as it does where Word leaves runs alone.
        body.append(writer.paragraph(text, random.Random(text[-40:]), "" if level else "Heading1"))
        if not plain and at % 400 == 399:
            cells = "".join(
                "<w:tr>"
                + "".join(
                    f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>'
                    f"{writer.paragraph(f'{row * column + at % 7}', random.Random(1))}</w:tc>"
                    for column in range(3)
                )
                + "</w:tr>"
                for row in range(5)
            )
            body.append(f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * 3}</w:tblGrid>{cells}</w:tbl><w:p/>")
    writer.package(body, [], contracts.Contract("en", []), stem.with_suffix(".docx"))


def hostile(words, rnd_seed=5):
    """Pairs of lists of paragraphs that are meant to hurt."""
    maker = Maker(rnd_seed)
    rnd = maker.rnd
    same = maker.text()
    count = words // max(1, len(same.split()))
    giant = [rnd.choice(maker.words) for _ in range(words)]
    other = [w if rnd.random() > 0.02 else rnd.choice(maker.words) for w in giant]
    a, b = maker.text(), maker.text()
    few = [[rnd.choice(("shall", "may", "not", "the")) for _ in range(words)] for _ in range(2)]
    one = [" ".join(rnd.sample(maker.words, 60)) for _ in range(words // 60)]
    two = [" ".join(rnd.sample(maker.words, 60)) for _ in range(words // 60)]
    shuffled = one[:]
    rnd.shuffle(shuffled)
    near = [" ".join(same.split()[:-1] + [str(n)]) for n in range(count)]
    return {
        "all paragraphs equal": ([same] * count, [same] * (count - count // 10)),
        "all paragraphs nearly equal": (near, [t + " x" if n % 50 == 0 else t for n, t in enumerate(reversed(near))]),
        "nothing in common but words": (one, two),
        "all paragraphs in another order": (one, shuffled),
        "two paragraphs in turn": ([a, b] * (count // 2), [b, a] * (count // 2 - 3)),
        "one paragraph": ([" ".join(giant)], [" ".join(other)]),
        "one paragraph of four words": ([" ".join(few[0])], [" ".join(few[1])]),
        "one paragraph a word": (giant, other),
    }


def show(one):
    return one.fault or f"{one.cpu:.2f} s, {one.mib:.0f} MiB"


def exponent(sizes, times):
    """Growth between two sizes: 1 is linear, 2 is quadratic."""
    return math.log(times[1] / times[0]) / math.log(sizes[1] / sizes[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default="1,30,300,500,1000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--peers",
        nargs="?",
        const="docxodus,stemma",
        default="",
        help="also these, and wdiff and git where they are installed [docxodus,stemma]",
    )
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--hostile-words", type=int, default=250_000)
    parser.add_argument("--engross", default=ENGROSS)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    pages = [int(p) for p in options.pages.split(",")]
    formats = options.formats.split(",")
    with tempfile.TemporaryDirectory() as temp:
        folder = options.keep or Path(temp)
        folder.mkdir(parents=True, exist_ok=True)
        ours = {}
        print(
            f"{os.cpu_count()} processors, best of {options.runs}, CPU seconds and peak memory of the whole process\n"
        )
        print("| written | " + " | ".join(f"{p} pages" for p in pages) + " |\n| --- |" + " ---: |" * len(pages))
        for p in pages:
            maker = Maker(p)
            draft = maker.draft(p)
            save(draft, folder / f"{p}-old")
            save(maker.revise(draft), folder / f"{p}-new")
        tried = [("stat", ".docx", ["-f", "term", "--stat"])] + [(f, ".docx", ["-f", f]) for f in formats]
        tried += [("docx to itself", None, ["-f", "json"]), ("text to JSON", ".txt", ["-f", "json"])]
        for name, suffix, extra in tried:
            row = []
            for p in pages:
                if name == "pdf" and p > PDF_PAGES:
                    row.append("–")
                    continue
                old = folder / f"{p}-old{suffix or '.docx'}"
                new = old if suffix is None else folder / f"{p}-new{suffix}"
                ours[name, p] = best(options.runs, [options.engross, "diff", old, new, *extra, "-o", folder / "out"])
                row.append(show(ours[name, p]))
            print(f"| {name} | " + " | ".join(row) + " |", flush=True)
        if options.peers:
            others(options, pages, folder)
        print("\n| growth of CPU time | " + " | ".join(f"{a} to {b} pages" for a, b in zip(pages, pages[1:])) + " |")
        print("| --- |" + " ---: |" * (len(pages) - 1))
        for name, _, _ in tried:
            cells = []
            for a, b in zip(pages, pages[1:]):
                times = [ours[name, p].cpu if (name, p) in ours else math.nan for p in (a, b)]
                cells.append(f"{exponent((a, b), times):.2f}" if all(t > 0 for t in times) else "–")
            print(f"| {name} | " + " | ".join(cells) + " |")
        print(f"\n| hostile, {options.hostile_words:,} words, as Word | CPU and memory |\n| --- | ---: |")
        for name, (old, new) in hostile(options.hostile_words).items():
            save(old, folder / "hostile-old", plain=True)
            save(new, folder / "hostile-new", plain=True)
            result = best(
                1,
                [
                    options.engross,
                    "diff",
                    folder / "hostile-old.docx",
                    folder / "hostile-new.docx",
                    "-f",
                    "docx",
                    "-o",
                    folder / "out",
                ],
            )
            print(f"| {name} | {show(result)} |", flush=True)
    return 0


def others(options, pages, folder):
    """The peers, on the same drafts."""
    docxodus = (
        "import sys, docx_scalpel as d; a, b, o = sys.argv[1:]; "
        "open(o, 'wb').write(d.docx_diff_compare(open(a, 'rb').read(), open(b, 'rb').read()))"
    )
    found = {}
    there = peers.available(options.peers.split(","))
    if "docxodus" in there:
        found["Docxodus (docx-scalpel), Word"] = (
            ".docx",
            lambda a, b: [sys.executable, "-c", docxodus, a, b, folder / "peer"],
            (0,),
        )
    if "stemma" in there:
        found["stemma, Word"] = (".docx", lambda a, b: [there["stemma"], a, b, folder / "peer"], (0,))
    if shutil.which("wdiff"):
        found["wdiff, text"] = (".txt", lambda a, b: ["wdiff", a, b], (0, 1))
    if shutil.which("git"):
        found["git diff --word-diff, text"] = (
            ".txt",
            lambda a, b: ["git", "diff", "--no-index", "--word-diff", a, b],
            (0, 1),
        )
    for name, (suffix, command, fine) in found.items():
        row = []
        for p in pages:
            if p > PEER_PAGES and suffix == ".docx":
                row.append("–")
                continue
            row.append(show(best(1, command(folder / f"{p}-old{suffix}", folder / f"{p}-new{suffix}"), fine=fine)))
        print(f"| {name} | " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
