//! Rule 14: where another partner works on an approved discipline, the approval says who does what.

use super::{Facts, Report, items};
use crate::case::model::PartnerStatus;
use crate::diagnostic::Code;

/// Compares the work of partners with the services approved.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let (Some(approval), Some(request)) = (&case.approval, &case.request) else { return };
    if approval.division_of_labour.is_some() {
        return;
    }
    let partners = request.partners.get().map_or(&[][..], |partners| &partners.0);
    for (at, partner) in
        partners.iter().enumerate().filter(|(_, partner)| partner.status.get() == Some(&PartnerStatus::Engaged))
    {
        let approved = items(&approval.services).iter().filter_map(|service| service.discipline.get());
        let mut shared: Vec<_> = approved
            .filter(|discipline| partner.disciplines.contains(discipline))
            .map(|discipline| format!("`{}`", discipline.word()))
            .collect();
        shared.dedup();
        if shared.is_empty() {
            continue;
        }
        let name = partner.name.get().map_or("another partner", String::as_str);
        let message = format!(
            "{name} already works on {}, which is approved, and the approval does not say who does what",
            shared.join(", ")
        );
        report.fault(
            Code::LabourUndivided,
            "approval.services",
            message,
            "agree with the partner and write it under `approval.division_of_labour`",
        );
        report.see(&format!("request.partners[{at}]"), "the partner");
    }
}
