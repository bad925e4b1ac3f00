//! Fonts and colours.

/// Font of Latin and Cyrillic letters.
pub(super) const FONT: &str = "Cambria";
/// Font of Arabic letters.
pub(super) const FONT_ARABIC: &str = "Times New Roman";
/// Font of what a machine would write.
pub(super) const FONT_CODE: &str = "Consolas";
/// Colour of text.
pub(super) const INK: &str = "262626";
/// Colour of what is less important.
pub(super) const SOFT: &str = "575757";
/// Colour of thin lines.
pub(super) const LINE: &str = "9E9E9E";
/// Colour of what is not final.
pub(super) const ALERT: &str = "9B2226";
/// Ground of heads and boxes.
pub(super) const SHADE: &str = "F3F5F8";
/// Ground of what is missing.
pub(super) const TINT: &str = "FBF1E6";

/// Returns the part `word/fontTable.xml`, with fonts that stand in where one is not installed.
pub(super) fn fonts(namespaces: &str) -> String {
    let font = |name: &str, other: &str, family: &str, pitch: &str| {
        format!(
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{other}\"/><w:family w:val=\"{family}\"/>\
             <w:pitch w:val=\"{pitch}\"/></w:font>"
        )
    };
    format!(
        "<w:fonts {namespaces}>{}{}{}<w:font w:name=\"MS Gothic\"><w:altName w:val=\"Segoe UI Symbol\"/>\
         <w:family w:val=\"modern\"/><w:pitch w:val=\"fixed\"/></w:font></w:fonts>",
        font(FONT, "Caladea", "roman", "variable"),
        font(FONT_ARABIC, "Liberation Serif", "roman", "variable"),
        font(FONT_CODE, "Liberation Mono", "modern", "fixed"),
    )
}
