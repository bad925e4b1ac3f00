//! The kinds of single values that a case file holds: text, text by language, dates, money, codes.
//!
//! Money is decimal text with an ISO 4217 code, never floating point. Dates are ISO 8601 calendar
//! dates. Text is kept in Unicode normalisation form C (done when the YAML is read).

mod date;
mod form;
mod key;
mod money;
mod number;
mod text;

pub use date::CaseDate;
pub use form::{CaseId, DigestText, Email, FilePath, Percent};
pub use key::{NoneOr, PersonKey};
pub use money::Money;
pub use number::FormatVersion;
pub use text::{Local, Rich};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::field::{Reader, Value};
    use crate::source::Source;
    use crate::yaml;

    fn read<T: Value>(text: &str) -> Result<T, String> {
        let source = Source::new("case.yaml", format!("x: {text}\n"));
        let tree = yaml::parse(&source);
        let mut reader = Reader::new(&source, false);
        let node = tree.root.get("x").expect("x is written");
        let value = reader.within("x", |reader| T::read(node, reader));
        value.ok_or_else(|| {
            reader
                .faults
                .iter()
                .map(|fault| format!("{}: {} [{}]", fault.code.name(), fault.message, fault.hints.join("; ")))
                .collect()
        })
    }

    #[test]
    fn dates_are_iso_and_real() {
        assert_eq!(read::<CaseDate>("2024-02-29").map(|date| date.to_string()), Ok("2024-02-29".into()));
        assert!(read::<CaseDate>("2026-02-29").is_err());
        assert!(read::<CaseDate>("13.02.2026").expect_err("German form").contains("`2026-02-13`"));
        assert!(!read::<CaseDate>("03/02/2026").expect_err("two readings").contains("2026-02-03"));
    }

    #[test]
    fn money_is_exact_decimal_text() {
        let money = read::<Money>("EUR 148350.00").expect("money");
        assert_eq!((money.currency.as_str(), money.amount.as_str()), ("EUR", "148350.00"));
        for bad in ["148350.00", "EUR 1,000.00", "EUR 1.005", "EUR -5", "EUR 1e3", "eur 5", "XXQ 5", "JPY 1.50"] {
            assert!(read::<Money>(bad).is_err(), "{bad}");
        }
        assert!(read::<Money>("eur 5").expect_err("case").contains("did you mean `EUR 5`?"));
    }

    #[test]
    fn placeholders_are_not_values() {
        for text in ["à préciser", "TBD", "'?'", "'[…]'", "(à préciser)"] {
            assert!(read::<String>(text).expect_err(text).starts_with("placeholder-text"), "{text}");
        }
        assert!(read::<String>("Naples").is_ok());
    }

    #[test]
    fn addresses_are_checked_as_people_write_them() {
        for good in ["a@b.example", "marie-louise.o'neil@mines.gov.example", "x@münchen.example"] {
            assert!(read::<Email>(&format!("\"{good}\"")).is_ok(), "{good}");
        }
        for bad in
            ["a@b", "a b@c.example", "a@@b.example", "a@.example", "@b.example", "a@b..example", "rabe(at)x.example"]
        {
            assert!(read::<Email>(&format!("\"{bad}\"")).is_err(), "{bad}");
        }
    }

    #[test]
    fn paths_stay_inside_the_folder() {
        assert!(read::<FilePath>("annexes/a.pdf").is_ok());
        for bad in ["/etc/passwd", "../x", "a/../b", "'C:\\x'", "a//b"] {
            assert!(read::<FilePath>(bad).is_err(), "{bad}");
        }
    }
}
