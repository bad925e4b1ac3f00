//! Tests of the finding of cross-references.

use super::*;

/// Shows what was found: the words, the numbers, and `!` for another instrument.
fn shown(text: &str, lang: Lang) -> Vec<String> {
    let show = |reference: &Reference| {
        let targets = reference.targets.iter().map(|target| {
            let through = if target.through { ".." } else { "" };
            format!("{through}{}", target.parts.join("/"))
        });
        let targets = targets.collect::<Vec<_>>().join(" ");
        let outside = if reference.external { "!" } else { "" };
        format!("{}={targets}{outside}", &text[reference.range.clone()])
    };
    references(text, lang).iter().map(show).collect()
}

#[track_caller]
fn check(lang: Lang, table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        assert_eq!(shown(text, lang), *expected, "{text}");
    }
}

#[test]
fn english() {
    check(
        Lang::En,
        &[
            ("under clause 5.2 above", &["clause 5.2=5.2"]),
            ("Clauses 5.1(a) and 5.3", &["Clauses 5.1(a) and 5.3=5.1/a 5.3"]),
            ("sections 3(a)(ii) to (iv)", &["sections 3(a)(ii) to (iv)=3/a/ii ..3/a/iv"]),
            ("Sections 5.1, 5.2, and 5.4 apply", &["Sections 5.1, 5.2, and 5.4=5.1 5.2 5.4"]),
            ("Article IV and Annex B", &["Article IV=iv", "Annex B=b"]),
            ("Annexes A, B and C", &["Annexes A, B and C=a b c"]),
            ("Schedule A-1", &["Schedule A-1=a-1"]),
            ("clause 5, 30 days after", &["clause 5=5"]),
            ("clause 5 and 3 per cent", &["clause 5=5"]),
            ("clauses 5–7", &["clauses 5–7=5 ..7"]),
            ("paragraph (b) of clause 7", &["paragraph (b)=b", "clause 7=7"]),
            ("Article 12 of the Mining Code", &["Article 12=12!"]),
            ("paragraph 2 of Article 12 of the Mining Code", &["paragraph 2=2!", "Article 12=12!"]),
            ("section 9 of the Petroleum Act", &["section 9=9!"]),
            ("Article 9 of this Convention", &["Article 9=9"]),
            ("clause 9 of this Agreement", &["clause 9=9"]),
            ("the Mining Act, section 5", &["section 5=5!"]),
            ("Clause Five", &["Clause Five=five"]),
            ("the parties to this part are in section order", &[]),
            ("Part A person", &["Part A=a"]),
            ("this clause shall apply to articles of trade", &[]),
            ("sub-clause 5.2", &["clause 5.2=5.2"]),
            ("article 5 bis and 6", &["article 5 bis and 6=5 bis 6"]),
            ("a share of 5 per cent", &[]),
        ],
    );
}

#[test]
fn french() {
    check(
        Lang::Fr,
        &[
            ("l'article 12 ci-dessus", &["article 12=12"]),
            ("aux articles 5 à 7", &["articles 5 à 7=5 ..7"]),
            ("l’article 1er et l’article 5 bis", &["article 1er=1", "article 5 bis=5 bis"]),
            ("l’article premier", &[]),
            ("l’Article premier", &["Article premier=premier"]),
            ("l'article 12 de la loi n° 2011/03", &["article 12=12!"]),
            ("l’article 12 du Code minier", &["article 12=12!"]),
            ("à l’alinéa 2 de l’article 5", &["alinéa 2=2", "article 5=5"]),
            ("les annexes A et B de la présente Convention", &["annexes A et B=a b"]),
            ("article 5 de la présente loi", &["article 5=5"]),
            ("art. 5.2 a)", &["art. 5.2 a)=5.2/a"]),
            ("point (iii) et article 3", &["point (iii)=iii", "article 3=3"]),
        ],
    );
}

#[test]
fn spanish() {
    check(
        Lang::Es,
        &[
            ("en la cláusula 8.1 y en el artículo 14", &["cláusula 8.1=8.1", "artículo 14=14"]),
            ("las cláusulas 5.1, 5.2 y 5.3", &["cláusulas 5.1, 5.2 y 5.3=5.1 5.2 5.3"]),
            ("la Cláusula Quinta", &["Cláusula Quinta=quinta"]),
            ("la Cláusula Décima Segunda del Contrato", &["Cláusula Décima Segunda=décima segunda"]),
            ("literal b) del numeral 3", &["literal b)=b", "numeral 3=3"]),
            ("el artículo 5 de la Ley 24.196", &["artículo 5=5!"]),
            ("los artículos 5 al 9 del Código de Minería", &["artículos 5 al 9=5 ..9!"]),
            ("el Anexo II", &["Anexo II=ii"]),
            ("cláusula 5 y 30 días", &["cláusula 5=5"]),
        ],
    );
}

#[test]
fn portuguese() {
    check(
        Lang::Pt,
        &[
            ("a Cláusula 5.ª, e a Cláusula 14.ª", &["Cláusula 5.ª=5", "Cláusula 14.ª=14"]),
            ("Cláusulas 5.1 e 5.3", &["Cláusulas 5.1 e 5.3=5.1 5.3"]),
            ("o artigo 14.º e o Anexo C", &["artigo 14.º=14", "Anexo C=c"]),
            ("a alínea a) do número 2", &["alínea a)=a", "número 2=2"]),
            ("as alíneas a) e b)", &["alíneas a) e b)=a b"]),
            ("nos termos do artigo 8.º da Lei n.º 20/2014", &["artigo 8.º=8!"]),
            ("do artigo 5 do Código Civil", &["artigo 5=5!"]),
            ("artigo 5-A", &["artigo 5-A=5-a"]),
            ("o Anexo B e 15 dias", &["Anexo B=b"]),
            ("Uma parte do capítulo", &[]),
        ],
    );
}

#[test]
fn russian_and_arabic() {
    check(
        Lang::Ru,
        &[
            ("согласно статье 5 и пункту 3.2", &["статье 5=5", "пункту 3.2=3.2"]),
            ("статьи 5 Закона о недрах", &["статьи 5=5!"]),
            ("пп. 5.1 и 5.2", &["пп. 5.1 и 5.2=5.1 5.2"]),
            ("статьёй 5", &["статьёй 5=5"]),
        ],
    );
    check(
        Lang::Ar,
        &[("وفقا للمادة 5 والملحق ب", &["للمادة 5=5", "والملحق ب=ب"]), ("المادة (٥) من القانون", &["المادة (٥)=5!"])],
    );
}

proptest::proptest! {
    #[test]
    fn any_text_is_survived(text in "((clause|Article|annexes|5|5\\.1|\\(a\\)|and|to|[A-Z]|bis|,|[(\\[]|\\)|º|n|\\.|é|-) ?){0,12}", lang in 0usize..6) {
        for reference in references(&text, Lang::ALL[lang]) {
            proptest::prop_assert!(text.get(reference.range.clone()).is_some());
            for target in &reference.targets {
                proptest::prop_assert!(text.get(target.range.clone()).is_some_and(|text| !text.is_empty()));
                proptest::prop_assert!(!target.parts.is_empty());
            }
        }
    }
}
