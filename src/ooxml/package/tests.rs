//! Archives, hostile ones among them.

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::ooxml::sample::pack;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
    <Default Extension="XML" ContentType="application/xml"/><Override PartName="/Word/Document.xml"
    ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a"
    Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/WORD/document.xml"/></Relationships>"#;

fn word(more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("word/document.xml", b"<a/>"),
    ];
    parts.extend(more);
    pack(&parts)
}

#[test]
fn names_are_found_in_any_case() {
    let package = Package::open(word(&[
        (
            "word/_rels/document.xml.rels",
            br#"<Relationships><Relationship Id="r1" Type="x/styles" Target="../word/./STYLES.xml"/>
            <Relationship Id="r2" Type="x/hyperlink" Target="../../a b?c" TargetMode="External"/>
            <Relationship Id="r1" Type="x/other" Target="no"/></Relationships>"#,
        ),
        ("word/styles.xml", b"<s/>"),
    ]))
    .unwrap();
    assert_eq!(package.main(), "word/document.xml");
    assert_eq!(package.companion("styles").as_deref(), Some("word/styles.xml"));
    assert_eq!(package.text("/WORD/Styles.XML").unwrap(), "<s/>");
    assert_eq!(package.content_type("word/styles.xml"), Some("application/xml"));
    let relations = package.relations("word/document.xml").unwrap();
    assert_eq!(relations.by_id("r2").map(|it| (it.target.as_str(), it.external)), Some(("../../a b?c", true)));
    assert_eq!(relations.by_id("r1").map(|it| it.kind.as_str()), Some("styles"));
    assert_eq!(relations.by_kind("hyperlink"), None);
}

#[test]
fn names_do_not_lead_out() {
    assert_eq!(normal("../../etc/passwd"), "etc/passwd");
    assert_eq!(normal("\\word\\..\\..\\x.xml"), "x.xml");
    let package = Package::open(word(&[("../../../evil.xml", b"<e/>")])).unwrap();
    assert_eq!(package.text("evil.xml").unwrap(), "<e/>");
}

#[test]
fn text_of_any_encoding() {
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> { "<a>Ж</a>".encode_utf16().flat_map(order).collect() };
    let mark = |bom: &[u8], rest: Vec<u8>| [bom, &rest].concat();
    for bytes in [
        mark(&[0xFF, 0xFE], wide(u16::to_le_bytes)),
        mark(&[0xFE, 0xFF], wide(u16::to_be_bytes)),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
        mark(&[0xEF, 0xBB, 0xBF], "<a>Ж</a>".as_bytes().to_vec()),
    ] {
        let package = Package::open(word(&[("a.xml", &bytes)])).unwrap();
        let tape = package.tape("a.xml").unwrap();
        assert_eq!(tape.text(tape.root()), "Ж");
    }
}

#[test]
fn what_is_no_word_file_is_named() {
    assert_eq!(Package::open(&b"%PDF-1.7"[..]).unwrap_err(), PackageError::NotPackage);
    assert_eq!(Package::open(&b""[..]).unwrap_err(), PackageError::NotPackage);
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    assert_eq!(Package::open(&ole[..]).unwrap_err(), PackageError::Legacy);
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(Package::open([&ole[..], &name].concat()).unwrap_err(), PackageError::Encrypted);
    let whole = word(&[("big.xml", &[b'x'; 4000])]);
    assert_eq!(Package::open(&whole[..whole.len() - 30]).unwrap_err(), PackageError::NotPackage);
    let odt = pack(&[("mimetype", b"application/vnd.oasis.opendocument.text")]);
    assert!(matches!(Package::open(odt).unwrap_err(), PackageError::NotWord(why) if why.contains("OpenDocument")));
    let types = TYPES.replace("wordprocessingml.document", "spreadsheetml.sheet");
    let sheet = pack(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("word/document.xml", b"<a/>"),
    ]);
    assert!(matches!(Package::open(sheet).unwrap_err(), PackageError::NotWord(why) if why.contains("spreadsheet")));
}

#[test]
fn bombs_are_not_unpacked() {
    let zeros = vec![b' '; 40 << 20];
    let package = Package::open(word(&[("bomb.xml", &zeros)])).unwrap();
    assert_eq!(package.read("bomb.xml").unwrap_err(), PackageError::Bomb("a part is too large"));
    assert_eq!(package.read("none.xml").unwrap_err(), PackageError::Missing("none.xml".to_owned()));
    let entities = b"<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>";
    let package = Package::open(word(&[("e.xml", entities)])).unwrap();
    assert!(matches!(package.tape("e.xml").unwrap_err(), PackageError::Xml(_, XmlError::Doctype)));
}

#[test]
fn too_many_parts_are_refused_unseen() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..=Package::PARTS {
        writer.start_file(format!("{index}"), SimpleFileOptions::default()).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(Package::open(bytes).unwrap_err(), PackageError::Bomb("too many parts"));
}

proptest! {
    #[test]
    fn damaged_files_never_panic(
        at in any::<prop::sample::Index>(),
        put in any::<[u8; 3]>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = word(&[("word/styles.xml", b"<styles>abc abc abc abc</styles>")]);
        let at = at.index(bytes.len() - 3);
        bytes[at..at + 3].copy_from_slice(&put);
        bytes.truncate(cut.index(bytes.len() * 2) + 1);
        if let Ok(package) = Package::open(bytes) {
            let names: Vec<String> = package.names().map(str::to_owned).collect();
            for name in names {
                let _ = (package.tape(&name), package.relations(&name), package.content_type(&name));
            }
        }
    }

    #[test]
    fn any_name_is_within_the_package(name in "[a.\\\\/]{0,12}") {
        let normal = normal(&name);
        prop_assert!(!normal.starts_with('/') && !normal.split('/').any(|step| step == ".."));
        prop_assert_eq!(super::normal(&normal), normal);
    }
}
