#!/usr/bin/env python3
"""Measures building documents, beside the same Typst sources through the PyPI package `typst`.

    cargo build --release
    pip install typst
    python3 tests/bench/speed.py [--cases 200] [--peer-cases 10] [--runs 5]

Prints Markdown tables. Times of one machine on one day say little: quote the ratios.
"""

import argparse
import multiprocessing
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGROSS = ROOT / "target" / "release" / "engross"
STANDARDS = ["a-3a", "ua-1"]


def run(*arguments):
    """Runs a command; returns wall seconds, CPU seconds and peak memory in MiB."""
    start = time.perf_counter()
    process = subprocess.Popen([str(a) for a in arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"failed: {arguments}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def median(rows):
    return [statistics.median(column) for column in zip(*rows)]


def workspace(folder, cases):
    """Makes a workspace of many copies of the complete sample case."""
    text = (ROOT / "fixtures/unit/cases/gin-001/case.yaml").read_text()
    shutil.copy(ROOT / "fixtures/unit/engross.yaml", folder)
    for n in range(1, cases + 1):
        case = folder / "cases" / f"gin-{n:04}"
        case.mkdir(parents=True)
        # Each case has an identifier and a title of its own, so that no two documents are the same.
        own = re.sub(r"^id: .*$", f"id: GIN-{n:04}", text, count=1, flags=re.M)
        (case / "case.yaml").write_text(own.replace("Baobab Ridge", f"Baobab Ridge {n}"))


def compile_one(main):
    import typst

    folder = os.path.dirname(main)
    typst.compile(main, root=folder, font_paths=[f"{folder}/fonts"], ignore_system_fonts=True, pdf_standards=STANDARDS)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--peer-cases", type=int, default=10)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    jobs = os.cpu_count()
    try:
        import typst  # noqa: F401
    except ImportError:
        sys.exit("pip install typst")
    with tempfile.TemporaryDirectory() as temp:
        temp = Path(temp)
        workspace(temp, options.cases)
        one = temp / "cases/gin-0001"
        documents = len(subprocess.run([ENGROSS, "build", one], capture_output=True, text=True).stdout.split())

        print(f"{jobs} processors, {options.cases} cases of {documents} documents\n")
        print("| what | wall s | CPU s | peak MiB |\n| --- | ---: | ---: | ---: |")

        def row(name, wall, cpu, peak=None):
            print(f"| {name} | {wall:.3f} | {cpu:.3f} | {'' if peak is None else f'{peak:.0f}'} |", flush=True)

        cold = median([run(ENGROSS, "build", "--force", one) for _ in range(options.runs)])
        row("engross: one case, cold", *cold)
        single = median([run(ENGROSS, "build", "--force", "--jobs", "1", one) for _ in range(options.runs)])
        row("engross: one case, cold, one thread", *single)
        checked = median([run(ENGROSS, "check", one) for _ in range(options.runs)])
        row("engross: check of one case", *checked)
        sources = median([run(ENGROSS, "build", "--typst", temp / "sources", one) for _ in range(options.runs)])
        row(f"engross: everything before Typst, {documents} documents, and writing it", *sources)
        many = run(ENGROSS, "build", temp)
        row(f"engross: {options.cases} cases, cold", *many)
        again = median([run(ENGROSS, "build", temp) for _ in range(options.runs)])
        row(f"engross: {options.cases} cases, unchanged", *again)

        for n in range(1, options.peer_cases + 1):
            subprocess.run([ENGROSS, "build", "--typst", temp / "sources", temp / f"cases/gin-{n:04}"], check=True, capture_output=True)
        mains = sorted(str(p) for p in (temp / "sources").glob("*/*/main.typ"))
        # In process, as many workers as processors, each a Python that stays.
        with multiprocessing.Pool(jobs) as pool:
            pool.map(compile_one, mains[:jobs], 1)
            start = time.perf_counter()
            pool.map(compile_one, mains, 1)
            peer_wall = time.perf_counter() - start
        row(f"typst (PyPI) in process: {options.peer_cases} cases", peer_wall, float("nan"))
        code = "import sys, typst; m = sys.argv[1]; d = m.rsplit('/', 1)[0]; typst.compile(m, root=d, font_paths=[d + '/fonts'], ignore_system_fonts=True, pdf_standards=['a-3a', 'ua-1'])"
        first = [m for m in mains if "/gin-0001/" in m]
        each = [run(sys.executable, "-c", code, m) for m in first]
        row("typst (PyPI), one process a document: one case", sum(e[0] for e in each), sum(e[1] for e in each), max(e[2] for e in each))
        empty = median([run(sys.executable, "-c", "import typst") for _ in range(options.runs)])
        row("of which the start of Python, for each document", *empty)

        ours, theirs = options.cases * documents / many[0], len(mains) / peer_wall
        process = sum(e[0] for e in each) - documents * empty[0]
        print("\n| ratio | value |\n| --- | ---: |")
        print(f"| documents a second, engross over typst in process, same cores | {ours:.1f} / {theirs:.1f} = {ours / theirs:.2f} |")
        print(f"| one case, one thread: wall over one process a document, summed | {single[0] / sum(e[0] for e in each):.2f} |")
        print(f"| the same without the start of Python | {single[0] / process:.2f} |")
        print(f"| unchanged over cold, {options.cases} cases | {again[0] / many[0]:.4f} |")
        print(f"| everything before Typst, ms a document | {sources[1] / documents * 1000:.2f} |")


if __name__ == "__main__":
    main()
