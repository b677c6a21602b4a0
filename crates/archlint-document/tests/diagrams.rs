//! Diagrams of every kind, and the images and blocks that are none.

use DiagramKind::{Ascii, D2, DrawIo, Excalidraw, Graphviz, Image, Mermaid, PlantUml};
use archlint_document::{DiagramKind, parse};

fn kinds(text: &str) -> Vec<DiagramKind> {
    parse(text)
        .diagrams
        .iter()
        .map(|diagram| diagram.kind)
        .collect()
}

#[test]
fn images_in_markdown_and_html() {
    assert_eq!(kinds("![Overview](img/overview.png)\n"), [Image]);
    assert_eq!(kinds("![](http://i.example.com/a.svg?raw=true)\n"), [Image]);
    assert_eq!(kinds("<p><img src=\"a.png\" width=\"600\"></p>\n"), [Image]);
    assert_eq!(kinds("Text <img src=a.png> text\n"), [Image]);
    assert_eq!(kinds("![x][ref]\n\n[ref]: a.png\n"), [Image]);
    assert_eq!(kinds("See the [diagram](overview.svg).\n"), [Image]);
    assert_eq!(
        kinds("[![Overview](a.png)](a-large.png)\n"),
        [Image],
        "a picture and its link are one"
    );
}

#[test]
fn badges_icons_and_logos_are_none() {
    for text in [
        "![build](https://img.shields.io/a/b.svg)",
        "[![ci](https://github.com/a/b/workflows/ci/badge.svg)](https://github.com/a/b)",
        "![c](https://codecov.io/gh/a/b/branch/main/graph/badge.svg)",
        "<img src=\"a.png\" width=\"20\" height=\"20px\">",
        "<img height=16 src=a.png>",
        "![](images/logo.svg)",
        "![](https://github.githubassets.com/images/icons/emoji/unicode/1f680.png)",
        "![](icons/warning-icon.png)",
        "[text](page.html)",
        "`![a](b.png)`",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn fences_in_a_diagram_language() {
    for (language, kind) in [
        ("mermaid", Mermaid),
        ("Mermaid", Mermaid),
        ("{.mermaid}", Mermaid),
        ("plantuml", PlantUml),
        ("puml", PlantUml),
        ("dot", Graphviz),
        ("graphviz", Graphviz),
        ("d2", D2),
    ] {
        assert_eq!(
            kinds(&format!("```{language}\nx\n```\n")),
            [kind],
            "{language}"
        );
    }
    assert_eq!(kinds("~~~\ngraph LR\n  a --> b\n~~~\n"), [Mermaid]);
    assert_eq!(kinds("```\nsequenceDiagram\n  a->>b: c\n```\n"), [Mermaid]);
    assert_eq!(kinds("```\ndigraph g {\n  a -> b\n}\n```\n"), [Graphviz]);
    assert_eq!(
        kinds("```text\n@startuml\na -> b\n@enduml\n```\n"),
        [PlantUml]
    );
    assert_eq!(kinds("::: mermaid\ngraph TD\n:::\n"), [Mermaid]);
    assert_eq!(
        kinds("```go\nfunc main() {}\n```\n\n```\ngraph of the data\n```\n"),
        []
    );
}

#[test]
fn plantuml_without_a_fence_reaches_to_its_end() {
    let document = parse("Text\n\n@startuml\na -> b\n\nc -> d\n@enduml\n\nmore\n");
    assert_eq!(document.diagrams.len(), 1);
    let diagram = &document.diagrams[0];
    assert_eq!(diagram.kind, PlantUml);
    assert_eq!(
        document.source(&diagram.span),
        "@startuml\na -> b\n\nc -> d\n@enduml"
    );
}

#[test]
fn files_and_addresses_of_drawing_tools() {
    for (target, kind) in [
        ("a.drawio", DrawIo),
        ("a.drawio.svg", DrawIo),
        ("https://app.diagrams.net/#Habc", DrawIo),
        ("https://viewer.diagrams.net/?url=x", DrawIo),
        ("a.excalidraw", Excalidraw),
        ("https://excalidraw.com/#json=1", Excalidraw),
        ("a.puml", PlantUml),
        ("http://www.plantuml.com/plantuml/png/SyfF", PlantUml),
        ("https://mermaid.live/edit#x", Mermaid),
        ("https://kroki.io/graphviz/svg/x", Graphviz),
        ("a.d2", D2),
    ] {
        assert_eq!(kinds(&format!("[see]({target})\n")), [kind], "{target}");
        assert_eq!(kinds(&format!("![]({target})\n")), [kind], "image {target}");
    }
    assert_eq!(
        kinds(
            "We draw with [draw.io](https://draw.io) and [Excalidraw](https://excalidraw.com/).\n"
        ),
        []
    );
}

#[test]
fn boxes_made_of_characters_fenced_or_indented() {
    let art = "+-----+     +------+\n| app | --> | data |\n+-----+     +------+\n";
    assert_eq!(kinds(&format!("```\n{art}```\n")), [Ascii]);
    assert_eq!(kinds(&format!("```text\n{art}```\n")), [Ascii]);
    assert_eq!(
        kinds(&format!(
            "> ```\n> {}\n> ```\n",
            art.trim_end().replace('\n', "\n> ")
        )),
        [Ascii]
    );
    assert_eq!(
        kinds(&format!(
            "Text\n\n    {}\n",
            art.trim_end().replace('\n', "\n    ")
        )),
        [Ascii]
    );
    assert_eq!(kinds("```\nsrc\n├── a.rs\n└── b.rs\n```\n"), []);
    assert_eq!(
        kinds("```\n+----+\n| id |\n+----+\n|  1 |\n+----+\n```\n"),
        []
    );
}

#[test]
fn diagrams_are_in_order_and_know_their_section() {
    let document = parse("![](a.png)\n\n# A\n\n```mermaid\nx\n```\n\n## B\n\n![](b.png)\n");
    let found: Vec<_> = document
        .diagrams
        .iter()
        .map(|diagram| (diagram.kind, diagram.section))
        .collect();
    assert_eq!(found, [(Image, 0), (Mermaid, 1), (Image, 2)]);
    assert_eq!(
        document.source(&document.diagrams[1].span),
        "```mermaid\nx\n```"
    );
}
