//! Tests of the finding of sensitive tokens, in each language, traps included.

use super::*;

/// Shows the tokens of a text as "kind: words".
fn shown(lexicon: &Lexicon, text: &str) -> Vec<String> {
    lexicon.find(text).iter().map(|it| format!("{}: {}", it.kind.name(), &text[it.range.clone()])).collect()
}

#[track_caller]
fn check(lexicon: &Lexicon, table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        assert_eq!(shown(lexicon, text), *expected, "{text}");
    }
}

#[test]
fn quantities_in_english() {
    check(
        &Lexicon::with(Lang::En, [], []),
        &[
            ("thirty (30) days", &["period: thirty (30) days"]),
            ("30 (thirty) business days' notice", &["period: 30 (thirty) business days"]),
            ("a 30-day period", &["period: 30-day"]),
            ("5.5 % of", &["percentage: 5.5 %"]),
            ("five per cent (5%) of", &["percentage: five per cent (5%)"]),
            ("five percent", &["percentage: five percent"]),
            ("USD 310,000,000", &["currency: USD", "amount: 310,000,000"]),
            ("US$ 5 million", &["currency: US$", "amount: 5 million"]),
            ("ten million dollars", &["amount: ten million", "currency: dollars"]),
            ("5 €", &["amount: 5", "currency: €"]),
            ("on 1 March 2026 and 31 December", &["date: 1 March 2026", "date: 31 December"]),
            ("in May 2026", &["date: May 2026"]),
            ("the first year", &["period: first year"]),
            ("three arbitrators", &["amount: three"]),
            ("one arbitrator, one of the Parties, no one", &["amount: one", "negation: no one"]),
            ("three quarters of the rate", &["amount: three quarters"]),
            ("a year", &["period: a year"]),
            ("a house", &[]),
            ("twenty-five years", &["period: twenty-five years"]),
            ("paid quarterly", &["period: quarterly"]),
            ("1,250 tonnes", &["amount: 1,250"]),
            ("Law No. 14/2002", &["reference: No. 14/2002"]),
            ("No. 5 of 2011", &["reference: No. 5", "amount: 2011"]),
            ("the licence CM-2011/0093", &[]),
        ],
    );
}

#[test]
fn words_in_english() {
    check(
        &Lexicon::with(Lang::En, [], []),
        &[
            ("The Company shall not sell", &["modal: shall", "negation: not"]),
            ("It may be sold in May, or by May 5", &["modal: may", "date: May 5"]),
            ("May the Parties agree", &[]),
            ("the Company May Terminate", &["modal: May"]),
            ("terminable at will, by the will of", &[]),
            ("it will pay", &["modal: will"]),
            ("no later than", &["qualifier: no later than"]),
            ("No right is given", &["negation: No"]),
            ("No. 5", &["reference: No. 5"]),
            ("raw material and materials, the material is sold", &[]),
            ("a material breach, materially", &["qualifier: material", "qualifier: materially"]),
            ("the change is material.", &["qualifier: material"]),
            ("use commercially reasonable efforts", &["qualifier: commercially reasonable efforts"]),
            ("shall use best endeavours", &["modal: shall", "qualifier: best endeavours"]),
            ("to the extent permitted by law", &["qualifier: to the extent permitted by law"]),
            ("consent not to be unreasonably withheld", &["qualifier: not to be unreasonably withheld"]),
            ("subject to clause 5.2(a)", &["qualifier: subject to", "reference: clause 5.2(a)"]),
            ("the subject matter", &[]),
            ("at its sole discretion", &["qualifier: at its sole discretion"]),
            ("NOTWITHSTANDING", &["qualifier: NOTWITHSTANDING"]),
            ("a [royalty] of", &["bracket: [", "bracket: ]"]),
            ("[3 %]", &["bracket: [", "percentage: 3 %", "bracket: ]"]),
            ("cannot and can’t", &["modal: cannot", "modal: can’t"]),
            ("musty dismay", &[]),
        ],
    );
}

#[test]
fn terms_and_parties() {
    let lexicon = Lexicon::with(Lang::En, ["Affiliate", "Contract Area"], ["Company"]);
    check(
        &lexicon,
        &[
            ("the Company and its Affiliates", &["party: Company", "term: Affiliates"]),
            ("a company and an affiliate", &[]),
            ("in the CONTRACT AREA", &["term: CONTRACT AREA"]),
            ("the Contract", &[]),
        ],
    );
    let lexicon = Lexicon::with(Lang::Pt, ["Sociedade Relacionada"], ["Areias do Rovuma, S.A."]);
    check(
        &lexicon,
        &[("as Sociedades Relacionadas", &["term: Sociedades Relacionadas"]), ("sociedades relacionadas", &[])],
    );
}

#[test]
fn french() {
    check(
        &Lexicon::with(Lang::Fr, [], []),
        &[
            ("La Société doit payer", &["modal: doit"]),
            ("elle est tenue de payer", &["modal: est tenue de"]),
            ("Elle s’engage à payer", &["modal: s’engage à"]),
            ("ne peut être cédé sans accord", &["negation: ne", "modal: peut", "negation: sans"]),
            ("ne peut pas être cédé", &["modal: peut", "negation: pas"]),
            ("peut-être", &[]),
            ("n’est pas", &["negation: pas"]),
            ("n° 5", &["reference: n° 5"]),
            ("trente (30) jours ouvrables", &["period: trente (30) jours ouvrables"]),
            ("un délai de 90 jours", &["period: 90 jours"]),
            ("5,5\u{a0}% (cinq virgule cinq pour cent)", &["percentage: 5,5\u{a0}% (cinq virgule cinq pour cent)"]),
            ("5 pour cent", &["percentage: 5 pour cent"]),
            ("1 850 000 000 USD", &["amount: 1 850 000 000", "currency: USD"]),
            ("le 1er mars 2026", &["date: 1er mars 2026"]),
            ("un mois, un contrat", &["period: un mois"]),
            ("dans la mesure du possible", &["qualifier: dans la mesure du possible"]),
            ("sous réserve de l’article 12 ci-dessus", &["qualifier: sous réserve de", "reference: article 12"]),
            ("ses meilleurs efforts", &["qualifier: ses meilleurs efforts"]),
            ("à sa seule discrétion", &["qualifier: à sa seule discrétion"]),
            ("aucun droit, ni obligation", &["negation: aucun", "negation: ni"]),
            ("au moins 30 %", &["qualifier: au moins", "percentage: 30 %"]),
            ("l’article 5 bis", &["reference: article 5 bis"]),
            ("DEVRA", &["modal: DEVRA"]),
            ("cent francs", &["amount: cent", "currency: francs"]),
        ],
    );
}

#[test]
fn spanish() {
    check(
        &Lexicon::with(Lang::Es, [], []),
        &[
            ("La Empresa deberá pagar", &["modal: deberá"]),
            ("podrá ceder, salvo que", &["modal: podrá", "negation: salvo que"]),
            ("tendrá que pagar", &["modal: tendrá que"]),
            ("el Poder Judicial", &[]),
            ("no obstante lo anterior, no", &["qualifier: no obstante lo anterior", "negation: no"]),
            ("30 (treinta) días hábiles", &["period: 30 (treinta) días hábiles"]),
            ("treinta (30) días calendario", &["period: treinta (30) días calendario"]),
            ("1.234,56 dólares", &["amount: 1.234,56", "currency: dólares"]),
            ("3 % (tres por ciento)", &["percentage: 3 % (tres por ciento)"]),
            ("el 1 de marzo de 2026", &["date: 1 de marzo de 2026"]),
            ("cláusula 8.1", &["reference: cláusula 8.1"]),
            ("sin perjuicio de lo", &["qualifier: sin perjuicio de"]),
            ("mejores esfuerzos", &["qualifier: mejores esfuerzos"]),
            ("incumplimiento material del", &["qualifier: material"]),
            ("el material y la materia prima", &[]),
            ("una empresa", &[]),
            ("un año", &["period: un año"]),
            ("décimo quinto año", &["period: décimo quinto año"]),
            ("veinticinco mil", &["amount: veinticinco mil"]),
            ("n.º 5", &["reference: n.º 5"]),
            ("ningún tercero", &["negation: ningún"]),
            ("hasta el 35%", &["qualifier: hasta", "percentage: 35%"]),
        ],
    );
}

#[test]
fn portuguese() {
    check(
        &Lexicon::with(Lang::Pt, [], []),
        &[
            ("A Empresa deve pagar", &["modal: deve"]),
            ("fica obrigada a pagar", &["modal: fica obrigada"]),
            ("pode ceder; o poder público", &["modal: pode"]),
            ("no prazo de 90 (sessenta) dias", &["period: 90 (sessenta) dias"]),
            ("30 (trinta) dias úteis", &["period: 30 (trinta) dias úteis"]),
            (
                "USD 310\u{a0}000\u{a0}000 (trezentos e dez milhões de dólares)",
                &["currency: USD", "amount: 310\u{a0}000\u{a0}000 (trezentos e dez milhões de dólares)"],
            ),
            ("0,5% (meio por cento) do", &["percentage: 0,5% (meio por cento)"]),
            ("nos 10 dias; no 10.º ano", &["period: 10 dias", "period: 10.º ano"]),
            ("38 (trinta e oito) milhões", &["amount: 38 (trinta e oito) milhões"]),
            ("o n.º 5 da cláusula 8.ª", &["reference: n.º 5", "reference: cláusula 8.ª"]),
            ("título mineiro n.º CM-2011/0093", &["reference: n.º CM-2011/0093"]),
            ("envidará esforços razoáveis para", &["qualifier: envidará esforços razoáveis"]),
            ("na medida em que estejam", &["qualifier: na medida em que"]),
            ("no décimo quinto ano", &["period: décimo quinto ano"]),
            ("15.º ano", &["period: 15.º ano"]),
            ("não pode ser cedido sem acordo", &["negation: não", "modal: pode", "negation: sem"]),
            ("esforços materiais; os materiais", &["qualifier: materiais"]),
            ("em 14 de setembro de 2011", &["date: 14 de setembro de 2011"]),
            ("até 1 100", &["qualifier: até", "amount: 1 100"]),
            ("artigo 14", &["reference: artigo 14"]),
            (
                "pelo menos 25% (vinte e cinco por cento)",
                &["qualifier: pelo menos", "percentage: 25% (vinte e cinco por cento)"],
            ),
        ],
    );
}

#[test]
fn russian_and_arabic() {
    check(
        &Lexicon::with(Lang::Ru, [], []),
        &[
            (
                "Компания обязана не позднее 30 рабочих дней",
                &["modal: обязана", "qualifier: не позднее", "period: 30 рабочих дней"],
            ),
            ("не вправе; № 5", &["negation: не", "modal: вправе", "reference: № 5"]),
            ("статья 5, 10 процентов", &["reference: статья 5", "percentage: 10 процентов"]),
            ("1 марта 2026 г.", &["date: 1 марта 2026 г."]),
        ],
    );
    check(
        &Lexicon::with(Lang::Ar, [], []),
        &[
            ("يجب على الشركة خلال 30 يوما", &["modal: يجب على", "period: 30 يوما"]),
            ("لا يجوز وفقا للمادة ٥", &["negation: لا", "modal: يجوز", "reference: للمادة ٥"]),
            ("٥٪ من", &["percentage: ٥٪"]),
        ],
    );
}

#[track_caller]
fn change(lexicon: &Lexicon, old: (&str, &[Range<usize>]), new: (&str, &[Range<usize>]), expected: &[&str]) {
    let (before, after) = (lexicon.find(old.0), lexicon.find(new.0));
    let tokens = touched(
        Side { text: old.0, found: &before, ranges: old.1 },
        Side { text: new.0, found: &after, ranges: new.1 },
    );
    let show = |token: &crate::compare::SensitiveToken| {
        let side = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        format!("{}: {} > {}", token.kind.name(), side(&token.old), side(&token.new))
    };
    assert_eq!(tokens.iter().map(show).collect::<Vec<_>>(), expected, "{} | {}", old.0, new.0);
}

#[test]
fn what_a_change_touches() {
    let lexicon = Lexicon::with(Lang::En, ["Affiliate"], []);
    let all = |text: &str| 0..text.len();
    let one = |range: Range<usize>| vec![range];
    // Part of a token counts as the whole, also where something is only put into it.
    change(
        &lexicon,
        ("within 30 days of", &one(7..9)),
        ("within 60 days of", &one(7..9)),
        &["period: 30 days > 60 days"],
    );
    change(
        &lexicon,
        ("within 30 days", &one(10..10)),
        ("within 30 business days", &one(10..19)),
        &["period: 30 days > 30 business days"],
    );
    change(&lexicon, ("it shall be", &one(9..9)), ("it shall not be", &one(9..13)), &["negation: - > not"]);
    // Swept along: shall is on both sides.
    let (old, new) = ("it shall pay 3% now", "the Company shall pay 5% later");
    change(&lexicon, (old, &[all(old)]), (new, &[all(new)]), &["percentage: 3% > 5%"]);
    // Swapped tokens are not swept along.
    let (old, new) = ("3% or 5%", "5% or 3%");
    change(&lexicon, (old, &[all(old)]), (new, &[all(new)]), &["percentage: 3% > -", "percentage: - > 3%"]);
    change(&lexicon, ("it shall try", &one(3..8)), ("it may try", &one(3..6)), &["modal: shall > may"]);
    change(&lexicon, ("a [3%] b", &[2..3, 5..6]), ("a 3% b", &[]), &["bracket: [ > -", "bracket: ] > -"]);
    change(&lexicon, ("", &[]), ("an Affiliate shall pay", &one(0..22)), &["term: - > Affiliate", "modal: - > shall"]);
}

proptest::proptest! {
    #[test]
    fn tokens_do_not_overlap(text in "(([0-9]{1,4}|\\(|\\)|thirty|days|%|per cent|USD|\\$|€|May|may|no|No\\.|\\[|\\]|clause|5\\.2|first|of|\u{a0}|é|and|,|\\.|-) ?){0,16}", lang in 0usize..6) {
        let found = Lexicon::with(Lang::ALL[lang], ["May", "Clause"], []).find(&text);
        let mut end = 0;
        for token in found.iter().filter(|token| token.kind != TokenKind::Bracket) {
            proptest::prop_assert!(token.range.start >= end, "{:?}", found);
            proptest::prop_assert!(text.get(token.range.clone()).is_some_and(|text| !text.is_empty()));
            end = token.range.end;
        }
    }
}
