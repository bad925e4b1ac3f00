//! A change that opens a bracket on both sides also closes it: “30 (thirty)” becomes “45 (forty-five)” as a
//! whole, not “30 (thirty” and “45 (forty-five” before a bracket that stayed.

/// Undoes the match of a closing bracket right behind a change that opens it on both sides. Only the token
/// behind the change is looked at, so no change swallows more than that.
pub(in crate::compare) fn close<'a>(
    old: impl Fn(usize) -> &'a str,
    new: impl Fn(usize) -> &'a str,
    pairs: &mut Vec<(usize, usize)>,
) {
    let mut last: Option<(usize, usize)> = None;
    pairs.retain(|&(a, b)| {
        let (from_old, from_new) = last.map_or((0, 0), |(a, b)| (a + 1, b + 1));
        last = Some((a, b));
        let closing = new(b);
        let Some(opening) = opening(closing) else { return true };
        let opens = |tokens: std::ops::Range<usize>, text: &dyn Fn(usize) -> &'a str| {
            let mut depth = 0_i32;
            for token in tokens {
                match text(token) {
                    mark if mark == opening => depth += 1,
                    mark if mark == closing => depth -= 1,
                    _ => {}
                }
            }
            depth == 1
        };
        !(opens(from_old..a, &old) && opens(from_new..b, &new))
    });
}

fn opening(closing: &str) -> Option<&'static str> {
    match closing {
        ")" => Some("("),
        "]" => Some("["),
        _ => None,
    }
}
