//! Experts: profile, declaration of interests, clearance.

use super::*;

record! {
    /// An expert of the case.
    pub struct Expert("the expert") {
        /// Title before the name; by language if need be.
        title: Option<Local>,
        /// Given names.
        given: Required<String>,
        /// Family name, as the expert writes it.
        family: Required<String>,
        /// Letters after the name.
        post_nominals: Option<String>,
        /// Name as in the passport, where it is written differently.
        passport_name: Option<String>,
        /// Grammatical gender for agreement in the documents.
        gender: Option<Gender>,
        /// Disciplines.
        disciplines: Required<Vec<Discipline>>,
        /// Role in this case.
        role: Required<Local>,
        /// Employer or firm.
        employer: Option<Local>,
        /// Nationality, by three-letter country code.
        nationality: Option<CountryCode>,
        /// E-mail address.
        email: Option<Email>,
        /// Telephone number with country code.
        phone: Option<String>,
        /// Postal address.
        address: Option<Address>,
        /// Languages the expert works in.
        languages: Vec<Lang>,
        /// Day rate; internal.
        day_rate: Option<Money>,
        /// Who proposed the expert.
        proposed_by: Option<Proposer>,
        /// Day on which the government chose the expert.
        chosen_on: Option<CaseDate>,
        /// First day of work.
        mobilised_on: Option<CaseDate>,
        /// Signed declaration under the Code of Conduct.
        declaration: Option<Declaration>,
        /// The unit's clearance of the declaration.
        clearance: Option<Clearance>,
        /// Key of the expert who takes this one's place, if there was a replacement.
        replaced_by: Option<ExpertKeyText>,
    }
}

impl Expert {
    /// Returns given and family name, as far as they are known.
    pub fn name(&self) -> Option<String> {
        match (self.given.get(), self.family.get()) {
            (Some(given), Some(family)) => Some(format!("{given} {family}")),
            _ => None,
        }
    }
}

/// The key of another expert, as plain text: following it for data could go round in circles.
pub type ExpertKeyText = String;

choice! {
    /// Who proposed an expert.
    pub enum Proposer {
        /// The government, in its request.
        Government = "government",
        /// The unit.
        Unit = "unit",
    }
}

record! {
    /// A declaration under the Code of Conduct.
    pub struct Declaration("the declaration") {
        /// Reference of the agreement.
        reference: Required<String>,
        /// Version of the Code of Conduct that was signed.
        code_version: Required<String>,
        /// SHA-256 digest of the text that was signed.
        text_sha256: Option<DigestText>,
        /// Whether the expert accepts every article.
        undertakings_accepted: Required<bool>,
        /// Whether the expert accepts the duty of confidentiality.
        confidentiality_accepted: Required<bool>,
        /// Interests declared, or the word `none`.
        interests: Required<NoneOr<Interest>>,
        /// Place of signature.
        place: Option<Local>,
        /// Day of signature.
        signed_on: Option<CaseDate>,
    }
}

record! {
    /// A declared interest.
    pub struct Interest("the interest") {
        /// Kind of interest.
        kind: Required<InterestKind>,
        /// Firm, person or body concerned.
        party: Required<String>,
        /// What it is.
        description: Required<Local>,
        /// Since when.
        from: Option<CaseDate>,
        /// Until when.
        to: Option<CaseDate>,
        /// Value, if it has one.
        value: Option<Money>,
        /// What is done about it, as settled with the unit.
        mitigation: Option<Local>,
    }
}

choice! {
    /// Kind of interest.
    pub enum InterestKind {
        /// Shares, royalties or other financial interest.
        Financial = "financial",
        /// Employment, board seat or consultancy.
        Employment = "employment",
        /// Another client with a competing interest.
        CompetingClient = "competing_client",
        /// Close personal or family tie.
        PersonalTie = "personal_tie",
        /// Earlier advice on this deal.
        PriorAdvice = "prior_advice",
        /// Political role.
        PoliticalRole = "political_role",
        /// Gift or hospitality.
        Gift = "gift",
        /// Anything else that a reasonable observer might see as a conflict.
        Other = "other",
    }
}

record! {
    /// The unit's decision on a declaration.
    pub struct Clearance("the clearance") {
        /// The decision.
        decision: Required<ClearanceDecision>,
        /// Who decided: a key under `people` of the unit.
        by: Required<PersonKey>,
        /// Day of the decision.
        date: Required<CaseDate>,
        /// Measures on which a clearance rests.
        measures: Vec<Local>,
    }
}

choice! {
    /// Decision on a declaration.
    pub enum ClearanceDecision {
        /// Cleared.
        Cleared = "cleared",
        /// Cleared with measures.
        ClearedWithMeasures = "cleared_with_measures",
        /// Rejected: the expert cannot work on this case.
        Rejected = "rejected",
    }
}
