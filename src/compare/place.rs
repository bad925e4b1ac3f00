//! Where something is in a draft: the clauses around it.

/// Where a change is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Ordinal of the first paragraph concerned.
    pub para: usize,
    /// The clauses that it stands in, the outermost first.
    pub path: Vec<Step>,
}

/// A clause on the way to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its number, as `17` or `(a)`; empty where it has none.
    pub label: String,
    /// Its heading; empty where it has none.
    pub heading: String,
}

impl Place {
    /// Returns the number of the clause as a lawyer cites it: that of the innermost numbered clause, led by
    /// those around it where it does not say them itself (`5.2 (a) (ii)`); empty where there is none.
    pub fn number(&self) -> String {
        let mut cited: Vec<&str> = Vec::new();
        for step in self.path.iter().rev().filter(|step| !step.label.is_empty()) {
            cited.push(&step.label);
            let complete =
                step.label.chars().next().is_some_and(|c| c != '(' && !c.is_lowercase()) && !step.label.ends_with(')');
            if complete {
                break;
            }
        }
        cited.reverse();
        cited.join(" ")
    }

    /// Returns the innermost heading; empty where there is none.
    pub fn heading(&self) -> &str {
        self.path.iter().rev().map(|step| step.heading.as_str()).find(|heading| !heading.is_empty()).unwrap_or("")
    }
}
