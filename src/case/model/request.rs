//! The first contact and the formal request letter.

use super::*;
use crate::case::field::Value;

record! {
    /// The first contact, by e-mail or telephone.
    pub struct Inquiry("the inquiry") {
        /// Day of the inquiry.
        date: Required<CaseDate>,
        /// How it came.
        channel: Required<Channel>,
        /// Who inquired: a key under `people`.
        inquirer: Required<PersonKey>,
        /// What was asked, in a few sentences.
        summary: Option<Local<Rich>>,
        /// Day on which the unit acknowledged it.
        acknowledged_on: Option<CaseDate>,
        /// Who acknowledged it: a key under `people` of the unit.
        acknowledged_by: Option<PersonKey>,
    }
}

choice! {
    /// How an inquiry came.
    pub enum Channel {
        /// By e-mail.
        Email = "email",
        /// By telephone.
        Phone = "phone",
        /// In a meeting.
        Meeting = "meeting",
        /// By letter.
        Letter = "letter",
    }
}

record! {
    /// The formal request letter of the government; with the approval it forms the agreement.
    pub struct Request("the request") {
        /// The authority's own reference of the letter.
        reference: Required<String>,
        /// Date of the letter.
        date: Required<CaseDate>,
        /// Place of the letter.
        place: Required<Local>,
        /// Who signs it: a key under `people`.
        signatory: Required<PersonKey>,
        /// Day of signature; a request without one counts as unsigned.
        signed_on: Required<CaseDate>,
        /// Delegation under which somebody else signs for the signatory's superior.
        delegation: Option<Local>,
        /// Day on which the unit received it.
        received_on: Option<CaseDate>,
        /// Registration number that the unit gave it.
        registration: Option<String>,
        /// Contact for the work: a key under `people`.
        focal_point: Required<PersonKey>,
        /// Phase of the negotiation.
        phase: Required<Phase>,
        /// Day of the next round of negotiation.
        next_round: Option<CaseDate>,
        /// What has happened so far and why support is needed.
        background: Required<Local<Rich>>,
        /// What the government wants to reach.
        objectives: Required<Local<Rich>>,
        /// Results that the support should bring, one line each.
        results: Vec<Local>,
        /// Services asked for.
        services: Required<Vec<Service>>,
        /// When the support is needed.
        timeline: Required<Timeline>,
        /// Link to the national development strategy.
        strategy: Option<Local>,
        /// Sustainable Development Goals that the project touches, by number (1 to 17).
        sdgs: Vec<u32>,
        /// Experts whom the government proposes: keys under `experts`, each with a reason.
        proposed_experts: Vec<ProposedExpert>,
        /// Other partners asked or engaged, or the word `none`.
        partners: Required<NoneOr<PartnerEngagement>>,
        /// Languages of work, the preferred first.
        work_languages: Required<Vec<Lang>>,
        /// Wishes about confidentiality.
        confidentiality_wishes: Option<Local>,
        /// Documents that go with the letter.
        annexes: Vec<Annex>,
        /// Who receives a copy, one line each.
        copies: Vec<Local>,
        /// Reference of an earlier request that this one replaces.
        replaces: Option<String>,
    }
}

choice! {
    /// Phase of a negotiation.
    pub enum Phase {
        /// Before the talks: studies, team, position.
        PreNegotiation = "pre_negotiation",
        /// At the table.
        Negotiation = "negotiation",
        /// At the table again about a contract in force.
        Renegotiation = "renegotiation",
        /// After signature: carrying out, monitoring, closing.
        Implementation = "implementation",
    }
}

choice! {
    /// Discipline of a service or an expert.
    pub enum Discipline {
        /// Law and drafting.
        Legal = "legal",
        /// Taxes, fiscal models, finance.
        Fiscal = "fiscal",
        /// Business of the industry.
        Industry = "industry",
        /// Strategy and conduct of negotiation.
        Strategy = "strategy",
        /// Economics.
        Economics = "economics",
        /// Environment and closure.
        Environment = "environment",
        /// Communities and social matters.
        Community = "community",
        /// Geology and resources.
        Geology = "geology",
        /// Mining engineering.
        MiningEngineering = "mining_engineering",
        /// Anything else, described in words.
        Other = "other",
    }
}

record! {
    /// A service that is asked for.
    pub struct Service("the service") {
        /// Discipline.
        discipline: Required<Discipline>,
        /// What is needed, in one or two sentences.
        description: Required<Local>,
    }
}

record! {
    /// When support is needed.
    pub struct Timeline("the timeline") {
        /// First day of the support.
        from: Required<CaseDate>,
        /// Last day of the support.
        to: Required<CaseDate>,
        /// Day by which something must be ready, if there is one.
        deadline: Option<CaseDate>,
        /// What must be ready by the deadline.
        deadline_for: Option<Local>,
        /// Why the dates could not be kept to the unit's lead time.
        reason: Option<Local>,
    }
}

record! {
    /// An expert whom the government proposes.
    pub struct ProposedExpert("the proposed expert") {
        /// Key under `experts`.
        expert: Required<ExpertKey>,
        /// Why this expert.
        reason: Option<Local>,
    }
}

record! {
    /// Another provider of support that was asked or is engaged.
    pub struct PartnerEngagement("the partner") {
        /// Name, as `ALSF`; the list that ships with the program knows the usual ones.
        name: Required<String>,
        /// How far it is.
        status: Required<PartnerStatus>,
        /// What it does or would do.
        disciplines: Vec<Discipline>,
        /// Remark, as who pays and since when.
        note: Option<Local>,
    }
}

choice! {
    /// How far another partner is engaged.
    pub enum PartnerStatus {
        /// Asked, no answer yet.
        Contacted = "contacted",
        /// Under discussion.
        InDiscussion = "in_discussion",
        /// At work.
        Engaged = "engaged",
        /// Has declined.
        Declined = "declined",
        /// Has finished.
        Finished = "finished",
    }
}

/// The key of an expert under `experts` of the case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExpertKey(pub String);

impl Value for ExpertKey {
    fn read(node: &crate::yaml::Node, reader: &mut crate::case::field::Reader<'_>) -> Option<Self> {
        reader.scalar(node, "the key of an expert under `experts`").map(|text| Self(text.trim().to_owned()))
    }

    fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[a-z][a-z0-9-]{0,39}$" })
    }

    fn data(&self, scope: &crate::case::data::Scope<'_>, path: &str) -> crate::case::data::Data {
        scope.people.expert(&self.0, scope).unwrap_or_else(|| Self::blank(path))
    }

    fn blank(path: &str) -> crate::case::data::Data {
        Expert::blank_with_name(path)
    }

    fn example() -> String {
        "camara".to_owned()
    }
}
