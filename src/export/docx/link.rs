//! Addresses of links: only those that Word takes, for one that it does not makes the whole file unreadable.

/// Returns the address as a relationship may hold it; `None` for anything but a web page or a mail address.
pub(super) fn target(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        scheme @ ("http" | "https") => {
            let rest = rest.strip_prefix("//")?;
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (host, path) = rest.split_at(end);
            let (name, port) = host.split_once(':').unwrap_or((host, "80"));
            let name_is_sound = name.starts_with(|sign: char| sign.is_ascii_alphanumeric())
                && name.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-'))
                && !name.contains("..")
                && name.len() < 254;
            let port_is_sound = port.parse::<u16>().is_ok();
            (name_is_sound && port_is_sound).then(|| format!("{scheme}://{host}{}", encode(path)))
        }
        "mailto" => {
            let (address, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
            let (user, host) = address.split_once('@')?;
            let sound = |text: &str, more: &str| {
                text.starts_with(|sign: char| sign.is_ascii_alphanumeric())
                    && text.chars().all(|sign| sign.is_ascii_alphanumeric() || more.contains(sign))
            };
            (sound(user, "._+-") && sound(host, ".-") && !host.contains(".."))
                .then(|| format!("mailto:{user}@{host}{}", encode(query)))
        }
        _ => None,
    }
}

/// Encodes what may not stand in an address (RFC 3986); what is encoded already stays.
fn encode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut fragment = false;
    for (at, &byte) in bytes.iter().enumerate() {
        let kept = match byte {
            b'%' => bytes.get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)),
            b'#' => !std::mem::replace(&mut fragment, true),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte),
        };
        if kept {
            out.push(char::from(byte));
        } else {
            super::markup::put!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn only_sound_addresses_become_links() {
        assert_eq!(
            target("https://example.org/a b?q=é#x#y").as_deref(),
            Some("https://example.org/a%20b?q=%C3%A9#x%23y")
        );
        assert_eq!(target("mailto:a.b@example.org").as_deref(), Some("mailto:a.b@example.org"));
        for bad in [
            "javascript:alert(1)",
            "http://",
            "http://a b/",
            "mailto:a@b,c@d",
            "file:///etc/passwd",
            "x",
            "http://a:b/",
        ] {
            assert_eq!(target(bad), None, "{bad}");
        }
    }
}
