//! Rule 12: amounts, totals, days and shares add up, to the cent and for each currency apart.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::names::words;
use super::{Facts, Report, items};
use crate::case::model::{CostCategory, Scoping};
use crate::diagnostic::Code;
use crate::locale;

/// Words for a day by which budgets count fees.
const DAY_WORDS: &[&str] =
    &["day", "days", "jour", "jours", "dia", "dias", "день", "дня", "дней", "дни", "يوم", "أيام"];

/// Adds up the budget, the days of the team and the investors' shares.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    if let Some(scoping) = &case.scoping {
        lines(scoping, report);
        totals(scoping, report);
        days(facts, scoping, report);
    }
    let shares =
        items(&case.investors).iter().filter_map(|investor| investor.share.as_ref()?.0.parse::<Decimal>().ok());
    let sum = shares.fold(Decimal::ZERO, |sum, share| sum.saturating_add(share));
    let single = items(&case.investors).iter().filter(|investor| investor.share.is_some()).count() == 1;
    // One share above 100 is out of range, which is reported apart.
    if sum > Decimal::ONE_HUNDRED && !single {
        report.fault(
            Code::SumsDiffer,
            "investors",
            format!("the investors' shares add up to {} per cent", sum.normalize()),
            "mend the shares: together they are at most 100",
        );
    }
}

fn lines(scoping: &Scoping, report: &mut Report<'_>) {
    for (at, line) in scoping.budget.iter().enumerate() {
        let (Some(&quantity), Some(cost), Some(amount)) =
            (line.quantity.get(), line.unit_cost.get(), line.amount.get())
        else {
            continue;
        };
        let path = format!("scoping.budget[{at}].amount");
        if cost.currency != amount.currency {
            let message = format!("a unit costs {cost} but the amount is in {}", amount.currency);
            report.fault(
                Code::SumsDiffer,
                &path,
                message,
                format!("write both in {} or both in {}", cost.currency, amount.currency),
            );
            report.see(&format!("scoping.budget[{at}].unit_cost"), "the cost of a unit");
            continue;
        }
        let Some(product) = Decimal::from(quantity).checked_mul(cost.value) else { continue };
        if product != amount.value {
            let right = money(&cost.currency, product);
            report.fault(
                Code::SumsDiffer,
                &path,
                format!("{quantity} times {cost} is {right} but the amount is {amount}"),
                format!("write `amount: {right}`, or mend quantity or unit cost"),
            );
        }
    }
}

fn totals(scoping: &Scoping, report: &mut Report<'_>) {
    // A total cannot be checked while a line is missing or unreadable.
    if scoping.budget_total.is_empty() || scoping.budget.iter().any(|line| line.amount.get().is_none()) {
        return;
    }
    let mut sums: BTreeMap<&str, Decimal> = BTreeMap::new();
    for amount in scoping.budget.iter().filter_map(|line| line.amount.get()) {
        let sum = sums.entry(&amount.currency).or_default();
        *sum = sum.saturating_add(amount.value);
    }
    let mut seen: Vec<&str> = Vec::new();
    for (at, total) in scoping.budget_total.iter().enumerate() {
        let path = format!("scoping.budget_total[{at}]");
        if seen.contains(&total.currency.as_str()) {
            report.fault(
                Code::SumsDiffer,
                &path,
                format!("the budget has two totals in {}", total.currency),
                "write one total for each currency",
            );
            continue;
        }
        seen.push(&total.currency);
        match sums.get(total.currency.as_str()) {
            None => report.fault(
                Code::SumsDiffer,
                &path,
                format!("the budget has a total in {} but no line in that currency", total.currency),
                "delete the total, or add the line",
            ),
            Some(&sum) if sum != total.value => {
                let right = money(&total.currency, sum);
                report.fault(
                    Code::SumsDiffer,
                    &path,
                    format!("the lines of the budget add up to {right} but the total is {total}"),
                    format!("write `{right}`, or mend the lines"),
                );
                report.see("scoping.budget", "the lines");
            }
            Some(_) => {}
        }
    }
    for (currency, sum) in sums.into_iter().filter(|(currency, _)| !seen.contains(currency)) {
        let right = money(currency, sum);
        report.fault(
            Code::SumsDiffer,
            "scoping.budget_total",
            format!("the budget has lines in {currency} but no total in that currency"),
            format!("add `- {right}`"),
        );
    }
}

/// Compares the days of the team with the days that the fees are charged for.
fn days(facts: &Facts<'_>, scoping: &Scoping, report: &mut Report<'_>) {
    let fees: Vec<_> = scoping
        .budget
        .iter()
        .enumerate()
        .filter(|(_, line)| line.category.get() == Some(&CostCategory::Fees))
        .collect();
    // Folded as the units are: `й` loses its breve there.
    let day_words: Vec<String> = DAY_WORDS.iter().flat_map(|word| words(word)).collect();
    let by_day = |unit: &str| words(unit).iter().any(|word| day_words.contains(word));
    // Lump sums and months cannot be compared with days.
    if fees.is_empty() || !fees.iter().all(|(_, line)| line.unit.get().is_some_and(|unit| by_day(facts.text(unit)))) {
        return;
    }
    let charged: Option<u64> =
        fees.iter().map(|(_, line)| line.quantity.get().map(|quantity| u64::from(*quantity))).sum();
    let planned: Option<u64> =
        items(&scoping.team).iter().map(|member| member.days.get().map(|days| u64::from(*days))).sum();
    if let (Some(charged), Some(planned)) = (charged, planned)
        && charged != planned
        && planned > 0
    {
        let path = format!("scoping.budget[{}].quantity", fees[0].0);
        report.fault(
            Code::SumsDiffer,
            &path,
            format!("the fees are for {charged} days but the team works {planned}"),
            "bring the quantities of the fees and the `days` of the team into line",
        );
        report.see("scoping.team", "the team's days");
    }
}

/// Returns an amount with all decimals of its currency.
fn money(currency: &str, mut amount: Decimal) -> String {
    if let Some(minor) = locale::minor_units(currency) {
        amount.rescale(minor.into());
    }
    format!("{currency} {amount}")
}
