"""What happens to a contract between two drafts, with its truth.

Each scenario takes a contract and gives the new one and a `Truth`: what moved, what was split from what, what is
only noise. Identities (contracts.py) tell the rest: what has the same one in both drafts is the same clause.
"""

import random
import re
from dataclasses import dataclass, field

from contracts import Part, labels


@dataclass
class Truth:
    """What is known of a scenario besides the identities."""

    moved: set = field(default_factory=set)  # identities of lines that moved
    sections: int = 0  # how many sections or clauses they make
    split: list = field(default_factory=list)  # (whole, [parts])
    merged: list = field(default_factory=list)  # ([parts], whole)
    noise: int = 0  # places where only the typography changed
    real: bool = True  # whether anything but noise changed
    mirror: bool = False  # whether the bench also compares the other way round


def section(article):
    return [article.id, *(p.id for p in article.parts)]


def clauses(contract, kinds=("clause",)):
    """Paragraphs of a contract that are long enough to be worked on, the definitions apart."""
    return [(a, p) for a in contract.articles[1:] for p in a.parts if p.kind in kinds and len(p.text.split()) > 9]


def vocabulary(contract):
    return [w for _, p in clauses(contract) for w in re.findall(r"\w{3,}", re.sub(r"\{.*?\}", "", p.text))]


def edit(text, share, rnd, words):
    """Edits a share of the words, in spans of one to three: replaced, left out or put in."""
    tokens = text.split(" ")
    target = max(1, round(share * len(tokens)))
    done, touched, tries = 0, set(), 0
    while done < target and tries < 200:
        tries += 1
        span = min(rnd.choice((1, 1, 2, 3)), target - done)
        at = rnd.randrange(0, max(1, len(tokens) - span))
        where = range(at - 1, at + span + 1)
        if touched & set(where) or any("{" in tokens[n] for n in range(at, min(len(tokens), at + span))):
            continue
        touched |= set(where)
        kind = rnd.random()
        for n in range(at, min(len(tokens), at + span)):
            number = re.search(r"\d+", tokens[n])
            if number and len(number[0]) < 5:
                tokens[n] = tokens[n].replace(number[0], str(int(number[0]) + rnd.randrange(1, 9)))
            elif kind < 0.6:
                tail = re.search(r"\W*$", tokens[n])[0]
                tokens[n] = rnd.choice(words) + tail
            elif kind < 0.8 and n:
                tokens[n] = ""
            else:
                tokens[n] += " " + rnd.choice(words)
        done += span
    return " ".join(t for t in tokens if t)


def fresh(part, suffix):
    """A copy of a part that is a part of its own."""
    return Part(
        part.id + suffix,
        part.kind,
        part.text,
        [(r + suffix, [(c + suffix, t) for c, t in cells]) for r, cells in part.rows],
        part.note,
    )


def forget(contract, gone):
    """Keeps the labels of what goes, for references to it that stay as they were."""
    cited = labels(contract)[1]
    contract.stale.update({one: cited[one] for one in gone if one in cited})


def insert_article(new, left, rnd, truth):
    new.articles.insert(rnd.randrange(1, len(new.articles) - 2), left[0])


def insert_clause(new, left, rnd, truth):
    for n in range(3):
        article = rnd.choice(new.articles[1:])
        source = rnd.choice([p for p in left[n].parts if p.kind == "clause"])
        article.parts.insert(rnd.randrange(0, len(article.parts) + 1), fresh(source, "+"))


def delete_article(new, left, rnd, truth):
    gone = rnd.choice(new.articles[1:-2])
    forget(new, section(gone))
    new.articles.remove(gone)


def delete_clause(new, left, rnd, truth):
    for article in rnd.sample([a for a in new.articles[1:] if len(a.parts) > 2], 3):
        part = rnd.choice([p for p in article.parts if p.kind == "clause"])
        article.parts.remove(part)


def move_article(share):
    def operation(new, left, rnd, truth):
        rest = new.articles[1:]
        at = rnd.randrange(0, len(rest))
        article = rest.pop(at)
        # Far enough that what it passes is longer than itself: else that might as well have moved.
        places = [
            n
            for n in range(len(rest) + 1)
            if sum(len(a.parts) for a in rest[min(n, at) : max(n, at)]) > len(article.parts) + 3
        ]
        rest.insert(rnd.choice(places), article)
        new.articles[1:] = rest
        if share:
            words = vocabulary(new)
            for part in article.parts:
                part.text = edit(part.text, share, rnd, words) if part.text else part.text
        truth.moved |= set(section(article))
        truth.sections += 1

    return operation


def move_clause(share):
    def operation(new, left, rnd, truth):
        words = vocabulary(new)
        done = 0
        for article, part in rnd.sample(clauses(new), len(clauses(new))):
            if done == 2:
                break
            if len(article.parts) < 3 or len(part.text.split()) < 14 or part.id in truth.moved or part.note:
                continue
            other = [a for a in new.articles[1:] if abs(new.articles.index(a) - new.articles.index(article)) > 2]
            article.parts.remove(part)
            target = rnd.choice(other)
            target.parts.insert(rnd.randrange(0, len(target.parts) + 1), part)
            if share:
                part.text = edit(part.text, share, rnd, words)
            truth.moved.add(part.id)
            truth.sections += 1
            done += 1

    return operation


def swap_articles(new, left, rnd, truth):
    i = rnd.randrange(1, len(new.articles) - 5)
    j = i + rnd.randrange(4, len(new.articles) - i)
    a, b = new.articles[i], new.articles[j]
    new.articles[i], new.articles[j] = b, a
    truth.moved |= set(section(a)) | set(section(b))
    truth.sections += 2


def split(new, left, rnd, truth):
    done = 0
    for article, part in rnd.sample(clauses(new), len(clauses(new))):
        found = [m.end() for m in re.finditer(r"[;,] ", part.text) if 35 < m.end() < len(part.text) - 35]
        if not found or part.note or done == 3:
            continue
        at = rnd.choice(found)
        tail = Part(part.id + "/b", "clause", part.text[at].upper() + part.text[at + 1 :])
        part.text = part.text[:at].rstrip(" ,;") + "."
        article.parts.insert(article.parts.index(part) + 1, tail)
        truth.split.append((part.id, [part.id, tail.id]))
        done += 1


def merge(new, left, rnd, truth):
    done = 0
    for article in rnd.sample(new.articles[1:], len(new.articles) - 1):
        at = next(
            (
                n
                for n in range(len(article.parts) - 1)
                if all(p.kind == "clause" and not p.note for p in article.parts[n : n + 2])
            ),
            None,
        )
        if at is None or done == 3:
            continue
        first, second = article.parts[at : at + 2]
        first.text += " " + second.text
        article.parts.remove(second)
        truth.merged.append(([first.id, second.id], first.id))
        done += 1


def edit_in_place(new, left, rnd, truth):
    words, found = vocabulary(new), clauses(new, ("clause", "item"))
    for _, part in rnd.sample(found, len(found) // 4):
        part.text = edit(part.text, rnd.choice((0.05, 0.1, 0.2, 0.3)), rnd, words)


NOISE = (
    (re.compile("’"), "'"),
    (re.compile("[“”]"), '"'),
    (re.compile(" – "), " - "),
    (re.compile("(?<=[a-zé,]) (?=[a-z])"), "  "),
    (re.compile("«\\s?"), "“"),
    (re.compile("\\s?»"), "”"),
    (re.compile("(?<=\\d) (?=[a-z])"), "\u00a0"),
)


def noise(new, left, rnd, truth):
    truth.real = False
    for article in new.articles:
        if rnd.random() < 0.3:
            article.heading = article.heading.upper()
            truth.noise += 1
        for part in article.parts:
            for pattern, other in NOISE:
                if rnd.random() < 0.4:
                    part.text, times = pattern.subn(other, part.text, count=1 if other == "  " else 0)
                    truth.noise += times


def noise_and_edits(new, left, rnd, truth):
    noise(new, left, rnd, truth)
    words = vocabulary(new)
    for _, part in rnd.sample(clauses(new), 4):
        part.text = edit(part.text, 0.1, rnd, words)
    truth.real = True


def decoy_inserted(new, left, rnd, truth):
    """A clause that looks like another one comes into an article of its own or next to it."""
    words = vocabulary(new)
    for n, (article, part) in enumerate(rnd.sample(clauses(new), 3)):
        twin = fresh(part, "~")
        twin.note = ""
        twin.text = edit(twin.text, 0.15, rnd, words)
        target = article if n == 0 else rnd.choice(new.articles[1:])
        at = target.parts.index(part) + 1 if target is article else rnd.randrange(0, len(target.parts) + 1)
        target.parts.insert(at, twin)


def with_decoys(old, left, rnd):
    """Gives the old draft look-alikes of its own, for what is done to it afterwards."""
    words = vocabulary(old)
    for article, part in rnd.sample([c for c in clauses(old) if not c[1].note], 4):
        twin = fresh(part, "~")
        twin.text = edit(twin.text, 0.15, rnd, words)
        far = [a for a in old.articles[1:] if abs(old.articles.index(a) - old.articles.index(article)) > 2]
        target = rnd.choice(far)
        target.parts.insert(rnd.randrange(0, len(target.parts) + 1), twin)


def decoy_deleted(new, left, rnd, truth):
    for article in new.articles:
        for part in list(article.parts):
            if part.id.endswith("~") and rnd.random() < 0.6:
                article.parts.remove(part)


def tables(new):
    return [(a, p) for a in new.articles for p in a.parts if p.kind == "table"]


def table_rows(new, left, rnd, truth):
    for _, table in tables(new):
        own, cells = table.rows[1]
        table.rows.insert(2, (own + "+", [(c + "+", t.replace("8", "9").replace("5", "7") + " *") for c, t in cells]))
        del table.rows[-1]


def table_column(new, left, rnd, truth):
    for _, table in tables(new):
        if rnd.random() < 0.5:
            table.rows = [
                (r, [*cells[:1], (r + ".+", "A" if n else "*"), *cells[1:]]) for n, (r, cells) in enumerate(table.rows)
            ]
        else:
            table.rows = [(r, cells[:-1]) for r, cells in table.rows]


def table_cells(new, left, rnd, truth):
    for _, table in tables(new):
        for n in range(1, len(table.rows)):
            row, cells = table.rows[n]
            at = rnd.randrange(0, len(cells))
            cells[at] = (cells[at][0], re.sub(r"\d+", lambda m: str(int(m[0]) + 3), cells[at][1]))


def notes(new, left, rnd, truth):
    words = vocabulary(new)
    for _, part in clauses(new):
        if part.note:
            part.note = edit(part.note, 0.2, rnd, words)
    for _, part in rnd.sample([c for c in clauses(new) if not c[1].note], 2):
        part.note = " ".join(rnd.sample(words, 6)).capitalize() + "."


def without_notes(old):
    """Takes the notes out of the old draft, for the first ones to come into the new one."""
    for article in old.articles:
        for part in article.parts:
            part.note = ""


def renumber(new, left, rnd, truth):
    new.first += rnd.choice((1, 2, 4))


def mixed(new, left, rnd, truth):
    insert_clause(new, left[1:], rnd, truth)
    delete_clause(new, left, rnd, truth)
    move_article(0.05)(new, left, rnd, truth)
    edit_in_place(new, left, rnd, truth)
    table_cells(new, left, rnd, truth)


def identity(new, left, rnd, truth):
    truth.real = False


SCENARIOS = {
    "insert article": insert_article,
    "insert clauses": insert_clause,
    "delete article": delete_article,
    "delete clauses": delete_clause,
    **{f"move article, {s} % edited": move_article(s / 100) for s in (0, 5, 15, 30)},
    **{f"move clauses, {s} % edited": move_clause(s / 100) for s in (0, 5, 15, 30)},
    "swap articles": swap_articles,
    "split": split,
    "merge": merge,
    "edit": edit_in_place,
    "noise": noise,
    "noise and edits": noise_and_edits,
    "decoys come": decoy_inserted,
    "decoys go": decoy_deleted,
    "decoys, move article": move_article(0.05),
    "table rows": table_rows,
    "table column": table_column,
    "table cells": table_cells,
    "notes": notes,
    "first notes": notes,
    "renumber": renumber,
    "mixed": mixed,
    "identity": identity,
}
MIRRORED = ("insert article", "delete clauses", "edit", "split", "table rows", "mixed", "notes", "first notes")


def apply(name, contract, left, seed):
    """Runs a scenario; returns the old contract, the new one and the truth."""
    rnd = random.Random(f"{name} {seed}")
    old = contract.copy()
    if name in ("decoys go", "decoys, move article"):
        with_decoys(old, left, rnd)
    if name == "first notes":
        without_notes(old)
    new, truth = old.copy(), Truth(mirror=name in MIRRORED)
    SCENARIOS[name](new, [a.copy() for a in left], rnd, truth)
    return old, new, truth
