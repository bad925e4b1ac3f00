//! The ICU formatters of a locale, made once a thread and kept.
//!
//! Making a set takes tens of microseconds, using one less than one (measured, optimised). Which CLDR locale serves
//! which of ours is decided here.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{E, MD, YM, YMD};
use icu_datetime::options::YearStyle;
use icu_decimal::DecimalFormatter;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale_core::Locale as IcuLocale;
use icu_plurals::PluralRules;

use super::{Lang, Locale};

/// Why building a formatter cannot fail.
const DATA_IS_COMPILED_IN: &str = "the compiled CLDR data answers for every locale, by fallback to the root";

/// English-speaking places that write dates and lists as the United States do.
const UNITED_STATES: &[&str] = &["US", "AS", "GU", "MP", "PR", "UM", "VI"];

/// Everything that formats for one locale.
pub(super) struct Formatters {
    /// Day, month in words, year.
    pub(super) long_date: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    /// Day and month in words.
    pub(super) day_month: FixedCalendarDateTimeFormatter<Gregorian, MD>,
    /// Month in words and year.
    pub(super) month_year: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    /// The date in figures, with the year in full.
    pub(super) short_date: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    /// The name of the day of the week.
    pub(super) weekday: FixedCalendarDateTimeFormatter<Gregorian, E>,
    /// Numbers in running text: in Spain and Portugal four digits stand ungrouped.
    pub(super) number: DecimalFormatter,
    /// Digits only, never grouped: days, ordinals.
    pub(super) digits: DecimalFormatter,
    /// "a, b and c".
    pub(super) and: ListFormatter,
    /// "a, b or c".
    pub(super) or: ListFormatter,
    /// One thing, two things.
    pub(super) cardinal: PluralRules,
    /// First, second.
    pub(super) ordinal: PluralRules,
}

/// Calls `f` with the formatters of a locale, making them if this thread has none yet.
pub(super) fn with<T>(locale: Locale, f: impl FnOnce(&Formatters) -> T) -> T {
    thread_local! {
        static CACHE: RefCell<BTreeMap<Locale, Rc<Formatters>>> = const { RefCell::new(BTreeMap::new()) };
    }
    let formatters = CACHE
        .with_borrow_mut(|cache| Rc::clone(cache.entry(locale).or_insert_with(|| Rc::new(Formatters::new(locale)))));
    f(&formatters)
}

impl Formatters {
    fn new(locale: Locale) -> Self {
        let icu = icu_locale(locale);
        let date_locale = match locale.lang {
            // The pattern for month and year of plain `pt` (Brazil) trips a debug assertion in
            // icu_datetime 2.4; long dates are the same in Portugal and Brazil.
            Lang::Pt => tag("pt-PT"),
            Lang::En | Lang::Fr | Lang::Es | Lang::Ru | Lang::Ar => icu.clone(),
        };
        let decimals = |grouping| {
            let mut options = DecimalFormatterOptions::default();
            options.grouping_strategy = Some(grouping);
            DecimalFormatter::try_new((&icu).into(), options).expect(DATA_IS_COMPILED_IN)
        };
        let short = YMD::short().with_year_style(YearStyle::Full);
        let lists = ListFormatterOptions::default;
        Self {
            long_date: FixedCalendarDateTimeFormatter::try_new((&date_locale).into(), YMD::long())
                .expect(DATA_IS_COMPILED_IN),
            day_month: FixedCalendarDateTimeFormatter::try_new((&date_locale).into(), MD::long())
                .expect(DATA_IS_COMPILED_IN),
            month_year: FixedCalendarDateTimeFormatter::try_new((&date_locale).into(), YM::long())
                .expect(DATA_IS_COMPILED_IN),
            short_date: FixedCalendarDateTimeFormatter::try_new((&date_locale).into(), short)
                .expect(DATA_IS_COMPILED_IN),
            weekday: FixedCalendarDateTimeFormatter::try_new((&date_locale).into(), E::long())
                .expect(DATA_IS_COMPILED_IN),
            number: decimals(GroupingStrategy::Auto),
            digits: decimals(GroupingStrategy::Never),
            and: ListFormatter::try_new_and((&icu).into(), lists()).expect(DATA_IS_COMPILED_IN),
            or: ListFormatter::try_new_or((&icu).into(), lists()).expect(DATA_IS_COMPILED_IN),
            cardinal: PluralRules::try_new_cardinal((&icu).into()).expect(DATA_IS_COMPILED_IN),
            ordinal: PluralRules::try_new_ordinal((&icu).into()).expect(DATA_IS_COMPILED_IN),
        }
    }
}

/// Returns the CLDR locale whose data serve a locale of ours; in Arabic with its choice of digits.
fn icu_locale(locale: Locale) -> IcuLocale {
    match locale.lang {
        // Two usages only: CLDR would fall back to the American one for a region that it does
        // not know, and group by lakhs for India, which an international contract does not.
        Lang::En if locale.region_in(UNITED_STATES) => tag("en-US"),
        Lang::En => tag("en-GB"),
        // Plain `pt` is Brazil in CLDR; ours is Portugal, and so are Mozambique and Angola.
        Lang::Pt if locale.region_in(&["BR"]) => tag("pt-BR"),
        Lang::Pt => tag("pt-PT"),
        Lang::Fr | Lang::Es | Lang::Ru | Lang::Ar => tag(&locale.to_string()),
    }
}

fn tag(text: &str) -> IcuLocale {
    text.parse().expect("a language of two letters, perhaps with a region and a choice of digits, is a BCP 47 tag")
}

impl Locale {
    /// Returns whether the locale writes English in the American way.
    pub(super) fn is_american(self) -> bool {
        self.lang == Lang::En && self.region_in(UNITED_STATES)
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::Region;
    use super::*;

    #[test]
    fn every_possible_locale_formats_everything() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let later = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
        for lang in Lang::ALL {
            for a in 'A'..='Z' {
                for b in 'A'..='Z' {
                    let locale = Locale::new(lang, Region::new(&format!("{a}{b}")));
                    // A fresh set each time: the cache would keep 4,056 of them.
                    let set = Formatters::new(locale);
                    let zero = set.digits.format(&0.into()).to_string();
                    assert!(zero == "0" || (zero == "٠" && lang == Lang::Ar), "{locale}: {zero}");
                    drop(set);
                    if b == 'A' {
                        assert!(locale.long_date(date).chars().count() > 8, "{locale}");
                        assert!(locale.date_range(date, later).chars().count() > 8);
                        assert!(!locale.short_date(date).is_empty());
                        assert!(!locale.month_year(date).is_empty());
                        assert!(!locale.weekday(date).is_empty());
                        assert!(locale.money("1234.5", "USD").is_ok());
                        assert!(!locale.list_and(&["a", "b"]).is_empty());
                    }
                }
            }
        }
    }
}
