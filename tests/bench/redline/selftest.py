#!/usr/bin/env python3
"""Tests of the scorer itself: redlines written by hand, whose texts and costs are known.

    python3 tests/bench/redline/selftest.py

A scorer that finds no fault in a faulty redline proves nothing, so most of these are faulty. Needs lxml, rapidfuzz.
"""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import contracts  # noqa: E402
import links  # noqa: E402
import measure  # noqa: E402
import operations  # noqa: E402
import redline_resolve as resolve  # noqa: E402
import redline_valid as valid  # noqa: E402
import writer  # noqa: E402

BY = 'w:author="a" w:date="2026-01-01T00:00:00Z"'


def p(*runs, mark="", ident=900):
    change = f'<w:pPr><w:rPr><w:{mark} w:id="{ident}" {BY}/></w:rPr></w:pPr>' if mark else ""
    return f"<w:p>{change}{''.join(runs)}</w:p>"


def t(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def ins(text, ident=1):
    return f'<w:ins w:id="{ident}" {BY}>{t(text)}</w:ins>'


def dele(text, ident=2):
    return f'<w:del w:id="{ident}" {BY}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def moved(kind, text, ident, name="m1"):
    return (
        f'<w:{kind}RangeStart w:id="{ident}" w:name="{name}" {BY}/>'
        f'<w:{kind} w:id="{ident + 1}" {BY}>{t(text)}</w:{kind}>'
        f'<w:{kind}RangeEnd w:id="{ident}"/>'
    )


def table(*rows):
    return "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>" + "".join(rows) + "</w:tbl>"


def row(*cells, change=""):
    mark = f'<w:trPr><w:{change} w:id="77" {BY}/></w:trPr>' if change else ""
    return f"<w:tr>{mark}{''.join(f'<w:tc>{c}</w:tc>' for c in cells)}</w:tr>"


class Scorer(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def docx(self, *blocks):
        path = Path(self.folder.name) / f"{len(list(Path(self.folder.name).iterdir()))}.docx"
        writer.package(list(blocks), [], contracts.Contract("en", []), path)
        return path

    def texts(self, mode, *blocks, rule="word"):
        return resolve.Docx(self.docx(*blocks)).texts(mode, rule)["body"]

    def test_words_are_accepted_and_rejected(self):
        blocks = [p(t("pay "), dele("3"), ins("6"), t(" per cent"))]
        self.assertEqual(self.texts("accept", *blocks), ["pay 6 per cent"])
        self.assertEqual(self.texts("reject", *blocks), ["pay 3 per cent"])

    def test_a_mark_that_goes_joins_the_next_paragraph(self):
        split = [p(t("one."), mark="ins"), p(t("Two."))]
        self.assertEqual(self.texts("accept", *split), ["one.", "Two."])
        self.assertEqual(self.texts("reject", *split), ["one.Two."])

    def test_an_emptied_paragraph_before_a_table_or_at_the_end(self):
        blocks = [p(dele("gone"), mark="del"), table(row(p(t("a")))), p(t("x")), p(dele("y"), mark="del")]
        cell = [[["a"]]]
        self.assertEqual(self.texts("accept", *blocks), [cell, "x", ""])
        self.assertEqual(self.texts("accept", *blocks, rule="strict"), ["", cell, "x", ""])
        self.assertEqual(self.texts("accept", *blocks, rule="lenient"), [cell, "x"])

    def test_rows_come_and_go(self):
        blocks = [table(row(p(t("a"))), row(p(ins("b")), change="ins"), row(p(dele("c")), change="del"))]
        self.assertEqual(self.texts("accept", *blocks), [[[["a"]], [["b"]]]])
        self.assertEqual(self.texts("reject", *blocks), [[[["a"]], [["c"]]]])

    def test_moves_are_read_from_both_ends(self):
        blocks = [
            p(moved("moveFrom", "moved text", 10), mark="moveFrom"),
            p(t("stays")),
            p(moved("moveTo", "moved text", 20), mark="moveTo", ident=901),
        ]
        self.assertEqual(self.texts("accept", *blocks, p(t("end"))), ["stays", "moved text", "end"])
        self.assertEqual(self.texts("reject", *blocks, p(t("end"))), ["moved text", "stays", "end"])

    def test_an_unsound_redline_is_found(self):
        old, new = self.docx(p(t("pay 3"))), self.docx(p(t("pay 6")))
        good, bad = self.docx(p(t("pay "), dele("3"), ins("6"))), self.docx(p(t("pay "), ins("6")))
        self.assertTrue(resolve.sound(resolve.check(good, old, new)))
        self.assertIn("reject body", resolve.check(bad, old, new))
        self.assertFalse(resolve.sound(resolve.check(bad, old, new)))

    def test_half_a_word_counts_as_the_whole(self):
        cost = measure.cost(resolve.Docx(self.docx(p(t("the agree"), ins("ment")), p(t("x")))))
        self.assertEqual((cost.inserted, cost.deleted), (1, 1))

    def test_moves_cost_a_quarter_and_hide_no_edit(self):
        blocks = [
            p(moved("moveFrom", "one two three four", 10), mark="moveFrom"),
            p(t("stays")),
            p(moved("moveTo", "one two three five", 20), mark="moveTo", ident=901),
        ]
        cost = measure.cost(resolve.Docx(self.docx(*blocks)))
        self.assertEqual((cost.moved, cost.edited, cost.inserted, cost.deleted), (3, 2, 0, 0))
        self.assertEqual(cost.burden(), 2.75)

    def test_hunks_and_islands(self):
        cost = measure.cost(
            resolve.Docx(self.docx(p(t("a b c d "), dele("e"), ins("f"), t(" g "), ins("h", 3), t(" i j k l"))))
        )
        self.assertEqual((cost.hunks, cost.gaps, cost.islands), (2, 1, 1))

    def test_the_optimum_is_exact(self):
        self.assertEqual(measure.distance("a b c d".split(), "a x c d e".split()), 3)
        self.assertEqual(measure.distance([], ["a"]), 1)

    def test_invalid_markup_is_found(self):
        sound = [p(t("a "), dele("b"), ins("c"))]
        self.assertEqual(list(valid.faults(self.docx(*sound))), [])
        wrong = {
            "used more than once": [p(ins("a", 5), dele("b", 5))],
            "del: holds t": [p(f'<w:del w:id="1" {BY}>{t("x")}</w:del>')],
            "moveFrom: holds delText": [
                p(moved("moveFrom", "x", 10).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")),
                p(moved("moveTo", "x", 20)),
            ],
            "one end only": [p(moved("moveFrom", "x", 10))],
            "outside a range": [p(f'<w:moveTo w:id="3" {BY}>{t("x")}</w:moveTo>')],
            "is not first": ["<w:p><w:r><w:t>x</w:t></w:r><w:pPr/></w:p>"],
            "stands after": ['<w:p><w:pPr><w:jc w:val="left"/><w:keepNext/></w:pPr></w:p>'],
            "does not end with a paragraph": [table("<w:tr><w:tc><w:tcPr/></w:tc></w:tr>")],
            "no w:author": [p('<w:ins w:id="1"><w:r/></w:ins>')],
            "blanks without": [p("<w:r><w:t>x </w:t></w:r>")],
            "leads nowhere": [p('<w:r><w:footnoteReference w:id="9"/></w:r>')],
        }
        for fault, blocks in wrong.items():
            found = " ".join(valid.faults(self.docx(*blocks)))
            self.assertIn(fault, found)

    def test_a_resolved_copy_reads_as_the_resolver_says(self):
        path = self.docx(
            p(t("a "), dele("b"), ins("c"), mark="del"),
            p(moved("moveFrom", "d", 10)),
            table(row(p(t("x"))), row(p(ins("y", 5)), change="ins")),
            p(moved("moveTo", "d", 20)),
        )
        for mode in ("accept", "reject"):
            copy = Path(self.folder.name) / f"copy-{mode}.docx"
            valid.write_resolved(path, mode, copy)
            self.assertEqual(resolve.Docx(copy).texts("accept")["body"], resolve.Docx(path).texts(mode)["body"])

    def test_every_scenario_does_something_and_knows_its_truth(self):
        for name in operations.SCENARIOS:
            contract, left = contracts.contract("fr", 3, True)
            old, new, truth = operations.apply(name, contract, left, 1)
            drafts = [links.Draft(c, contracts.render(c)) for c in (old, new)]
            facts = links.facts(*drafts, truth)
            changed = [x.paras for x in drafts]
            self.assertEqual(changed[0] == changed[1], name == "identity", name)
            self.assertEqual(facts.cost > 0, name != "identity", name)
            self.assertEqual(bool(facts.moved), "move" in name or name in ("swap articles", "mixed"), name)

    def test_links_are_read_off_a_redline_that_rewrites_everything(self):
        """A redline that deletes and inserts the whole draft is sound, and links nothing."""
        contract, left = contracts.contract("en", 2, True)
        old, new, truth = operations.apply("edit", contract, left, 1)
        drafts = [links.Draft(c, contracts.render(c)) for c in (old, new)]
        texts = [
            [writer.shown_text(d.contract, line).replace("\t", " ") for line in d.lines if line.kind != "table"]
            for d in drafts
        ]
        blocks = [p(dele(x.replace("&", ""), n), mark="del", ident=5000 + n) for n, x in enumerate(texts[0])]
        blocks += [p(ins(x.replace("&", ""), 2000 + n), mark="ins", ident=7000 + n) for n, x in enumerate(texts[1])]
        said, moves, _ = links.said_by_docx(resolve.Docx(self.docx(*blocks, p(t("")))), *drafts)
        self.assertEqual((said, moves), (set(), set()))


if __name__ == "__main__":
    unittest.main()
