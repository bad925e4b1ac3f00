//! The stable names of all kinds of faults, each with its documentation.
//!
//! The documentation is the section of `docs/diagnostics.md` under the code's name; it is built into
//! the program, so that `engross explain` and the page cannot disagree.

use super::Severity;

/// The page that documents every code.
const PAGE: &str = include_str!("../../docs/diagnostics.md");

macro_rules! codes {
    ($( $group:literal { $( $variant:ident = $name:literal $severity:ident, )+ } )+) => {
        /// A kind of fault. Names are stable: they never change their meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $( $( #[doc = concat!("`", $name, "` (", $group, "); see `docs/diagnostics.md`.")] $variant, )+ )+
        }

        impl Code {
            /// Lists every code, in the order of the documentation.
            pub const ALL: &[Self] = &[$( $( Self::$variant, )+ )+];

            /// Returns the stable name, as `missing-field`.
            pub fn name(self) -> &'static str {
                match self { $( $( Self::$variant => $name, )+ )+ }
            }

            /// Returns the severity that this kind of fault has.
            pub fn severity(self) -> Severity {
                match self { $( $( Self::$variant => Severity::$severity, )+ )+ }
            }

            /// Returns the group that the documentation lists it under.
            pub fn group(self) -> &'static str {
                match self { $( $( Self::$variant => $group, )+ )+ }
            }
        }
    };
}

codes! {
    "reading" {
        YamlSyntax = "yaml-syntax" Error,
        DuplicateKey = "duplicate-key" Error,
        NotUtf8 = "not-utf8" Error,
        ForbiddenCharacter = "forbidden-character" Error,
        InvisibleCharacter = "invisible-character" Warning,
        InputTooLarge = "input-too-large" Error,
        TooManyFaults = "too-many-faults" Error,
        FileUnreadable = "file-unreadable" Error,
        DataList = "data-list" Error,
    }
    "fields" {
        UnknownField = "unknown-field" Error,
        MissingField = "missing-field" Error,
        WrongType = "wrong-type" Error,
        BadValue = "bad-value" Error,
        BadDate = "bad-date" Error,
        BadMoney = "bad-money" Error,
        BadEmail = "bad-email" Error,
        BadKey = "bad-key" Error,
        OutOfRange = "out-of-range" Error,
        PlaceholderText = "placeholder-text" Error,
        UnknownCountry = "unknown-country" Error,
        UnknownCurrency = "unknown-currency" Error,
        UnknownLanguage = "unknown-language" Error,
        UnknownReference = "unknown-reference" Error,
        MixedScript = "mixed-script" Error,
        PassportName = "passport-name" Warning,
    }
    "eligibility" {
        CountryIneligible = "country-ineligible" Error,
        CountryUnclear = "country-unclear" Warning,
        CountryFlagged = "country-flagged" Warning,
    }
    "documents" {
        CitationMismatch = "citation-mismatch" Error,
        DatesOutOfOrder = "dates-out-of-order" Error,
        StepMissing = "step-missing" Error,
        DiligenceNotCleared = "diligence-not-cleared" Error,
        DiligenceInconsistent = "diligence-inconsistent" Error,
        ConditionNotCarried = "condition-not-carried" Error,
        DecisionConflict = "decision-conflict" Error,
        ExpertNotCleared = "expert-not-cleared" Error,
        DeclarationInconsistent = "declaration-inconsistent" Error,
        InterestUnmitigated = "interest-unmitigated" Error,
        ScopeExceeded = "scope-exceeded" Error,
        OutsidePeriod = "outside-period" Error,
        LeadTimeShort = "lead-time-short" Warning,
        RequestStale = "request-stale" Warning,
        DiligenceStale = "diligence-stale" Warning,
        SignatoryNotAuthorised = "signatory-not-authorised" Error,
        AgreementUnsigned = "agreement-unsigned" Error,
        SumsDiffer = "sums-differ" Error,
        EvaluationPremature = "evaluation-premature" Error,
        EvaluationMissing = "evaluation-missing" Warning,
        LabourUndivided = "labour-undivided" Warning,
        ConsentMissing = "consent-missing" Error,
        ReferenceRepeated = "reference-repeated" Error,
        ReferenceGap = "reference-gap" Warning,
        LanguageNotCovered = "language-not-covered" Error,
        TextNotTranslated = "text-not-translated" Warning,
        VersionsDiffer = "versions-differ" Warning,
        AnnexMissing = "annex-missing" Error,
        MandateMissing = "mandate-missing" Warning,
        ContractIncomplete = "contract-incomplete" Error,
        FocalPointConflict = "focal-point-conflict" Error,
        TeamWithoutLead = "team-without-lead" Error,
        TaskWithoutDeliverable = "task-without-deliverable" Error,
        IdentifierRepeated = "identifier-repeated" Error,
        RestDay = "rest-day" Warning,
        NameDiffers = "name-differs" Error,
        RoundsInconsistent = "rounds-inconsistent" Error,
    }
    "templates" {
        TemplateMissing = "template-missing" Error,
        TemplateSyntax = "template-syntax" Error,
        TemplateFailed = "template-failed" Error,
        UndefinedVariable = "undefined-variable" Error,
        UnknownTerm = "unknown-term" Error,
        BlockInvalid = "block-invalid" Error,
        MarkdownUnsupported = "markdown-unsupported" Warning,
        ReferenceBroken = "reference-broken" Error,
        ClauseUnused = "clause-unused" Warning,
        LanguageMissing = "language-missing" Warning,
        GlyphMissing = "glyph-missing" Error,
        TypesetFailed = "typeset-failed" Error,
    }
    "building" {
        DocumentNotApplicable = "document-not-applicable" Error,
        BlankLeft = "blank-left" Error,
        FinalRefused = "final-refused" Error,
        OutputFailed = "output-failed" Error,
    }
    "integrity" {
        DigestMismatch = "digest-mismatch" Error,
        FileMissing = "file-missing" Error,
        FileExtra = "file-extra" Error,
        RecordInvalid = "record-invalid" Error,
        RebuildDiffers = "rebuild-differs" Error,
    }
}

impl Code {
    /// Returns the code of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Returns the documentation: what it means, an example, what to write instead.
    pub fn explanation(self) -> &'static str {
        let heading = format!("\n### {}\n", self.name());
        let Some(start) = PAGE.find(&heading).map(|at| at + heading.len()) else { return "" };
        let rest = &PAGE[start..];
        let end = rest.find("\n## ").into_iter().chain(rest.find("\n### ")).min().unwrap_or(rest.len());
        rest[..end].trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_documented_with_example_and_remedy() {
        for code in Code::ALL {
            let text = code.explanation();
            for part in ["**What it means.**", "**Example.**", "**Write instead.**"] {
                assert!(text.contains(part), "docs/diagnostics.md: `{}` lacks {part}", code.name());
            }
        }
    }

    #[test]
    fn names_are_unique_and_found_again() {
        for code in Code::ALL {
            assert_eq!(Code::from_name(code.name()), Some(*code));
        }
    }
}
