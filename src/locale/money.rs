//! Money as official documents write it: the amount with the ISO 4217 code, never a sign.
//!
//! The code stands before the amount in English (EU *Interinstitutional Style Guide* 7.3.3: "EUR
//! 30", hard space), in the Spanish of the Americas and the Portuguese of Brazil (where CLDR puts
//! the currency first); after it in French, Portuguese, the Spanish of Spain (same guide: "30
//! EUR"), Russian and Arabic (CLDR). A no-break space always stands between.

use super::number;
use super::{Lang, Locale, LocaleError, minor_units};

/// From this amount on, a whole amount given without decimals is written without them.
const WHOLE_DIGITS_WITHOUT_DECIMALS: usize = 7;

impl Locale {
    /// Returns an amount with its currency: "USD 1,850,000,000.00", "148 350,00 EUR".
    ///
    /// The decimals are those given, filled up to the minor units of the currency (two for most,
    /// none for XAF, three for TND); a whole amount of a million or more that was given without
    /// decimals stays without them. Thousands are always grouped.
    ///
    /// # Errors
    /// [`LocaleError::InvalidNumber`] as for [`Locale::number`];
    /// [`LocaleError::UnknownCurrency`] for a code not in ISO 4217, or not in capitals.
    pub fn money(self, amount: &str, currency: &str) -> Result<String, LocaleError> {
        let Some(minor) = minor_units(currency) else {
            return Err(LocaleError::UnknownCurrency(currency.to_owned()));
        };
        if !number::is_plain_decimal(amount) {
            return Err(LocaleError::InvalidNumber(amount.to_owned()));
        }
        let filled = fill_decimals(amount, usize::from(minor));
        let number = self.grouped(self.number(&filled)?);
        Ok(if self.puts_currency_first() {
            format!("{currency}\u{a0}{number}")
        } else {
            format!("{number}\u{a0}{currency}")
        })
    }

    /// Groups four digits too, where the locale leaves them ungrouped in running text: amounts
    /// stand under each other. ICU has no option for it.
    fn grouped(self, number: String) -> String {
        let is_ungrouped = |run: &str| run.chars().take_while(|c| c.is_numeric()).count() == 4;
        let Some(start) = number.find(char::is_numeric) else {
            return number;
        };
        let (sign, digits) = number.split_at(start);
        if !is_ungrouped(digits) {
            return number;
        }
        let sample = self.integer(10_000);
        let separator: String = sample.chars().filter(|c| !c.is_numeric()).collect();
        let after_first = digits.chars().next().map_or(0, char::len_utf8);
        let (first, rest) = digits.split_at(after_first);
        format!("{sign}{first}{separator}{rest}")
    }

    fn puts_currency_first(self) -> bool {
        match self.lang {
            Lang::En => true,
            Lang::Es => self.is_spanish_america(),
            Lang::Pt => self.region_in(&["BR"]),
            Lang::Fr | Lang::Ru | Lang::Ar => false,
        }
    }
}

/// Returns the amount with at least `minor` decimals, or as it is if it is large and whole.
fn fill_decimals(amount: &str, minor: usize) -> String {
    let (whole, decimals) = amount.split_once('.').unwrap_or((amount, ""));
    let significant = whole.trim_start_matches(['-', '0']).len();
    if decimals.len() >= minor || (decimals.is_empty() && significant >= WHOLE_DIGITS_WITHOUT_DECIMALS) {
        amount.to_owned()
    } else {
        format!("{whole}.{decimals:0<minor$}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tag: &str, amount: &str, currency: &str, expected: &str) {
        let locale: Locale = tag.parse().unwrap();
        assert_eq!(locale.money(amount, currency).as_deref(), Ok(expected), "{tag}");
    }

    #[test]
    fn official_forms() {
        check("en", "1850000000.00", "USD", "USD\u{a0}1,850,000,000.00");
        check("fr", "148350", "EUR", "148\u{202f}350,00\u{a0}EUR");
        check("es", "1234.5", "EUR", "1.234,50\u{a0}EUR");
        check("es-AR", "1234567.89", "USD", "USD\u{a0}1.234.567,89");
        check("es-PE", "1234567.89", "USD", "USD\u{a0}1,234,567.89");
        check("es-MX", "1234567.89", "USD", "USD\u{a0}1,234,567.89");
        check("pt-MZ", "1234567.89", "USD", "1\u{a0}234\u{a0}567,89\u{a0}USD");
        check("pt-MZ", "1500", "MZN", "1\u{a0}500,00\u{a0}MZN");
        check("pt", "-1500.5", "EUR", "-1\u{a0}500,50\u{a0}EUR");
        check("es", "150", "EUR", "150,00\u{a0}EUR");
        check("ar-TN", "1500", "TND", "1.500,000\u{a0}TND");
        check("pt-BR", "1234567.89", "USD", "USD\u{a0}1.234.567,89");
        check("ru", "1234567.89", "USD", "1\u{a0}234\u{a0}567,89\u{a0}USD");
        check("ar-EG", "1234567.89", "USD", "١٬٢٣٤٬٥٦٧٫٨٩\u{a0}USD");
        check("ar-DZ", "1234567.89", "USD", "1.234.567,89\u{a0}USD");
    }

    #[test]
    fn decimals_follow_the_currency_and_the_text() {
        check("en", "12", "USD", "USD\u{a0}12.00");
        check("en", "12.5", "USD", "USD\u{a0}12.50");
        check("en", "12.125", "USD", "USD\u{a0}12.125");
        check("en", "12.5", "TND", "TND\u{a0}12.500");
        check("fr", "655957", "XAF", "655\u{202f}957\u{a0}XAF");
        check("fr", "655957", "GNF", "655\u{202f}957\u{a0}GNF");
        check("en", "999999", "USD", "USD\u{a0}999,999.00");
        check("en", "1000000", "USD", "USD\u{a0}1,000,000");
        check("en", "1000000.0", "USD", "USD\u{a0}1,000,000.00");
        check("en", "-1850000000", "USD", "USD\u{a0}-1,850,000,000");
        check("en", "0", "USD", "USD\u{a0}0.00");
        check("en", "0000012", "USD", "USD\u{a0}12.00");
    }

    #[test]
    fn wrong_input_is_refused() {
        let en = Locale::from(Lang::En);
        for code in ["usd", "US$", "XYZ", "", "DEM"] {
            assert_eq!(en.money("1", code), Err(LocaleError::UnknownCurrency(code.to_owned())));
        }
        for amount in ["", "1,000", "1e6", "1.", "ten"] {
            assert_eq!(en.money(amount, "USD"), Err(LocaleError::InvalidNumber(amount.to_owned())));
        }
    }
}
