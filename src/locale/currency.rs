//! The currencies in use, with their minor units: ISO 4217 list one as of January 2026.
//!
//! Left out are the codes without minor units: precious metals, units of account such as the
//! special drawing right, test codes. The Bulgarian lev (to the end of 2025), the kuna and other
//! currencies withdrawn are not here either.

/// Currencies that have no minor unit.
const WHOLE: &[&str] = &[
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
    "XPF",
];

/// Currencies divided by a hundred.
const HUNDREDTHS: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BMD", "BND", "BOB", "BOV",
    "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE", "CHF", "CHW", "CNY", "COP", "COU", "CRC", "CUP",
    "CVE", "CZK", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD",
    "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IRR", "JMD", "KES", "KGS", "KHR", "KPW", "KYD",
    "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "PAB", "PEN", "PGK", "PHP", "PKR",
    "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP",
    "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "USD", "USN", "UYU",
    "UZS", "VED", "VES", "WST", "XCD", "XCG", "YER", "ZAR", "ZMW", "ZWG",
];

/// Currencies divided by a thousand.
const THOUSANDTHS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Units of account divided by ten thousand.
const TEN_THOUSANDTHS: &[&str] = &["CLF", "UYW"];

/// Returns the number of decimals of a currency; `None` if the code, in capitals, is not that of
/// a currency in use.
#[must_use]
pub fn minor_units(code: &str) -> Option<u8> {
    [(2, HUNDREDTHS), (0, WHOLE), (3, THOUSANDTHS), (4, TEN_THOUSANDTHS)]
        .into_iter()
        .find(|(_, codes)| codes.binary_search(&code).is_ok())
        .map(|(decimals, _)| decimals)
}

/// Returns every code that [`minor_units`] knows, in no particular but a fixed order.
pub fn currency_codes() -> impl Iterator<Item = &'static str> {
    [HUNDREDTHS, WHOLE, THOUSANDTHS, TEN_THOUSANDTHS].into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_disjoint() {
        for codes in [WHOLE, HUNDREDTHS, THOUSANDTHS, TEN_THOUSANDTHS] {
            assert!(codes.is_sorted());
        }
        let all: std::collections::BTreeSet<_> = currency_codes().collect();
        assert_eq!(all.len(), currency_codes().count());
        assert_eq!(all.len(), 164);
        assert!(all.iter().all(|it| it.len() == 3 && it.bytes().all(|b| b.is_ascii_uppercase())));
    }

    #[test]
    fn minor_units_of_iso_4217() {
        for (code, decimals) in [
            ("USD", Some(2)),
            ("EUR", Some(2)),
            ("XAF", Some(0)),
            ("XOF", Some(0)),
            ("GNF", Some(0)),
            ("UGX", Some(0)),
            ("JPY", Some(0)),
            ("TND", Some(3)),
            ("KWD", Some(3)),
            ("IQD", Some(3)),
            ("MRU", Some(2)),
            ("MGA", Some(2)),
            ("CLF", Some(4)),
            ("ZWG", Some(2)),
            ("XCG", Some(2)),
            ("HRK", None),
            ("XAU", None),
            ("usd", None),
            ("", None),
        ] {
            assert_eq!(minor_units(code), decimals, "{code}");
        }
    }
}
