//! The page: nothing of a draft takes effect, every link leads somewhere.

use super::super::sample::{draft, followed, moz};
use super::write;

#[test]
fn nothing_of_a_draft_takes_effect() {
    let evil = "## 1 – </style><script>alert(1)</script>\n\n1.1. <img src=x onerror=alert(1)> \"'&";
    let track = followed(&[draft(evil), draft(&evil.replace("1.1. ", "1.1. more "))]);
    let page = write(&track, None, "engross");
    assert!(!page.contains("<img") && !page.contains("<script>alert"));
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
}

#[test]
fn identifiers_are_unique_and_links_lead_somewhere() {
    let page = write(&followed(&moz()), None, "engross");
    let all = |mark: &str| -> Vec<String> {
        page.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
    };
    let mut ids = all(" id=\"");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    for link in all("href=\"#") {
        assert!(ids.contains(&link), "{link}");
    }
}
