//! A renegotiation needs the contract's day of signature and its ground (field table of the request).

use super::{Facts, Report};
use crate::case::model::{ContractStatus, Phase};
use crate::diagnostic::Code;

/// Looks for what a renegotiation rests on.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let Some(contract) = case.contract.get() else { return };
    let phase = case.request.as_ref().and_then(|request| request.phase.get());
    let (path, word) = match (contract.status.get(), phase) {
        (Some(ContractStatus::UnderRenegotiation), _) => ("contract.status", "under_renegotiation"),
        (_, Some(Phase::Renegotiation)) => ("request.phase", "renegotiation"),
        _ => return,
    };
    let wanted = [
        (
            "contract.signed_on",
            contract.signed_on.is_none(),
            "the day on which it was signed",
            "write `signed_on` of the contract in force",
        ),
        (
            "contract.review_clause",
            contract.review_clause.is_none(),
            "the clause that allows it",
            "write `review_clause`, or on what else the renegotiation rests",
        ),
    ];
    for (field, missing, what, hint) in wanted {
        if missing {
            report.fault(
                Code::ContractIncomplete,
                field,
                format!("the contract is negotiated anew but {what} is not recorded"),
                hint,
            );
            report.see(path, format!("`{word}` is said here"));
        }
    }
}
