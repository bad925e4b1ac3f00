//! Every document conforms to PDF/A-3a and PDF/UA-1, judged by a validator that is not ours.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use rayon::prelude::*;

use crate::harness::{Scene, need};

/// Rules that the validator raises wrongly: a compressed stream may end in the byte 0D, which it takes
/// for a line end and counts out (ISO 32000-1, 7.3.8.1). qpdf, asked below, finds the lengths right.
const FALSE_ALARMS: &[&str] = &["ISO 19005-3:2012:6.1.7.1:1"];

/// Every document that the suite builds, by its path in the scene.
pub(crate) fn documents() -> &'static BTreeMap<String, Vec<u8>> {
    static DOCUMENTS: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    DOCUMENTS.get_or_init(|| {
        let files = Scene::built().files("");
        files.into_iter().filter(|(name, _)| name.ends_with(".pdf")).collect()
    })
}

/// Holds that a file conforms to both standards.
pub(crate) fn faults(bytes: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    for profile in [ValidationProfile::PdfA3a, ValidationProfile::PdfUa1] {
        let report = match validate_pdf_bytes(bytes, &ValidationOptions::default().profile(profile)) {
            Ok(report) => report,
            Err(error) => {
                faults.push(format!("{profile}: {error}"));
                continue;
            }
        };
        let failures = report.failures.iter();
        let real = failures.filter(|failure| !FALSE_ALARMS.iter().any(|alarm| failure.rule_id == *alarm));
        faults.extend(real.map(|failure| format!("{profile}: {failure}")));
    }
    faults
}

#[test]
fn every_document_conforms_to_both_standards() {
    let documents = documents();
    assert!(documents.len() >= 36, "only {} documents", documents.len());
    let found: Vec<String> = documents
        .par_iter()
        .flat_map(|(name, bytes)| faults(bytes).into_iter().map(|fault| format!("{name}: {fault}")).collect::<Vec<_>>())
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn final_documents_conform_too() {
    let scene = Scene::case("arg-004");
    scene.run(["build", "arg-004", "--final", "-d", "approval-letter", "-l", "en,fr"]).expect_status(0);
    for (name, bytes) in scene.files("cases/arg-004/build").iter().filter(|(name, _)| name.ends_with(".pdf")) {
        assert_eq!(faults(bytes), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_validator_is_awake() {
    let bytes = documents().values().next().expect("a document");
    let text = String::from_utf8_lossy(bytes);
    let at = text.find("pdfuaid:part").expect("the identification of PDF/UA");
    let mut spoilt = bytes.clone();
    let at = bytes.windows(12).position(|window| window == b"pdfuaid:part").unwrap_or(at);
    spoilt[at] = b'q';
    assert!(!faults(&spoilt).is_empty(), "a file without its identification passes");
}

#[test]
fn qpdf_finds_nothing_to_mend() {
    if !need("qpdf") {
        return;
    }
    let scene = Scene::built();
    for name in documents().keys() {
        let output = scene.finish(scene.other("qpdf").args(["--check", name]));
        assert!(output.status == Some(0) && output.stderr.is_empty(), "{output}");
    }
}
