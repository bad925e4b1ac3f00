//! Tests of the typography.

use super::*;

/// Shows the spaces: ~ for U+00A0, ^ for U+202F.
fn shown(text: &str) -> String {
    text.replace(NBSP, "~").replace(NNBSP, "^")
}

#[track_caller]
fn check_french(input: &str, expected: &str) {
    let once = french_spacing(input).into_owned();
    assert_eq!(shown(&once), expected);
    assert_eq!(french_spacing(&once), once, "not idempotent");
}

#[track_caller]
fn check_english(input: &str, expected: &str) {
    let once = typographic(input, Lang::En).into_owned();
    assert_eq!(once, expected);
    assert_eq!(typographic(&once, Lang::En), once, "not idempotent");
}

#[test]
fn french_high_punctuation() {
    check_french("Objet : demande", "Objet~: demande");
    check_french("Objet: demande", "Objet~: demande");
    check_french("Objet\u{202f}: demande", "Objet~: demande");
    check_french("Vraiment ?", "Vraiment^?");
    check_french("Vraiment? Oui! Bon;", "Vraiment^? Oui^! Bon^;");
    check_french("a  ; b", "a^; b");
    check_french("Quoi ?!", "Quoi^?!");
    check_french("Quoi…?", "Quoi…^?");
    check_french("(vrai ?)", "(vrai^?)");
    check_french("N/Réf. :", "N/Réf.~:");
    check_french("P.J. : 2 ; copie : 1", "P.J.~: 2^; copie~: 1");
    check_french("fin).\n: suite", "fin).\n: suite");
    check_french("(!)", "(!)");
    check_french("? début", "? début");
    // Runs that begin or end inside a sentence.
    check_french(" : suite", "~: suite");
    check_french(" » et", "~» et");
    check_french("dit « ", "dit «~");
}

#[test]
fn french_guillemets() {
    check_french("le « projet » minier", "le «~projet~» minier");
    check_french("le «projet» minier", "le «~projet~» minier");
    check_french("« Est-ce vrai ? »", "«~Est-ce vrai^?~»");
    check_french("«\u{202f}a\u{202f}»", "«~a~»");
    check_french("«  a  »", "«~a~»");
    check_french("« https://x.org »", "«~https://x.org~»");
    check_french("«https://x.org»", "«~https://x.org~»");
    check_french("il dit : « oui » ; puis", "il dit~: «~oui~»^; puis");
}

#[test]
fn french_leaves_figures_and_addresses() {
    for text in [
        "10:30",
        "à 10:30.",
        "échelle 1:50",
        "https://x.org/a?b=1;c!d:e",
        "(https://x.org/l'eau)",
        "mailto:a@b.org?subject=x",
        "urn:iso:std",
        "a&amp;b",
        "a&nbsp;",
        ":---",
        "-:",
        "",
    ] {
        check_french(text, text);
        assert!(matches!(french_spacing(text), Cow::Borrowed(_)));
    }
    check_french("voir https://x.org/?a:b ; puis", "voir https://x.org/?a:b^; puis");
    check_french("courriel : a@b.org", "courriel~: a@b.org");
    check_french("À 10:30 : départ", "À 10:30~: départ");
}

#[test]
fn french_apostrophes() {
    check_french("l'État d'Haïti", "l’État d’Haïti");
    check_french("aujourd'hui", "aujourd’hui");
    check_french("'a' 5' l' ", "'a' 5' l' ");
}

#[test]
fn english_quotes() {
    check_english("the State's rights", "the State’s rights");
    check_english("the States' rights", "the States’ rights");
    check_english("don't", "don’t");
    check_english("the \"Project\", as", "the “Project”, as");
    check_english("(\"Expert\")", "(“Expert”)");
    check_english("\"it's 'fine'\"", "“it’s ‘fine’”");
    check_english("'s offer", "’s offer");
    check_english("the \"", "the “");
    check_english("\", as", "”, as");
    check_english("\"", "”");
    check_english("the '90s", "the ’90s");
    check_english("the (\"Unit\") and \"x\"", "the (“Unit”) and “x”");
    check_english("see https://x.org/?a='b' it's", "see https://x.org/?a='b' it’s");
    assert!(matches!(typographic("plain", Lang::En), Cow::Borrowed(_)));
}

#[track_caller]
fn check(lang: Lang, input: &str, expected: &str) {
    let once = typographic(input, lang).into_owned();
    assert_eq!(shown(&once), expected, "{lang}");
    assert_eq!(typographic(&once, lang), once, "not idempotent");
}

#[test]
fn quotes_that_nest() {
    for lang in [Lang::Es, Lang::Pt, Lang::Ar] {
        check(lang, "a \"b\", c", "a «b», c");
        check(lang, "\"a \"b\"\"", "«a “b”»");
        check(lang, "\"\"a\" b\"", "«“a” b»");
        check(lang, "(\"a\")", "(«a»)");
        check(lang, "«a \"b\" c»", "«a “b” c»");
    }
    check(Lang::Ru, "ООО \"Фирма \"Восток\"\"", "ООО «Фирма „Восток“»");
    check(Lang::Ru, "\"а\" и \"б\"", "«а» и «б»");
    for lang in [Lang::Es, Lang::Pt, Lang::Ru, Lang::Ar] {
        // Runs that begin or end inside a quotation; inches; addresses.
        check(lang, "\", a", "», a");
        check(lang, "a \"", "a «");
        check(lang, "5\" 10", "5\" 10");
        check(lang, "\"10\"", "«10»");
        check(lang, "https://x.org/?a=\"b\" \"c\"", "https://x.org/?a=\"b\" «c»");
        check(lang, "\"\"", "«»");
        assert!(matches!(typographic("a b", lang), Cow::Borrowed(_)));
    }
}

#[test]
fn apostrophes_of_romance_languages() {
    check(Lang::Pt, "copo d'água", "copo d’água");
    check(Lang::Es, "Côte d'Ivoire 'a'", "Côte d’Ivoire 'a'");
}

#[test]
fn russian_spaces() {
    let russian = |input, expected| check(Lang::Ru, input, expected);
    russian("На № 5 от", "На №~5 от");
    russian("№5, №  6, №№ 7", "№~5, №~6, №№~7");
    russian("№ ", "№~");
    russian("далее — «Центр»", "далее~— «Центр»");
    russian(" — стороны", "~— стороны");
    russian("— стороны", "— стороны");
    russian("а—б", "а—б");
    russian("И. О. Иванов", "И.~О.~Иванов");
    russian("И.О. Иванов", "И.О.~Иванов");
    russian("Иванов И. О.", "Иванов~И.~О.");
    russian("Приложение А. Договор", "Приложение А. Договор");
    russian("в г. Бишкек", "в г. Бишкек");
}

#[test]
fn arabic_punctuation() {
    let arabic = |input, expected| check(Lang::Ar, input, expected);
    arabic("السيد الوزير, تحية", "السيد الوزير، تحية");
    arabic("أ,ب;ج", "أ،ب؛ج");
    arabic("تحية طيبة,", "تحية طيبة،");
    arabic("هل وافقتم? نعم", "هل وافقتم؟ نعم");
    arabic("\"الوحدة\", و", "«الوحدة»، و");
    arabic("في 2026, وقد", "في 2026، وقد");
    arabic("1,234.5 و ١,٢", "1,234.5 و ١,٢");
    arabic("(Berlin, Germany)", "(Berlin, Germany)");
    arabic("مدينة, Berlin", "مدينة, Berlin");
    arabic("what?", "what?");
    arabic("a&nbsp;", "a&nbsp;");
}

proptest::proptest! {
    #[test]
    fn setting_twice_is_setting_once(
        text in "([\"'«»“”„ \u{a0}\u{202f}.,;:?!—№0-9aИО()\n]|ва|له|x@y.z){0,24}",
        lang in 0usize..6,
    ) {
        let lang = Lang::ALL[lang];
        let once = typographic(&text, lang).into_owned();
        let twice = typographic(&once, lang).into_owned();
        proptest::prop_assert_eq!(twice, once, "{}", lang);
    }
}
