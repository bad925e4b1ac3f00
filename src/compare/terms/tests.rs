//! Tests of defined terms, in each language.

use super::*;
use crate::compare::texts::Texts;
use crate::document::draft::{Block, Draft, DraftFormat, Para, Story, StoryKind};

fn draft(lines: &[&str]) -> Draft {
    let blocks = lines.iter().map(|line| Block::Para(Para::plain(*line))).collect();
    let body = Story { kind: StoryKind::Body, name: String::new(), blocks };
    Draft { format: DraftFormat::Text, lang: None, stories: vec![body], comments: vec![], caveats: vec![] }
}

#[track_caller]
fn terms(lang: Lang, table: &[(&str, &[&str])]) {
    for (line, expected) in table {
        let draft = draft(&[line]);
        let found = Definitions::new(&draft, lang);
        let found: Vec<&str> = found.terms.iter().map(|definition| definition.term.as_str()).collect();
        assert_eq!(found, *expected, "{line}");
    }
}

#[test]
fn english_definitions() {
    terms(
        Lang::En,
        &[
            ("“Affiliate” means any person that", &["Affiliate"]),
            ("\"Affiliate\" means any person that", &["Affiliate"]),
            ("The term “Effective Date” shall mean the date", &["Effective Date"]),
            ("“Crude Oil” or “Oil” means crude mineral oil", &["Crude Oil", "Oil"]),
            ("“Law” has the meaning given in clause 3", &["Law"]),
            ("“Costs”: all expenses", &["Costs"]),
            ("ABC Mining Limited (the “Company”), and", &["Company"]),
            ("ABC Mining Limited (hereinafter referred to as the \"Company\")", &["Company"]),
            ("ABC (the “Contractor” or “Operator”)", &["Contractor", "Operator"]),
            ("ABC, hereinafter called “the Company”, and", &["Company"]),
            ("each a “Party” and together the “Parties”", &["Party", "Parties"]),
            ("Affiliate means any person that", &["Affiliate"]),
            ("Date of First Production means the date", &["Date of First Production"]),
            ("The word “shall” is used", &[]),
            ("as the report “Mining in Africa” of 2011 says", &[]),
            ("This means that the Company", &[]),
            ("The Company means to build", &[]),
            ("by any means available", &[]),
            ("(see the “Report”)", &[]),
            ("(e.g., “French version” or “Screenplay of the Work”)", &[]),
        ],
    );
}

#[test]
fn french_definitions() {
    terms(
        Lang::Fr,
        &[
            ("« Affilié » désigne toute personne", &["Affilié"]),
            ("«\u{a0}Périmètre minier\u{a0}» signifie la zone", &["Périmètre minier"]),
            ("« Projet » : l’ensemble des travaux", &["Projet"]),
            ("la société ABC SA (ci-après « la Société »), et", &["Société"]),
            ("la société ABC SA, ci-après dénommée « la Société »", &["Société"]),
            ("ensemble les « Parties »", &["Parties"]),
            ("L’« Affilié » s’entend de toute société", &["Affilié"]),
            ("« Travaux » et « Opérations » désignent les travaux", &["Travaux", "Opérations"]),
            ("la revue « Mines et Carrières »", &[]),
            ("La Société désigne un représentant", &[]),
        ],
    );
}

#[test]
fn spanish_definitions() {
    terms(
        Lang::Es,
        &[
            ("“Afiliada” significa cualquier sociedad", &["Afiliada"]),
            ("«Área del Contrato» tendrá el significado previsto", &["Área del Contrato"]),
            ("Minera ABC S.A. (en adelante, el “Concesionario”)", &["Concesionario"]),
            ("Minera ABC S.A. (en adelante, la “Empresa”), y", &["Empresa"]),
            ("en lo sucesivo denominadas conjuntamente las “Partes”", &["Partes"]),
            ("Afiliada significa cualquier sociedad", &["Afiliada"]),
            ("La empresa significa mucho", &[]),
            ("el diario “La Nación” publicará", &[]),
        ],
    );
}

#[test]
fn portuguese_definitions() {
    terms(
        Lang::Pt,
        &[
            ("(a) “Afiliada” significa qualquer pessoa coletiva", &["Afiliada"]),
            ("“Valor Bruto” tem o significado que lhe é dado no Anexo A", &["Valor Bruto"]),
            ("Areias do Rovuma, S.A. (doravante “Concessionária”)", &["Concessionária"]),
            (
                "representada pelo Ministro (“o Governo”), e a Empresa (“a Empresa”), em conjunto “as Partes”",
                &["Governo", "Empresa", "Partes"],
            ),
            ("é celebrado o presente Contrato (“o Contrato”), que se rege", &["Contrato"]),
            ("Afiliada significa qualquer pessoa", &["Afiliada"]),
            ("O silêncio significa consentimento", &[]),
            ("o jornal “Notícias” publica", &[]),
        ],
    );
}

#[test]
fn russian_and_arabic_definitions() {
    terms(
        Lang::Ru,
        &[
            ("«Аффилированное лицо» означает любое лицо", &["Аффилированное лицо"]),
            ("ОАО «Рудник» (далее – «Компания»)", &["Компания"]),
            ("ОАО «Рудник», именуемое в дальнейшем «Компания», и", &["Компания"]),
        ],
    );
    terms(
        Lang::Ar,
        &[
            ("«الشركة التابعة» يقصد بها كل شخص", &["الشركة التابعة"]),
            ("شركة المناجم (ويشار إليها فيما يلي «الشركة»)", &["الشركة"]),
        ],
    );
}

#[test]
fn bold_terms() {
    let mut para = Para::plain("Affiliate means any person");
    para.runs = vec![
        crate::document::draft::Run { end: 9, look: 1, strong: true, emph: false },
        crate::document::draft::Run { end: 26, look: 2, strong: false, emph: false },
    ];
    let mut draft = draft(&[]);
    draft.stories[0].blocks.push(Block::Para(para));
    let found = Definitions::new(&draft, Lang::En);
    assert_eq!((found.terms[0].term.as_str(), found.terms[0].range.clone()), ("Affiliate", 0..9));
}

#[test]
fn a_bold_heading_of_a_paragraph_is_no_definition() {
    let mut para = Para::plain("Planning bands: any text");
    para.runs = vec![
        crate::document::draft::Run { end: 14, look: 1, strong: true, emph: false },
        crate::document::draft::Run { end: 24, look: 2, strong: false, emph: false },
    ];
    let mut heading = Para::plain("1. Definitions");
    heading.heading = Some(1);
    for (lines, count) in [(vec![para.clone()], 0), (vec![heading, para], 1)] {
        let mut draft = draft(&[]);
        draft.stories[0].blocks = lines.into_iter().map(Block::Para).collect();
        assert_eq!(Definitions::new(&draft, Lang::En).terms.len(), count);
    }
}

#[test]
fn parties_of_the_preamble() {
    let lines = [
        "Entre a República de Moçambique, representada pelo Ministro (“o Governo”), e a Areias do Rovuma Mineração, S.A., com sede em Pemba (“a Empresa”), em conjunto “as Partes”, é celebrado o presente Contrato (“o Contrato”):",
        "“Afiliada” significa qualquer pessoa (“Grupo”).",
    ];
    let draft = draft(&lines);
    let found = Definitions::new(&draft, Lang::Pt);
    assert_eq!(
        found.parties,
        ["Governo", "República de Moçambique", "Empresa", "Areias do Rovuma Mineração, S.A", "Partes"]
    );
}

#[track_caller]
fn uses(lang: Lang, lines: &[&str], unused: &[&str], others: &[&str]) {
    let draft = draft(lines);
    let texts = Texts::new(&draft);
    let definitions = Definitions::of(&texts, lang);
    let uses = Uses::new(&texts, &definitions);
    let never = definitions.terms.iter().zip(&uses.counts).filter(|(_, count)| **count == 0);
    assert_eq!(never.map(|(definition, _)| definition.term.as_str()).collect::<Vec<_>>(), unused, "{lines:?}");
    assert_eq!(undefined(&uses).map(|(text, _)| text).collect::<Vec<_>>(), others, "{lines:?}");
}

#[test]
fn terms_are_used_in_their_forms() {
    uses(
        Lang::En,
        &[
            "“Affiliate” means x.",
            "“Facility” means y.",
            "“Works” means z.",
            "Sales to Affiliates or a Facility.",
            "it works",
        ],
        &["Works"],
        &[],
    );
    uses(
        Lang::Pt,
        &[
            "“Sociedade Relacionada” significa x.",
            "“Operação” significa y.",
            "“Litoral” significa z.",
            "as Sociedades Relacionadas e as Operações",
            "litoral",
        ],
        &["Litoral"],
        &[],
    );
    uses(Lang::Fr, &["« Canal » désigne x.", "« Produit » désigne y.", "les Canaux et le produit"], &["Produit"], &[]);
    uses(Lang::Es, &["“Luz” significa x.", "“Afiliada” significa y.", "las Luces"], &["Afiliada"], &[]);
    uses(Lang::Ru, &["«Аффилированное лицо» означает x.", "сделки с Аффилированными лицами"], &[], &[]);
}

#[test]
fn a_longer_term_is_not_a_use_of_a_shorter_one() {
    uses(
        Lang::En,
        &["“Contract” means x.", "“Contract Area” means y.", "the Contract Area is large"],
        &["Contract"],
        &[],
    );
}

#[test]
fn what_looks_like_a_term_and_is_not_defined() {
    uses(
        Lang::En,
        &[
            "The Company shall submit the Work Programme to the Minister and to the Ministry of Mines.",
            "Each Work Programme follows the Mining Code, and the Work Programmes of the Bank.",
            "The Project is large. In the Republic of Guinea the Minister and the Supreme Court decide.",
            "by the Kamsar Port Authority in the Republic of Guinea",
        ],
        &[],
        &["Work Programme"],
    );
    uses(
        Lang::Pt,
        &[
            "a central e os secadores do Projeto",
            "o plano do Projeto; o Estado paga ao Banco de Moçambique.",
            "O Estado e o Banco de Moçambique, do Tribunal Administrativo e do Tribunal Administrativo.",
        ],
        &[],
        &["Projeto"],
    );
    uses(
        Lang::Fr,
        &[
            "dans le Périmètre minier de la République",
            "hors du Périmètre, le Gouvernement de la République et le Ministre du Budget",
            "la Zone du Projet",
        ],
        &[],
        &["Périmètre"],
    );
    uses(
        Lang::Es,
        &["en el Área de Concesión y el Gobierno", "fuera del Área de Concesión, la Corte Suprema y la Corte Suprema"],
        &[],
        &["Área de Concesión"],
    );
}

fn renamed(lang: Lang, old: &[&str], new: &[&str]) -> Vec<Rename> {
    let (old, new) = (draft(old), draft(new));
    let (old, new) = (Texts::new(&old), Texts::new(&new));
    let (before, after) = (Definitions::of(&old, lang), Definitions::of(&new, lang));
    let (uses_old, uses_new) = (Uses::new(&old, &before), Uses::new(&new, &after));
    renames((&old, &before, &uses_old), (&new, &after, &uses_new))
}

#[test]
fn a_renamed_term_is_found_with_its_places() {
    let old = [
        "“Afiliada” significa qualquer pessoa coletiva que controle a Empresa em mais de 50%;",
        "“Área” significa a superfície de 17 640 hectares descrita no título mineiro;",
        "Os juros pagos a Afiliadas são dedutíveis na Área.",
        "A Empresa mantém uma lista das suas Afiliadas.",
    ];
    let new = [
        "“Sociedade Relacionada” significa qualquer pessoa coletiva que controle a Empresa em pelo menos 25%;",
        "“Área” significa a superfície de 17 640 hectares descrita no título mineiro;",
        "Os juros pagos a Sociedades Relacionadas são dedutíveis na Área.",
        "A Empresa mantém uma lista das suas Sociedades Relacionadas.",
    ];
    let found = renamed(Lang::Pt, &old, &new);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].old.as_str(), found[0].new.as_str()), ("Afiliada", "Sociedade Relacionada"));
    assert_eq!(found[0].places, [0, 2, 3]);
    assert!(found[0].explains((old[2], 14..23), (new[2], 14..36)));
    assert!(found[0].explains((old[3], 0..old[3].len()), (new[3], 0..new[3].len())));
    assert!(!found[0].explains((old[0], 0..old[0].len()), (new[0], 0..new[0].len())));
    assert!(!found[0].explains((old[3], 0..9), (new[3], 0..9)));
}

#[test]
fn a_name_that_shares_a_word_is_taken_whole() {
    let old = ["“Affiliate Company” means any person under common control with it;", "sales to an Affiliate Company"];
    let new = ["“Related Company” means any person under common control with it;", "sales to a Related Company"];
    let found = renamed(Lang::En, &old, &new);
    assert_eq!(found.len(), 1);
    assert!(found[0].explains((old[1], 12..21), (new[1], 11..18)));
}

#[test]
fn what_is_no_renaming() {
    let old = ["“Alpha” means the land in the north of the district;", "“Beta” means one;", "the Alpha and the Beta"];
    // Still used; with another meaning.
    let new = [
        "“Gamma” means the land in the north of the district;",
        "“Delta” means two hundred dollars;",
        "the Alpha and the Delta",
    ];
    assert_eq!(renamed(Lang::En, &old, &new), []);
    assert_eq!(renamed(Lang::En, &old, &old), []);
}

proptest::proptest! {
    #[test]
    fn any_text_is_survived(text in "((“|”|«|»|\"|\\(|\\)|means|the|é|X|Alpha|Beta|or|hereinafter|:|,|\u{a0}|–) ?){0,16}", lang in 0usize..6) {
        let draft = draft(&[&text, &text]);
        let texts = Texts::new(&draft);
        let found = Definitions::of(&texts, Lang::ALL[lang]);
        for definition in &found.terms {
            proptest::prop_assert!(!definition.term.is_empty());
            proptest::prop_assert!(text.get(definition.range.clone()).is_some());
            proptest::prop_assert!(text.get(definition.meaning.clone()).is_some());
        }
        let uses = Uses::new(&texts, &found);
        proptest::prop_assert_eq!(uses.paras.len(), found.terms.len());
    }
}
