//! `archlint new`: a document begun from a template.

use super::print;
use crate::arguments::{New, NewKind, Profile};
use crate::failure::Failure;
use crate::{CLEAN, clock, session};
use archlint_report::one_line;
use archlint_review::Kind;
use archlint_rules::Rules;
use archlint_workspace::config::Configs;
use archlint_workspace::discover::discover;
use archlint_workspace::fixes::create;
use archlint_workspace::folder::file_number;
use archlint_workspace::read::read_document;
use archlint_workspace::templates::current;
use archlint_workspace::{absolute, display};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const ADR: &str = include_str!("../../templates/adr.md");
const ADR_WITH_FRONT_MATTER: &str = include_str!("../../templates/adr-front-matter.md");
const DESIGN: &str = include_str!("../../templates/design.md");

/// Digits of a number when no other document shows how many.
const WIDTH: usize = 4;

/// Writes the document and says where.
///
/// # Errors
/// When the title says nothing, the template cannot be read, or the file cannot be written.
pub fn run(arguments: &New) -> Result<u8, Failure> {
    let mut configs = session::configs(&arguments.setup)?;
    let base = configs.base().to_owned();
    let name = file_name(&arguments.title);
    if name.is_empty() {
        return Err(Failure::asked(
            "the title has no letters or digits for a file name",
            "say what is decided or designed: `archlint new adr \"Keep the state in PostgreSQL\"`",
        ));
    }
    let folder = match &arguments.folder {
        Some(folder) => absolute(&base, folder),
        None => usual_folder(&mut configs, &base, arguments.what)?,
    };
    let neighbours = neighbours(&folder);
    let (number, width) = next_number(&neighbours);
    let is_numbered = arguments.what == NewKind::Adr || number > 1;
    let file = folder.join(match is_numbered {
        true => format!("{number:0width$}-{name}.md"),
        false => format!("{name}.md"),
    });
    let config = configs
        .for_document(&file)
        .map_err(|errors| Failure::Configuration((*errors).clone()))?;
    let own = match &arguments.template {
        Some(template) => Some(absolute(&base, template)),
        None => current(&config.resolve(Some(&file))).map(|template| template.file.value.clone()),
    };
    let template = match &own {
        Some(path) => {
            fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))?
        }
        None => built_in(arguments.what, &folder, &neighbours).to_owned(),
    };
    let text = filled(
        &template,
        arguments,
        &number.to_string(),
        &questions(&config.rules, arguments.profile),
        own.is_some(),
    );
    fs::create_dir_all(&folder).map_err(|error| Failure::file("write", &folder, &error))?;
    create(&file, &text).map_err(|error| Failure::file("write", &file, &error))?;
    print(&format!("{}\n", one_line(&display(&base, &file))))?;
    Ok(CLEAN)
}

/// The title in lower case with `-` between its words.
fn file_name(title: &str) -> String {
    let words = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

/// The folder that holds most documents of the kind.
fn usual_folder(configs: &mut Configs, base: &Path, what: NewKind) -> Result<PathBuf, Failure> {
    let (kind, otherwise) = match what {
        NewKind::Adr => (Kind::Adr, "docs/adr"),
        NewKind::Design => (Kind::Design, "docs/design"),
    };
    let mut folders: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for found in &discover(configs, &[base.to_owned()])?.files {
        let Ok(text) = read_document(&found.file, &found.path) else {
            continue;
        };
        let configured = found.config.resolve(Some(&found.file)).kind;
        let judged = configured.map_or_else(
            || archlint_review::kind_of(&archlint_document::parse(&text), Some(&found.path)).0,
            |kind| kind.value,
        );
        if let (true, Some(folder)) = (judged == kind, found.file.parent()) {
            *folders.entry(folder.to_owned()).or_default() += 1;
        }
    }
    let most = folders
        .into_iter()
        .max_by(|(a, many), (b, few)| many.cmp(few).then_with(|| b.cmp(a)));
    Ok(most.map_or_else(|| base.join(otherwise), |(folder, _)| folder))
}

/// The names of the Markdown files in a folder.
fn neighbours(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".md"))
        .collect();
    names.sort();
    names
}

/// The number after the highest one, and how many digits numbers have.
fn next_number(names: &[String]) -> (u32, usize) {
    let width = |name: &str| {
        let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.bytes().take_while(u8::is_ascii_digit).count()
    };
    names
        .iter()
        .filter_map(|name| Some((file_number(name)?, width(name))))
        .max()
        .map_or((1, WIDTH), |(number, width)| (number + 1, width))
}

/// A record begins like the last of its neighbours.
fn built_in(what: NewKind, folder: &Path, neighbours: &[String]) -> &'static str {
    if what == NewKind::Design {
        return DESIGN;
    }
    let with_front_matter = neighbours.iter().rev().find_map(|name| {
        let text = read_document(&folder.join(name), name).ok()?;
        let document = archlint_document::parse(&text);
        let (kind, _) = archlint_review::kind_of(&document, Some(&format!("adr/{name}")));
        (kind == Kind::Adr && name.starts_with(|c: char| c.is_ascii_digit()))
            .then(|| document.field("status").is_some())
    });
    match with_front_matter {
        Some(true) => ADR_WITH_FRONT_MATTER,
        _ => ADR,
    }
}

/// The template with its marks filled in. Of a team's own template without marks the title is the
/// first heading.
fn filled(template: &str, arguments: &New, number: &str, questions: &str, is_own: bool) -> String {
    let today = clock::today().unwrap_or_default();
    let title = one_line(&arguments.title);
    let mut text = template
        .replace("{{number}}", number)
        .replace("{{date}}", &today)
        .replace("{{questions}}", questions);
    if is_own && !template.contains("{{title}}") {
        let document = archlint_document::parse(&text);
        let heading = document.sections.iter().find_map(|s| s.heading.as_ref());
        if let Some(heading) = heading.filter(|heading| !heading.setext) {
            text.replace_range(heading.span.clone(), &format!("# {title}"));
        }
    }
    text.replace("{{title}}", &title)
}

/// The questions that each profile opens with, by the catalogue's ids.
fn of_profile(profile: Profile) -> &'static [&'static str] {
    match profile {
        Profile::Service => &[
            "deployment/release-strategy",
            "deployment/rollback",
            "reliability/partial-failures",
            "observability/monitoring",
            "security/secure-design",
            "testing/integration-testing",
        ],
        Profile::Data => &[
            "data/store-choice",
            "data/integrity",
            "scalability/capacity-planning",
            "challenges/backward-compatibility",
            "challenges/disaster-recovery",
            "security/secure-design",
        ],
        Profile::Library => &[
            "challenges/backward-compatibility",
            "challenges/api-versioning",
            "patterns/extensibility",
            "testing/integration-testing",
            "practices/architecture-documentation",
        ],
        Profile::Minimal => &[],
    }
}

/// The sections of a profile's questions, as the rules' scaffolds begin them.
fn questions(rules: &Rules, profile: Profile) -> String {
    let mut text = String::new();
    for id in of_profile(profile) {
        let Some(topic) = rules.topics.iter().find(|topic| &*topic.id.text == *id) else {
            continue;
        };
        text.push_str(topic.scaffold.trim());
        text.push_str("\n\n");
    }
    text
}
