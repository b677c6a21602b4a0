//! Diagrams: images that are no badges or icons, fences in a diagram language, boxes made of
//! characters, and links to files of drawing programs.

use crate::{Block, BlockKind, Diagram, DiagramKind, Document, Link, Span, ascii_art};

/// The largest width or height in pixels at which an image is an icon and no diagram.
pub(crate) const ICON_SIZE: u32 = 64;

/// How far the end of PlantUML without a fence is looked for.
const MAX_PLANTUML: usize = 16 * 1024;

/// Finds the diagrams of a document, in document order. `small_images` are the indices, in
/// ascending order, of images that their tag gives no more than [`ICON_SIZE`].
pub(crate) fn find(document: &mut Document, small_images: &[usize]) {
    let mut diagrams = Vec::new();
    for block in &document.blocks {
        diagrams.extend(in_block(document, block));
    }
    let mut end_of_last = 0;
    for (index, link) in document.links.iter().enumerate() {
        // What a link is wrapped around is the diagram: the image in `[![](a.png)](a.png)`.
        let wraps = document
            .links
            .get(index + 1)
            .is_some_and(|next| next.image && next.span.start < link.span.end);
        if wraps || link.span.start < end_of_last || small_images.binary_search(&index).is_ok() {
            continue;
        }
        if let Some(kind) = of_link(link) {
            end_of_last = link.span.end;
            diagrams.push(Diagram {
                span: link.span.clone(),
                kind,
                section: link.section,
            });
        }
    }
    diagrams.sort_by_key(|diagram| diagram.span.start);
    document.diagrams = diagrams;
}

fn in_block(document: &Document, block: &Block) -> Option<Diagram> {
    let (kind, span) = match &block.kind {
        BlockKind::Code { language, content } => {
            let before = document.source(&(0..content.start));
            let line_start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
            let indent = content.start - line_start;
            let kind = of_code(language, document.source(content), indent)?;
            (kind, block.span.clone())
        }
        BlockKind::Paragraph => of_paragraph(document, &block.span)?,
        _ => return None,
    };
    Some(Diagram {
        span,
        kind,
        section: block.section,
    })
}

fn of_code(language: &str, code: &str, indent: usize) -> Option<DiagramKind> {
    match language {
        "mermaid" | "mmd" => return Some(DiagramKind::Mermaid),
        "plantuml" | "puml" | "uml" | "c4plantuml" | "c4-plantuml" => {
            return Some(DiagramKind::PlantUml);
        }
        "dot" | "graphviz" | "gv" => return Some(DiagramKind::Graphviz),
        "d2" => return Some(DiagramKind::D2),
        "ditaa" | "svgbob" | "bob" | "aasvg" => return Some(DiagramKind::Ascii),
        "drawio" | "diagrams.net" => return Some(DiagramKind::DrawIo),
        "excalidraw" => return Some(DiagramKind::Excalidraw),
        _ => {}
    }
    let start = code.trim_start();
    if start.starts_with("@start") {
        return Some(DiagramKind::PlantUml);
    }
    if matches!(language, "" | "text" | "txt") {
        if is_mermaid(start) {
            return Some(DiagramKind::Mermaid);
        }
        if is_graphviz(start) {
            return Some(DiagramKind::Graphviz);
        }
    }
    ascii_art::is_diagram(code, language, indent).then_some(DiagramKind::Ascii)
}

/// PlantUML or a Mermaid container (`::: mermaid`) written as text, without a fence.
fn of_paragraph(document: &Document, span: &Span) -> Option<(DiagramKind, Span)> {
    let text = document.source(span);
    if text.starts_with("@startuml") || text.starts_with("@startmindmap") {
        let limit = (span.start + MAX_PLANTUML).min(document.text.len());
        let limit = document.text.floor_char_boundary(limit.max(span.end));
        let rest = document.text.get(span.start..limit)?;
        let end = memchr::memmem::find(rest.as_bytes(), b"@end").map_or(span.end, |at| {
            let line = rest[at..]
                .find(['\n', '\r'])
                .map_or(rest.len(), |end| at + end);
            span.start + line
        });
        return Some((DiagramKind::PlantUml, span.start..end));
    }
    let container = text.strip_prefix(":::")?.trim_start();
    container
        .starts_with("mermaid")
        .then(|| (DiagramKind::Mermaid, span.clone()))
}

fn is_mermaid(code: &str) -> bool {
    let first = code.lines().next().unwrap_or_default().trim();
    let mut words = first.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some("graph" | "flowchart"), Some(direction), None) => {
            matches!(
                direction.trim_end_matches(';'),
                "TB" | "TD" | "BT" | "LR" | "RL"
            )
        }
        (Some(kind), None, None) => matches!(
            kind,
            "sequenceDiagram"
                | "classDiagram"
                | "stateDiagram"
                | "stateDiagram-v2"
                | "erDiagram"
                | "C4Context"
                | "C4Container"
                | "C4Component"
                | "C4Deployment"
        ),
        _ => false,
    }
}

fn is_graphviz(code: &str) -> bool {
    let code = code.strip_prefix("strict ").unwrap_or(code);
    ["digraph", "graph"].iter().any(|word| {
        code.strip_prefix(word).is_some_and(|rest| {
            let name = rest.lines().next().unwrap_or_default();
            name.starts_with([' ', '{']) && name.contains('{')
        })
    })
}

fn of_link(link: &Link) -> Option<DiagramKind> {
    let target = link.target.to_ascii_lowercase();
    of_file(&target)
        .or_else(|| of_tool(&target))
        .or_else(|| is_picture(link, &target).then_some(DiagramKind::Image))
}

/// The file that a target names: `a.png?raw=true#x` ends with `.png`.
fn path(target: &str) -> &str {
    let end = target.find(['?', '#']).unwrap_or(target.len());
    &target[..end]
}

fn of_file(target: &str) -> Option<DiagramKind> {
    let path = path(target);
    if path.contains(".drawio") {
        return Some(DiagramKind::DrawIo);
    }
    if path.contains(".excalidraw") && !path.contains("excalidraw.com") {
        return Some(DiagramKind::Excalidraw);
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.')?.1 {
        "dio" => Some(DiagramKind::DrawIo),
        "puml" | "plantuml" | "iuml" => Some(DiagramKind::PlantUml),
        "mmd" | "mermaid" => Some(DiagramKind::Mermaid),
        "dot" | "gv" => Some(DiagramKind::Graphviz),
        "d2" => Some(DiagramKind::D2),
        _ => None,
    }
}

/// A drawing that an address of its tool shows; the front page of the tool is none.
fn of_tool(target: &str) -> Option<DiagramKind> {
    let (host, rest) = split_host(target)?;
    if rest.len() < 2 {
        return None;
    }
    match host {
        "app.diagrams.net"
        | "viewer.diagrams.net"
        | "embed.diagrams.net"
        | "draw.io"
        | "www.draw.io"
        | "app.draw.io" => Some(DiagramKind::DrawIo),
        "excalidraw.com" | "app.excalidraw.com" | "link.excalidraw.com" => {
            Some(DiagramKind::Excalidraw)
        }
        "mermaid.ink" | "mermaid.live" => Some(DiagramKind::Mermaid),
        "www.plantuml.com" | "plantuml.com" if rest.starts_with("/plantuml/") => {
            Some(DiagramKind::PlantUml)
        }
        "kroki.io" => match rest.split('/').nth(1)? {
            "plantuml" | "c4plantuml" => Some(DiagramKind::PlantUml),
            "mermaid" => Some(DiagramKind::Mermaid),
            "graphviz" => Some(DiagramKind::Graphviz),
            "d2" => Some(DiagramKind::D2),
            "excalidraw" => Some(DiagramKind::Excalidraw),
            "diagramsnet" => Some(DiagramKind::DrawIo),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an image, or a link to one, shows more than a badge or an icon.
fn is_picture(link: &Link, target: &str) -> bool {
    const ENDINGS: &[&str] = &[".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp"];
    let path = path(target);
    let is_file = || ENDINGS.iter().any(|ending| path.ends_with(ending));
    (link.image && !target.is_empty() || !link.text.is_empty() && is_file())
        && !is_badge(target)
        && !is_icon(path)
}

/// Host and the rest of an address; `None` for a relative one.
fn split_host(target: &str) -> Option<(&str, &str)> {
    let rest = match target.split_once("://") {
        Some((_, rest)) => rest,
        None => target.strip_prefix("//")?,
    };
    let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    Some(rest.split_at(end))
}

#[rustfmt::skip]
const BADGE_HOSTS: &[&str] = &[
    "api.codacy.com",
    "api.codeclimate.com",
    "api.netlify.com",
    "api.travis-ci.com",
    "api.travis-ci.org",
    "app.fossa.com",
    "app.fossa.io",
    "badgen.net",
    "badges.gitter.im",
    "circleci.com",
    "codecov.io",
    "coveralls.io",
    "deepsource.io",
    "godoc.org",
    "goreportcard.com",
    "hits.seeyoufarm.com",
    "img.shields.io",
    "isitmaintained.com",
    "pkg.go.dev",
    "shields.io",
    "snyk.io",
    "sonarcloud.io",
    "travis-ci.com",
    "travis-ci.org",
    "www.codefactor.io",
    "www.travis-ci.com",
];

fn is_badge(target: &str) -> bool {
    const SIGNS: &[&str] = &[
        "badge",
        "shields.io",
        "/pipeline.svg",
        "/coverage.svg",
        "build-status",
        "build_status",
        "buildstatus",
    ];
    split_host(target).is_some_and(|(host, _)| BADGE_HOSTS.contains(&host))
        || SIGNS.iter().any(|sign| target.contains(sign))
}

/// Icons, logos and emoji, by the words of their file name or the host that serves emoji.
fn is_icon(path: &str) -> bool {
    if path.contains("/emoji/")
        || path.contains("/emojis/")
        || path.contains("avatars.githubusercontent.com")
    {
        return true;
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(|c: char| !c.is_alphanumeric()).any(|word| {
        matches!(
            word,
            "icon" | "icons" | "favicon" | "logo" | "emoji" | "avatar" | "spacer" | "pixel"
        )
    })
}
