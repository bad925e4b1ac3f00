//! Russian: no-break spaces after №, before the dash, and between initials and surname.

use super::{NBSP, is_fixable_space, quotes};

pub(super) fn russian(text: &str) -> String {
    quotes::set(text, quotes::RUSSIAN, |out, c, rest| {
        let after_number_sign = out.ends_with('№');
        if is_fixable_space(c) {
            if after_number_sign || (c == ' ' && joins_name(out, rest)) {
                out.push(NBSP);
                return true;
            }
            // Of several spaces after № one stays.
            return out.strip_suffix(NBSP).is_some_and(|out| out.ends_with('№'));
        }
        if c == '—' {
            let before = out.trim_end_matches(is_fixable_space);
            if before.len() < out.len() && !before.ends_with(['\n', '\t', '|']) {
                out.truncate(before.len());
                out.push(NBSP);
            }
        } else if after_number_sign && c.is_alphanumeric() {
            out.push(NBSP);
        }
        false
    })
}

/// Returns whether a space stands between the initials or the initials and the surname of a person. One
/// initial alone is none: "Приложение А. Договор".
fn joins_name(out: &str, rest: &str) -> bool {
    let after_initials = ends_in_initial(out).map(|before| ends_in_initial(before.trim_end_matches(is_fixable_space)));
    match after_initials {
        Some(second) => starts_with_initial(rest).is_some() || (second.is_some() && starts_with_name(rest)),
        None => {
            let word = out.rsplit(|c: char| !c.is_alphabetic() && c != '-').next().unwrap_or_default();
            starts_with_name(word)
                && starts_with_initial(rest)
                    .is_some_and(|rest| starts_with_initial(rest.trim_start_matches(is_fixable_space)).is_some())
        }
    }
}

/// Returns what stands before an initial with its full stop.
fn ends_in_initial(text: &str) -> Option<&str> {
    let mut before = text.strip_suffix('.')?.chars();
    let initial = before.next_back().filter(|c| c.is_uppercase());
    (initial.is_some() && !before.as_str().ends_with(char::is_alphanumeric)).then_some(before.as_str())
}

/// Returns what stands after an initial with its full stop.
fn starts_with_initial(text: &str) -> Option<&str> {
    let mut after = text.chars();
    after.next().filter(|c| c.is_uppercase())?;
    after.as_str().strip_prefix('.')
}

fn starts_with_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}
