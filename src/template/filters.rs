//! Filters and functions for templates.
//!
//! Every filter lets the mark of a missing value through, so that a template may write a required
//! value without asking whether it is there.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use tera::value::Key;
use tera::{Error, Kwargs, Map, State, Tera, TeraResult, Value};

use super::engine::typography;
use super::terms::Terms;
use crate::import::quarantine::{self, carry};
use crate::locale::{self, Locale};

/// Begins the message of a word that no list holds.
pub(super) const UNKNOWN_TERM: &str = "unknown term: ";

/// Countries that write the postal code after the town.
const CODE_AFTER_TOWN: &[&str] = &["GBR", "IRL", "USA", "CAN", "AUS", "NZL", "IND", "ZAF", "KEN", "NGA", "GHA"];

/// Registers everything with an engine.
pub(super) fn register(tera: &mut Tera, locale: Locale, terms: Terms) {
    let terms = Arc::new(terms);
    text_filter(tera, "date", move |text| day(text).map(|day| keep_days(&locale.long_date(day))));
    text_filter(tera, "number", move |text| locale.number(text).map_err(message));
    text_filter(tera, "percent", move |text| locale.percent(text).map_err(message));
    text_filter(tera, "money", move |text| {
        let (currency, amount) = amount_of(text)?;
        locale.money(amount, currency).map_err(message)
    });
    text_filter(tera, "hijri", move |text| day(text).map(|day| keep_days(&locale.hijri_date(day))));
    text_filter(tera, "in_words", move |text| {
        let (currency, amount) = amount_of(text)?;
        locale.money_in_words(amount, currency).map_err(message)
    });
    // As Tera's own, but blind to the marks of languages.
    tera.register_test("ending_with", |value: &str, kwargs: Kwargs, _: &State| -> TeraResult<bool> {
        let pat = kwargs.must_get::<&str>("pat")?;
        Ok(quarantine::release(value).trim_end().ends_with(pat))
    });
    tera.register_test("containing", |value: &Value, kwargs: Kwargs, _: &State| -> TeraResult<bool> {
        let pat = kwargs.must_get::<Value>("pat")?;
        Ok(match (value.as_str(), pat.as_str()) {
            (Some(text), Some(part)) => quarantine::release(text).contains(&quarantine::release(part)),
            _ => value.as_array().is_some_and(|items| items.contains(&pat)),
        })
    });
    text_filter(tera, "capitalise_first", |text| {
        // The mark of another language stands before its first letter.
        let at = text.find(|c| !quarantine::is_language_mark(c)).unwrap_or(text.len());
        let (mark, text) = text.split_at(at);
        let mut letters = text.chars();
        Ok(mark.chars().chain(letters.next().into_iter().flat_map(char::to_uppercase)).chain(letters).collect())
    });
    country_filters(tera, locale);
    term_filters(tera, locale, &terms);
    list_filters(tera, locale);
    tera.register_function("period", move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let (from, to) = (kwargs.must_get::<Value>("from")?, kwargs.must_get::<Value>("to")?);
        match (is_marked(&from), is_marked(&to)) {
            (false, false) => Ok(keep_days(&locale.date_range(day(text_of(&from)?)?, day(text_of(&to)?)?)).into()),
            (from_missing, _) => {
                // Both ends stay visible: the known one as a date, the missing one as a blank.
                let show = |value: &Value, missing: bool| {
                    if missing {
                        Ok(text_of(value)?.to_owned())
                    } else {
                        day(text_of(value)?).map(|day| carry(&keep_days(&locale.long_date(day))))
                    }
                };
                let to_missing = is_marked(&to);
                Ok(Value::safe_string(&format!("{} – {}", show(&from, from_missing)?, show(&to, to_missing)?)))
            }
        }
    });
    tera.register_function("address", move |kwargs: Kwargs, state: &State| address(&kwargs, state, locale));
    tera.register_function("sum", |kwargs: Kwargs, _: &State| sum(&kwargs));
}

/// Registers a filter from text to text that lets missing values through.
fn text_filter(
    tera: &mut Tera,
    name: &'static str,
    filter: impl Fn(&str) -> TeraResult<String> + Send + Sync + 'static,
) {
    tera.register_filter(name, move |value: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        if is_marked(value) {
            return Ok(value.clone());
        }
        if let Some(text) = value.as_str() {
            // What is already markup stays so.
            return filter(text).map(|text| if value.is_safe() { Value::safe_string(&text) } else { text.into() });
        }
        match value.as_i64() {
            Some(number) => filter(&number.to_string()).map(Value::from),
            None => Err(Error::message(format!("`{name}` wants a value, but there is {}", value.name()))),
        }
    });
}

fn country_filters(tera: &mut Tera, locale: Locale) {
    type Form = fn(&str, locale::Lang) -> Option<String>;
    let forms: [(&'static str, Form, Form); 3] = [
        ("country", |code, lang| locale::country(code, lang).map(str::to_owned), |name, _| Some(name.to_owned())),
        ("of_country", locale::of_country, |name, lang| Some(locale::of_official_name(name, lang))),
        ("in_country", locale::in_country, |name, lang| Some(locale::in_official_name(name, lang))),
    ];
    for (filter, by_code, by_name) in forms {
        tera.register_filter(filter, move |value: &Value, _: Kwargs, state: &State| -> TeraResult<Value> {
            if is_marked(value) {
                return Ok(value.clone());
            }
            let code = text_of(value)?;
            let own = state.get::<Value>("country")?.is_some_and(|own| own.as_str() == Some(code));
            let official = official_name(state)?.filter(|_| own);
            let name = match official {
                Some(name) => by_name(&name, locale.lang),
                None => by_code(code, locale.lang).or_else(|| locale::country(code, locale.lang).map(str::to_owned)),
            };
            name.map(Value::from).ok_or_else(|| Error::message(format!("there is no name for the country `{code}`")))
        });
    }
}

fn term_filters(tera: &mut Tera, locale: Locale, terms: &Arc<Terms>) {
    let mend = typography(locale.lang);
    let say = move |word: &str| Value::safe_string(&carry(&mend(word)));
    let words = Arc::clone(terms);
    tera.register_filter("term", move |value: &Value, kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        if is_marked(value) {
            return Ok(value.clone());
        }
        let key = format!("{}.{}", kwargs.must_get::<&str>("of")?, text_of(value)?);
        words.get(&key).map(say).ok_or_else(|| Error::message(format!("{UNKNOWN_TERM}`{key}` in `{}`", words.file)))
    });
    let words = Arc::clone(terms);
    tera.register_filter("language", move |value: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        if is_marked(value) {
            return Ok(value.clone());
        }
        let key = format!("language.{}", text_of(value)?);
        words.get(&key).map(say).ok_or_else(|| Error::message(format!("{UNKNOWN_TERM}`{key}` in `{}`", words.file)))
    });
    for group in ["salutation", "closing"] {
        let words = Arc::clone(terms);
        tera.register_filter(group, move |person: &Map, _: Kwargs, _: &State| -> TeraResult<Value> {
            let field = |name: &str| {
                person
                    .get(&Key::from(name.to_owned()))
                    .filter(|value: &&Value| !is_marked(value))
                    .and_then(|value| value.as_str())
            };
            let word = words.for_person(group, field("rank"), field("gender"));
            word.map(say).ok_or_else(|| Error::message(format!("{UNKNOWN_TERM}`{group}.default` in `{}`", words.file)))
        });
    }
    let words = Arc::clone(terms);
    tera.register_function("word", move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let key = format!("word.{}", kwargs.must_get::<&str>("key")?);
        words.get(&key).map(say).ok_or_else(|| Error::message(format!("{UNKNOWN_TERM}`{key}` in `{}`", words.file)))
    });
}

fn list_filters(tera: &mut Tera, locale: Locale) {
    for (name, and) in [("list", true), ("list_or", false)] {
        tera.register_filter(name, move |items: &[Value], _: Kwargs, _: &State| -> TeraResult<Value> {
            let parts = items
                .iter()
                .map(|item| text_of(item).map(|text| if item.is_safe() { text.to_owned() } else { carry(text) }))
                .collect::<TeraResult<Vec<_>>>()?;
            Ok(Value::safe_string(&if and { locale.list_and(&parts) } else { locale.list_or(&parts) }))
        });
    }
    tera.register_filter("pluck", |items: &[Value], kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        let path = kwargs.must_get::<&str>("attribute")?;
        let found = items
            .iter()
            .filter_map(|item| item.get_from_path(path))
            .filter(|value| !value.is_none() && !value.is_undefined());
        Ok(found.cloned().collect::<Vec<Value>>().into())
    });
}

/// Returns the lines of a postal address: streets, postal code and town, country in capitals.
fn address(kwargs: &Kwargs, state: &State, locale: Locale) -> TeraResult<Value> {
    let address = kwargs.must_get::<Value>("of")?;
    let with_country = kwargs.get::<bool>("country")?.unwrap_or(true);
    let Some(map) = address.as_map() else { return Err(Error::message("`address` wants an address")) };
    let field = |name: &str| map.get(&Key::from(name.to_owned())).filter(|value| !value.is_none()).cloned();
    let mut lines: Vec<Value> =
        field("lines").and_then(|lines| lines.as_array().map(<[Value]>::to_vec)).unwrap_or_default();
    let code = field("country").unwrap_or_else(Value::none);
    let after = code.as_str().is_some_and(|code| CODE_AFTER_TOWN.contains(&code));
    let town = field("town").unwrap_or_else(Value::none);
    lines.push(match (field("postal_code").as_ref().and_then(Value::as_str), town.as_str()) {
        (Some(postal), Some(name)) if !is_marked(&town) => {
            Value::from(if after { format!("{name} {postal}") } else { format!("{postal} {name}") })
        }
        _ => town,
    });
    if with_country {
        lines.push(match code.as_str().filter(|_| !is_marked(&code)) {
            Some(code) => shown_country(code, state, locale)?.to_uppercase().into(),
            None => code,
        });
    }
    lines.retain(|line| !line.is_none());
    Ok(lines.into())
}

/// Returns the name that the case gives its country, if it gives one in the document's language: one in another
/// would stand in no sentence.
fn official_name(state: &State) -> TeraResult<Option<String>> {
    let name = state.get::<Value>("country_name")?.and_then(|name| name.as_str().map(str::to_owned));
    Ok(name.filter(|name| !name.contains(quarantine::is_language_mark)))
}

/// Returns the name of a country in an address: the usual short one, unless the case gives its country a name of
/// another kind, which may matter to it.
fn shown_country(code: &str, state: &State, locale: Locale) -> TeraResult<String> {
    let usual = locale::country(code, locale.lang).unwrap_or(code).to_owned();
    let own = state.get::<Value>("country")?.is_some_and(|own| own.as_str() == Some(code));
    let official = official_name(state)?.map(|name| quarantine::release(&name));
    Ok(official.filter(|official| own && !is_alike(official, &usual)).unwrap_or(usual))
}

/// Whether two names of a country have a word that begins alike: Argentine Republic, Argentina.
fn is_alike(official: &str, usual: &str) -> bool {
    let stems = |name: &str| -> Vec<String> {
        let words = name.split_whitespace().filter(|word| word.chars().count() >= 4);
        words.map(|word| word.chars().take(4).flat_map(char::to_lowercase).collect()).collect()
    };
    let known = stems(usual);
    official.contains(usual) || stems(official).iter().any(|stem| known.contains(stem))
}

/// Adds up the amounts of budget lines: one total for each currency, in the order of appearance.
fn sum(kwargs: &Kwargs) -> TeraResult<Value> {
    let lines = kwargs.must_get::<Vec<Value>>("lines")?;
    let field = kwargs.get::<&str>("attribute")?.unwrap_or("amount").to_owned();
    let mut order: Vec<String> = Vec::new();
    let mut totals: BTreeMap<String, Decimal> = BTreeMap::new();
    for line in &lines {
        let Some(value) = line.get_from_path(&field).filter(|value| !is_marked(value) && !value.is_none()) else {
            continue;
        };
        let text = text_of(value)?;
        let parsed = text
            .split_once([' ', '\u{A0}'])
            .and_then(|(currency, amount)| Some((currency, amount.parse::<Decimal>().ok()?)));
        let (currency, amount) = parsed.ok_or_else(|| Error::message(format!("`{text}` is not an amount of money")))?;
        if !totals.contains_key(currency) {
            order.push(currency.to_owned());
        }
        let total = totals.entry(currency.to_owned()).or_default();
        *total = total
            .checked_add(amount)
            .ok_or_else(|| Error::message("the amounts add up to more than can be reckoned with"))?;
    }
    Ok(order
        .iter()
        .filter_map(|currency| totals.get(currency).map(|total| format!("{currency} {total}")))
        .collect::<Vec<String>>()
        .into())
}

/// Keeps the day and the month of dates on one line, with a no-break space.
fn keep_days(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut kept = String::new();
    for (at, word) in words.iter().enumerate() {
        kept.push_str(word);
        let is_day = word.starts_with(|c: char| c.is_numeric()) && word.chars().filter(|c| c.is_numeric()).count() <= 2;
        match words.get(at + 1) {
            Some(next) if is_day && next.starts_with(char::is_alphabetic) => kept.push('\u{A0}'),
            Some(_) => kept.push(' '),
            None => {}
        }
    }
    kept
}

/// Takes an amount of money apart: currency and decimal.
fn amount_of(text: &str) -> TeraResult<(&str, &str)> {
    text.split_once([' ', '\u{A0}']).ok_or_else(|| Error::message(format!("`{text}` is not an amount of money")))
}

/// Returns whether a value is, or holds, the mark of a missing value.
fn is_marked(value: &Value) -> bool {
    value.as_str().is_some_and(quarantine::has_blank)
}

fn text_of(value: &Value) -> TeraResult<&str> {
    value.as_str().ok_or_else(|| Error::message(format!("a text is wanted here, but there is {}", value.name())))
}

fn day(text: &str) -> TeraResult<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| Error::message(format!("`{text}` is not a date")))
}

fn message(error: impl std::fmt::Display) -> Error {
    Error::message(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stay_with_their_month() {
        assert_eq!(keep_days("du 2 mars au 1er juin 2026"), "du 2\u{A0}mars au 1er\u{A0}juin 2026");
        assert_eq!(keep_days("9–13 March 2026"), "9–13 March 2026");
        assert_eq!(keep_days("2 March 2026 to 30 June"), "2\u{A0}March 2026 to 30\u{A0}June");
    }
}
