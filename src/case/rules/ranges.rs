//! Numbers that lie within bounds which their type alone does not know (field tables).

use rust_decimal::Decimal;

use super::{Facts, Report, items};
use crate::diagnostic::Code;

/// Checks scores, goals and shares.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let mut hold = |path: String, what: &str, value: u32, low: u32, high: u32| {
        if !(low..=high).contains(&value) {
            report.fault(
                Code::OutOfRange,
                &path,
                format!("{what} is {value}, but goes from {low} to {high}"),
                format!("write a whole number from {low} to {high}"),
            );
        }
    };
    for (at, evaluation) in case.evaluations.iter().enumerate() {
        for (item, score) in evaluation.scores.iter() {
            hold(format!("evaluations[{at}].scores.{item}"), &format!("the score of `{item}`"), *score, 1, 5);
        }
        if let Some(value) = evaluation.recommendation {
            hold(format!("evaluations[{at}].recommendation"), "the readiness to recommend", value, 0, 10);
        }
    }
    if let Some(request) = &case.request {
        for (at, goal) in request.sdgs.iter().enumerate() {
            hold(format!("request.sdgs[{at}]"), "the number of a Sustainable Development Goal", *goal, 1, 17);
        }
    }
    for (at, investor) in items(&case.investors).iter().enumerate() {
        if let Some(share) = investor
            .share
            .as_ref()
            .filter(|share| share.0.parse::<Decimal>().is_ok_and(|value| value > Decimal::ONE_HUNDRED))
        {
            report.fault(
                Code::OutOfRange,
                &format!("investors[{at}].share"),
                format!("a share cannot be {share} per cent"),
                "write a number from 0 to 100",
            );
        }
    }
}
