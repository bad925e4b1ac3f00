//! Lists in a sentence: "a, b and c".

use super::Locale;
use super::formatters;

impl Locale {
    /// Returns the items joined by "and": "a, b and c" (no comma before "and" in British
    /// English), "a, b et c", "a, b e i" (Spanish, before the sound i).
    #[must_use]
    pub fn list_and<S: AsRef<str>>(self, items: &[S]) -> String {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        formatters::with(self, |set| set.and.format(items.iter()).to_string())
    }

    /// Returns the items joined by "or": "a, b or c", "a, b ou c".
    #[must_use]
    pub fn list_or<S: AsRef<str>>(self, items: &[S]) -> String {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        formatters::with(self, |set| set.or.format(items.iter()).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_by_language() {
        let and = |tag: &str, items: &[&str]| tag.parse::<Locale>().unwrap().list_and(items);
        let or = |tag: &str, items: &[&str]| tag.parse::<Locale>().unwrap().list_or(items);
        let abc = ["a", "b", "c"];
        assert_eq!(and("en", &abc), "a, b and c");
        assert_eq!(and("en-US", &abc), "a, b, and c");
        assert_eq!(and("fr", &abc), "a, b et c");
        assert_eq!(and("es", &abc), "a, b y c");
        assert_eq!(and("es-PE", &["Perú", "Irán"]), "Perú e Irán");
        assert_eq!(and("pt-MZ", &abc), "a, b e c");
        assert_eq!(and("ru", &abc), "a, b и c");
        assert_eq!(and("ar-EG", &["أ", "ب"]), "أ وب");
        assert_eq!(or("en", &abc), "a, b or c");
        assert_eq!(or("fr", &abc), "a, b ou c");
        assert_eq!(or("es", &["siete", "ocho"]), "siete u ocho");
        assert_eq!(or("ru", &abc), "a, b или c");
    }

    #[test]
    fn short_lists() {
        let en: Locale = "en".parse().unwrap();
        assert_eq!(en.list_and::<&str>(&[]), "");
        assert_eq!(en.list_and(&["a"]), "a");
        assert_eq!(en.list_and(&["a".to_owned(), "b".to_owned()]), "a and b");
    }
}
