//! The scoping mission and its terms of reference.

use super::*;

record! {
    /// A scoping mission and its terms of reference.
    pub struct Scoping("the scoping mission") {
        /// Reference of the terms of reference.
        reference: Required<String>,
        /// Version of the terms of reference, as `1.0`.
        version: Required<String>,
        /// Date of the terms of reference.
        date: Required<CaseDate>,
        /// The approval letter on which the mission rests.
        approval: Required<ApprovalCitation>,
        /// First day of the mission.
        from: Required<CaseDate>,
        /// Last day of the mission.
        to: Required<CaseDate>,
        /// Places of the mission.
        places: Required<Vec<Local>>,
        /// On site, remote or both.
        modality: Required<Modality>,
        /// Background.
        background: Required<Local<Rich>>,
        /// Objectives, one line each.
        objectives: Required<Vec<Local>>,
        /// Questions that the mission must answer, one line each.
        questions: Required<Vec<Local>>,
        /// Tasks.
        tasks: Required<Vec<Task>>,
        /// Deliverables.
        deliverables: Required<Vec<Deliverable>>,
        /// Meetings and travel, day by day.
        itinerary: Vec<Appointment>,
        /// The team.
        team: Required<Vec<TeamMember>>,
        /// What the team must bring.
        qualifications: Required<Vec<Qualification>>,
        /// Fees, travel and other costs.
        budget: Vec<BudgetLine>,
        /// The sum of the budget, one amount for each currency; checked against the lines.
        budget_total: Vec<Money>,
        /// What the government provides, one line each.
        government_inputs: Required<Vec<Local>>,
        /// To whom the team reports.
        reporting: Required<Local>,
        /// When and how the team reports before it leaves.
        debrief: Option<Local>,
        /// How data and documents are handled.
        data_handling: Required<Local>,
        /// Security, health, insurance.
        security: Required<Local>,
        /// What the plan takes for granted.
        assumptions: Vec<Local>,
        /// Risks and what is done about them; conditions of the approval belong here.
        risks: Vec<MissionRisk>,
        /// Who signs for the unit: a key under `people` of the unit's profile.
        signatory: Required<PersonKey>,
        /// Who signs for the authority: a key under `people`.
        authority_signatory: Required<PersonKey>,
        /// Days after the mission within which reports may still be due; 30 when nothing is said.
        reporting_lag_days: Option<u32>,
    }
}

record! {
    /// How the terms of reference cite the approval letter.
    pub struct ApprovalCitation("the citation of the approval") {
        /// Reference of the approval letter.
        reference: Required<String>,
        /// Date of the approval letter.
        date: Required<CaseDate>,
    }
}

choice! {
    /// How a mission is carried out.
    pub enum Modality {
        /// On site.
        OnSite = "on_site",
        /// From afar.
        Remote = "remote",
        /// Partly on site.
        Hybrid = "hybrid",
    }
}

record! {
    /// A task of the mission.
    pub struct Task("the task") {
        /// Short identifier, as `T1`.
        id: Required<String>,
        /// What is done.
        text: Required<Local>,
        /// Discipline; must be among the approved services.
        discipline: Required<Discipline>,
        /// Identifiers of the deliverables that it leads to.
        deliverables: Required<Vec<String>>,
    }
}

record! {
    /// A deliverable of the mission.
    pub struct Deliverable("the deliverable") {
        /// Short identifier, as `D1`.
        id: Required<String>,
        /// Title.
        title: Required<Local>,
        /// Form, as report or spreadsheet.
        format: Option<Local>,
        /// Languages.
        languages: Vec<Lang>,
        /// Due date.
        due: Required<CaseDate>,
        /// Who accepts it.
        approver: Option<Local>,
    }
}

record! {
    /// A meeting or a leg of travel.
    pub struct Appointment("the appointment") {
        /// Day.
        date: Required<CaseDate>,
        /// Place.
        place: Required<Local>,
        /// What it is about.
        meeting: Required<Local>,
        /// Who receives the team.
        host: Option<Local>,
        /// Whether a day of rest was chosen on purpose.
        weekend_agreed: Option<bool>,
    }
}

record! {
    /// A member of the mission's team: an expert of the case or a profile still to be filled.
    pub struct TeamMember("the team member") {
        /// Key under `experts`; absent while only the profile is known.
        expert: Option<ExpertKey>,
        /// Profile, while nobody is chosen.
        profile: Option<Local>,
        /// Role in the mission.
        role: Required<Local>,
        /// Whether this member leads the team; exactly one does.
        lead: Option<bool>,
        /// Working days.
        days: Required<u32>,
    }
}

record! {
    /// What the team must bring.
    pub struct Qualification("the qualification") {
        /// The criterion.
        criterion: Required<Local>,
        /// Whether it is indispensable; otherwise it is an asset.
        must: Required<bool>,
        /// Years of experience.
        years: Option<u32>,
    }
}

record! {
    /// A line of the budget.
    pub struct BudgetLine("the budget line") {
        /// Kind of cost.
        category: Required<CostCategory>,
        /// What it is for.
        item: Required<Local>,
        /// Number of units.
        quantity: Required<u32>,
        /// Unit, as day or flight.
        unit: Required<Local>,
        /// Cost of one unit.
        unit_cost: Required<Money>,
        /// Quantity times unit cost; checked to the cent.
        amount: Required<Money>,
    }
}

choice! {
    /// Kind of cost.
    pub enum CostCategory {
        /// Fees.
        Fees = "fees",
        /// Travel.
        Travel = "travel",
        /// Board and lodging.
        Subsistence = "subsistence",
        /// Interpreters and translation.
        Interpretation = "interpretation",
        /// Rooms, cars, insurance and the like.
        Logistics = "logistics",
        /// Anything else.
        Other = "other",
    }
}

record! {
    /// A risk of the mission.
    pub struct MissionRisk("the risk") {
        /// The risk.
        risk: Required<Local>,
        /// What is done about it.
        response: Required<Local>,
        /// Identifier of the approval's condition that this line carries.
        condition: Option<String>,
    }
}
