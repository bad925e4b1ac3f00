//! The lists as shipped, the verdicts they lead to, and what is said of a list with faults.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn judged(code: &str, on: &str) -> Eligibility {
    assess(&CountryCode::parse(code).unwrap(), day(on), Lists::shipped())
}

fn check(code: &str, on: &str, verdict: Verdict, category: Option<Category>, note: Option<NoteKind>) {
    let it = judged(code, on);
    assert_eq!((it.verdict, it.category), (verdict, category), "{code} on {on}: {it:?}");
    if let Some(kind) = note {
        assert!(it.has_note(kind), "{code} on {on} lacks {kind:?}: {it:?}");
    }
    assert!(it.basis.iter().all(|line| !line.ends_with(", ")), "{it:?}");
}

#[test]
fn verdicts_by_place_and_day() {
    use Category::*;
    use NoteKind::*;
    use Verdict::*;
    check("GIN", "2026-03-01", Eligible, Some(Ldc), None);
    check("STP", "2024-12-30", Eligible, Some(Ldc), None);
    check("STP", "2024-12-31", Eligible, Some(Ldc), None);
    check("STP", "2025-01-01", Eligible, Some(Lmic), None);
    check("STP", "2025-01-05", Eligible, Some(Lmic), None);
    check("NRU", "2026-06-01", Eligible, Some(Umic), Some(RemovalPostponed));
    check("NRU", "2027-06-01", Unknown, None, Some(StatusUnknown));
    check("MSR", "2025-06-01", Eligible, Some(Umic), None);
    check("MSR", "2026-06-01", Unknown, None, Some(StatusUnknown));
    for on in ["2024-01-01", "2025-06-30", "2026-12-31"] {
        check("XKX", on, Eligible, Some(Umic), Some(Info));
    }
    for on in ["2017-01-01", "2024-01-01", "2026-03-01", "2030-01-01"] {
        check("RUS", on, EligibleWithFlag, None, Some(DueDiligenceBlocker));
        check("RUS", on, EligibleWithFlag, None, Some(TransitionOnly));
    }
    for on in ["2018-01-01", "2024-01-01", "2026-03-01", "2030-01-01"] {
        check("CHL", on, Ineligible, None, Some(Removed));
        check("SYC", on, Ineligible, None, Some(Removed));
    }
    for code in ["URY", "OMN", "SAU", "TTO", "BRN", "BHR", "KWT", "ISR", "POL", "ROU", "BGR", "HRV"] {
        check(code, "2026-03-01", Ineligible, None, None);
    }
    for code in ["GUY", "PAN"] {
        check(code, "2025-12-31", Eligible, Some(Umic), None);
        check(code, "2026-01-01", EligibleWithFlag, Some(Umic), Some(UnderReview));
        check(code, "2026-12-31", EligibleWithFlag, Some(Umic), Some(UnderReview));
        check(code, "2027-01-01", Unknown, None, Some(StatusUnknown));
    }
    // Outside the edition.
    check("GIN", "2023-12-31", Unknown, None, Some(OutsideEdition));
    check("CHL", "2017-12-31", Unknown, None, Some(OutsideEdition));
    check("GIN", "2027-01-01", EligibleWithFlag, Some(Ldc), Some(OutsideEdition));
    check("DEU", "2027-01-01", Ineligible, None, Some(OutsideEdition));
    check("KGZ", "2023-06-01", EligibleWithFlag, None, Some(TransitionOnly));
}

#[test]
fn what_else_an_answer_says() {
    let kgz = judged("KGZ", "2026-03-01");
    assert_eq!(kgz.verdict, Verdict::Eligible);
    assert!(kgz.transition && kgz.eiti && kgz.notes.is_empty());
    assert_eq!(
        kgz.basis,
        [
            "DAC List of ODA Recipients (OECD), 2024-2026 flows",
            "Economies in transition (United Nations, WESP, table B), WESP 2020-2025",
            "EITI implementing countries, as of 2022-11-04",
        ]
    );
    let chl = judged("CHL", "2026-03-01");
    assert!(!chl.transition && !chl.eiti);
    assert_eq!(chl.basis.len(), 2);
    assert!(judged("XKX", "2026-03-01").notes[0].text.contains("not part of ISO 3166-1"));
}

#[test]
fn counts_of_the_shipped_lists() {
    let lists = Lists::shipped();
    let count = |on: &str| {
        let mut by_category = BTreeMap::new();
        for (_, category) in lists.recipients(day(on)) {
            *by_category.entry(category.as_str()).or_insert(0) += 1;
        }
        by_category.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(count("2024-06-01"), [("LDC", 45), ("LIC", 2), ("LMIC", 35), ("UMIC", 59)]);
    assert_eq!(count("2025-06-01"), [("LDC", 44), ("LIC", 2), ("LMIC", 36), ("UMIC", 59)]);
    // Without Montserrat, of which nothing certain is known.
    assert_eq!(count("2026-06-01"), [("LDC", 44), ("LIC", 2), ("LMIC", 36), ("UMIC", 58)]);
    assert_eq!(lists.recipients(day("2024-06-01")).count(), 141);
    assert_eq!(lists.transition_economies(day("2026-06-01")).count(), 17);
    assert_eq!(lists.eiti_countries(day("2026-06-01")).count(), 57);
    assert_eq!(lists.dac_period(), (Some(day("2024-01-01")), Some(day("2026-12-31"))));
    let only: Vec<&str> = lists
        .transition_economies(day("2026-06-01"))
        .filter(|code| lists.recipients(day("2026-06-01")).all(|(it, _)| it != *code))
        .map(CountryCode::as_str)
        .collect();
    assert_eq!(only, ["RUS"]);
}

#[test]
fn shipped_files_are_whole() {
    assert_eq!(
        Lists::parse(Lists::SHIPPED_DAC, Lists::SHIPPED_TRANSITION, Lists::SHIPPED_EITI).as_ref(),
        Ok(Lists::shipped())
    );
    let all = [
        ("countries", include_str!("data/countries.tsv")),
        ("dac", Lists::SHIPPED_DAC),
        ("transition", Lists::SHIPPED_TRANSITION),
        ("eiti", Lists::SHIPPED_EITI),
        ("partners", include_str!("data/partners.tsv")),
        ("commodities", include_str!("data/commodities.txt")),
        ("contract types", include_str!("data/contract_types.txt")),
    ];
    for (name, text) in all {
        let head: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
        for word in ["Edition: ", "Compiled: 2026-11-21", "Source: "] {
            assert!(head.iter().any(|line| line.contains(word)), "{name} does not state {word}");
        }
        assert!(head.iter().any(|line| line.contains("Licence: ") || line.contains("Attribution: ")), "{name}");
    }
}

const HEAD: &str = "code\tcategory\tstatus\tvalid_from\tvalid_to\tedition\tnote\n";

fn faults(dac: &str) -> Vec<(usize, String)> {
    match Lists::parse(dac, Lists::SHIPPED_TRANSITION, Lists::SHIPPED_EITI) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.into_iter().map(|it| (it.line, it.message)).collect(),
    }
}

#[test]
fn an_override_is_read() {
    let text =
        format!("\u{feff}# mine\r\n\r\n{}GIN\tLDC\tok\t2027-01-01\t\t2027 flows\r\n", HEAD.replace('\n', "\r\n"));
    let lists = Lists::parse(&text, Lists::SHIPPED_TRANSITION, Lists::SHIPPED_EITI).unwrap();
    let gin = assess(&CountryCode::parse("GIN").unwrap(), day("2030-01-01"), &lists);
    assert_eq!((gin.verdict, gin.category), (Verdict::Eligible, Some(Category::Ldc)));
    assert_eq!(gin.basis[0], "DAC List of ODA Recipients (OECD), 2027 flows");
    let guy = assess(&CountryCode::parse("GUY").unwrap(), day("2030-01-01"), &lists);
    assert_eq!(guy.verdict, Verdict::Ineligible);
    assert_eq!(lists.dac_period(), (Some(day("2027-01-01")), None));
}

#[test]
fn a_place_that_left_the_list_is_said_to_have_left() {
    let text = format!("{HEAD}GIN\tLDC\tok\t2024-01-01\t2026-12-31\te\t\nGUY\tUMIC\tok\t2024-01-01\t2025-12-31\te\t\n");
    let lists = Lists::parse(&text, Lists::SHIPPED_TRANSITION, Lists::SHIPPED_EITI).unwrap();
    for on in ["2026-06-01", "2027-06-01"] {
        let guy = assess(&CountryCode::parse("GUY").unwrap(), day(on), &lists);
        assert_eq!(guy.verdict, Verdict::Ineligible);
        assert!(guy.has_note(NoteKind::Removed));
        assert_eq!(guy.has_note(NoteKind::OutsideEdition), day(on).year() == 2027);
    }
}

#[test]
fn a_blocker_flags_a_place_on_the_dac_list_too() {
    let transition = Lists::SHIPPED_TRANSITION
        .replace("BLR\tBelarus\tCIS and Georgia\tok\t\t\tWESP 2020-2025", "BLR\t\t\tblocker\t\t\tmine\tCleared first.");
    let lists = Lists::parse(Lists::SHIPPED_DAC, &transition, Lists::SHIPPED_EITI).unwrap();
    let blr = assess(&CountryCode::parse("BLR").unwrap(), day("2026-06-01"), &lists);
    assert_eq!(blr.verdict, Verdict::EligibleWithFlag);
    assert!(blr.has_note(NoteKind::DueDiligenceBlocker));
}

#[test]
fn all_faults_of_a_list_are_told_with_their_lines() {
    let text = format!(
        "# mine\n{HEAD}\
         Guinée\tLDC\tok\t2024-01-01\t\te\t\n\
         GIN\tLDCX\tfine\t2024-1-1\t2023-01-01\t\t\n\
         GNB\tLDC\tok\t2024-01-01\t2023-12-31\te\t\n\
         GNQ\t\tok\t\t\te\t\n\
         MSR\tUMIC\tunknown\t\t\te\t\n\
         GMB\tLDC\tok\t2024-01-01\t2024-12-31\te\t\n\
         GMB\tLDC\tok\t2024-12-31\t\te\t\n\
         GHA\tLMIC\tok\t\t\te\t\ttoo much\n"
    );
    let found = faults(&text);
    let expected = [
        (3, "`Guinée` is not a three-letter country code (ISO 3166-1 alpha-3); did you mean `GIN` (Guinea)"),
        (4, "the status `fine` is none of ok, postponed, flagged, unknown, removed"),
        (4, "the category `LDCX` is none of LDC, LIC, LMIC, UMIC"),
        (4, "`2024-1-1` in `valid_from` is no date; write it as 2026-01-31, or leave it empty"),
        (4, "the edition is empty; say which edition of the list the row is from"),
        (5, "the period ends (2023-12-31) before it begins (2024-01-01)"),
        (6, "a place on the list needs a category: LDC, LIC, LMIC or UMIC"),
        (7, "a row with the status `unknown` needs a note that says why"),
        (9, "the period of `GMB` overlaps the one in line 8"),
        (10, "8 fields, but the list has 7 columns"),
    ];
    assert_eq!(found.iter().map(|(line, text)| (*line, text.as_str())).collect::<Vec<_>>(), expected);
}

#[test]
fn a_list_without_columns_or_places_is_refused() {
    assert!(faults("")[0].1.starts_with("the list is empty"));
    assert!(faults("# only a remark\n")[0].1.starts_with("the list is empty"));
    assert_eq!(faults(HEAD), [(1, "no place is on the list".to_owned())]);
    let found = faults("code\tkategory\n");
    assert!(found.contains(&(1, "no column is named `kategory`".to_owned())), "{found:?}");
    assert!(found.iter().any(|(_, text)| text.contains("`category` is missing")), "{found:?}");
    let found = faults(&HEAD.replace("note", "note\tnote"));
    assert!(found.contains(&(1, "the column `note` is there twice".to_owned())), "{found:?}");
    // The other two lists may be empty of rows.
    let empty = "code\tstatus\tvalid_from\tvalid_to\tedition\tnote\n";
    assert!(Lists::parse(Lists::SHIPPED_DAC, empty, empty).is_ok());
}

#[test]
fn a_fault_names_its_file_and_line() {
    let found = Lists::parse(Lists::SHIPPED_DAC, "", "").unwrap_err();
    let text: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(text[0].starts_with("transition.tsv:1: the list is empty"), "{text:?}");
    assert!(text[1].starts_with("eiti.tsv:1: the list is empty"), "{text:?}");
}
