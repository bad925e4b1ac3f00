//! Scanning XML into a tape.

use super::{Kind, Node, NodeId, Tape, XmlError};
use crate::ooxml::tag::{Space, Tag};

/// An element that is open.
struct Open {
    node: NodeId,
    /// Its name in the source.
    name: (u32, u32),
    /// How many bindings of prefixes there were before it.
    bindings: usize,
}

/// How many prefixes may be bound in one place. Word binds some forty.
const BINDINGS: usize = 400;

struct Scanner<'a> {
    bytes: &'a [u8],
    nodes: Vec<Node>,
    stack: Vec<Open>,
    /// Bindings of prefixes in force, the innermost last.
    bindings: Vec<(&'a [u8], Space)>,
    /// The prefix asked for last and its namespace, while no binding changes.
    last: Option<(&'a [u8], Space)>,
    seen: Vec<(Box<str>, Space)>,
    root: Option<NodeId>,
}

/// Parses a text. Checked is what the tape relies on: tags, names, quotes, balance. References are resolved
/// when text is asked for, and characters that XML does not allow are let through.
pub(super) fn scan(source: String) -> Result<Tape, XmlError> {
    let bytes = source.as_bytes();
    if bytes.len() > Tape::SIZE {
        return Err(XmlError::Large);
    }
    let mut scanner = Scanner {
        bytes,
        nodes: Vec::with_capacity(bytes.len() / 20 + 8),
        stack: Vec::new(),
        bindings: vec![(b"xml", Space::Xml)],
        last: None,
        seen: Vec::new(),
        root: None,
    };
    scanner.run()?;
    let root = scanner.root.ok_or(XmlError::Empty)?;
    let (nodes, prefixes) = (scanner.nodes, scanner.seen);
    let odd = prefixes.iter().any(|(prefix, space)| {
        let usual = Space::of_prefix(prefix.as_bytes());
        // A prefix that the standard does not know is odd if it stands for something that it does know.
        usual != *space && (usual != Space::Unknown || *space != Space::Unknown)
    });
    Ok(Tape { source, nodes, root, prefixes, odd })
}

/// What each byte can be: a blank, part of a name, the beginning of one. Everything beyond ASCII is let through
/// in names.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut index = 0;
    while index < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "it is below 256")]
        let byte = index as u8;
        if matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
            classes[index] = BLANK;
        } else if byte >= 0x80 || byte.is_ascii_alphabetic() || matches!(byte, b':' | b'_') {
            classes[index] = NAME | NAME_START;
        } else if byte.is_ascii_digit() || matches!(byte, b'-' | b'.') {
            classes[index] = NAME;
        }
        index += 1;
    }
    classes
};
const BLANK: u8 = 1;
const NAME: u8 = 2;
const NAME_START: u8 = 4;

fn is(byte: u8, class: u8) -> bool {
    CLASSES[usize::from(byte)] & class != 0
}

fn is_blank(byte: u8) -> bool {
    is(byte, BLANK)
}

fn is_name(byte: u8) -> bool {
    is(byte, NAME)
}

fn is_name_start(byte: u8) -> bool {
    is(byte, NAME_START)
}

fn small(offset: usize) -> u32 {
    // The length of the source was checked to fit.
    u32::try_from(offset).unwrap_or(u32::MAX)
}

impl<'a> Scanner<'a> {
    fn run(&mut self) -> Result<(), XmlError> {
        let bytes = self.bytes;
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] != b'<' {
                at = self.text(at)?;
                continue;
            }
            at = match bytes.get(at + 1) {
                None => return Err(XmlError::Truncated),
                Some(b'/') => self.end_tag(at)?,
                Some(b'?') => self.until(at, b"<?", b"?>", Kind::Other)?,
                Some(b'!') => match &bytes[at..] {
                    [b'<', b'!', b'-', b'-', ..] => self.until(at, b"<!--", b"-->", Kind::Other)?,
                    rest if rest.starts_with(b"<![CDATA[") => {
                        if self.stack.is_empty() {
                            return Err(XmlError::Syntax(at));
                        }
                        self.until(at, b"<![CDATA[", b"]]>", Kind::Cdata)?
                    }
                    rest if rest.get(2..9).is_some_and(|word| word.eq_ignore_ascii_case(b"DOCTYPE")) => {
                        return Err(XmlError::Doctype);
                    }
                    _ => return Err(XmlError::Syntax(at)),
                },
                Some(_) => self.start_tag(at)?,
            };
        }
        if self.stack.is_empty() { Ok(()) } else { Err(XmlError::Truncated) }
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind, tag: Tag) -> Result<NodeId, XmlError> {
        if self.nodes.len() >= Tape::NODES {
            return Err(XmlError::Large);
        }
        let id = small(self.nodes.len());
        self.nodes.push(Node { start: small(start), end: small(end), mate: id, kind, tag });
        Ok(id)
    }

    /// Takes text up to the next tag.
    fn text(&mut self, at: usize) -> Result<usize, XmlError> {
        let rest = &self.bytes[at..];
        let end = at + rest.iter().position(|&b| b == b'<').unwrap_or(rest.len());
        if self.stack.is_empty() {
            // Outside the root element there may be blanks only, and a byte order mark.
            let blank = self.bytes[at..end].iter().all(|&b| is_blank(b) || matches!(b, 0xEF | 0xBB | 0xBF));
            return if blank { Ok(end) } else { Err(XmlError::Syntax(at)) };
        }
        self.push(at, end, Kind::Text, Tag::None)?;
        Ok(end)
    }

    /// Takes what ends with a mark of its own.
    fn until(&mut self, at: usize, open: &[u8], close: &[u8], kind: Kind) -> Result<usize, XmlError> {
        let from = at + open.len();
        let rest = self.bytes.get(from..).unwrap_or(&[]);
        let length = rest.windows(close.len()).position(|window| window == close).ok_or(XmlError::Truncated)?;
        let end = from + length + close.len();
        self.push(at, end, kind, Tag::None)?;
        Ok(end)
    }

    fn end_tag(&mut self, at: usize) -> Result<usize, XmlError> {
        let bytes = self.bytes;
        let open = self.stack.pop().ok_or(XmlError::Unbalanced(at))?;
        let name = &bytes[open.name.0 as usize..open.name.1 as usize];
        let mut end = at + 2 + name.len();
        if bytes.get(at + 2..end) != Some(name) {
            return Err(if end > bytes.len() { XmlError::Truncated } else { XmlError::Unbalanced(at) });
        }
        while bytes.get(end).copied().is_some_and(is_blank) {
            end += 1;
        }
        match bytes.get(end) {
            Some(b'>') => end += 1,
            Some(_) => return Err(XmlError::Unbalanced(at)),
            None => return Err(XmlError::Truncated),
        }
        let tag = self.nodes[open.node as usize].tag;
        let id = self.push(at, end, Kind::End, tag)?;
        self.nodes[open.node as usize].mate = id;
        self.nodes[id as usize].mate = open.node;
        if self.bindings.len() != open.bindings {
            self.bindings.truncate(open.bindings);
            self.last = None;
        }
        Ok(end)
    }

    fn start_tag(&mut self, at: usize) -> Result<usize, XmlError> {
        let bytes = self.bytes;
        let name_start = at + 1;
        let mut cursor = name_start;
        let mut colon = None;
        while let Some(&byte) = bytes.get(cursor)
            && is_name(byte)
        {
            if byte == b':' && colon.is_none() {
                colon = Some(cursor);
            }
            cursor += 1;
        }
        if cursor == name_start || !is_name_start(bytes[name_start]) {
            return Err(XmlError::Syntax(at));
        }
        let name_end = cursor;
        let bindings = self.bindings.len();
        let (end, empty) = self.attributes(at, cursor)?;
        if self.stack.is_empty() && self.root.is_some() {
            return Err(XmlError::Syntax(at));
        }
        let (prefix, local) = match colon {
            Some(colon) => (&bytes[name_start..colon], &bytes[colon + 1..name_end]),
            None => (&[][..], &bytes[name_start..name_end]),
        };
        let tag = Tag::classify(self.space(prefix), local);
        let kind = if empty { Kind::Empty } else { Kind::Start };
        let id = self.push(at, end, kind, tag)?;
        self.root.get_or_insert(id);
        if empty {
            if self.bindings.len() != bindings {
                self.bindings.truncate(bindings);
                self.last = None;
            }
        } else {
            if self.stack.len() >= Tape::DEPTH {
                return Err(XmlError::Deep);
            }
            self.stack.push(Open { node: id, name: (small(name_start), small(name_end)), bindings });
        }
        Ok(end)
    }

    /// Takes attributes and the end of the tag; returns where it ends, and whether the element is empty.
    fn attributes(&mut self, tag: usize, from: usize) -> Result<(usize, bool), XmlError> {
        let bytes = self.bytes;
        let mut at = from;
        loop {
            let blanks = at;
            while bytes.get(at).copied().is_some_and(is_blank) {
                at += 1;
            }
            match bytes.get(at) {
                None => return Err(XmlError::Truncated),
                Some(b'>') => return Ok((at + 1, false)),
                Some(b'/') => {
                    return match bytes.get(at + 1) {
                        Some(b'>') => Ok((at + 2, true)),
                        Some(_) => Err(XmlError::Syntax(tag)),
                        None => Err(XmlError::Truncated),
                    };
                }
                Some(&byte) if is_name_start(byte) && at > blanks => {}
                Some(_) => return Err(XmlError::Syntax(tag)),
            }
            let name = at;
            while bytes.get(at).copied().is_some_and(is_name) {
                at += 1;
            }
            let name = &bytes[name..at];
            while bytes.get(at).copied().is_some_and(is_blank) {
                at += 1;
            }
            if bytes.get(at) != Some(&b'=') {
                return Err(if at >= bytes.len() { XmlError::Truncated } else { XmlError::Syntax(tag) });
            }
            at += 1;
            while bytes.get(at).copied().is_some_and(is_blank) {
                at += 1;
            }
            let quote = match bytes.get(at) {
                Some(&quote @ (b'"' | b'\'')) => quote,
                Some(_) => return Err(XmlError::Syntax(tag)),
                None => return Err(XmlError::Truncated),
            };
            at += 1;
            let value = at;
            let length = bytes[at..].iter().position(|&byte| byte == quote || byte == b'<');
            at += length.ok_or(XmlError::Truncated)?;
            if bytes[at] != quote {
                return Err(XmlError::Syntax(tag));
            }
            if let [b'x', b'm', b'l', b'n', b's', rest @ ..] = name {
                match rest {
                    [] => self.bind(&[], &bytes[value..at])?,
                    [b':', prefix @ ..] => self.bind(prefix, &bytes[value..at])?,
                    _ => {}
                }
            }
            at += 1;
        }
    }

    fn bind(&mut self, prefix: &'a [u8], uri: &[u8]) -> Result<(), XmlError> {
        if self.bindings.len() >= BINDINGS {
            return Err(XmlError::Large);
        }
        let space = Space::of_uri(uri);
        self.bindings.push((prefix, space));
        self.last = None;
        let known = self.seen.iter().any(|(name, known)| name.as_bytes() == prefix && *known == space);
        // A hostile file can bind no end of prefixes; those of one namespace that matters are few.
        if !known && self.seen.len() < 256 {
            self.seen.push((String::from_utf8_lossy(prefix).into(), space));
        }
        Ok(())
    }

    fn space(&mut self, prefix: &'a [u8]) -> Space {
        if let Some((known, space)) = self.last
            && known == prefix
        {
            return space;
        }
        let space = match self.bindings.iter().rev().find(|(name, _)| *name == prefix) {
            Some(&(_, space)) => space,
            // A prefix that is bound nowhere is taken for what it usually is: some programs forget to bind.
            None => Space::of_prefix(prefix),
        };
        self.last = Some((prefix, space));
        space
    }
}
