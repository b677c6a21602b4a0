//! What kind of document it is, judged by front matter, path and shape, in that order.
//! (Configuration comes before all three and is the caller's.)

use archlint_document::Document;
use archlint_rules::Kind;

/// Folders that hold documents of one kind wherever they are found.
const FOLDERS: &[(Kind, &[&str])] = &[
    (
        Kind::Adr,
        &[
            "adr",
            "adrs",
            "decisions",
            "decision-records",
            "decision-log",
            "architecture-decisions",
            "architecture-decision-records",
        ],
    ),
    (
        Kind::Design,
        &[
            "proposals",
            "proposal",
            "rfc",
            "rfcs",
            "rfd",
            "rfds",
            "kep",
            "keps",
            "enhancements",
            "teps",
            "oteps",
            "designs",
            "design",
            "design-docs",
            "design-proposals",
            "blueprints",
            "cep",
            "ceps",
            "specs",
        ],
    ),
    (Kind::Overview, &["arc42", "architecture", "c4"]),
];

/// File names that are about a repository rather than about a design.
const REPOSITORY_FILES: &[&str] = &[
    "readme",
    "changelog",
    "contributing",
    "license",
    "licence",
    "code_of_conduct",
    "security",
    "support",
    "governance",
    "maintainers",
    "authors",
    "install",
    "installation",
    "index",
    "summary",
    "agents",
    "claude",
    "template",
];

/// Headings by which each kind is known: a heading counts when it holds one of these phrases.
const ADR_HEADINGS: &[&str] = &[
    "decision",
    "consequences",
    "considered options",
    "options considered",
    "context",
    "status",
    "positive consequences",
    "pros and cons of the options",
];
const DESIGN_HEADINGS: &[&str] = &[
    "motivation",
    "goals",
    "non-goals",
    "proposal",
    "design",
    "alternatives",
    "summary",
    "background",
    "problem",
    "drawbacks",
    "open questions",
    "unresolved questions",
    "test plan",
    "user stories",
    "use cases",
    "implementation",
    "risks",
    "rationale",
    "prior art",
    "current situation",
    "future work",
    "scope",
    "requirements",
    "why",
    "how",
    "abstract",
    "overview",
    "solution",
    "limitations",
    "trade-offs",
    "discussion",
    "graduation criteria",
    "migration",
    "compatibility",
    "security considerations",
    "rollout",
    "proposed solution",
];
const OVERVIEW_HEADINGS: &[&str] = &[
    "building block view",
    "runtime view",
    "deployment view",
    "system context",
    "context and scope",
    "quality requirements",
    "quality goals",
    "crosscutting",
    "cross-cutting",
    "solution strategy",
    "architecture constraints",
    "stakeholders",
    "high level design",
    "high-level design",
    "system overview",
    "architecture overview",
    "architecture",
    "components",
    "data flow",
    "containers",
    "infrastructure",
    "constraints and assumptions",
    "glossary",
];
const GUIDE_HEADINGS: &[&str] = &[
    "installation",
    "installing",
    "install",
    "getting started",
    "quick start",
    "quickstart",
    "usage",
    "prerequisites",
    "contributing",
    "license",
    "licence",
    "changelog",
    "troubleshooting",
    "table of contents",
    "features",
    "documentation",
    "support",
    "building",
    "examples",
    "tutorial",
    "next steps",
    "faq",
    "how to",
    "step 1",
    "configuration",
    "commands",
];

/// The kind of `document`, and why, as a clause. `path` uses `/` and is taken relative to the
/// workspace when it is known; it may be absent for standard input.
pub fn kind_of(document: &Document, path: Option<&str>) -> (Kind, String) {
    from_front_matter(document)
        .or_else(|| path.and_then(|path| from_path(document, path)))
        .unwrap_or_else(|| from_shape(document))
}

fn from_front_matter(document: &Document) -> Option<(Kind, String)> {
    let front_matter = document.front_matter.as_ref()?;
    let field = front_matter.fields.iter().find(|f| {
        ["archlint-kind", "kind", "type", "doc-type", "document-type"]
            .contains(&f.key.to_lowercase().as_str())
    })?;
    let value = field.value.as_str()?.to_lowercase();
    let kind = match value.as_str() {
        "adr" | "decision" | "decision record" | "architecture decision record" => Kind::Adr,
        "design" | "design doc" | "proposal" | "rfc" | "rfd" | "kep" | "enhancement"
        | "blueprint" => Kind::Design,
        "overview" | "architecture" | "arc42" | "c4" => Kind::Overview,
        "other" | "guide" | "readme" | "reference" | "tutorial" | "how-to" => Kind::Other,
        _ => return None,
    };
    Some((
        kind,
        format!("its front matter says `{}: {value}`", field.key),
    ))
}

fn from_path(document: &Document, path: &str) -> Option<(Kind, String)> {
    let lower = path.to_lowercase();
    let (folders, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words: Vec<&str> = stem.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    // `adr/README.md` lists the decisions; `keps/1234-name/README.md` is the proposal itself. Only
    // the shape can tell them apart.
    if REPOSITORY_FILES.contains(&stem) || words.contains(&"template") {
        let (kind, reason) = from_shape(document);
        return Some((kind, format!("its name does not say, and {reason}")));
    }
    if words.first() == Some(&"adr") {
        return Some((
            Kind::Adr,
            format!("its file name starts with `{}`", words[0]),
        ));
    }
    for folder in folders.split('/').rev() {
        for (kind, names) in FOLDERS {
            if names.contains(&folder) {
                return Some((*kind, format!("it lies in a folder `{folder}`")));
            }
        }
    }
    None
}

fn from_shape(document: &Document) -> (Kind, String) {
    let headings: Vec<Heading> = document
        .sections
        .iter()
        .filter_map(|s| s.heading.as_ref())
        .map(|h| Heading::new(&h.text))
        .collect();
    let title = headings.first();
    let count = |names: &[&str]| {
        headings
            .iter()
            .filter(|h| h.text.len() < 60 && names.iter().any(|n| h.holds(n)))
            .count()
    };
    let (adr, design, overview, guide) = (
        count(ADR_HEADINGS),
        count(DESIGN_HEADINGS),
        count(OVERVIEW_HEADINGS),
        count(GUIDE_HEADINGS),
    );
    let has_decision = headings
        .iter()
        .any(|h| h.text.starts_with("decision") || h.text.ends_with("decision"));
    if title.is_some_and(|title| title.text.starts_with("adr"))
        || (has_decision && adr >= 3)
        || (has_decision && adr >= 2 && design <= 2)
    {
        return (Kind::Adr, "it has the sections of a decision record".into());
    }
    for mark in [
        "rfc",
        "rfd",
        "kep",
        "tep",
        "proposal",
        "design doc",
        "enhancement",
    ] {
        if title.is_some_and(|title| title.holds(mark)) {
            return (Kind::Design, format!("its title holds “{mark}”"));
        }
    }
    if guide > design + overview + adr && guide >= 2 && !names_itself(document) {
        return (Kind::Other, "it has the sections of a guide".into());
    }
    if overview >= 2 && overview > design {
        return (
            Kind::Overview,
            "it has the sections of a system description".into(),
        );
    }
    if design + adr + overview >= 2 {
        return (Kind::Design, "it has the sections of a proposal".into());
    }
    if names_itself(document) || proposes(document) {
        return (
            Kind::Design,
            "it proposes or decides something in its text".into(),
        );
    }
    (
        Kind::Other,
        "nothing in it looks like a design or a decision".into(),
    )
}

/// A heading in lower case, and where its words begin.
struct Heading {
    text: String,
    words: Vec<usize>,
}

impl Heading {
    fn new(text: &str) -> Self {
        let text = text.to_lowercase();
        let mut words = Vec::new();
        let mut inside = false;
        for (at, c) in text.char_indices() {
            if c.is_alphanumeric() && !inside {
                words.push(at);
            }
            inside = c.is_alphanumeric();
        }
        Heading { text, words }
    }

    /// Whether the words `phrase` stand in it as whole words.
    fn holds(&self, phrase: &str) -> bool {
        self.words.iter().any(|&at| {
            let rest = self.text[at..].strip_prefix(phrase);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    }
}

/// Whether the text calls itself a proposal or a design.
fn names_itself(document: &Document) -> bool {
    const NAMES: &[&str] = &[
        "this proposal",
        "this document proposes",
        "this design document",
        "this design doc",
        "this rfc",
        "this adr",
        "this enhancement",
        "we propose",
    ];
    let text = document.text.to_lowercase();
    NAMES.iter().any(|name| text.contains(name))
}

/// Whether the prose speaks of a choice: several times "we will", "we propose", "instead of" ...
fn proposes(document: &Document) -> bool {
    const MARKS: &[&str] = &[
        "we will",
        "we decided",
        "we chose",
        "we have decided",
        "this design",
        "instead of",
        "trade-off",
        "tradeoff",
        "alternative",
        "we need to",
        "the proposed",
    ];
    let text = document.text.to_lowercase();
    MARKS
        .iter()
        .map(|mark| text.matches(mark).take(4).count())
        .sum::<usize>()
        >= 4
}
