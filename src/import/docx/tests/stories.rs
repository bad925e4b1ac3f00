//! Stories beside the body, and objects.

use super::*;

fn note(kind: &str, id: u32, text: &str) -> String {
    format!("<w:{kind} w:id=\"{id}\">{}</w:{kind}>", p(text))
}

#[test]
fn notes_come_in_the_order_of_their_references() {
    let body = "<w:p><w:r><w:t>a</w:t><w:endnoteReference w:id=\"1\"/><w:footnoteReference w:id=\"5\"/>\
        <w:footnoteReference w:id=\"2\"/><w:footnoteReference w:id=\"5\"/><w:footnoteReference w:id=\"9\"/></w:r>\
        </w:p>";
    let feet =
        part("footnotes", &(note("footnote", 2, "two") + &note("footnote", 5, "five") + &note("footnote", 6, "no")));
    let ends = part("endnotes", &note("endnote", 1, "end"));
    let draft = read(&docx(body, &[("footnotes", &feet), ("endnotes", &ends)]), Tracked::Accepted).unwrap();
    let stories: Vec<_> = draft.stories.iter().map(|story| (story.kind, story.name.as_str())).collect();
    assert_eq!(
        stories,
        [
            (StoryKind::Body, ""),
            (StoryKind::Footnote, "1"),
            (StoryKind::Footnote, "2"),
            (StoryKind::Footnote, "3"),
            (StoryKind::Endnote, "1")
        ]
    );
    assert_eq!(
        (texts(&draft, 1), texts(&draft, 2), texts(&draft, 3), texts(&draft, 4)),
        (vec!["five"], vec!["two"], vec![""], vec!["end"])
    );
    let kinds: Vec<_> = paras(&draft, 0)[0].objects.iter().map(|object| object.kind).collect();
    assert_eq!(kinds, [4, 1, 2, 1, 3].map(ObjectKind::Note));
    assert!(draft.caveats.iter().any(|caveat| caveat.text.contains("notes") && caveat.count == 1));
}

#[test]
fn headers_by_section_and_place() {
    let page = "<w:p><w:r><w:t>Page </w:t></w:r><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>3</w:t></w:r></w:fldSimple>\
        <w:r><w:t> of </w:t><w:fldChar w:fldCharType=\"begin\"/><w:instrText>NUMPAGES</w:instrText>\
        <w:fldChar w:fldCharType=\"separate\"/>\
        <w:t>9</w:t><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    let sect = |references: &str| format!("<w:sectPr>{references}</w:sectPr>");
    let first = "<w:headerReference w:type=\"first\" r:id=\"r0\"/><w:headerReference w:type=\"default\" r:id=\"r1\"/>\
        <w:headerReference w:type=\"even\" r:id=\"r2\"/><w:footerReference w:type=\"default\" r:id=\"r3\"/>";
    let body = format!(
        "<w:p><w:pPr>{}</w:pPr></w:p>{}{}",
        sect(first),
        p("x"),
        sect("<w:headerReference w:type=\"default\" r:id=\"r4\"/><w:titlePg/>")
    );
    let parts = [
        ("header", part("hdr", &p("first"))),
        ("header", part("hdr", &p("one"))),
        ("header", part("hdr", &p("even"))),
        ("footer", part("ftr", page)),
        ("header", part("hdr", &p("two"))),
    ];
    let parts: Vec<(&str, &str)> = parts.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    let draft = read(&docx(&body, &parts), Tracked::Accepted).unwrap();
    let found: Vec<_> = (1..draft.stories.len())
        .map(|at| (draft.stories[at].kind, draft.stories[at].name.as_str(), texts(&draft, at)[0]))
        .collect();
    assert_eq!(
        found,
        [
            (StoryKind::Header, "1 default", "one"),
            (StoryKind::Header, "2 first", "first"),
            (StoryKind::Header, "2 default", "two"),
            (StoryKind::Footer, "1 default", "Page # of #"),
        ]
    );
}

#[test]
fn text_boxes_are_read_once() {
    let content = "<w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:inline>{content}</wp:inline>\
         </w:drawing>\
         </mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>\
         </mc:AlternateContent></w:r></w:p>"
    );
    let draft = read(&docx(&body, &[]), Tracked::Accepted).unwrap();
    assert_eq!(draft.stories.len(), 2);
    assert_eq!(texts(&draft, 1), ["box"]);
    assert_eq!(paras(&draft, 0)[0].objects[0].kind, ObjectKind::TextBox(1));
}

#[test]
fn pictures_are_told_by_their_bytes() {
    let image = |id: &str, alt: &str| {
        format!(
            "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"{}\" descr=\"{alt}\"/><a:blip r:embed=\"{id}\"/>\
             </wp:inline></w:drawing></w:r></w:p>",
            id.len()
        )
    };
    let body = image("r0", "") + &image("r1", "") + &image("r2", "") + &image("r0", "seal");
    let draft = read(&docx(&body, &[("image", "A"), ("image", "A"), ("image", "B")]), Tracked::Accepted).unwrap();
    let found: Vec<_> = paras(&draft, 0).iter().map(|para| para.objects[0].clone()).collect();
    assert_eq!(found[0].digest, found[1].digest);
    assert_ne!(found[0].digest, found[2].digest);
    assert_ne!(found[0].digest, found[3].digest);
    assert_eq!((found[0].name.as_str(), found[3].name.as_str()), ("image0.xml", "seal"));
    assert!(found.iter().all(|object| object.kind == ObjectKind::Image));
}

#[test]
fn equations_have_letters_and_a_structure() {
    let math = |inner: &str| one(&format!("<w:p><m:oMath>{inner}</m:oMath></w:p>")).objects.remove(0);
    let run = |text: &str| format!("<m:r><w:rPr><w:i/></w:rPr><m:t>{text}</m:t></m:r>");
    let fraction = math(&format!("<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>", run("a"), run("b")));
    let product = math(&(run("a") + &run("b")));
    assert_eq!((fraction.name.as_str(), product.name.as_str()), ("ab", "ab"));
    assert_ne!(fraction.digest, product.digest);
    assert_eq!(product.digest, math(&(run("a") + &run("b").replace("<w:i/>", "<w:b/>"))).digest);
}

#[test]
fn comments_keep_their_anchor() {
    let body = "<w:p><w:r><w:t>pay </w:t></w:r><w:commentRangeStart w:id=\"4\"/><w:r><w:t>10 %</w:t></w:r></w:p>\
        <w:p><w:r><w:t>or more</w:t></w:r><w:commentRangeEnd w:id=\"4\"/><w:r><w:commentReference w:id=\"4\"/>\
        <w:t>.</w:t></w:r></w:p>";
    let comments = part(
        "comments",
        &format!(
            "<w:comment w:id=\"7\" w:author=\"X\">{}</w:comment>\
             <w:comment w:id=\"4\" w:author=\"A &amp; B\" w:date=\"2026-01-02T03:04:05Z\">{}{}</w:comment>",
            p("lost"),
            p("too"),
            p("high")
        ),
    );
    let draft = read(&docx(body, &[("comments", &comments)]), Tracked::Accepted).unwrap();
    let [comment] = &draft.comments[..] else { panic!("one comment") };
    assert_eq!((comment.author.as_str(), comment.text.as_str()), ("A & B", "too\nhigh"));
    assert_eq!((comment.anchor.as_str(), comment.source), ("10 %\nor more", 0));
}

#[test]
fn boxes_of_forms_are_seen() {
    let field = |state: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>\
             </w:fldChar>\
             <w:instrText>FORMCHECKBOX</w:instrText><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let para = one(&format!(
        "<w:p>{}{}</w:p>",
        field("<w:default w:val=\"0\"/><w:checked/>"),
        field("<w:default w:val=\"0\"/>")
    ));
    let names: Vec<_> = para.objects.iter().map(|object| object.name.as_str()).collect();
    assert_eq!(names, ["ticked box", "empty box"]);
    assert_ne!(para.objects[0].digest, para.objects[1].digest);
}

#[test]
fn strict_files_with_other_prefixes() {
    let main = "<x:document xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\" xmlns:w=\"urn:other\">\
     <x:body><x:p><x:pPr>\
         <x:outlineLvl x:val=\"1\"/></x:pPr><x:r><x:t>a</x:t></x:r><w:r><w:t>no</w:t></w:r></x:p></x:body>\
         </x:document>";
    let draft = read(&package(main, &[]), Tracked::Accepted).unwrap();
    assert_eq!((texts(&draft, 0), paras(&draft, 0)[0].heading), (vec!["a"], Some(2)));
}
