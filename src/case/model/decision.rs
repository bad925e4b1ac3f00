//! The unit's answer: approval or decline.

use super::*;

record! {
    /// The unit's approval letter.
    pub struct Approval("the approval") {
        /// The unit's reference of the letter.
        reference: Required<String>,
        /// Date of the letter.
        date: Required<CaseDate>,
        /// Place of the letter; the unit's town when nothing is said.
        place: Option<Local>,
        /// The request that it answers, as that letter names itself.
        in_reply_to: Required<ReplyTo>,
        /// Approved, or approved with conditions.
        decision: Required<ApprovalDecision>,
        /// Services approved.
        services: Required<Vec<Service>>,
        /// Services asked for that are not approved, or approved in another form, each with a word on why.
        deviations: Vec<Deviation>,
        /// The days of support.
        period: Required<Period>,
        /// Conditions, by the identifiers of the due diligence.
        conditions: Vec<Condition>,
        /// What happens next, one line each.
        next_steps: Required<Vec<NextStep>>,
        /// Division of labour with partners engaged on the same discipline.
        division_of_labour: Option<Local>,
        /// Contact of the unit: a key under `people` of the unit.
        unit_focal_point: Required<PersonKey>,
        /// Who signs for the unit: a key under `people` of the unit's profile, on its list of signatories.
        signatory: Required<PersonKey>,
        /// Day of signature.
        signed_on: Option<CaseDate>,
        /// Day on which the governing bodies were consulted, if they were.
        board_consulted_on: Option<CaseDate>,
        /// Languages in which the letter goes out; the language of the request must be among them.
        languages: Vec<Lang>,
        /// Whether the letter has room for a counter-signature of the authority.
        countersignature: Option<bool>,
        /// Day of the authority's counter-signature.
        countersigned_on: Option<CaseDate>,
        /// Documents that go with the letter.
        annexes: Vec<Annex>,
        /// Who receives a copy, one line each.
        copies: Vec<Local>,
        /// Reference of an earlier approval that this one replaces.
        replaces: Option<String>,
    }
}

record! {
    /// How a reply cites the letter it answers.
    pub struct ReplyTo("the citation") {
        /// Reference of the letter.
        reference: Required<String>,
        /// Date of the letter.
        date: Required<CaseDate>,
        /// Who signed it: a key under `people`.
        signatory: Required<PersonKey>,
    }
}

choice! {
    /// Kind of approval.
    pub enum ApprovalDecision {
        /// Without conditions.
        Approved = "approved",
        /// With conditions.
        ApprovedWithConditions = "approved_with_conditions",
    }
}

record! {
    /// A difference between what was asked and what is approved.
    pub struct Deviation("the deviation") {
        /// Discipline of the service.
        discipline: Required<Discipline>,
        /// What is different, and why.
        text: Required<Local>,
    }
}

record! {
    /// A next step.
    pub struct NextStep("the step") {
        /// What happens.
        text: Required<Local>,
        /// By when.
        by: Option<CaseDate>,
        /// Who does it.
        who: Option<Local>,
    }
}

record! {
    /// The unit's letter of decline.
    pub struct Decline("the decline") {
        /// The unit's reference of the letter.
        reference: Required<String>,
        /// Date of the letter.
        date: Required<CaseDate>,
        /// The request that it answers; absent where there was only an inquiry.
        in_reply_to: Option<ReplyTo>,
        /// Reason.
        reason: Required<DeclineReason>,
        /// Public wording of the reason; details of the due diligence never appear here.
        wording: Required<Local<Rich>>,
        /// Other providers who may help.
        alternatives: Vec<Local>,
        /// How the decision can be looked at again.
        reconsideration: Required<Local>,
        /// Who signs for the unit: a key under `people` of the unit's profile, on its list of signatories.
        signatory: Required<PersonKey>,
        /// Day of signature.
        signed_on: Option<CaseDate>,
    }
}

choice! {
    /// Reason for a decline.
    pub enum DeclineReason {
        /// The country is not eligible.
        IneligibleCountry = "ineligible_country",
        /// No negotiation is under way or ahead.
        NoNegotiation = "no_negotiation",
        /// Not large and complex, or out of the unit's sectors.
        OutOfScope = "out_of_scope",
        /// The authority has no mandate.
        NoMandate = "no_mandate",
        /// Risks found in the due diligence; the reasons stay internal.
        DueDiligence = "due_diligence",
        /// A conflict of interest that cannot be solved.
        ConflictOfInterest = "conflict_of_interest",
        /// The unit lacks capacity.
        Capacity = "capacity",
        /// Another provider does the work already.
        Duplication = "duplication",
        /// The time is too short.
        Timeline = "timeline",
        /// The request stayed incomplete after reminders.
        Incomplete = "incomplete",
    }
}
