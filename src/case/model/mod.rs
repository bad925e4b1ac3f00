//! The case model: everything a case file and a unit profile can say.
//!
//! Each record is declared once with `record!`; from that declaration come the
//! reading, the JSON Schema, the data for templates and `docs/case-data.md`.

pub mod decision;
pub mod diligence;
pub mod expert;
pub mod follow_up;
pub mod party;
pub mod request;
pub mod scalar;
pub mod scoping;
pub mod unit;

pub use decision::*;
pub use diligence::*;
pub use expert::*;
pub use follow_up::*;
pub use party::*;
pub use request::*;
pub use scalar::*;
pub use scoping::*;
pub use unit::*;

use super::field::{Extra, Keyed, Required, choice, record};
use crate::case::eligibility::CountryCode;
use crate::locale::Lang;

record! {
    /// The whole life of one case, from the first inquiry to the evaluation and the rounds of the contract.
    pub struct Case("the case") {
        /// Version of this file's format; always 1.
        engross: Required<FormatVersion>,
        /// Identifier of the case within the unit; its folder has the same name, in small letters or capitals.
        id: Required<CaseId>,
        /// Short name of the case, as people call it.
        title: Required<Local>,
        /// Language of the case: of its letters, and of plain text in this file.
        language: Required<Lang>,
        /// Further languages that the documents of the case are made in.
        other_languages: Vec<Lang>,
        /// Whether letters in Arabic give the Hijri date beside the Gregorian one.
        hijri: Option<bool>,
        /// Digits of documents in Arabic; those usual in the country when nothing is said.
        digits: Option<DigitStyle>,
        /// Whether every person, firm and project of this case is invented.
        fictional: Option<bool>,
        /// Who may read the documents of the case; `confidential` when nothing is said.
        confidentiality: Option<Confidentiality>,
        /// Whether the government has expressly agreed that its case may be made public; no when nothing is said.
        publication_consent: Option<bool>,
        /// Whether the case is anonymous to the public. The documents between the unit and the government always name it.
        anonymised: Option<bool>,
        /// A state beside the normal course: on hold, withdrawn, suspended or terminated.
        interruption: Option<Interruption>,
        /// Requesting country, by its three-letter code (ISO 3166-1 alpha-3; XKX for Kosovo).
        country: Required<CountryCode>,
        /// Official name of the country where it differs from the usual one, by language.
        country_name: Option<Local>,
        /// The ministry or office that asks for support.
        authority: Required<Authority>,
        /// Everybody whom the documents name, each under a key of your choice.
        people: Keyed<Person>,
        /// The investment project.
        project: Required<Project>,
        /// The investors on the other side of the table.
        investors: Required<Vec<Investor>>,
        /// The contract that is negotiated.
        contract: Required<Contract>,
        /// The first contact, before any letter.
        inquiry: Option<Inquiry>,
        /// The government's formal request letter.
        request: Option<Request>,
        /// The unit's checks before it answers; internal.
        due_diligence: Option<DueDiligence>,
        /// The unit's letter of approval.
        approval: Option<Approval>,
        /// The unit's letter of decline.
        decline: Option<Decline>,
        /// Experts of the case with their declarations and clearance, each under a key of your choice.
        experts: Keyed<Expert>,
        /// The scoping mission and its terms of reference.
        scoping: Option<Scoping>,
        /// Support activities: missions, reviews, trainings, each under a key of your choice.
        activities: Keyed<Activity>,
        /// Evaluations that came back or go out.
        evaluations: Vec<Evaluation>,
        /// The drafts of the contract under negotiation, in the order of their exchange.
        rounds: Vec<Round>,
        /// The issues under negotiation. What is marked internal reaches no report but one that is asked for with `--internal`.
        issues: Vec<Issue>,
        /// Your own data, for your own templates.
        extra: Extra,
    }
}

choice! {
    /// Digits of documents in Arabic.
    pub enum DigitStyle {
        /// 0 1 2 3, as in the Maghreb.
        Latin = "latin",
        /// ٠ ١ ٢ ٣, as in the Mashriq.
        ArabicIndic = "arabic_indic",
    }
}

choice! {
    /// Who may read a document.
    pub enum Confidentiality {
        /// Anybody.
        Public = "public",
        /// The unit and the government.
        Internal = "internal",
        /// Named persons of the unit and the government.
        Confidential = "confidential",
        /// Only those whom the signatories name.
        StrictlyConfidential = "strictly_confidential",
    }
}

choice! {
    /// A state beside the normal course of a case.
    pub enum Interruption {
        /// Work rests for a while.
        OnHold = "on_hold",
        /// The government took its request back.
        Withdrawn = "withdrawn",
        /// The unit stopped its support for now.
        Suspended = "suspended",
        /// The support ended before its time.
        Terminated = "terminated",
    }
}

record! {
    /// A document that goes with a letter.
    pub struct Annex("the annex") {
        /// Title of the annex.
        title: Required<Local>,
        /// Number of pages.
        pages: Option<u32>,
        /// File beside the case file, if it is kept there.
        file: Option<FilePath>,
        /// SHA-256 digest of the file, to notice a changed file.
        sha256: Option<DigestText>,
    }
}

record! {
    /// A span of days, both included.
    pub struct Period("the period") {
        /// First day.
        from: Required<CaseDate>,
        /// Last day.
        to: Required<CaseDate>,
    }
}
