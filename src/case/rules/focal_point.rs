//! The contact of the authority is not reached at an investor's address (field table of the request).

use super::{Facts, Report};
use crate::case::model::Email;
use crate::diagnostic::Code;

/// Compares the addresses of focal point and signatories with the investors' domains.
pub(super) fn check(facts: &Facts<'_>, report: &mut Report<'_>) {
    let case = &facts.case.value;
    let request = case.request.as_ref();
    let people = [
        ("request.focal_point", "the focal point", request.and_then(|request| request.focal_point.get())),
        ("request.signatory", "the signatory of the request", request.and_then(|request| request.signatory.get())),
        (
            "scoping.authority_signatory",
            "the authority's signatory of the terms of reference",
            case.scoping.as_ref().and_then(|scoping| scoping.authority_signatory.get()),
        ),
    ];
    let mut seen = Vec::new();
    for (path, what, key) in people {
        let Some(key) = key.filter(|key| !seen.contains(key)) else { continue };
        seen.push(key);
        let Some(email) = case.people.get(&key.0).and_then(|person| person.email.as_ref()) else { continue };
        for (at, investor) in super::items(&case.investors).iter().enumerate() {
            let Some((number, domain)) = investor.domains.iter().enumerate().find(|(_, domain)| is_at(email, domain))
            else {
                continue;
            };
            let message = format!("the address of {what}, `{email}`, is at an investor's domain, `{domain}`");
            report.fault(
                Code::FocalPointConflict,
                &format!("people.{}.email", key.0),
                message,
                "write an address of the authority, or name another person",
            );
            report.see(&format!("investors[{at}].domains[{number}]"), "the investor's domain");
            report.see(path, "the person is named here");
        }
    }
}

/// Returns whether an address is at a domain or below it; the domain may be written as `@x`, `www.x` or `https://x`.
pub(super) fn is_at(email: &Email, domain: &str) -> bool {
    let host = email.0.rsplit('@').next().unwrap_or_default().to_lowercase();
    let domain = domain.trim().to_lowercase();
    let domain = domain
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_start_matches('@')
        .trim_start_matches("www.")
        .trim_end_matches('/');
    !domain.is_empty() && (host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_below_a_domain_belong_to_it() {
        let email = Email("a.keita@mail.Baobab.example".into());
        for domain in ["baobab.example", "@baobab.example", "https://www.baobab.example/", "mail.baobab.example"] {
            assert!(is_at(&email, domain), "{domain}");
        }
        for domain in ["", "obab.example", "baobab.example.org", "x.baobab.example"] {
            assert!(!is_at(&email, domain), "{domain}");
        }
    }
}
