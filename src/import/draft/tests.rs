//! The front door: formats told apart, and what cannot be read.

use proptest::prelude::*;

use super::*;
use crate::locale::Lang;

fn format(name: &str, bytes: &[u8]) -> DraftFormat {
    read(name, bytes, &ReadOptions::default()).expect(name).format
}

fn error(name: &str, bytes: &[u8]) -> String {
    read(name, bytes, &ReadOptions::default()).expect_err(name).to_string()
}

#[test]
fn content_comes_before_the_name() {
    assert_eq!(format("a.txt", b"Article 1"), DraftFormat::Text);
    assert_eq!(format("a", b"Article 1"), DraftFormat::Text);
    assert_eq!(format("a.md", b"# Article 1"), DraftFormat::Markdown);
    assert_eq!(format("a.MARKDOWN", b"# Article 1"), DraftFormat::Markdown);
    assert_eq!(format("a.html", b"<p>Article 1"), DraftFormat::Html);
    assert_eq!(format("a", b"\xEF\xBB\xBF <!DOCTYPE html><p>Article 1"), DraftFormat::Html);
    assert_eq!(format("a.doc", b"<html><p>Article 1"), DraftFormat::Html);
    assert_eq!(format("a.docx", include_bytes!("../../../tests/fuzz/seeds/small.pdf")), DraftFormat::Pdf);
    let wide: Vec<u8> = "\u{feff}Article 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(format("a.txt", &wide), DraftFormat::Text);
}

#[test]
fn what_is_not_read_has_a_remedy() {
    for (name, bytes, words) in [
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest".as_slice(), "save it as .docx"),
        ("a.rtf", b"{\\rtf1 x}", "save it as .docx"),
        ("a.odt", b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.text", "save it as .docx"),
        ("a.zip", b"PK\x03\x04 something", "unpack it"),
        ("a.jpg", b"\xFF\xD8\xFF\xE0 picture", "OCR"),
        ("a.bin", b"\x01\x02\x03\x04\x05\x06\x07\x08\x01\x02", "binary"),
        ("a.txt", b" \n", "empty"),
        ("a.docx", b"PK\x03\x04 broken", "a.docx"),
        ("a.pdf", b"%PDF-1.7 broken", "damaged"),
    ] {
        let text = error(name, bytes);
        assert!(text.contains(words) && text.contains(name), "{text}");
    }
}

#[test]
fn a_locked_office_file_says_so() {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0];
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(error("a.docx", &bytes).contains("password"));
}

#[test]
fn the_encoding_of_a_page_is_taken_from_it() {
    let page = b"<html><meta charset=\"windows-1251\"><p>\xd1\xf2\xe0\xf2\xfc\xff 5</p>";
    let draft = read("a.html", page, &ReadOptions::default()).expect("reads");
    let mut texts = Vec::new();
    Draft::each_para(&draft.stories[0].blocks, &mut |para| texts.push(para.text.clone()));
    assert_eq!(texts, ["Статья 5"]);
    assert!(draft.caveats.is_empty());
}

#[test]
fn labels_and_language_are_settled() {
    let text = "CONTRATO\n\nCláusula 1.ª – Objeto\n\n1.1. A Empresa paga ao Estado um royalty no prazo de 30 dias a contar do fim do mês.\n";
    let draft = read("a.txt", text.as_bytes(), &ReadOptions::default()).expect("reads");
    assert_eq!(draft.lang, Some(Lang::Pt));
    let mut seen = Vec::new();
    Draft::each_para(&draft.stories[0].blocks, &mut |para| seen.push((para.heading.is_some(), para.level)));
    assert_eq!(seen, [(true, None), (true, Some(1)), (false, Some(2))]);
}

proptest! {
    #[test]
    fn never_panics(
        start in prop::sample::select(vec![b"".as_slice(), b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xFF\xFE", b"\xEF\xBB\xBF"]),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        name in prop::sample::select(vec!["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a"]),
    ) {
        let _ = read(name, &[start, &bytes].concat(), &ReadOptions::default());
    }
}
