//! The elements of Office Open XML that matter here, as small numbers.
//!
//! Each element of a [`Tape`](super::Tape) is classified once, by namespace and local name, whatever
//! prefix the file uses. Both namespaces of each vocabulary are known: that of ECMA-376 transitional and
//! that of ISO/IEC 29500 strict.

/// A namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// WordprocessingML, prefix `w`.
    Word,
    /// Office MathML, prefix `m`.
    Math,
    /// Relationships inside documents, prefix `r`.
    Relation,
    /// DrawingML, prefix `a`.
    Drawing,
    /// DrawingML in a word document, prefix `wp`.
    Placed,
    /// Word processing shapes, prefixes `wps`, `wpg`, `wpc`.
    Shape,
    /// Pictures, prefix `pic`.
    Picture,
    /// Charts, prefix `c`.
    Chart,
    /// Diagrams, prefix `dgm`.
    Diagram,
    /// Vector Markup Language, prefix `v`.
    Vml,
    /// Office extensions of VML, prefix `o`.
    Office,
    /// Markup compatibility, prefix `mc`.
    Compatibility,
    /// Word 2010, prefix `w14`.
    Word14,
    /// The namespace of `xml:space`.
    Xml,
    /// Any other.
    Unknown,
}

impl Space {
    /// Returns the namespace of a URI.
    pub(super) fn of_uri(uri: &[u8]) -> Self {
        match uri {
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | b"http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            b"http://schemas.openxmlformats.org/officeDocument/2006/math"
            | b"http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            | b"http://purl.oclc.org/ooxml/officeDocument/relationships" => Self::Relation,
            b"http://schemas.openxmlformats.org/drawingml/2006/main" | b"http://purl.oclc.org/ooxml/drawingml/main" => {
                Self::Drawing
            }
            b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            | b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing" => Self::Placed,
            b"http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
            | b"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
            | b"http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas" => Self::Shape,
            b"http://schemas.openxmlformats.org/drawingml/2006/picture"
            | b"http://purl.oclc.org/ooxml/drawingml/picture" => Self::Picture,
            b"http://schemas.openxmlformats.org/drawingml/2006/chart"
            | b"http://purl.oclc.org/ooxml/drawingml/chart" => Self::Chart,
            b"http://schemas.openxmlformats.org/drawingml/2006/diagram"
            | b"http://purl.oclc.org/ooxml/drawingml/diagram" => Self::Diagram,
            b"urn:schemas-microsoft-com:vml" => Self::Vml,
            b"urn:schemas-microsoft-com:office:office" => Self::Office,
            b"http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            b"http://schemas.microsoft.com/office/word/2010/wordml" => Self::Word14,
            b"http://www.w3.org/XML/1998/namespace" => Self::Xml,
            _ => Self::Unknown,
        }
    }

    /// Returns the namespace of a prefix as the standard's own examples write it.
    pub(super) fn of_prefix(prefix: &[u8]) -> Self {
        match prefix {
            b"w" => Self::Word,
            b"m" => Self::Math,
            b"r" => Self::Relation,
            b"a" => Self::Drawing,
            b"wp" => Self::Placed,
            b"wps" | b"wpg" | b"wpc" => Self::Shape,
            b"pic" => Self::Picture,
            b"c" => Self::Chart,
            b"dgm" => Self::Diagram,
            b"v" => Self::Vml,
            b"o" => Self::Office,
            b"mc" => Self::Compatibility,
            b"w14" => Self::Word14,
            b"xml" => Self::Xml,
            _ => Self::Unknown,
        }
    }
}

macro_rules! tags {
    ($($space:ident { $($tag:ident = $local:literal,)* })*) => {
        /// An element that matters, named as its local name. `m:` and other vocabularies carry a prefix in
        /// the name where they would clash: `MText` is `m:t`.
        #[expect(missing_docs, reason = "each variant is the element of that name")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Tag {
            /// No element: text, a comment, a processing instruction.
            None,
            /// An element of no interest.
            Other,
            $($($tag,)*)*
        }

        impl Tag {
            /// Returns the element of a namespace and local name.
            pub(super) fn classify(space: Space, local: &[u8]) -> Self {
                match space {
                    $(Space::$space => match local {
                        $($local => Self::$tag,)*
                        _ => Self::Other,
                    },)*
                    _ => Self::Other,
                }
            }
        }
    };
}

tags! {
    Word {
        P = b"p", R = b"r", T = b"t", PPr = b"pPr", RPr = b"rPr", PStyle = b"pStyle", RStyle = b"rStyle",
        Tab = b"tab", Br = b"br", Cr = b"cr", NoBreakHyphen = b"noBreakHyphen", SoftHyphen = b"softHyphen",
        Sym = b"sym", PTab = b"ptab", PgNum = b"pgNum", Ruby = b"ruby",
        DelText = b"delText", InstrText = b"instrText", DelInstrText = b"delInstrText", FldChar = b"fldChar",
        FldSimple = b"fldSimple", FfData = b"ffData", CheckBox = b"checkBox", Checked = b"checked",
        Default = b"default",
        Drawing = b"drawing", Pict = b"pict", Object = b"object", Control = b"control", ContentPart = b"contentPart",
        TxbxContent = b"txbxContent", SubDoc = b"subDoc", AltChunk = b"altChunk",
        FootnoteReference = b"footnoteReference", EndnoteReference = b"endnoteReference",
        FootnoteRef = b"footnoteRef", EndnoteRef = b"endnoteRef", Footnote = b"footnote", Endnote = b"endnote",
        CommentReference = b"commentReference", CommentRangeStart = b"commentRangeStart",
        CommentRangeEnd = b"commentRangeEnd", Comment = b"comment", AnnotationRef = b"annotationRef",
        BookmarkStart = b"bookmarkStart", BookmarkEnd = b"bookmarkEnd", ProofErr = b"proofErr",
        LastRenderedPageBreak = b"lastRenderedPageBreak", PermStart = b"permStart", PermEnd = b"permEnd",
        Hyperlink = b"hyperlink", SmartTag = b"smartTag", CustomXml = b"customXml", Dir = b"dir", Bdo = b"bdo",
        Sdt = b"sdt", SdtPr = b"sdtPr", SdtContent = b"sdtContent",
        Ins = b"ins", Del = b"del", MoveFrom = b"moveFrom", MoveTo = b"moveTo",
        MoveFromRangeStart = b"moveFromRangeStart", MoveFromRangeEnd = b"moveFromRangeEnd",
        MoveToRangeStart = b"moveToRangeStart", MoveToRangeEnd = b"moveToRangeEnd",
        PPrChange = b"pPrChange", RPrChange = b"rPrChange", SectPrChange = b"sectPrChange",
        TblPrChange = b"tblPrChange", TrPrChange = b"trPrChange", TcPrChange = b"tcPrChange",
        TblGridChange = b"tblGridChange", NumberingChange = b"numberingChange",
        CellIns = b"cellIns", CellDel = b"cellDel", CellMerge = b"cellMerge",
        Tbl = b"tbl", Tr = b"tr", Tc = b"tc", TblPr = b"tblPr", TblGrid = b"tblGrid", GridCol = b"gridCol",
        TrPr = b"trPr", TcPr = b"tcPr", GridSpan = b"gridSpan", VMerge = b"vMerge", HMerge = b"hMerge",
        GridBefore = b"gridBefore", GridAfter = b"gridAfter", TblPrEx = b"tblPrEx",
        Document = b"document", Body = b"body", Hdr = b"hdr", Ftr = b"ftr", Footnotes = b"footnotes",
        Endnotes = b"endnotes", Comments = b"comments", SectPr = b"sectPr", HeaderReference = b"headerReference",
        FooterReference = b"footerReference", TitlePg = b"titlePg", EvenAndOddHeaders = b"evenAndOddHeaders",
        Settings = b"settings", FootnotePr = b"footnotePr", EndnotePr = b"endnotePr",
        Styles = b"styles", Style = b"style", DocDefaults = b"docDefaults", RPrDefault = b"rPrDefault",
        PPrDefault = b"pPrDefault", Name = b"name", BasedOn = b"basedOn", Link = b"link", Next = b"next",
        Numbering = b"numbering", AbstractNum = b"abstractNum", AbstractNumId = b"abstractNumId", Num = b"num",
        NumPr = b"numPr", NumId = b"numId", Ilvl = b"ilvl", Lvl = b"lvl", LvlOverride = b"lvlOverride",
        StartOverride = b"startOverride", Start = b"start", NumFmt = b"numFmt", LvlText = b"lvlText",
        LvlRestart = b"lvlRestart", IsLgl = b"isLgl", Suff = b"suff", NumStyleLink = b"numStyleLink",
        StyleLink = b"styleLink", LvlPicBulletId = b"lvlPicBulletId", LvlJc = b"lvlJc", NumPicBullet = b"numPicBullet",
        OutlineLvl = b"outlineLvl", Jc = b"jc", Ind = b"ind", Spacing = b"spacing", PBdr = b"pBdr", Shd = b"shd",
        Tabs = b"tabs", Bidi = b"bidi", PageBreakBefore = b"pageBreakBefore", KeepNext = b"keepNext",
        KeepLines = b"keepLines", ContextualSpacing = b"contextualSpacing",
        B = b"b", I = b"i", U = b"u", Strike = b"strike", Dstrike = b"dstrike", Caps = b"caps",
        SmallCaps = b"smallCaps", Color = b"color", Sz = b"sz", RFonts = b"rFonts", Highlight = b"highlight",
        VertAlign = b"vertAlign", Vanish = b"vanish", SpecVanish = b"specVanish", WebHidden = b"webHidden",
        Lang = b"lang", Rtl = b"rtl", Outline = b"outline", Shadow = b"shadow", Emboss = b"emboss",
        Imprint = b"imprint", Position = b"position", Em = b"em", BCs = b"bCs", ICs = b"iCs", SzCs = b"szCs",
        Cs = b"cs",
    }
    Math { OMath = b"oMath", OMathPara = b"oMathPara", MText = b"t", MCtrlPr = b"ctrlPr", }
    Drawing {
        Blip = b"blip", GraphicData = b"graphicData", PrstGeom = b"prstGeom", AText = b"t", AParagraph = b"p",
    }
    Placed { DocPr = b"docPr", Inline = b"inline", Anchor = b"anchor", Extent = b"extent", }
    Picture { Pic = b"pic", }
    Chart { ChartRef = b"chart", }
    Diagram { RelIds = b"relIds", }
    Vml {
        ImageData = b"imagedata", TextPath = b"textpath", VShape = b"shape", VRect = b"rect", VLine = b"line",
        VGroup = b"group", VShapeType = b"shapetype", TextBox = b"textbox",
    }
    Office { OleObject = b"OLEObject", }
    Compatibility { AlternateContent = b"AlternateContent", Choice = b"Choice", Fallback = b"Fallback", }
    Word14 { W14Checkbox = b"checkbox", W14Checked = b"checked", }
}
