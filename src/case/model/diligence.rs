//! The unit's checks before it answers a request. Internal: never printed in a document for others.

use super::*;

record! {
    /// The due diligence on a request; internal.
    pub struct DueDiligence("the due diligence") {
        /// The unit's reference of the check.
        reference: Required<String>,
        /// Day on which the work began.
        started_on: Required<CaseDate>,
        /// Day on which the result was settled.
        completed_on: Option<CaseDate>,
        /// Who did the work: a key under `people` of the unit.
        reviewer: Required<PersonKey>,
        /// Who settled the result, somebody else: a key under `people` of the unit.
        approver: Option<PersonKey>,
        /// The questions and their answers.
        items: Required<Vec<DiligenceItem>>,
        /// Day on which sanctions lists were searched.
        sanctions_screened_on: Option<CaseDate>,
        /// Sanctions lists that were searched.
        sanctions_lists: Vec<String>,
        /// Whether the screening found anything.
        sanctions_hit: Option<bool>,
        /// Result.
        result: Option<DiligenceResult>,
        /// Reasons for the result; internal.
        reasons: Option<Local<Rich>>,
        /// Conditions that the approval must carry.
        conditions: Vec<Condition>,
        /// Day on which the governing bodies were consulted, if they were.
        board_consulted_on: Option<CaseDate>,
    }
}

record! {
    /// One question of the due diligence.
    pub struct DiligenceItem("the question") {
        /// Field of risk.
        area: Required<RiskArea>,
        /// The question.
        question: Required<Local>,
        /// The answer.
        answer: Required<Answer>,
        /// Height of the risk.
        risk: Option<Risk>,
        /// Evidence: source and date.
        evidence: Option<Local>,
        /// What is done against the risk.
        mitigation: Option<Local>,
        /// Who does it: a key under `people`.
        owner: Option<PersonKey>,
    }
}

choice! {
    /// Field of risk.
    pub enum RiskArea {
        /// Whether the country and the negotiation are eligible.
        Eligibility = "eligibility",
        /// Authority and mandate.
        Mandate = "mandate",
        /// Whether the project is large and complex.
        ProjectSize = "project_size",
        /// Environment.
        Environment = "environment",
        /// Slowing climate change.
        ClimateMitigation = "climate_mitigation",
        /// Living with climate change.
        ClimateAdaptation = "climate_adaptation",
        /// Conflict and context.
        Conflict = "conflict",
        /// Human rights: labour, resettlement, indigenous peoples, security forces, artisanal miners.
        HumanRights = "human_rights",
        /// Gender.
        Gender = "gender",
        /// Litigation, arbitration, state of licences.
        Legal = "legal",
        /// Reputation and integrity: owners, exposed persons, corruption, sanctions.
        Integrity = "integrity",
        /// Work that other partners do already.
        Duplication = "duplication",
        /// Whether the unit can deliver.
        Capacity = "capacity",
    }
}

choice! {
    /// Answer to a question of the due diligence.
    pub enum Answer {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// Not known; the check cannot be cleared.
        Unknown = "unknown",
        /// Does not apply.
        NotApplicable = "not_applicable",
    }
}

choice! {
    /// Height of a risk.
    pub enum Risk {
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High; needs a mitigation.
        High = "high",
    }
}

choice! {
    /// Result of the due diligence.
    pub enum DiligenceResult {
        /// Cleared.
        Cleared = "cleared",
        /// Cleared with conditions that the approval carries.
        ClearedWithConditions = "cleared_with_conditions",
        /// To be decided higher up.
        Escalated = "escalated",
        /// Not cleared.
        NotCleared = "not_cleared",
    }
}

record! {
    /// A condition on which the support rests.
    pub struct Condition("the condition") {
        /// Short identifier, as `C1`.
        id: Required<String>,
        /// The condition, as the approval letter states it.
        text: Required<Local>,
    }
}
