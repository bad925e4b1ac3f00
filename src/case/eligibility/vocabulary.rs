//! The names of commodities and of contract types, for checks of spelling and for suggestions.
//!
//! Neither list is closed: support is also given for infrastructure and energy, and a case may name what no list has.
//! The lists are `data/commodities.txt` and `data/contract_types.txt`, after the labels of ResourceContracts.org
//! (Natural Resource Governance Institute and Columbia Center on Sustainable Investment).

use std::sync::OnceLock;

use super::names::fold;

/// Returns the names of commodities in English, in alphabetical order.
pub fn commodities() -> &'static [&'static str] {
    static LIST: OnceLock<Vec<&'static str>> = OnceLock::new();
    LIST.get_or_init(|| entries(include_str!("data/commodities.txt")))
}

/// Returns the names of contract types in English, in alphabetical order.
pub fn contract_types() -> &'static [&'static str] {
    static LIST: OnceLock<Vec<&'static str>> = OnceLock::new();
    LIST.get_or_init(|| entries(include_str!("data/contract_types.txt")))
}

/// Returns the entry of `list` that `given` is, without regard to case, accents and punctuation.
pub fn find_entry(list: &[&'static str], given: &str) -> Option<&'static str> {
    let wanted = fold(given);
    list.iter().copied().find(|entry| fold(entry) == wanted)
}

/// Returns the entry of `list` nearest to `given`, if there is one within one slip for each four letters.
///
/// A slip is a letter more, less or other, or two neighbours swapped.
pub fn nearest_entry(list: &[&'static str], given: &str) -> Option<&'static str> {
    let wanted = fold(given);
    let most = wanted.chars().count() / 4;
    list.iter()
        .copied()
        .map(|entry| (strsim::osa_distance(&wanted, &fold(entry)), entry))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, entry)| entry)
}

fn entries(text: &'static str) -> Vec<&'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commodities_and_contract_types_are_found() {
        for list in [commodities(), contract_types()] {
            assert!(list.is_sorted_by(|a, b| a.to_lowercase() < b.to_lowercase()));
        }
        for given in ["lithium", "Graphite", "ilmenite", "Rare earths", "Hydrogen", "Ammonia", "heavy-mineral sands"] {
            assert!(find_entry(commodities(), given).is_some(), "{given}");
        }
        for given in ["Palm oil", "Timber", "Cotton", "Not specified", ""] {
            assert_eq!(find_entry(commodities(), given), None, "{given}");
        }
        assert_eq!(nearest_entry(commodities(), "Bauxit"), Some("Bauxite"));
        assert_eq!(nearest_entry(commodities(), "Unobtainium ore"), None);
        assert_eq!(nearest_entry(contract_types(), "mining convension"), Some("Mining convention"));
    }
}
