//! Prints how a document is read: `cargo run -p archlint-document --example outline -- FILE`.
//! With `time` as second argument it prints how long the reading takes instead.

use std::fs;
use std::time::Instant;

use archlint_document::{Document, LineIndex, parse};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "README.md".to_owned());
    let text = fs::read_to_string(&path)?;
    if arguments.next().is_some() {
        time(&path, &text);
    } else {
        print(&parse(&text));
    }
    Ok(())
}

fn time(path: &str, text: &str) {
    let mut parsing = Vec::new();
    for _ in 0..20 {
        let start = Instant::now();
        let document = parse(text);
        parsing.push(start.elapsed());
        drop(document);
    }
    let start = Instant::now();
    let lines = LineIndex::new(text).line_count();
    let indexing = start.elapsed();
    let best = parsing.iter().min().copied().unwrap_or_default();
    println!(
        "{path}: {} bytes, {lines} lines: {best:?} to parse, {indexing:?} to index",
        text.len()
    );
}

fn print(document: &Document) {
    let lines = LineIndex::new(&document.text);
    if let Some(front_matter) = &document.front_matter {
        for field in &front_matter.fields {
            println!("front matter {} = {}", field.key, field.value);
        }
        if let Some((message, span)) = &front_matter.error {
            println!("front matter error at {span:?}: {message}");
        }
    }
    for block in &document.blocks {
        let section = &document.sections[block.section];
        let indent = "  ".repeat(usize::from(section.level));
        println!(
            "{:4} {indent}{:?} quote {} list {}",
            lines.line(block.span.start) + 1,
            block.kind,
            block.quote_depth,
            block.list_depth
        );
        for sentence in &document.sentences[block.sentences.clone()] {
            println!("     {indent}  | {}", document.visible_text(sentence));
        }
    }
    let line = |offset| lines.line(offset) + 1;
    for link in &document.links {
        let kind = if link.image { "image" } else { "link" };
        println!(
            "{:4} {kind} [{}] {}",
            line(link.span.start),
            link.text,
            link.target
        );
    }
    for diagram in &document.diagrams {
        println!("{:4} diagram {:?}", line(diagram.span.start), diagram.kind);
    }
    for directive in &document.directives {
        println!(
            "{:4} directive {}",
            line(directive.span.start),
            directive.text
        );
    }
    for residue in &document.residue {
        let text = document.source(&residue.span);
        println!(
            "{:4} residue {:?} {text:?}",
            line(residue.span.start),
            residue.kind
        );
    }
}
