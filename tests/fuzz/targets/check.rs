//! What must hold for every draft, whatever it was read from.

use engross::document::draft::{Draft, OBJECT, ObjectKind, Para};
use engross::import::docx::Tracked;
use engross::import::draft::{ReadOptions, read as read_draft};

/// Reads bytes in each view of tracked changes and looks at the result.
pub fn read(name: &str, bytes: &[u8]) {
    for tracked in [Tracked::Accepted, Tracked::Rejected, Tracked::Refuse] {
        if let Ok(draft) = read_draft(name, bytes, &ReadOptions { tracked }) {
            for story in &draft.stories {
                Draft::each_para(&story.blocks, &mut |para| paragraph(para, draft.stories.len()));
            }
        }
    }
}

fn paragraph(para: &Para, stories: usize) {
    let _ = para.body();
    assert!(para.label_end() <= para.text.len());
    let mut end = 0;
    for run in &para.runs {
        assert!(run.end > end && para.text.is_char_boundary(run.end), "runs grow");
        end = run.end;
    }
    assert!(para.runs.is_empty() || end == para.text.len(), "runs cover the text");
    assert!(para.text.matches(OBJECT).count() >= para.objects.len(), "each object has its sign");
    for object in &para.objects {
        assert!(para.text.get(object.at..).is_some_and(|rest| rest.starts_with(OBJECT)), "objects stand at their signs");
        if let ObjectKind::Note(story) | ObjectKind::TextBox(story) = object.kind {
            assert!(story < stories, "a note is a story");
        }
    }
}
