"""Contracts for the quality bench, built from the clauses in texts/ by a seed.

A contract is a list of articles; an article has a heading and parts: paragraphs, items and tables. Each of them
has an identity that operations keep (operations.py), so that what became of it is known. `render` gives the
paragraphs as a reader sees them, numbers worked out.
"""

import random
import re
from dataclasses import dataclass, field
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("en", "fr", "es", "pt")
CITIES = ("Paris", "London", "Maputo", "Lima", "Geneva", "Singapore", "Nairobi")
MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(),
}
DATE = {"en": "{d} {m} {y}", "fr": "{d} {m} {y}", "es": "{d} de {m} de {y}", "pt": "{d} de {m} de {y}"}
ARTICLE = {"en": "Article", "fr": "Article", "es": "Cláusula", "pt": "Artigo"}
REFERENCE = {"en": "{}", "fr": "l’{}", "es": "la {}", "pt": "o {}"}
NUMBERED = {"en": "Section {}", "fr": "l’article {}", "es": "la cláusula {}", "pt": "a cláusula {}"}
ANNEX = {"en": "Annex B", "fr": "l’Annexe B", "es": "el Anexo B", "pt": "o Anexo B"}
THOUSANDS = {"en": ",", "fr": "\u202f", "es": ".", "pt": "."}


@dataclass
class Part:
    """A paragraph (`clause`), an item of a list, a table, or a heading when rendered."""

    id: str
    kind: str
    text: str = ""
    rows: list = field(default_factory=list)  # of (id, [(id, text)])
    note: str = ""

    def copy(self):
        return Part(self.id, self.kind, self.text, [(r, list(cells)) for r, cells in self.rows], self.note)


@dataclass
class Article:
    """A numbered section."""

    id: str
    heading: str
    parts: list

    def copy(self):
        return Article(self.id, self.heading, [p.copy() for p in self.parts])


@dataclass
class Contract:
    """A contract, how it is numbered, and what it is numbered from."""

    lang: str
    articles: list
    words: bool = False  # "Article 5" rather than "5."
    typed: bool = True
    first: int = 1
    stale: dict = field(default_factory=dict)  # labels of what was deleted, for references that stayed

    def copy(self):
        return Contract(
            self.lang, [a.copy() for a in self.articles], self.words, self.typed, self.first, dict(self.stale)
        )


@dataclass
class Line:
    """A paragraph as it is shown."""

    id: str
    kind: str
    level: int
    label: str
    text: str
    note: str = ""
    rows: list = field(default_factory=list)


def library(lang):
    """The clauses of a language: key, heading, parts."""
    found = []
    for line in (TEXTS / f"{lang}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            key, heading = line[2:].split(" | ")
            found.append((key, heading, []))
        elif line.strip():
            found[-1][2].append(line)
    return found


def grouped(number, lang):
    return f"{number:,}".replace(",", THOUSANDS[lang])


def fill(text, lang, rnd):
    """Fills the slots of a clause, references apart."""
    price = rnd.randrange(40, 90) * 10
    rate = rnd.randrange(2, 6)
    slots = {
        "pct": rnd.choice((2, 5, 8, 10, 12, 15, 20, 25, 30, 51)),
        "pct2": rnd.choice((3, 6, 7, 9, 11, 18)),
        "n": rnd.randrange(2, 12),
        "n2": rnd.randrange(3, 9),
        "days": rnd.choice((30, 45, 60, 75, 90, 120, 180)),
        "days2": rnd.choice((150, 210, 365)),
        "years": rnd.choice((10, 15, 20, 25, 30)),
        "usd": grouped(rnd.randrange(2, 90) * 250_000, lang),
        "usd2": grouped(rnd.randrange(2, 20) * 50_000, lang),
        "city": rnd.choice(CITIES),
        "p1": price,
        "p2": price + rnd.randrange(10, 30) * 10,
        "r1": rate,
        "r2": rate + 1,
        "r3": rate + 3,
        "date": DATE[lang].format(d=rnd.randrange(2, 28), m=rnd.choice(MONTHS[lang]), y=rnd.randrange(2019, 2027)),
    }
    return re.sub(r"\{(\w+)\}", lambda m: str(slots[m[1]]), text)


def build_article(key, heading, raw, lang, rnd, prefix=""):
    """An article out of its lines in the library."""
    article = Article(prefix + key, heading, [])
    table, shared = None, rnd.random()
    for place, line in enumerate(raw):
        own = f"{prefix}{key}/{place}"
        if line.startswith("| "):
            # All rows of a table draw from the same numbers.
            text = fill(line, lang, random.Random(shared))
            if table is None:
                table = Part(own, "table")
                article.parts.append(table)
            cells = [c.strip() for c in text.strip("| ").split(" | ")]
            table.rows.append((own, [(f"{own}.{n}", c) for n, c in enumerate(cells)]))
            continue
        kind = "item" if line.startswith("- ") else "clause"
        text, note = line.removeprefix("- "), ""
        noted = re.search(r"\{note:(.*)\}$", text)
        if noted:
            text, note = text[: noted.start()], noted[1]
        article.parts.append(Part(own, kind, fill(text, lang, rnd), note=note))
    return article


def contract(lang, seed, typed, spare=4):
    """A contract and the articles left over, which operations bring in."""
    rnd = random.Random(f"{lang} {seed} {typed}")
    articles = [build_article(k, h, raw, lang, rnd) for k, h, raw in library(lang)]
    first, rest = articles[0], articles[1:]
    fixed = [a for a in rest if a.id in ("royalty", "tax", "stabilisation")]
    others = [a for a in rest if a not in fixed]
    rnd.shuffle(others)
    kept, left = others[spare:], others[:spare]
    body = kept + fixed
    rnd.shuffle(body)
    return Contract(lang, [first, *body], words=bool(seed % 2), typed=typed), left


def label_of(contract, number):
    return f"{ARTICLE[contract.lang]} {number}" if contract.words else f"{number}."


def labels(contract):
    """Label of every part and article, by identity; as references cite them where they can be cited."""
    shown, cited = {}, {}
    for number, article in enumerate(contract.articles, contract.first):
        shown[article.id] = label_of(contract, number)
        if contract.words:
            word = f"{ARTICLE[contract.lang]} {number}"
            cited[article.id] = REFERENCE[contract.lang].format(word if contract.lang == "en" else word.lower())
        else:
            cited[article.id] = NUMBERED[contract.lang].format(number)
        clause = item = 0
        for part in article.parts:
            if part.kind == "clause":
                clause, item = clause + 1, 0
                shown[part.id] = f"{number}.{clause}"
            elif part.kind == "item":
                item += 1
                shown[part.id] = f"({chr(96 + item)})"
    return shown, cited


def render(contract):
    """The contract as it is shown: lines in order, a table as one line with its rows."""
    shown, cited = labels(contract)

    def text(raw):
        return re.sub(
            r"\{ref:([\w+/]+)\}", lambda m: cited.get(m[1]) or contract.stale.get(m[1]) or ANNEX[contract.lang], raw
        )

    out = []
    for article in contract.articles:
        out.append(Line(article.id, "heading", 0, shown[article.id], article.heading))
        for part in article.parts:
            if part.kind == "table":
                out.append(Line(part.id, "table", 1, "", "", rows=part.rows))
            else:
                level = 1 if part.kind == "clause" else 2
                out.append(Line(part.id, part.kind, level, shown[part.id], text(part.text), part.note))
    return out


def references(contract):
    """Where a reference stands and how it reads: {(part, target): text}."""
    _, cited = labels(contract)
    found = {}
    for article in contract.articles:
        for part in article.parts:
            for target in re.findall(r"\{ref:([\w+/]+)\}", part.text):
                if target in cited:
                    found[(part.id, target)] = cited[target]
    return found
