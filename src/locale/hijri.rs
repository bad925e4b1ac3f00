//! Dates of the Hijri calendar, which letters in Arabic put beside the common date.
//!
//! The calendar is Umm al-Qura, the civil calendar of Saudi Arabia: tables as published for the years
//! 1300 to 1600 AH, arithmetic beyond. States that watch for the moon may differ by a day, so a date
//! that a letter already bears is copied, not computed. CLDR names the months in Arabic; the other
//! languages have plain transliterations, since CLDR's letters for ʿayn are missing from many fonts.

use chrono::NaiveDate;
use icu_calendar::Date;
use icu_calendar::cal::Hijri;

use super::date::gregorian;
use super::{Lang, Locale};

const ENGLISH: [&str; 12] = [
    "Muharram",
    "Safar",
    "Rabi I",
    "Rabi II",
    "Jumada I",
    "Jumada II",
    "Rajab",
    "Shaban",
    "Ramadan",
    "Shawwal",
    "Dhu al-Qadah",
    "Dhu al-Hijjah",
];
const FRENCH: [&str; 12] = [
    "mouharram",
    "safar",
    "rabia al-awal",
    "rabia ath-thani",
    "joumada al-oula",
    "joumada ath-thania",
    "rajab",
    "chaabane",
    "ramadan",
    "chawwal",
    "dhou al-qida",
    "dhou al-hijja",
];
const SPANISH: [&str; 12] = [
    "muharram",
    "safar",
    "rabi I",
    "rabi II",
    "yumada I",
    "yumada II",
    "rayab",
    "shaabán",
    "ramadán",
    "shawwal",
    "du al-qada",
    "du al-hiyya",
];
const PORTUGUESE: [&str; 12] = [
    "muharram",
    "safar",
    "rabi I",
    "rabi II",
    "jumada I",
    "jumada II",
    "rajab",
    "xaban",
    "ramadão",
    "xawwal",
    "dhu al-qada",
    "dhu al-hijja",
];
/// In the genitive, as after the number of the day.
const RUSSIAN: [&str; 12] = [
    "мухаррама",
    "сафара",
    "раби-уль-авваля",
    "раби-уль-ахира",
    "джумада-ль-уля",
    "джумада-ль-ахира",
    "раджаба",
    "шаабана",
    "рамадана",
    "шавваля",
    "зуль-каады",
    "зуль-хиджи",
];
const ARABIC: [&str; 12] = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
];

impl Locale {
    /// Returns the day in the Hijri calendar (Umm al-Qura): "24 رمضان 1447 هـ" in the digits of the
    /// locale, "24 Ramadan 1447 AH", "24 рамадана 1447 г. хиджры".
    ///
    /// Days before the era, and years beyond 9999, come in ISO 8601 and the common calendar.
    #[must_use]
    pub fn hijri_date(self, date: NaiveDate) -> String {
        let Some((year, month, day)) = hijri(date) else {
            return date.to_string();
        };
        let (day, year) = (self.digits(day), self.digits(year));
        let name = |names: [&'static str; 12]| names.get(month).copied().unwrap_or_default();
        match self.lang {
            Lang::En => format!("{day} {} {year} AH", name(ENGLISH)),
            Lang::Fr if day == "1" => format!("1er {} {year} AH", name(FRENCH)),
            Lang::Fr => format!("{day} {} {year} AH", name(FRENCH)),
            Lang::Es => format!("{day} de {} de {year} AH", name(SPANISH)),
            Lang::Pt => format!("{day} de {} de {year} AH", name(PORTUGUESE)),
            Lang::Ru => format!("{day} {} {year}\u{a0}г. хиджры", name(RUSSIAN)),
            Lang::Ar => format!("{day} {} {year} هـ", name(ARABIC)),
        }
    }
}

/// Returns the year, the month from 0 and the day; `None` before the first year.
fn hijri(date: NaiveDate) -> Option<(u64, usize, u64)> {
    let date: Date<Hijri<_>> = gregorian(date)?.to_calendar(Hijri::new_umm_al_qura());
    let year = u64::try_from(date.year().extended_year()).ok().filter(|year| *year > 0)?;
    let month = usize::from(date.month().ordinal.checked_sub(1)?);
    Some((year, month, u64::from(date.day_of_month().0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tag: &str, (year, month, day): (i32, u32, u32), expected: &str) {
        let date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
        assert_eq!(tag.parse::<Locale>().unwrap().hijri_date(date), expected, "{tag}");
    }

    #[test]
    fn known_days() {
        // New years and first days of Ramadan as Saudi Arabia's calendar had them.
        check("en", (2025, 6, 26), "1 Muharram 1447 AH");
        check("en", (2026, 2, 18), "1 Ramadan 1447 AH");
        check("en", (2024, 7, 7), "1 Muharram 1446 AH");
        check("en", (2023, 3, 23), "1 Ramadan 1444 AH");
        check("en", (2026, 2, 17), "29 Shaban 1447 AH");
        check("en", (2024, 6, 15), "9 Dhu al-Hijjah 1445 AH");
    }

    #[test]
    fn every_language_names_the_month() {
        let day = (2026, 3, 13);
        check("ar", day, "24 رمضان 1447 هـ");
        check("ar-EG", day, "٢٤ رمضان ١٤٤٧ هـ");
        check("ar-EG-u-nu-latn", day, "24 رمضان 1447 هـ");
        check("fr", day, "24 ramadan 1447 AH");
        check("fr", (2025, 6, 26), "1er mouharram 1447 AH");
        check("es", day, "24 de ramadán de 1447 AH");
        check("pt-MZ", day, "24 de ramadão de 1447 AH");
        check("ru", day, "24 рамадана 1447\u{a0}г. хиджры");
    }

    #[test]
    fn days_outside_the_era_come_in_iso() {
        check("en", (600, 1, 1), "0600-01-01");
        check("ar", (12026, 3, 1), "+12026-03-01");
        check("en", (622, 7, 19), "1 Muharram 1 AH");
    }
}
