//! Money: exact decimal text with an ISO 4217 code, never floating point.

use std::fmt;

use rust_decimal::Decimal;
use schemars::{Schema, SchemaGenerator, json_schema};

use super::text::real_text;
use crate::case::data::{Data, Scope};
use crate::case::field::{Reader, Value};
use crate::diagnostic::{Code, nearest};
use crate::locale;
use crate::yaml::Node;

/// An amount of money: `EUR 148350.00`.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    /// ISO 4217 code, three capital letters.
    pub currency: String,
    /// The amount as it was written: digits and at most one point.
    pub amount: String,
    /// The same amount for sums; exact decimal.
    pub value: Decimal,
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.amount)
    }
}

impl Value for Money {
    fn read(node: &Node, reader: &mut Reader<'_>) -> Option<Self> {
        let text = real_text(node, reader, "a currency code and an amount")?;
        let hint = "write the currency code, a blank and the amount with a decimal point and no separators, as `EUR 148350.00`";
        let Some((currency, amount)) = text.split_once([' ', '\u{A0}']) else {
            return reader.fault(node, Code::BadMoney, format!("`{text}` is not an amount of money"), hint);
        };
        let Some(minor) = locale::minor_units(currency) else {
            let near = nearest(&currency.to_uppercase(), locale::currency_codes());
            let hint = near.map_or_else(|| hint.to_owned(), |near| format!("did you mean `{near} {amount}`?"));
            return reader.fault(
                node,
                Code::UnknownCurrency,
                format!("`{currency}` is not an ISO 4217 currency code"),
                hint,
            );
        };
        let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || whole.len() > 15
            || !digits(whole)
            || !digits(fraction)
            || (amount.contains('.') && fraction.is_empty())
        {
            return reader.fault(node, Code::BadMoney, format!("`{amount}` is not an amount"), hint);
        }
        if fraction.len() > usize::from(minor) {
            let message = format!("`{text}` has more decimals than {currency} has ({minor})");
            return reader.fault(node, Code::OutOfRange, message, format!("round it to {minor} decimals"));
        }
        let value = amount.parse::<Decimal>().ok()?;
        Some(Self { currency: currency.to_owned(), amount: amount.to_owned(), value })
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[A-Z]{3}[ \\u00a0]\\d{1,15}(\\.\\d{1,4})?$" })
    }

    fn data(&self, _: &Scope<'_>, _: &str) -> Data {
        Data::Text(self.to_string())
    }

    fn example() -> String {
        "EUR 148350.00".to_owned()
    }
}
