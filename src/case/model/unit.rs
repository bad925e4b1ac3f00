//! The unit's profile: everything that a document says about the support unit itself.

use super::*;

record! {
    /// The profile of a support unit, in `engross.yaml` at the top of its workspace.
    pub struct Unit("the unit") {
        /// Version of this file's format; always 1.
        engross: Required<FormatVersion>,
        /// Name of the unit.
        name: Required<Local>,
        /// Short name or acronym.
        short_name: Required<Local>,
        /// Whether the unit is invented.
        fictional: Option<bool>,
        /// Name of the unit's secretariat, as letters to it address it.
        secretariat: Option<Local>,
        /// Who hosts and funds the unit, in a few words.
        host: Option<Local>,
        /// Usual language of the unit.
        language: Required<Lang>,
        /// Postal address.
        address: Required<Address>,
        /// E-mail address.
        email: Required<Email>,
        /// Telephone number with country code.
        phone: Option<String>,
        /// Website.
        website: Option<String>,
        /// Paper size; A4 when nothing is said.
        paper: Option<Paper>,
        /// The unit's people, each under a key of your choice.
        people: Keyed<Person>,
        /// Who may sign approvals and declines: keys under `people`.
        signatories: Required<Vec<PersonKey>>,
        /// Who leads the unit: a key under `people`.
        head: Required<PersonKey>,
        /// Pattern of the unit's references: `{unit}`, `{year}`, `{case}`, `{kind}`, `{number}` stand for parts.
        reference_pattern: Option<String>,
        /// Days between a request and the first day of support that the unit needs.
        lead_time_days: Required<u32>,
        /// Months for which a due diligence holds.
        due_diligence_months: Required<u32>,
        /// Months after which a request must be confirmed before it is approved.
        request_months: Required<u32>,
        /// Days after the end of an activity by which its evaluation should be there.
        evaluation_days: Required<u32>,
        /// The Code of Conduct.
        code_of_conduct: Required<CodeOfConduct>,
        /// Your own data, for your own templates.
        extra: Extra,
    }
}

choice! {
    /// Size of paper.
    pub enum Paper {
        /// ISO 216 A4.
        A4 = "a4",
        /// US Letter.
        Letter = "letter",
    }
}

record! {
    /// What the unit settles about its Code of Conduct; the text itself is a template.
    pub struct CodeOfConduct("the Code of Conduct") {
        /// Version of the text.
        version: Required<String>,
        /// Day on which it was adopted.
        adopted_on: Required<CaseDate>,
        /// Who adopted it.
        adopted_by: Required<Local>,
        /// Years back that declarations of interest cover.
        interest_years: Required<u32>,
        /// Months after the work during which the expert takes no work from the other side.
        cooling_off_months: Required<u32>,
        /// Years for which confidentiality lasts after the work.
        confidentiality_years: Required<u32>,
        /// Value above which gifts are refused; none at all when nothing is said.
        gift_limit: Option<Money>,
        /// Person for reports of breaches: a key under `people`.
        integrity_contact: Required<PersonKey>,
        /// Law that governs the agreement.
        law: Option<Local>,
        /// Where disputes are settled.
        disputes: Option<Local>,
    }
}
