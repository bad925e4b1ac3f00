"""What a redline says became of each clause, held against the truth of a scenario (G4 to G7; see quality.py).

Two readings, neither with the program's code: off the Word file alone, for every tool; and off the program's
JSON, which says it outright.
"""

import re
from dataclasses import dataclass, field

import measure
import redline_resolve as resolve
from contracts import references
from rapidfuzz.distance import Indel
from redline_resolve import DEL, FROM, IN_NEW, IN_OLD, INS, SAME, TO
from writer import shown_text

OPS = {"=": SAME, "+": INS, "-": DEL, "<": FROM, ">": TO}
WORDS = re.compile(r"\w+")


@dataclass
class Score:
    """Right, wrong and missing answers; adds up over scenarios."""

    right: int = 0
    said: int = 0
    true: int = 0

    def add(self, said, true, optional=frozenset()):
        self.right += len(said & true)
        self.said += len(said - (optional - true))
        self.true += len(true)

    def precision(self):
        return self.right / self.said if self.said else 1.0

    def recall(self):
        return self.right / self.true if self.true else 1.0

    def f1(self):
        p, r = self.precision(), self.recall()
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass
class Draft:
    """A rendered draft: its paragraphs in the order of the file, those of cells included."""

    contract: object
    lines: list
    paras: list = field(default_factory=list)  # (identity, label, characters of a typed label, text, note)
    place: dict = field(default_factory=dict)

    def __post_init__(self):
        for line in self.lines:
            if line.kind == "table":
                self.paras += [(cell, "", 0, text, "") for _, cells in line.rows for cell, text in cells]
            else:
                shown = shown_text(self.contract, line)
                self.paras.append((line.id, line.label, len(shown) - len(line.text), line.text, line.note))
        self.place = {para[0]: n for n, para in enumerate(self.paras)}


@dataclass
class Facts:
    """The truth of a scenario in ordinals of paragraphs."""

    pairs: set
    optional: set
    touched_old: set
    touched_new: set
    moved: set
    carried: set
    renumbered: set
    references: set
    edited: set
    cost: float


def words(text):
    return measure.words(text)


def in_tables(draft, moved):
    """The cells of tables that follow a paragraph that was moved."""
    found, before = set(), None
    for line in draft.lines:
        if line.kind == "table":
            found |= {cell for _, cells in line.rows for cell, _ in cells if before in moved}
        else:
            before = line.id
    return found


def facts(old, new, truth):
    """Works out what a perfect redline would say."""
    common = [i for i in old.place if i in new.place]
    pairs = {(old.place[i], new.place[i]) for i in common}
    optional = set()
    for whole, parts in truth.split:
        optional |= {(old.place[whole], new.place[p]) for p in parts}
    for parts, whole in truth.merged:
        optional |= {(old.place[p], new.place[whole]) for p in parts}
    moved = {(old.place[i], new.place[i]) for i in truth.moved if i in old.place and i in new.place}
    # A table that goes along with its article is moved, too; a tool may say so, or delete and insert it.
    along = in_tables(old, truth.moved) & in_tables(new, truth.moved)
    carried = {(old.place[i], new.place[i]) for i in along}
    renumbered = {(o, n) for o, n in pairs if old.paras[o][1] and old.paras[o][1] != new.paras[n][1]}
    text = lambda draft, n: draft.paras[n][3]  # noqa: E731
    was, now = references(old.contract), references(new.contract)
    follow = {
        (new.place[part], was[part, target], now[part, target])
        for part, target in was
        if (part, target) in now and was[part, target] != now[part, target] and part in new.place
    }
    plain = {n: text(new, n) for n in range(len(new.paras))}
    for n, before, after in follow:
        plain[n] = plain[n].replace(after, before)
    edited = {n for o, n in pairs if text(old, o) != plain[n]}
    gone = {old.place[i] for i in old.place if i not in new.place}
    come = {new.place[i] for i in new.place if i not in old.place}
    decoys = {i for i in (*old.place, *new.place) if i.endswith("~")} | {
        i[:-1] for i in (*old.place, *new.place) if i.endswith("~")
    }
    touched = {(o, n) for o, n in pairs if (o, n) in moved | renumbered or n in edited or old.paras[o][0] in decoys}
    labelled = lambda draft, n: draft.paras[n][1] != ""  # noqa: E731
    cost = 0.0
    for o, n in pairs:
        a, b = (words(shown(draft, place)) for draft, place in ((old, o), (new, n)))
        distance = measure.distance(a, b)
        cost += distance + measure.distance(*(words(d.paras[p][4]) for d, p in ((old, o), (new, n))))
        if (o, n) in moved | carried:
            cost += measure.MOVED * (len(a) + len(b) - distance) / 2
    for draft, only in ((old, gone), (new, come)):
        cost += sum(len(words(shown(draft, p))) + len(words(draft.paras[p][4])) for p in only)
    return Facts(
        {p for p in pairs if labelled(old, p[0])},
        optional,
        {o for o in {o for o, _ in touched} | gone if labelled(old, o)},
        {n for n in {n for _, n in touched} | come if labelled(new, n)},
        moved,
        carried,
        renumbered,
        follow,
        edited,
        cost,
    )


def shown(draft, place):
    """A paragraph with its typed label, and the mark of its note."""
    _, label, typed, text, note = draft.paras[place]
    return (label + " " if typed else "") + text + (resolve.OBJECT if note else "")


# -- off the Word file --------------------------------------------------------------------------------------


def stream(redline):
    """Characters of the body: (character, status, move, old paragraph or None, new paragraph or None)."""
    out, at = [], {"old": 0, "new": 0}
    open_ = {"old": False, "new": False}

    def close():
        # Where a mark goes that cannot join (end of a cell, before a table), what it ends is a paragraph still.
        for side in ("old", "new"):
            if open_[side]:
                at[side] += 1
                open_[side] = False

    def walk(blocks, around):
        for block in blocks:
            if isinstance(block, resolve.Table):
                close()
                for status, cells in block.rows:
                    for of, inner in cells:
                        walk(inner, resolve.inside(around, resolve.inside(status, of)))
                        close()
                continue
            for piece in block.pieces:
                status = resolve.inside(around, piece.status)
                for side, kept in (("old", IN_OLD), ("new", IN_NEW)):
                    open_[side] |= status in kept and piece.text != ""
                out.extend(
                    (
                        c,
                        status,
                        piece.move,
                        at["old"] if status in IN_OLD else None,
                        at["new"] if status in IN_NEW else None,
                    )
                    for c in piece.text
                )
            mark = resolve.inside(around, block.mark)
            out.append(
                ("\n", mark, block.move, at["old"] if mark in IN_OLD else None, at["new"] if mark in IN_NEW else None)
            )
            for side, kept in (("old", IN_OLD), ("new", IN_NEW)):
                if mark in kept:
                    at[side] += 1
                    open_[side] = False

    walk(redline.body, SAME)
    return out


def side_words(chars, side, draft):
    """Words of one side: (word, paragraph, places), typed labels left out."""
    place = 3 if side == "old" else 4
    found, text, places, current = [], [], [], 0

    def flush():
        skip = draft.paras[current][2] if current < len(draft.paras) else 0
        joined = "".join(text)
        found.extend(
            (m.group(), current, tuple(places[m.start() : m.end()]))
            for m in WORDS.finditer(joined)
            if m.start() >= skip
        )
        text.clear()
        places.clear()

    for n, char in enumerate(chars):
        if char[place] is None:
            continue
        if char[place] != current:
            flush()
            current = char[place]
        text.append(char[0])
        places.append(n)
    flush()
    return found


def said_by_docx(redline, old, new):
    """The links and the moves that a Word file shows: sets of (old paragraph, new paragraph)."""
    chars = stream(redline)
    before, after = side_words(chars, "old", old), side_words(chars, "new", new)
    shared, moved = {}, {}
    same = {places: n for word, n, places in after if all(chars[c][1] == SAME for c in places)}
    for word, o, places in before:
        if places in same:
            pair = (o, same[places])
            shared[pair] = shared.get(pair, 0) + 1
    ends = {}
    for side, found, status in (("from", before, FROM), ("to", after, TO)):
        for word, n, places in found:
            name = chars[places[0]][2]
            if name is not None and chars[places[0]][1] == status:
                ends.setdefault(name, {"from": [], "to": []})[side].append((word, n))
    for end in ends.values():
        a, b = end["from"], end["to"]
        for step in Indel.opcodes([w for w, _ in a], [w for w, _ in b]):
            if step.tag == "equal":
                for x, y in zip(a[step.src_start : step.src_end], b[step.dest_start : step.dest_end]):
                    pair = (x[1], y[1])
                    shared[pair] = shared.get(pair, 0) + 1
                    moved[pair] = moved.get(pair, 0) + 1
    length = [{}, {}]
    for side, found in enumerate((before, after)):
        for _, n, _ in found:
            length[side][n] = length[side].get(n, 0) + 1
    best = [{}, {}]
    for pair, count in shared.items():
        for side in (0, 1):
            known = best[side].get(pair[side])
            if known is None or count > shared[known]:
                best[side][pair[side]] = pair
    enough = lambda pair: shared[pair] >= 0.4 * min(length[0][pair[0]], length[1][pair[1]])  # noqa: E731
    links = {pair for side in best for pair in side.values() if enough(pair)}
    return links, {pair for pair in links if moved.get(pair, 0) > shared[pair] / 2}, sections_of(ends, chars)


def sections_of(ends, chars):
    """How many places things were moved to: runs of paragraphs moved together count once."""
    runs, last = 0, None
    for char in chars:
        if char[1] == TO:
            if last is None:
                runs += 1
            last = char[4]
        elif char[1] == SAME and not char[0].isspace() and char[0].isalnum():
            last = None
    return runs


# -- off the JSON of the program ----------------------------------------------------------------------------


class JsonRedline(resolve.Redline):
    """The redline in the program's JSON, as the resolver sees a Word file."""

    def __init__(self, data):
        super().__init__()
        kinds = {"footnote": "footnotes", "endnote": "endnotes"}
        for story in data["redline"]:
            status = (
                SAME if story["old"] is not None and story["new"] is not None else INS if story["old"] is None else DEL
            )
            blocks = [self.block(node) for node in story["nodes"]]
            if story["kind"] == "body":
                self.body = blocks
            elif story["kind"] in kinds:
                self.notes[kinds[story["kind"]]].append((status, blocks))
            elif story["kind"] == "text-box":
                self.boxes.append((status, blocks))
            else:
                self.margins.append((status, story["kind"], blocks))

    def block(self, node):
        if "table" in node:
            return resolve.Table(
                [
                    (OPS[r["op"]], [(OPS[c["op"]], [self.block(n) for n in c["nodes"]]) for c in r["cells"]])
                    for r in node["rows"]
                ]
            )
        move = None if node.get("move") is None else str(node["move"])
        pieces = [resolve.Piece(s["text"], OPS[s["op"]], move) for s in node["segments"]]
        return resolve.Para(pieces, OPS[node["mark"]], move)


def said_by_json(data):
    """Links, moves and renumberings as the JSON lists them."""
    links, renumbered = set(), set()
    for clause in data["clauses"]:
        if clause["old"] and clause["new"]:
            pair = (clause["old"]["paragraph"], clause["new"]["paragraph"])
            links.add(pair)
            if clause["renumbered"]:
                labels = [side["path"][-1]["label"] if side["path"] else "" for side in (clause["old"], clause["new"])]
                renumbered.add((*pair, *(own_label(label) for label in labels)))
    moves = [{tuple(pair) for pair in move["pairs"]} for move in data["moves"]]
    return links, moves, renumbered


def own_label(label):
    """A label without its word and its dot: `Article 5.` is 5."""
    found = re.search(r"\d+(?:\.\d+)*|\([a-z]+\)", label)
    return found[0] if found else label
