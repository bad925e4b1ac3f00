//! The drafts of the contract follow each other: in time, each made from an earlier one.

use super::{Facts, Report};
use crate::diagnostic::{Code, nearest};

/// Compares each draft with those before it.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let rounds = &facts.case.value.rounds;
    for (at, round) in rounds.iter().enumerate() {
        let (before, id) = (&rounds[..at], round.id.get().map_or("?", String::as_str));
        if let Some(previous) = at.checked_sub(1)
            && let (Some(first), Some(second)) = (rounds[previous].date.get(), round.date.get())
            && second < first
        {
            let message = format!("the draft `{id}` of {second} stands after one of {first}");
            report.fault(
                Code::RoundsInconsistent,
                &format!("rounds[{at}].date"),
                message,
                "put the drafts in the order of their dates, the oldest first, or mend the date",
            );
            report.see(&format!("rounds[{previous}].date"), "the draft before");
        }
        if let Some(file) = round.file.get()
            && let Some(other) = before.iter().position(|other| other.file.get() == Some(file))
        {
            report.fault(
                Code::RoundsInconsistent,
                &format!("rounds[{at}].file"),
                format!("the draft `{id}` has the same file as an earlier one, `{file}`"),
                "keep each draft as a file of its own",
            );
            report.see(&format!("rounds[{other}].file"), "the other draft");
        }
        let Some(base) = &round.base else { continue };
        if before.iter().any(|other| other.id.get() == Some(base)) {
            continue;
        }
        let path = format!("rounds[{at}].base");
        let known: Vec<&str> = before.iter().filter_map(|other| other.id.get().map(String::as_str)).collect();
        let hint = match nearest(base, known.iter().copied()) {
            _ if known.is_empty() => "delete `base`: the first draft is made from none".to_owned(),
            Some(near) => format!("did you mean `{near}`? Earlier drafts: {}", known.join(", ")),
            None => format!("name an earlier draft: {}", known.join(", ")),
        };
        if let Some(later) = rounds.iter().position(|other| other.id.get() == Some(base)) {
            let what = if later == at { "itself".to_owned() } else { format!("`{base}`, which comes later") };
            report.fault(Code::RoundsInconsistent, &path, format!("the draft `{id}` is made from {what}"), hint);
            report.see(&format!("rounds[{later}]"), "that draft");
        } else {
            report.fault(
                Code::RoundsInconsistent,
                &path,
                format!("the draft `{id}` is made from `{base}`, which does not exist"),
                hint,
            );
        }
    }
}
