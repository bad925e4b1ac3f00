//! The redline as one page of HTML: a tool to review with, and to print.
//!
//! The page holds its style sheet and its script, and nothing that a browser would load; a policy in its head
//! allows these two by their digests and forbids all else, so that no draft could bring in a script even if
//! `escape` failed. Both stand beside the code, not among the templates: their class names and identifiers are
//! those that the code writes, and one cannot be changed without the other.
//!
//! Without the script the page is complete: the redline in the text, the summary, the list of changes with links.
//! The script adds the view side by side, filters, keys and the map. It takes everything from the page; no data is
//! there twice (`body` says how).

mod body;
mod comments;
mod escape;
mod front;
mod list;
#[cfg(test)]
mod tests;
mod words;

use std::fmt::Write as _;

use self::body::Body;
use self::escape::escaped;
use super::Report;
use super::summary::{summary, thousands};
use crate::manifest::Sha256;

/// The style of every page.
const STYLE: &str = include_str!("page.css");

/// The script of every page.
const SCRIPT: &str = include_str!("page.js");

/// What opens and closes the page's tools.
const TOOLS: &str = include_str!("tools.html");

/// Writes a report as a page of HTML. The same report gives the same text.
pub fn write(report: &Report<'_>) -> String {
    let summary = summary(report);
    let checked = report.comparison.checks.iter().flat_map(|check| &check.places).map(|place| place.para);
    let body = Body::new(report, checked.chain(comments::places(&report.new).into_values()));
    let mut out = String::with_capacity(body.out.len() + report.count() * 500 + 65_536);
    head(&mut out, report);
    let hidden = summary.noise.iter().filter(|row| !row.shown).map(|row| row.count).sum();
    bar(&mut out, report, hidden);
    out.push_str("<main>\n");
    front::write(&mut out, report, &summary, &body);
    list::write(&mut out, report, &summary, &body);
    redline(&mut out, report, &body);
    out.push_str("</main>\n");
    out.push_str(TOOLS);
    let _ = write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// Writes everything up to the first element that is seen.
fn head(out: &mut String, report: &Report<'_>) {
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n\
         <meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'sha256-{}'; \
         script-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=viewport content=\"width=device-width, initial-scale=1\">\n\
         <meta name=color-scheme content=\"light dark\">\n\
         <meta name=referrer content=no-referrer>\n\
         <meta name=robots content=noindex>\n\
         <meta name=format-detection content=\"telephone=no\">\n\
         <meta name=generator content=\"{}\">\n\
         <title>Redline: {}</title>\n<style>{STYLE}</style>\n</head>\n",
        base64(Sha256::of(STYLE.as_bytes()).as_bytes()),
        base64(Sha256::of(SCRIPT.as_bytes()).as_bytes()),
        escaped(&report.program),
        escaped(&front::title(report)),
    );
    let only = if report.shown.changes_only { " data-only" } else { "" };
    let _ = writeln!(out, "<body data-context={}{only}>", report.shown.context);
}

/// Writes the bar at the top, with the tools that need the script. `hidden` is how much noise is not shown.
fn bar(out: &mut String, report: &Report<'_>, hidden: usize) {
    let noise = match hidden {
        0 => String::new(),
        count => format!("<label><input type=checkbox id=noise> Noise ({})</label>", thousands(count)),
    };
    let count = report.count();
    let _ = write!(
        out,
        "<a class=skip href=#redline>Skip to the redline</a>\n<header id=bar>\n\
         <p class=name dir=auto>{}</p>\n<div id=tools class=js hidden>\n\
         <div class=step role=group aria-label=\"Move from change to change\">\
         <button type=button id=prev aria-label=\"Previous change\" aria-keyshortcuts=\"p k\">‹</button>\
         <span id=at>0 / {count}</span>\
         <button type=button id=next aria-label=\"Next change\" aria-keyshortcuts=\"n j\">›</button></div>\n\
         <div class=pair role=group aria-label=View>\
         <button type=button id=inline aria-pressed=true>Inline</button>\
         <button type=button id=side aria-pressed=false>Side by side</button></div>\n\
         <label><input type=checkbox id=only> Changes only</label>\n{noise}\n\
         <button type=button id=toggle aria-expanded=true aria-controls=changes>List</button>\n\
         <button type=button id=keys aria-label=\"Keys and signs\">?</button>\n</div>\n</header>\n",
        escaped(&front::title(report)),
    );
}

/// Writes the redline.
fn redline(out: &mut String, report: &Report<'_>, body: &Body<'_, '_>) {
    let lang = words::lang(report);
    let attributes =
        lang.map_or_else(String::new, |lang| format!(" lang={lang} dir={}", if lang.is_rtl() { "rtl" } else { "ltr" }));
    let _ = write!(
        out,
        "<section id=redline aria-labelledby=redline-title>\n<h2 id=redline-title class=vh>Redline</h2>\n\
         <div class=heads aria-hidden=true{}><p dir=auto>{}</p><p dir=auto>{}</p></div>\n<div id=text{attributes}>\n",
        if lang.is_some_and(crate::locale::Lang::is_rtl) { " dir=rtl" } else { "" },
        escaped(&report.old.name),
        escaped(&report.new.name),
    );
    out.push_str(&body.out);
    out.push_str("</div>\n</section>\n");
}

/// Returns bytes in Base64 (RFC 4648, section 4), as policies name digests.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = (0..3).fold(0_usize, |bits, at| bits << 8 | three.get(at).map_or(0, |byte| usize::from(*byte)));
        for at in 0..4 {
            let digit = DIGITS[bits >> (18 - 6 * at) & 63];
            out.push(if at <= three.len() { char::from(digit) } else { '=' });
        }
    }
    out
}
