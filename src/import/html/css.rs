//! The few properties of styles that decide what a reader sees, from an element's own `style`.

/// How blanks are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Space {
    /// Runs of blanks are one.
    #[default]
    Collapse,
    /// They stay.
    Keep,
    /// Line ends stay, runs of other blanks are one.
    Lines,
}

/// What is known about a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Css<'a> {
    /// Whether it is not shown.
    pub hidden: bool,
    /// Whether it begins and ends a line, where that is said.
    pub block: Option<bool>,
    /// Treatment of blanks, where that is said.
    pub space: Option<Space>,
    /// Whether it is bold, where that is said.
    pub strong: Option<bool>,
    /// Whether it is italic, where that is said.
    pub emph: Option<bool>,
    /// Form of the numbers of a list, where that is said.
    pub list: Option<&'a str>,
}

/// Reads a `style` attribute.
pub(super) fn css(style: &str) -> Css<'_> {
    let mut css = Css::default();
    for (name, value) in style.split(';').filter_map(|part| part.split_once(':')) {
        let value = value.trim();
        let is = |wanted: &str| value.get(..wanted.len()).is_some_and(|start| start.eq_ignore_ascii_case(wanted));
        match name.trim().to_ascii_lowercase().as_str() {
            "display" => {
                css.hidden |= is("none");
                css.block = if is("inline") || is("contents") { Some(false) } else { Some(!is("none")) };
            }
            "visibility" => css.hidden |= is("hidden") || is("collapse"),
            "mso-hide" => css.hidden |= is("all"),
            "white-space" => {
                css.space = match () {
                    () if is("pre-line") => Some(Space::Lines),
                    () if is("pre") || is("break-spaces") => Some(Space::Keep),
                    () => Some(Space::Collapse),
                };
            }
            "font-weight" => css.strong = Some(is("bold") || value.parse().is_ok_and(|weight: u32| weight >= 600)),
            "font-style" => css.emph = Some(is("italic") || is("oblique")),
            "list-style" | "list-style-type" => css.list = value.split_ascii_whitespace().next(),
            _ => {}
        }
    }
    css
}
