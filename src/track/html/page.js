"use strict";
// Filters: of the clauses by words, topic, draft, side and event; of the issues by topic and status.
(() => {
  const by = (id) => document.getElementById(id);
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const clauses = [...document.querySelectorAll(".clause")];
  const texts = new Map();
  const form = by("clause-filter");
  const output = by("shown");
  const pattern = output.dataset.pattern;
  const filter = () => {
    const want = Object.fromEntries(new FormData(form));
    const words = fold(want.search || "").split(/\s+/).filter(Boolean);
    let count = 0;
    for (const clause of clauses) {
      const quiet = clause.classList.contains("quiet");
      const events = (clause.dataset.e || "").split(" ").filter(Boolean).map((event) => event.split(":"));
      const hit = events.some(([round, what]) => (!want.round || round === want.round) && (!want.what || what === want.what));
      const sides = (clause.dataset.s || "").split(" ");
      const side = !want.side || (want.side === "both" ? sides.includes("government") && sides.includes("investor") : sides.includes(want.side));
      if (words.length && !texts.has(clause)) texts.set(clause, fold(clause.textContent));
      const show = (quiet ? Boolean(want.quiet) && !want.round && !want.what && !want.side : hit && side)
        && (!want.topic || (clause.dataset.t || "").split(" ").includes(want.topic))
        && words.every((word) => texts.get(clause).includes(word));
      clause.hidden = !show;
      count += show;
    }
    output.textContent = pattern.replace("{count}", count).replace("{all}", clauses.length);
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
  const issues = by("issue-filter");
  if (issues) {
    const rows = [...document.querySelectorAll("#issues tbody tr")];
    const choose = () => {
      const want = Object.fromEntries(new FormData(issues));
      for (const row of rows) {
        row.hidden = Boolean((want.topic && row.dataset.t !== want.topic) || (want.status && row.dataset.s !== want.status));
      }
    };
    issues.hidden = false;
    issues.addEventListener("input", choose);
    issues.addEventListener("reset", () => setTimeout(choose));
    issues.addEventListener("submit", (event) => event.preventDefault());
  }
  // A link to a clause shows it, whatever is filtered.
  const reveal = () => {
    const target = location.hash.length > 1 && by(decodeURIComponent(location.hash.slice(1)));
    if (target && target.hidden) { target.hidden = false; target.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((it) => { it.open = true; }));
  reveal();
})();
