//! What must hold for every draft, whatever it was read from.

use engross::document::draft::{Draft, OBJECT, ObjectKind, Para};
use engross::import::docx::Tracked;
use engross::import::draft::{ReadOptions, read as read_draft};

/// Reads bytes in each view of tracked changes, where the format has them, and looks at the result.
pub fn read(name: &str, bytes: &[u8]) {
    let views = [Tracked::Accepted, Tracked::Rejected, Tracked::Refuse];
    let has_views = !name.ends_with(".pdf") && !name.ends_with(".txt");
    for tracked in views.into_iter().take(if has_views { 3 } else { 1 }) {
        match read_draft(name, bytes, &ReadOptions { tracked }) {
            Ok(draft) => {
                for story in &draft.stories {
                    Draft::each_para(&story.blocks, &mut |para| paragraph(para, draft.stories.len()));
                }
            }
            Err(error) => assert!(!error.to_string().is_empty(), "an error says what is wrong"),
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
        assert!(
            para.text.get(object.at..).is_some_and(|rest| rest.starts_with(OBJECT)),
            "objects stand at their signs"
        );
        if let ObjectKind::Note(story) | ObjectKind::TextBox(story) = object.kind {
            assert!(story < stories, "a note is a story");
        }
    }
}
