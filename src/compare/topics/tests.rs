//! Tests of the guessing of topics: headings in four languages, whole drafts, and what tells nothing.

use super::*;

/// Checks the likeliest topic of each heading; an empty key stands for no guess.
#[track_caller]
fn headings(lang: Lang, table: &[(&str, &str)]) {
    let wrong: Vec<_> = table
        .iter()
        .map(|(heading, key)| (*heading, *key, guess(lang, &[heading], "", "")))
        .filter(|(_, key, guessed)| guessed.first().copied().unwrap_or("") != *key)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn tables_are_whole() {
    assert_eq!(keys().count(), 101);
    for key in keys() {
        assert!(!cluster(key).is_empty(), "{key}");
        for lang in Lang::ALL {
            assert!(!label(key, lang).is_empty(), "{key}");
        }
    }
    for line in lines(include_str!("keywords.tsv")) {
        let fields: Vec<&str> = line.split('\t').collect();
        assert!(fields.len() == 5 && keys().any(|key| key == fields[0]), "{line}");
        for phrase in fields[1..].iter().flat_map(|phrases| phrases.split(';')).filter(|phrase| !phrase.is_empty()) {
            let weight = phrase.split_once('=').map_or(3, |(_, weight)| weight.parse().unwrap());
            assert!((1..=7).contains(&weight), "{phrase}");
        }
    }
    assert_eq!((label("royalties", Lang::Es), label("nothing", Lang::En)), ("Regalías", ""));
}

#[test]
fn english_headings() {
    headings(
        Lang::En,
        &[
            ("Royalty", "royalties"),
            ("Calculation and payment of royalties", "royalties"),
            ("Stabilisation", "stabilization"),
            ("Change in Law", "stabilization"),
            ("Local Employment and Training", "local-employment"),
            ("Procurement of local goods and services", "local-procurement"),
            ("Environmental Impact Assessment", "environmental-impact-assessment-and-management-plan"),
            ("Protection of the Environment", "environmental-protections"),
            ("Mine Closure and Rehabilitation", "closure-rehabilitation-and-financial-assurance"),
            ("Community Development", "local-development-agreement"),
            ("Resettlement", "resettlement"),
            ("Assignment and Transfer", "assignment-or-transfer"),
            ("Change of Control", "change-of-control"),
            ("Confidentiality", "confidentiality"),
            ("Force Majeure", "hardship-clause-or-force-majeure"),
            ("Termination for default", "cancellation-or-termination"),
            ("Governing Law", "governing-law"),
            ("Settlement of Disputes", "arbitration-and-dispute-resolution"),
            ("Insurance", "insurance"),
            ("Customs Duties", "custom-duties"),
            ("Value Added Tax", "value-added-tax"),
            ("Foreign Exchange", "foreign-exchange"),
            ("Ring-fencing", "ring-fencing"),
            ("Free carried interest of the State", "state-participation"),
            ("Term and Renewal", "renewal-or-extension-of-term"),
            ("Cost Recovery", "production-share-cost-oil"),
            ("Sharing of Profit Oil", "production-share-profit-oil"),
            ("Anti-Corruption", "anti-corruption"),
            ("Transparency (EITI)", "transparency-and-disclosure"),
            ("Books, Accounts and Audit", "audit-mechanisms-financial-obligations"),
            ("Relinquishment", "relinquishment"),
            ("Decommissioning", "abandonment"),
            ("Work Programme and Budget", "work-and-investment-commitments"),
            ("Transactions with Affiliates", "restrictions-on-transactions-with-affiliated-parties"),
            ("Surface rental", "surface-fees-or-rent"),
            ("Water Rights", "water-use"),
            ("Periodic Review", "review-or-renegotiation"),
            ("Third-Party Access to the Railway", "infrastructure-third-party-use"),
            ("Definitions", ""),
            ("Recitals", ""),
            ("Signature", ""),
        ],
    );
}

#[test]
fn french_headings() {
    headings(
        Lang::Fr,
        &[
            ("Redevance minière", "royalties"),
            ("Garantie de stabilité", "stabilization"),
            ("Stabilisation du régime fiscal", "stabilization"),
            ("Emploi du personnel local", "local-employment"),
            ("Formation professionnelle", "training"),
            ("Achats locaux et sous-traitance", "local-procurement"),
            ("Étude d’impact environnemental", "environmental-impact-assessment-and-management-plan"),
            ("Protection de l’environnement", "environmental-protections"),
            ("Fermeture et réhabilitation du site", "closure-rehabilitation-and-financial-assurance"),
            ("Développement communautaire", "local-development-agreement"),
            ("Réinstallation des populations", "resettlement"),
            ("Cession", "assignment-or-transfer"),
            ("Changement de contrôle", "change-of-control"),
            ("Confidentialité", "confidentiality"),
            ("Force majeure", "hardship-clause-or-force-majeure"),
            ("Résiliation", "cancellation-or-termination"),
            ("Droit applicable", "governing-law"),
            ("Règlement des différends", "arbitration-and-dispute-resolution"),
            ("Assurances", "insurance"),
            ("Régime douanier", "custom-duties"),
            ("Taxe sur la valeur ajoutée", "value-added-tax"),
            ("Régime des changes", "foreign-exchange"),
            ("Participation de l’État", "state-participation"),
            ("Durée", "term"),
            ("Renouvellement", "renewal-or-extension-of-term"),
            ("Récupération des coûts pétroliers", "production-share-cost-oil"),
            ("Partage de la production", "production-share-profit-oil"),
            ("Lutte contre la corruption", "anti-corruption"),
            ("Transparence", "transparency-and-disclosure"),
            ("Redevances superficiaires", "surface-fees-or-rent"),
            ("Prix de transfert", "restrictions-on-transactions-with-affiliated-parties"),
            ("Exonérations fiscales", "income-tax-exemptions"),
            ("Utilisation de l’eau", "water-use"),
            ("Rendus de surface", "relinquishment"),
            ("Définitions", ""),
            ("Objet", ""),
            ("Préambule", ""),
        ],
    );
}

#[test]
fn spanish_headings() {
    headings(
        Lang::Es,
        &[
            ("Regalías", "royalties"),
            ("Estabilidad jurídica y tributaria", "stabilization"),
            ("Mano de obra local", "local-employment"),
            ("Capacitación", "training"),
            ("Compras a proveedores locales", "local-procurement"),
            ("Evaluación de impacto ambiental", "environmental-impact-assessment-and-management-plan"),
            ("Protección del medio ambiente", "environmental-protections"),
            ("Cierre de minas", "closure-rehabilitation-and-financial-assurance"),
            ("Desarrollo de las comunidades", "local-development-agreement"),
            ("Reasentamiento", "resettlement"),
            ("Cesión de derechos", "assignment-or-transfer"),
            ("Cambio de control", "change-of-control"),
            ("Confidencialidad", "confidentiality"),
            ("Fuerza mayor o caso fortuito", "hardship-clause-or-force-majeure"),
            ("Terminación y rescisión", "cancellation-or-termination"),
            ("Ley aplicable", "governing-law"),
            ("Solución de controversias", "arbitration-and-dispute-resolution"),
            ("Arbitraje", "arbitration-and-dispute-resolution"),
            ("Seguros", "insurance"),
            ("Derechos aduaneros", "custom-duties"),
            ("Impuesto al Valor Agregado", "value-added-tax"),
            ("Régimen cambiario", "foreign-exchange"),
            ("Participación del Estado", "state-participation"),
            ("Plazo y vigencia", "term"),
            ("Prórroga", "renewal-or-extension-of-term"),
            ("Recuperación de costos", "production-share-cost-oil"),
            ("Anticorrupción", "anti-corruption"),
            ("Transparencia", "transparency-and-disclosure"),
            ("Canon superficial", "surface-fees-or-rent"),
            ("Consulta previa", "community-consultation"),
            ("Uso del agua", "water-use"),
            ("Devolución de áreas", "relinquishment"),
            ("Definiciones", ""),
            ("Antecedentes", ""),
        ],
    );
}

#[test]
fn portuguese_headings() {
    headings(
        Lang::Pt,
        &[
            ("Definições e interpretação", ""),
            ("Objeto e área", "size-of-concession-area"),
            ("Duração e renovação", "term"),
            ("Obrigações gerais da Empresa", "work-and-investment-commitments"),
            ("Royalty", "royalties"),
            ("Outros impostos e pagamentos", "other-financialfiscal"),
            ("Transações com Afiliadas", "restrictions-on-transactions-with-affiliated-parties"),
            ("Transações com Sociedades Relacionadas", "restrictions-on-transactions-with-affiliated-parties"),
            ("Estabilização", "stabilization"),
            ("Conteúdo local", "local-employment"),
            ("Ambiente e encerramento", "closure-rehabilitation-and-financial-assurance"),
            ("Comunidades", "local-development-agreement"),
            ("Cessão e mudança de controlo", "change-of-control"),
            ("Confidencialidade e divulgação", "confidentiality"),
            ("Ramal de Gás e acesso de terceiros", "infrastructure-third-party-use"),
            ("Força maior", "hardship-clause-or-force-majeure"),
            ("Incumprimento e cessação", "cancellation-or-termination"),
            ("Lei aplicável e resolução de litígios", "governing-law"),
            ("Revisão", "review-or-renegotiation"),
            ("Disposições finais", "other-miscellaneous"),
            ("Escala do royalty", "royalties"),
            ("Garantia financeira de encerramento", "closure-rehabilitation-and-financial-assurance"),
            ("Trabalhadores moçambicanos", "local-employment"),
            ("Seguros", "insurance"),
            ("Regime aduaneiro", "custom-duties"),
            ("Imposto sobre o valor acrescentado", "value-added-tax"),
            ("Regime cambial", "foreign-exchange"),
            ("Participação do Estado", "state-participation"),
            ("Combate à corrupção", "anti-corruption"),
            ("Avaliação de impacto ambiental", "environmental-impact-assessment-and-management-plan"),
            ("Reassentamento", "resettlement"),
            ("Partilha da produção", "production-share-profit-oil"),
            ("Assinaturas", ""),
        ],
    );
}

/// The clauses of a draft of the case: heading and text.
fn clauses(draft: &'static str) -> Vec<(&'static str, &'static str)> {
    draft.split("\n## ").skip(1).filter_map(|clause| clause.split_once('\n')).collect()
}

#[test]
fn the_clauses_of_a_contract() {
    let expected = [
        ("Objeto e área", "size-of-concession-area"),
        ("Duração e renovação", "renewal-or-extension-of-term"),
        ("Royalty", "royalties"),
        ("Transações com", "restrictions-on-transactions-with-affiliated-parties"),
        ("Estabilização", "stabilization"),
        ("Conteúdo local", "local-procurement"),
        ("Ambiente e encerramento", "closure-rehabilitation-and-financial-assurance"),
        ("Comunidades", "local-development-agreement"),
        ("Cessão e mudança", "change-of-control"),
        ("Confidencialidade", "confidentiality"),
        ("acesso de terceiros", "infrastructure-third-party-use"),
        ("Força maior", "hardship-clause-or-force-majeure"),
        ("Incumprimento", "cancellation-or-termination"),
        ("resolução de litígios", "arbitration-and-dispute-resolution"),
        ("Revisão", "review-or-renegotiation"),
        ("Escala do royalty", "royalties"),
        ("Garantia financeira", "closure-rehabilitation-and-financial-assurance"),
        ("Trabalhadores", "local-employment"),
    ];
    let mut wrong = Vec::new();
    for draft in [
        include_str!("../../../fixtures/unit/cases/moz-005/contract/v1.md"),
        include_str!("../../../fixtures/unit/cases/moz-005/contract/v3.md"),
    ] {
        for (part, key) in expected {
            let (heading, text) = *clauses(draft).iter().find(|(heading, _)| heading.contains(part)).unwrap();
            let guessed = guess(Lang::Pt, &[heading], text, "");
            if !guessed.contains(&key) {
                wrong.push((heading, key, guessed));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_changed_text_counts_more_than_the_clause() {
    let clause = "The Company shall keep insurance policies with an insurer and pay royalties.";
    assert_eq!(guess(Lang::En, &[], clause, "pay royalties")[0], "royalties");
    assert_eq!(guess(Lang::En, &["Insurance"], clause, "")[0], "insurance");
    assert_eq!(guess(Lang::En, &["Fiscal terms", "Insurance"], "", "")[0], "insurance");
}

#[test]
fn no_guess_is_better_than_a_wrong_one() {
    for (lang, text) in [
        (Lang::En, "The Parties have agreed as follows, in two originals."),
        (Lang::Fr, "Il a été convenu et arrêté ce qui suit."),
        (Lang::Es, "Las partes acuerdan lo siguiente."),
        (Lang::Pt, "As Partes acordam no seguinte."),
        (Lang::Ru, "роялти"),
        (Lang::Ar, "الإتاوة"),
    ] {
        assert_eq!(guess(lang, &[], text, text), [""; 0], "{text}");
    }
}
