#!/usr/bin/env python3
"""Scores redlines of real pairs of drafts: soundness, review burden, readability, validity (G1, G2, G3, G10).

    pairs.py [--engross PROGRAM] [--peer docxodus|stemma] [--worst N] [--only WORD] [--jobs N] DIR

DIR holds a folder for each pair, with old.docx and new.docx. Prints the totals, the thresholds and the worst
pairs. Needs lxml and rapidfuzz; for the peer, docx-scalpel. Part of quality.py, and a command of its own.
"""

import argparse
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
import measure  # noqa: E402
import peers  # noqa: E402
import redline_resolve as resolve  # noqa: E402
import redline_valid as valid  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]
ENGROSS = ROOT / "target" / "release" / "engross"
LIMIT_S = 120
# Changes are light if they concern less than this share of the words of both drafts: beyond it a text was rewritten,
# and the optimum keeps stray words that no reader would.
LIGHT = 0.15


class Refused(Exception):
    """A tool made no redline of a pair."""


def engross(program, old, new, out, extra=()):
    """Has the program write a redline; returns CPU seconds. Status 0 and 1 are both answers."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(
            [str(program), "diff", str(old), str(new), "-f", "docx", "-o", str(out), *extra],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=LIMIT_S,
        )
    except subprocess.TimeoutExpired as fault:
        raise Refused(f"took more than {LIMIT_S} s") from fault
    if done.returncode not in (0, 1) or not Path(out).exists():
        raise Refused(f"status {done.returncode}: {done.stderr.decode(errors='replace').strip()[-300:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def docxodus(_, old, new, out, extra=()):
    """The same by Docxodus, in a process of its own: its engine may end the process."""
    code = (
        "import sys, docx_scalpel as d; a, b, o = sys.argv[1:]; "
        "open(o, 'wb').write(d.docx_diff_compare(open(a, 'rb').read(), open(b, 'rb').read()))"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, str(old), str(new), str(out)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=LIMIT_S,
        )
    except subprocess.TimeoutExpired as fault:
        raise Refused(f"took more than {LIMIT_S} s") from fault
    if done.returncode:
        raise Refused(done.stderr.decode(errors="replace").strip().splitlines()[-1][:300])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def stemma(program, old, new, out, extra=()):
    """The same by stemma, through the little program that peers.py builds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(
            [str(program), str(old), str(new), str(out)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=LIMIT_S,
        )
    except subprocess.TimeoutExpired as fault:
        raise Refused(f"took more than {LIMIT_S} s") from fault
    if done.returncode:
        raise Refused(done.stderr.decode(errors="replace").strip()[-300:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


TOOLS = {"engross": engross, "docxodus": docxodus, "stemma": stemma}


def one(job):
    """Scores a pair."""
    tool, program, folder, keep = job
    old, new = folder / "old.docx", folder / "new.docx"
    out = Path(keep) / f"{folder.name}.{tool}.docx"
    row = {"name": folder.name, "sound": False, "sound_lenient": False, "refused": None, "invalid": [], "faults": {}}
    try:
        if not (tool != "engross" and out.exists()):
            row["cpu"] = TOOLS[tool](program, old, new, out)
        row.update(measure.judge(out, old, new))
        row["invalid"] = valid.faults_beyond(out, [old, new])
    except Refused as fault:
        row["refused"] = str(fault)
    except resolve.Broken as fault:
        row["refused"] = f"wrote what cannot be read: {fault}"
    return row


def folders(directory, only=""):
    return sorted(p.parent for p in Path(directory).glob("*/new.docx") if only in p.parent.name)


def score(tool, program, pairs, keep, jobs=2):
    """Scores all pairs with a tool."""
    Path(keep).mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool(jobs) as pool:
        return pool.map(one, [(tool, program, p, keep) for p in pairs], chunksize=1)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def summary(rows):
    """Totals over pairs. A redline that is not sound counts for nothing but G1."""
    good = [r for r in rows if r["refused"] is None]
    sound = [r for r in good if r["sound_lenient"]]
    ratios = [r["ratio"] for r in sound if r["optimum"]]
    light = [r["ratio"] for r in sound if r["optimum"] and r["optimum"] < LIGHT * r["words"]]
    costs = [r["cost"] for r in sound]
    changed = sum(c.inserted + c.deleted + c.edited + c.moved for c in costs)
    return {
        "pairs": len(rows),
        "refused": len(rows) - len(good),
        "sound": sum(r["sound"] for r in good),
        "sound, end of cell and body lenient": len(sound),
        "ratio, median": statistics.median(ratios) if ratios else float("nan"),
        "ratio, p90": percentile(ratios, 0.9),
        "pairs with light changes": len(light),
        "ratio, median, light changes": statistics.median(light) if light else float("nan"),
        "ratio, p90, light changes": percentile(light, 0.9),
        "ratio, mean": statistics.mean(ratios) if ratios else float("nan"),
        "ratio, of sums": sum(r["burden"] for r in sound) / max(1, sum(r["optimum"] for r in sound)),
        "hunks": sum(c.hunks for c in costs),
        "hunks per 100 changed words": 100 * sum(c.hunks for c in costs) / max(1, changed),
        "islands of 1-2 words": sum(c.islands for c in costs) / max(1, sum(c.gaps for c in costs)),
        "numbers replaced whole": sum(c.numbers_whole for c in costs) / max(1, sum(c.numbers for c in costs)),
        "valid": sum(not r["invalid"] for r in good),
        "margins agree": sum(not any("margins" in f for f in r["faults"]) for r in good),
        "objects agree": sum(not any("objects" in f for f in r["faults"]) for r in good),
    }


def show(value):
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def table(columns):
    """A Markdown table of summaries, a column for each tool."""
    names = list(columns)
    out = ["| what | " + " | ".join(names) + " |", "| --- |" + " ---: |" * len(names)]
    for what in next(iter(columns.values())):
        out.append(f"| {what} | " + " | ".join(show(columns[n].get(what, "")) for n in names) + " |")
    return "\n".join(out)


def listing(rows, worst):
    """The worst pairs: refused, unsound, invalid, then by cost."""

    def key(row):
        return (row["refused"] is None, row["sound"], not row["invalid"], -row.get("ratio", 0))

    for row in sorted(rows, key=key)[:worst]:
        if row["refused"] is not None:
            print(f"{row['name'][:58]:58} REFUSED {row['refused']}")
            continue
        c = row["cost"]
        state = "sound" if row["sound"] else "sound (lenient)" if row["sound_lenient"] else "UNSOUND"
        print(
            f"{row['name'][:58]:58} {state} {row['ratio']:.3f} of {row['optimum']}: +{c.inserted} -{c.deleted} "
            f"moved {c.moved} edited {c.edited} hunks {c.hunks} islands {c.islands}/{c.gaps}"
        )
        for fault, words in row["faults"].items():
            print(f"    {fault}: {words[:420]}")
        for fault in row["invalid"]:
            print(f"    invalid: {fault}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory")
    parser.add_argument("--engross", default=ENGROSS)
    parser.add_argument("--peer", action="append", default=[], choices=["docxodus", "stemma"])
    parser.add_argument("--worst", type=int, default=15)
    parser.add_argument("--only", default="")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--keep", help="folder for the redlines; peers' are made once")
    parser.add_argument("--whole-numbers", action="store_true", help="count a number, a date or a label as one word")
    options = parser.parse_args()
    if options.whole_numbers:
        measure.WORD = measure.WHOLE
    pairs = folders(options.directory, options.only)
    with tempfile.TemporaryDirectory() as temp:
        keep = options.keep or temp
        columns, mine = {}, []
        for tool, program in [("engross", options.engross), *peers.available(options.peer).items()]:
            rows = score(tool, program, pairs, keep, options.jobs)
            columns[tool] = summary(rows)
            mine = mine or rows
    print(table(columns), "\n")
    listing(mine, options.worst)
    ours = columns["engross"]
    return 0 if ours["sound"] == ours["valid"] == ours["pairs"] else 1


if __name__ == "__main__":
    sys.exit(main())
