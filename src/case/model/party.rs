//! Who and what a case is about: people, the authority, investors, the project, the contract.

use super::*;

record! {
    /// A postal address.
    pub struct Address("the address") {
        /// Lines before the town: street and number, post-office box, building.
        lines: Vec<Local>,
        /// Postal code.
        postal_code: Option<String>,
        /// Town.
        town: Required<Local>,
        /// Country, by its three-letter code.
        country: Required<CountryCode>,
    }
}

record! {
    /// A person whom documents name.
    pub struct Person("the person") {
        /// Form of address before the name, as `M.`, `Dr`; by language if need be.
        title: Option<Local>,
        /// Given names.
        given: Required<String>,
        /// Family name, as the person writes it.
        family: Required<String>,
        /// Letters after the name, as `LL.M.`.
        post_nominals: Option<String>,
        /// Name as in the passport, where it is written differently.
        passport_name: Option<String>,
        /// Grammatical gender for salutations.
        gender: Option<Gender>,
        /// Rank, which decides salutation and closing of letters.
        rank: Option<Rank>,
        /// Office or function.
        role: Option<Local>,
        /// Organisation, where it is not the authority or the unit.
        organisation: Option<Local>,
        /// E-mail address.
        email: Option<Email>,
        /// Telephone number with country code.
        phone: Option<String>,
        /// Languages of correspondence, the preferred first.
        languages: Vec<Lang>,
        /// Day on which the person left office, if so.
        left_office: Option<CaseDate>,
    }
}

impl Person {
    /// Returns given and family name, as far as they are known.
    pub fn name(&self) -> Option<String> {
        match (self.given.get(), self.family.get()) {
            (Some(given), Some(family)) => Some(format!("{given} {family}")),
            _ => None,
        }
    }
}

choice! {
    /// Grammatical gender of a person in salutations.
    pub enum Gender {
        /// Feminine forms.
        Female = "female",
        /// Masculine forms.
        Male = "male",
    }
}

choice! {
    /// Rank of an official, which decides salutation and closing.
    pub enum Rank {
        /// Head of state.
        HeadOfState = "head_of_state",
        /// Prime minister.
        PrimeMinister = "prime_minister",
        /// Minister of a national government.
        Minister = "minister",
        /// Governor of a province, state or department.
        Governor = "governor",
        /// Permanent secretary, secretary general, vice minister.
        PermanentSecretary = "permanent_secretary",
        /// Director general, director, head of an agency.
        Director = "director",
        /// Head of the support unit.
        HeadOfUnit = "head_of_unit",
        /// Anybody else.
        Officer = "officer",
    }
}

record! {
    /// The government body that asks for support.
    pub struct Authority("the authority") {
        /// Name of the ministry or office.
        name: Required<Local>,
        /// Level of government.
        level: Required<Level>,
        /// Name of the province, state or department of a subnational authority.
        territory: Option<Local>,
        /// Lines of the letterhead below the State's name, the highest body first.
        letterhead: Vec<Local>,
        /// Motto of the State, where letters carry it.
        motto: Option<Local>,
        /// Official name of the year, where letters carry it.
        year_name: Option<Local>,
        /// Postal address.
        address: Required<Address>,
        /// Telephone number with country code.
        phone: Option<String>,
        /// E-mail address of the office.
        email: Option<Email>,
        /// Website.
        website: Option<String>,
        /// Proof that the authority may negotiate and ask for support.
        mandate: Option<Mandate>,
    }
}

choice! {
    /// Level of a requesting authority.
    pub enum Level {
        /// A ministry or office of the national government.
        National = "national",
        /// A province, state, department or town; needs a mandate.
        Subnational = "subnational",
        /// A state-owned enterprise on behalf of the government; needs a mandate.
        SoeOnBehalf = "soe_on_behalf",
    }
}

record! {
    /// Proof of a mandate.
    pub struct Mandate("the mandate") {
        /// What it is, as a decree or a letter of the competent ministry.
        title: Required<Local>,
        /// Its reference or number.
        reference: Required<String>,
        /// Its date.
        date: Required<CaseDate>,
        /// Day on which the unit received it.
        received_on: Option<CaseDate>,
        /// Who gave it.
        issued_by: Required<Local>,
        /// File beside the case file.
        file: Option<FilePath>,
    }
}

record! {
    /// A firm on the other side of the table.
    pub struct Investor("the investor") {
        /// Registered name.
        name: Required<String>,
        /// Country of registration, by its three-letter code.
        country: Required<CountryCode>,
        /// Role in the project, as operator or partner.
        role: Option<Local>,
        /// Share in the project, in per cent.
        share: Option<Percent>,
        /// Parent companies and affiliates, by name.
        affiliates: Vec<String>,
        /// Whether the beneficial owners are known.
        beneficial_owners_known: Required<bool>,
        /// Beneficial owners, as far as known.
        beneficial_owners: Vec<String>,
        /// Internet domains of the firm's e-mail addresses.
        domains: Vec<String>,
    }
}

record! {
    /// The investment project.
    pub struct Project("the project") {
        /// Name of the project.
        name: Required<Local>,
        /// Name that the project goes by in public while the case is anonymous.
        alias: Option<Local>,
        /// Sector.
        sector: Required<Sector>,
        /// What is produced or built.
        commodities: Required<Vec<Local>>,
        /// Where it is.
        location: Required<Local>,
        /// Licence or tenement number.
        tenement: Option<String>,
        /// Stage of the project.
        stage: Required<ProjectStage>,
        /// Capital expenditure.
        capex: Option<Money>,
        /// Expected revenue a year.
        revenue: Option<Money>,
        /// Short description.
        description: Option<Local<Rich>>,
    }
}

choice! {
    /// Sector of a project.
    pub enum Sector {
        /// Minerals and metals.
        Mining = "mining",
        /// Oil and gas.
        OilAndGas = "oil_and_gas",
        /// Infrastructure.
        Infrastructure = "infrastructure",
        /// Renewable energy.
        RenewableEnergy = "renewable_energy",
        /// Hydrogen and what is made from it.
        Hydrogen = "hydrogen",
        /// Anything else large and complex.
        Other = "other",
    }
}

choice! {
    /// Stage of a project.
    pub enum ProjectStage {
        /// Looking for the resource.
        Exploration = "exploration",
        /// Studies of what can be built.
        Feasibility = "feasibility",
        /// Before construction, with finance and permits.
        Development = "development",
        /// Being built.
        Construction = "construction",
        /// Producing.
        Operation = "operation",
        /// Winding down and making good.
        Closure = "closure",
    }
}

record! {
    /// The contract that is negotiated.
    pub struct Contract("the contract") {
        /// Kind of contract, as `Mining Agreement`; the list that ships with the program gives names.
        kind: Required<Local>,
        /// Title of the contract.
        title: Required<Local>,
        /// Where the contract stands.
        status: Required<ContractStatus>,
        /// Day of signature of a contract in force.
        signed_on: Option<CaseDate>,
        /// Last day of a contract in force.
        expires_on: Option<CaseDate>,
        /// Law that governs it.
        law: Option<Local>,
        /// Clause on which a renegotiation rests.
        review_clause: Option<Local>,
        /// Languages of the contract; the first prevails.
        languages: Vec<Lang>,
    }
}

choice! {
    /// Where a contract stands.
    pub enum ContractStatus {
        /// No draft yet.
        Planned = "planned",
        /// Drafts are exchanged.
        UnderNegotiation = "under_negotiation",
        /// In force, terms are negotiated anew.
        UnderRenegotiation = "under_renegotiation",
        /// In force, being carried out.
        InForce = "in_force",
        /// At its end.
        Ending = "ending",
    }
}
