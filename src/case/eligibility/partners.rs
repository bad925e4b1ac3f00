//! Other providers of negotiation support: whom to ask before a request is approved, whom to name when it is declined.
//!
//! The table is `data/partners.tsv`, compiled from the providers' public pages; it claims nobody's endorsement.

use std::sync::OnceLock;

/// One provider of negotiation support.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partner {
    /// A short handle, as "ALSF".
    pub id: &'static str,
    /// The full name.
    pub name: &'static str,
    /// Whom the provider supports.
    pub scope: Scope,
    /// The coverage in words.
    pub coverage: &'static str,
    /// The sectors in words.
    pub sectors: &'static str,
    /// The kinds of expertise in words.
    pub expertise: &'static str,
    /// How a government asks for support.
    pub request_channel: &'static str,
    /// Facts on the provider.
    pub facts: &'static str,
    /// Where the provider's work and the unit's may overlap.
    pub duplication_note: &'static str,
}

/// Whom a provider supports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scope {
    /// African States.
    Africa,
    /// Least developed countries.
    Ldc,
    /// Members of the Commonwealth.
    Commonwealth,
    /// Members of the body that provides the support.
    Members,
    /// Countries that the provider chooses.
    PriorityCountries,
    /// Any country.
    Global,
}

impl Scope {
    fn parse(text: &str) -> Option<Scope> {
        Some(match text {
            "africa" => Scope::Africa,
            "ldc" => Scope::Ldc,
            "commonwealth" => Scope::Commonwealth,
            "members" => Scope::Members,
            "priority-countries" => Scope::PriorityCountries,
            "global" => Scope::Global,
            _ => return None,
        })
    }
}

/// Returns the providers, in the order of the table.
pub fn partners() -> &'static [Partner] {
    static LIST: OnceLock<Vec<Partner>> = OnceLock::new();
    LIST.get_or_init(|| {
        include_str!("data/partners.tsv")
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .skip(1)
            .filter_map(|line| {
                let fields: Vec<&'static str> = line.split('\t').collect();
                let &[id, name, scope, coverage, sectors, expertise, request_channel, facts, duplication_note] =
                    fields.as_slice()
                else {
                    return None;
                };
                let scope = Scope::parse(scope)?;
                Some(Partner {
                    id,
                    name,
                    scope,
                    coverage,
                    sectors,
                    expertise,
                    request_channel,
                    facts,
                    duplication_note,
                })
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partners_are_all_read() {
        let rows = include_str!("data/partners.tsv").lines().filter(|line| !line.starts_with('#')).count() - 1;
        assert_eq!((partners().len(), rows), (12, 12));
        assert_eq!(partners()[0].id, "ALSF");
        assert_eq!(partners()[0].scope, Scope::Africa);
    }
}
