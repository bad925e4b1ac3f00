//! Dates as official letters write them: in words, in figures, and as periods.
//!
//! CLDR gives the names and patterns; added here are the French "1er", the Spanish figures of two
//! digits, and the words of a period, which CLDR does not have.

use chrono::{Datelike, NaiveDate};
use icu_calendar::{Date, Gregorian};

use super::formatters::{self, Formatters};
use super::{Lang, Locale};

/// The space that must not break before the Russian "г." (year).
const NBSP: char = '\u{a0}';

impl Locale {
    /// Returns the date with the month in words: "1 March 2026", "1er mars 2026",
    /// "1 de marzo de 2026", "1 марта 2026 г.".
    ///
    /// Arabic months and digits follow the region. Years outside −9999 to 9999 come in ISO 8601.
    #[must_use]
    pub fn long_date(self, date: NaiveDate) -> String {
        self.format_date(date, |set, date| set.long_date.format(date).to_string())
    }

    /// Returns the date in figures with a year of four digits: "01/03/2026", "01.03.2026".
    #[must_use]
    pub fn short_date(self, date: NaiveDate) -> String {
        match self.lang {
            // CLDR writes one digit for most of the Spanish-speaking countries; forms and tables
            // use two.
            Lang::Es => date.format("%d/%m/%Y").to_string(),
            Lang::En | Lang::Fr | Lang::Pt | Lang::Ru | Lang::Ar => match gregorian(date) {
                Some(date) => formatters::with(self, |set| set.short_date.format(&date).to_string()),
                None => date.to_string(),
            },
        }
    }

    /// Returns the month and the year: "March 2026", "mars 2026", "marzo de 2026".
    #[must_use]
    pub fn month_year(self, date: NaiveDate) -> String {
        match gregorian(date) {
            Some(date) => unbroken(formatters::with(self, |set| set.month_year.format(&date).to_string())),
            None => date.format("%Y-%m").to_string(),
        }
    }

    /// Returns the day of the week, as it stands in a sentence: "Sunday", "dimanche".
    #[must_use]
    pub fn weekday(self, date: NaiveDate) -> String {
        // Beyond ICU's years the week goes on as ever: 400 years are a whole number of weeks, and
        // 2000 to 2399 have the same leap days.
        let near = date.with_year(2000 + date.year().rem_euclid(400));
        let Some(date) = gregorian(date).or_else(|| gregorian(near?)) else {
            return date.format("%A").to_string();
        };
        formatters::with(self, |set| set.weekday.format(&date).to_string())
    }

    /// Returns a period, both days included, with what the two dates share said once.
    ///
    /// English: "2 March to 30 June 2026", "9–13 March 2026". The others say it with
    /// prepositions, as an adverbial: "du 2 mars au 30 juin 2026", "du 9 au 13 mars 2026", and
    /// for a period of one day "le 9 mars 2026". The dates are written in the order given.
    #[must_use]
    pub fn date_range(self, from: NaiveDate, to: NaiveDate) -> String {
        let end = self.long_date(to);
        if from == to {
            return match self.lang {
                Lang::En | Lang::Ru => end,
                Lang::Fr => format!("le {end}"),
                Lang::Es => format!("el {end}"),
                Lang::Pt => format!("em {end}"),
                Lang::Ar => format!("في {end}"),
            };
        }
        let same_year = from.year() == to.year();
        let same_month = same_year && from.month() == to.month();
        let start = if !same_year {
            self.long_date(from)
        } else if same_month {
            self.day(from)
        } else {
            self.day_month(from)
        };
        match self.lang {
            Lang::En if same_month && self.is_american() => {
                let month_day = self.day_month(from);
                format!("{month_day}–{}, {}", to.day(), to.year())
            }
            Lang::En if same_month => format!("{start}–{end}"),
            Lang::En => format!("{start} to {end}"),
            Lang::Fr => format!("du {start} au {end}"),
            Lang::Es => format!("del {start} al {end}"),
            Lang::Pt => format!("de {start} a {end}"),
            // Before "второго" (the second) the preposition takes a vowel.
            Lang::Ru if from.day() == 2 => format!("со {start} по {end}"),
            Lang::Ru => format!("с {start} по {end}"),
            Lang::Ar => format!("من {start} إلى {end}"),
        }
    }

    fn day(self, date: NaiveDate) -> String {
        match self.lang {
            Lang::Fr if date.day() == 1 => "1er".to_owned(),
            Lang::En | Lang::Fr | Lang::Es | Lang::Pt | Lang::Ru | Lang::Ar => self.digits(u64::from(date.day())),
        }
    }

    fn day_month(self, date: NaiveDate) -> String {
        self.format_date(date, |set, date| set.day_month.format(date).to_string())
    }

    /// Formats by `f`, with the French first of the month.
    fn format_date(self, date: NaiveDate, f: impl FnOnce(&Formatters, &Date<Gregorian>) -> String) -> String {
        let Some(icu_date) = gregorian(date) else {
            return date.to_string();
        };
        let text = unbroken(formatters::with(self, |set| f(set, &icu_date)));
        match text.strip_prefix("1 ") {
            Some(rest) if self.lang == Lang::Fr => format!("1er {rest}"),
            _ => text,
        }
    }
}

/// Converts a date; `None` for a year that ICU does not take.
pub(super) fn gregorian(date: NaiveDate) -> Option<Date<Gregorian>> {
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    Date::try_new_gregorian(date.year(), month, day).ok()
}

/// Puts a no-break space where CLDR has a narrow one (before the Russian "г."), which more fonts
/// have and which Russian typography asks for.
fn unbroken(text: String) -> String {
    if text.contains('\u{202f}') { text.replace('\u{202f}', &NBSP.to_string()) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn locale(tag: &str) -> Locale {
        tag.parse().unwrap()
    }

    #[track_caller]
    fn long(tag: &str, expected: &str) {
        assert_eq!(locale(tag).long_date(date(2026, 3, 1)), expected, "{tag}");
    }

    #[track_caller]
    fn range(tag: &str, from: NaiveDate, to: NaiveDate, expected: &str) {
        assert_eq!(locale(tag).date_range(from, to), expected, "{tag}");
    }

    #[test]
    fn long_dates() {
        for tag in ["en", "en-GB", "en-KE", "en-MN", "en-ZZ"] {
            long(tag, "1 March 2026");
        }
        long("en-US", "March 1, 2026");
        for tag in ["fr", "fr-GN", "fr-CA", "fr-MA"] {
            long(tag, "1er mars 2026");
        }
        for tag in ["es", "es-ES", "es-AR", "es-CO", "es-PE", "es-MX"] {
            long(tag, "1 de marzo de 2026");
        }
        for tag in ["pt", "pt-PT", "pt-MZ", "pt-AO", "pt-BR"] {
            long(tag, "1 de março de 2026");
        }
        long("ru", "1 марта 2026\u{a0}г.");
        long("ru-KG", "1 марта 2026\u{a0}г.");
    }

    #[test]
    fn only_the_first_is_ordinal_in_french() {
        let fr = locale("fr");
        assert_eq!(fr.long_date(date(2026, 3, 2)), "2 mars 2026");
        assert_eq!(fr.long_date(date(2026, 3, 11)), "11 mars 2026");
        assert_eq!(fr.long_date(date(2026, 3, 21)), "21 mars 2026");
        assert_eq!(fr.long_date(date(2026, 8, 1)), "1er août 2026");
    }

    #[test]
    fn arabic_digits_by_country() {
        for tag in ["ar-EG", "ar-SA", "ar-SD", "ar-MR", "ar-YE", "ar-TD", "ar-DJ", "ar-KM", "ar-SO"] {
            long(tag, "١ مارس ٢٠٢٦");
        }
        for tag in ["ar-IQ", "ar-LB", "ar-SY"] {
            long(tag, "١ آذار ٢٠٢٦");
        }
        for tag in ["ar-DZ", "ar-MA", "ar-TN", "ar-LY", "ar"] {
            long(tag, "1 مارس 2026");
        }
    }

    #[test]
    fn arabic_months_by_country() {
        let month = |tag| locale(tag).month_year(date(2026, 7, 9));
        assert_eq!(month("ar-EG"), "يوليو ٢٠٢٦");
        assert_eq!(month("ar-MR"), "يوليو ٢٠٢٦");
        assert_eq!(month("ar-DZ"), "جويلية 2026");
        assert_eq!(month("ar-TN"), "جويلية 2026");
        assert_eq!(month("ar-MA"), "يوليوز 2026");
        assert_eq!(month("ar-IQ"), "تموز ٢٠٢٦");
        let january = |tag| locale(tag).month_year(date(2026, 1, 9));
        assert_eq!(january("ar-EG"), "يناير ٢٠٢٦");
        assert_eq!(january("ar-TN"), "جانفي 2026");
        assert_eq!(january("ar-LB"), "كانون الثاني ٢٠٢٦");
    }

    #[test]
    fn periods_over_months() {
        let (a, b) = (date(2026, 3, 2), date(2026, 6, 30));
        range("en", a, b, "2 March to 30 June 2026");
        range("en-US", a, b, "March 2 to June 30, 2026");
        range("fr", a, b, "du 2 mars au 30 juin 2026");
        range("es", a, b, "del 2 de marzo al 30 de junio de 2026");
        range("pt", a, b, "de 2 de março a 30 de junho de 2026");
        range("ru", a, b, "со 2 марта по 30 июня 2026\u{a0}г.");
        range("ar-EG", a, b, "من ٢ مارس إلى ٣٠ يونيو ٢٠٢٦");
        range("ar-TN", a, b, "من 2 مارس إلى 30 جوان 2026");
    }

    #[test]
    fn periods_in_one_month() {
        let (a, b) = (date(2026, 3, 9), date(2026, 3, 13));
        range("en", a, b, "9–13 March 2026");
        range("en-US", a, b, "March 9–13, 2026");
        range("fr", a, b, "du 9 au 13 mars 2026");
        range("fr", date(2026, 3, 1), b, "du 1er au 13 mars 2026");
        range("es", a, b, "del 9 al 13 de marzo de 2026");
        range("pt", a, b, "de 9 a 13 de março de 2026");
        range("ru", a, b, "с 9 по 13 марта 2026\u{a0}г.");
        range("ar-MR", a, b, "من ٩ إلى ١٣ مارس ٢٠٢٦");
    }

    #[test]
    fn periods_over_years() {
        let (a, b) = (date(2026, 11, 2), date(2027, 2, 1));
        range("en", a, b, "2 November 2026 to 1 February 2027");
        range("en-US", a, b, "November 2, 2026 to February 1, 2027");
        range("fr", a, b, "du 2 novembre 2026 au 1er février 2027");
        range("es", a, b, "del 2 de noviembre de 2026 al 1 de febrero de 2027");
        range("ru", a, b, "со 2 ноября 2026\u{a0}г. по 1 февраля 2027\u{a0}г.");
        // The same month of another year is not the same month.
        range("fr", date(2026, 3, 9), date(2027, 3, 13), "du 9 mars 2026 au 13 mars 2027");
    }

    #[test]
    fn periods_of_one_day() {
        let a = date(2026, 3, 9);
        range("en", a, a, "9 March 2026");
        range("fr", a, a, "le 9 mars 2026");
        range("es", a, a, "el 9 de marzo de 2026");
        range("pt", a, a, "em 9 de março de 2026");
        range("ru", a, a, "9 марта 2026\u{a0}г.");
        range("ar-DZ", a, a, "في 9 مارس 2026");
    }

    #[test]
    fn short_dates() {
        let short = |tag| locale(tag).short_date(date(2026, 3, 1));
        for tag in ["en", "fr", "fr-GN", "es", "es-PE", "es-CO", "pt", "pt-MZ", "pt-BR"] {
            assert_eq!(short(tag), "01/03/2026", "{tag}");
        }
        assert_eq!(short("ru"), "01.03.2026");
        assert_eq!(short("en-US"), "3/1/2026");
        assert_eq!(short("fr-CA"), "2026-03-01");
        assert_eq!(short("ar-EG"), "١\u{200f}/٣\u{200f}/٢٠٢٦");
        assert_eq!(short("ar-DZ"), "1\u{200f}/3\u{200f}/2026");
    }

    #[test]
    fn months_and_weekdays() {
        let d = date(2026, 3, 1);
        let both = |tag| (locale(tag).month_year(d), locale(tag).weekday(d));
        assert_eq!(both("en"), ("March 2026".into(), "Sunday".into()));
        assert_eq!(both("fr"), ("mars 2026".into(), "dimanche".into()));
        assert_eq!(both("es"), ("marzo de 2026".into(), "domingo".into()));
        assert_eq!(both("pt"), ("março de 2026".into(), "domingo".into()));
        assert_eq!(both("pt-BR"), ("março de 2026".into(), "domingo".into()));
        assert_eq!(both("ru"), ("март 2026\u{a0}г.".into(), "воскресенье".into()));
        assert_eq!(both("ar-EG"), ("مارس ٢٠٢٦".into(), "الأحد".into()));
    }

    #[test]
    fn far_years_do_not_fail() {
        for d in [NaiveDate::MAX, NaiveDate::MIN, date(9999, 12, 31), date(1, 1, 1)] {
            for lang in Lang::ALL {
                let locale = Locale::from(lang);
                assert!(!locale.long_date(d).is_empty());
                assert!(!locale.short_date(d).is_empty());
                assert!(!locale.month_year(d).is_empty());
                assert!(!locale.weekday(d).is_empty());
                assert!(!locale.date_range(date(2026, 3, 1), d).is_empty());
            }
        }
        assert_eq!(locale("en").weekday(date(12026, 3, 1)), "Sunday");
    }
}
