"""What a redline costs its reader, read off the Word file alone (G1, G2, G3 of the bench; see quality.py).

A word is a run of letters and digits or one punctuation mark. A word is unchanged only if all its characters
are, in both drafts, as part of the same word: who marks half a word has changed the whole.
"""

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz.distance import Indel

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import redline_resolve as resolve  # noqa: E402
from redline_resolve import FROM, GONE, IN_NEW, IN_OLD, INS, SAME, TO  # noqa: E402

WORD = re.compile(r"\w+|[^\w\s]")
# The same with a number, a date or a label as one word: what a redline that cuts none of these can reach.
WHOLE = re.compile(r"\d+(?:[.,/-]\d+)*|\w+|[^\w\s]")
NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f /-]\d+)*\s?%?")
MOVED = 0.25


def words(text):
    return WORD.findall(text)


def distance(a, b):
    """Words to insert and delete at least to get from one list to the other: exact, without moves."""
    known = {}
    both = []
    for one in (a, b):
        # Surrogates are no characters of their own, so they are stepped over.
        both.append(
            "".join(chr(n if n < 0xD800 else n + 0x800) for n in (known.setdefault(w, len(known)) for w in one))
        )
    return Indel.distance(*both)


@dataclass
class Line:
    """A paragraph of a redline: characters with their status, and its mark."""

    pieces: list
    mark: str
    move: str | None


@dataclass
class Cost:
    """What was counted in a redline."""

    inserted: int = 0
    deleted: int = 0
    moved: int = 0
    edited: int = 0
    hunks: int = 0
    gaps: int = 0
    islands: int = 0
    numbers: int = 0
    numbers_whole: int = 0
    moves: dict = field(default_factory=dict)

    def burden(self):
        return self.inserted + self.deleted + self.edited + MOVED * self.moved


def lines(blocks, around=SAME):
    """Paragraphs of a list of blocks, rows and cells that come or go carried down to their text."""
    for block in blocks:
        if isinstance(block, resolve.Table):
            for status, cells in block.rows:
                for of, inner in cells:
                    yield from lines(inner, resolve.inside(around, resolve.inside(status, of)))
        else:
            pieces = [(p.text, resolve.inside(around, p.status), p.move) for p in block.pieces]
            yield Line([p for p in pieces if p[1] != GONE and p[0]], resolve.inside(around, block.mark), block.move)


def stories(docx):
    """The streams of a redline that are read one after the other."""
    yield list(lines(docx.body))
    for notes in docx.notes.values():
        for status, blocks in notes:
            yield list(lines(blocks, status))
    for status, blocks in docx.boxes:
        yield list(lines(blocks, status))


def spans(chars, kept):
    """Words of one draft: for each a list of places in the stream of characters."""
    places = [n for n, (_, status, _) in enumerate(chars) if status in kept]
    text = "".join(chars[n][0] for n in places)
    return [(match.group(), places[match.start() : match.end()]) for match in WORD.finditer(text)]


def chars_of(story):
    """All characters of a story with status and move; a paragraph mark is a line feed."""
    found = []
    for line in story:
        for text, status, move in line.pieces:
            found += [(c, status, move) for c in text]
        found.append(("\n", line.mark, line.move))
    return found


def cost(docx):
    """Counts what a redline marks."""
    total = Cost()
    ends = {}
    for story in stories(docx):
        if all(s == SAME for line in story for _, s, _ in line.pieces) and all(line.mark == SAME for line in story):
            continue
        chars = chars_of(story)
        old, new = spans(chars, IN_OLD), spans(chars, IN_NEW)
        clean = {tuple(places) for _, places in old if all(chars[n][1] == SAME for n in places)}
        clean &= {tuple(places) for _, places in new}
        for side, found, end, count in (("from", old, FROM, "deleted"), ("to", new, TO, "inserted")):
            for word, places in found:
                if tuple(places) in clean:
                    continue
                move = chars[places[0]][2]
                if move is not None and all(chars[n][1] == end for n in places):
                    ends.setdefault(move, {"from": [], "to": []})[side].append(word)
                else:
                    setattr(total, count, getattr(total, count) + 1)
        hunks(chars, {n for places in clean for n in places}, total)
        numbers(chars, total)
    for name, end in ends.items():
        edited = distance(end["from"], end["to"])
        kept = (len(end["from"]) + len(end["to"]) - edited) // 2
        total.edited += edited
        total.moved += kept
        total.moves[name] = (end["from"], end["to"])
    return total


def hunks(chars, clean, total):
    """Counts runs of changes, and the islands of one or two unchanged words between two of them."""
    inside, island, since, kind = False, 0, False, None
    word = False
    for n, (c, status, move) in enumerate(chars):
        if c == "\n" and status == SAME:
            # A paragraph that stays ends a run, and what follows is not an island within a sentence.
            inside, since, island, word = False, False, 0, False
        elif n in clean:
            if not word or not c.isalnum():
                island += 1
            word = c.isalnum()
            inside = False
        elif status != SAME or not c.isspace():
            if status == SAME and c != "\n" or status != SAME:
                of = move if status in (FROM, TO) else None
                if not inside or of != kind:
                    total.hunks += 1
                    if since and not inside:
                        total.gaps += 1
                        total.islands += island <= 2
                inside, since, island, word, kind = True, True, 0, False, of
        else:
            word = False


def numbers(chars, total):
    """Counts changed numbers of the new draft, and those of them that were replaced whole."""
    places = [n for n, (_, status, _) in enumerate(chars) if status in IN_NEW]
    text = "".join(chars[n][0] for n in places)
    for match in NUMBER.finditer(text):
        of = {chars[n][1] for n in places[match.start() : match.end()] if not chars[n][0].isspace()}
        if INS in of:
            total.numbers += 1
            total.numbers_whole += of == {INS}


def optimum(old, new):
    """Least cost without moves between the texts of two drafts."""
    best = 0
    for kind in ("body", "footnotes", "endnotes", "boxes"):
        sides = []
        for texts in (old, new):
            stories_ = [texts[kind]] if kind == "body" else texts[kind]
            sides.append([w for story in stories_ for p in resolve.flat(story) for w in words(p)])
        best += distance(*sides)
    return best


def judge(redline, old, new, rule="word"):
    """Scores one redline: soundness, cost, optimum."""
    redline, old, new = (x if isinstance(x, resolve.Redline) else resolve.Docx(x) for x in (redline, old, new))
    faults = resolve.check(redline, old, new, rule)
    lenient = resolve.check(redline, old, new, "lenient") if faults else {}
    counted = cost(redline)
    best = optimum(old.texts("accept"), new.texts("accept"))
    return {
        "sound": resolve.sound(faults),
        "sound_lenient": resolve.sound(lenient),
        "faults": faults,
        "burden": counted.burden(),
        "optimum": best,
        "ratio": counted.burden() / best if best else (1.0 if counted.burden() == 0 else float("inf")),
        "cost": counted,
        "words": sum(len(words(p)) for d in (old, new) for p in resolve.paragraphs(d.texts("accept"))),
    }
