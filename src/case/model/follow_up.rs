//! What comes after the letters: activities, evaluations, the rounds of the contract, its issues.

use super::*;

record! {
    /// A support activity.
    pub struct Activity("the activity") {
        /// Title.
        title: Required<Local>,
        /// Kind.
        kind: Required<ActivityKind>,
        /// First day.
        from: Required<CaseDate>,
        /// Last day; absent while it goes on.
        to: Option<CaseDate>,
        /// Place; absent for remote work.
        place: Option<Local>,
        /// Experts who took part: keys under `experts`.
        experts: Vec<ExpertKey>,
        /// Day on which the final report was delivered.
        report_on: Option<CaseDate>,
        /// Day on which the government accepted the result.
        accepted_on: Option<CaseDate>,
    }
}

choice! {
    /// Kind of activity.
    pub enum ActivityKind {
        /// Scoping mission.
        Scoping = "scoping",
        /// Mission on site.
        Mission = "mission",
        /// Advice from afar.
        RemoteAdvice = "remote_advice",
        /// Support at the table.
        NegotiationRound = "negotiation_round",
        /// Training.
        Training = "training",
        /// The whole of the support.
        Support = "support",
    }
}

record! {
    /// An evaluation of an activity: the form that goes out, and the answers once they are back.
    pub struct Evaluation("the evaluation") {
        /// Reference of the form.
        reference: Required<String>,
        /// Key under `activities` of what is evaluated.
        activity: Required<ActivityKey>,
        /// Day on which the form goes out.
        date: Required<CaseDate>,
        /// Day by which it should be back.
        return_by: Option<CaseDate>,
        /// Who answers: a key under `people`; absent for anonymous answers.
        respondent: Option<PersonKey>,
        /// Whether the answers are anonymous.
        anonymous: Option<bool>,
        /// Where the form is sent back to: a key under `people` of the unit.
        return_to: Option<PersonKey>,
        /// Day on which the answers came back.
        received_on: Option<CaseDate>,
        /// Scores, 1 to 5, by item: relevance, coherence, effectiveness, efficiency, impact, sustainability, and so on.
        scores: Keyed<u32>,
        /// Readiness to recommend the unit, 0 to 10.
        recommendation: Option<u32>,
        /// Whether the answers may be quoted in public.
        quote_consent: Option<bool>,
        /// Free remarks.
        comments: Option<Local<Rich>>,
    }
}

/// The key of an activity under `activities`.
pub type ActivityKey = String;

record! {
    /// One draft of the contract.
    pub struct Round("the round") {
        /// Short name of the draft, as `v1`.
        id: Required<String>,
        /// File with the draft, in the case's folder.
        file: Required<FilePath>,
        /// Date of the draft.
        date: Required<CaseDate>,
        /// Whose draft it is.
        from: Required<DraftAuthor>,
        /// Short name of the draft that it was made from.
        base: Option<String>,
        /// Where and when it was negotiated.
        place: Option<Local>,
        /// Remarks; internal.
        note: Option<Local>,
        /// SHA-256 digest of the file as received.
        sha256: Option<DigestText>,
    }
}

choice! {
    /// Whose draft it is.
    pub enum DraftAuthor {
        /// The government.
        Government = "government",
        /// The investor.
        Investor = "investor",
        /// Both, from the table.
        Joint = "joint",
    }
}

record! {
    /// An issue under negotiation.
    pub struct Issue("the issue") {
        /// Short identifier, as `I1`.
        id: Required<String>,
        /// Number and heading of the clause.
        clause: Option<Local>,
        /// Topic, by the key of the topic list.
        topic: Option<String>,
        /// What is at stake.
        text: Required<Local>,
        /// Whether nobody but the team may know that it is an issue.
        internal: Option<bool>,
        /// The government's best outcome; internal.
        ideal: Option<Local>,
        /// The government's target; internal.
        target: Option<Local>,
        /// The government's limit; strictly internal.
        walk_away: Option<Local>,
        /// What the government has put on the table.
        government_position: Option<Local>,
        /// The investor's position.
        investor_position: Option<Local>,
        /// The last offer, with round and date.
        last_offer: Option<Local>,
        /// Where it stands.
        status: Required<IssueStatus>,
        /// How much it matters; internal.
        priority: Required<Priority>,
        /// Who works on it: a key under `people`.
        owner: Option<PersonKey>,
        /// Model, law or precedent that supports the position; internal.
        evidence: Vec<Local>,
        /// Issues that it is traded against, by identifier; internal.
        linked_to: Vec<String>,
        /// What happens next; internal.
        next_step: Option<Local>,
        /// By when; internal.
        due: Option<CaseDate>,
    }
}

choice! {
    /// Where an issue stands.
    pub enum IssueStatus {
        /// Open.
        Open = "open",
        /// Agreed in principle.
        AgreedInPrinciple = "agreed_in_principle",
        /// Agreed.
        Agreed = "agreed",
        /// Set aside.
        Parked = "parked",
        /// To be decided higher up.
        Escalated = "escalated",
        /// Closed.
        Closed = "closed",
    }
}

choice! {
    /// How much an issue matters.
    pub enum Priority {
        /// Without it there is no contract.
        DealBreaker = "deal_breaker",
        /// High.
        High = "high",
        /// Medium.
        Medium = "medium",
        /// Low.
        Low = "low",
    }
}
