//! `archlint init`: a commented archlint.toml that fits what is found.

use super::print;
use crate::arguments::Init;
use crate::failure::Failure;
use crate::{CLEAN, session};
use archlint_report::{counted, one_line};
use archlint_review::Kind;
use archlint_workspace::config::{Caller, Configs, FILE_NAME};
use archlint_workspace::discover::discover;
use archlint_workspace::{absolute, display};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// Looks at the documents under the folder and writes the file.
///
/// # Errors
/// When there is one already, or it cannot be written.
pub fn run(arguments: &Init) -> Result<u8, Failure> {
    let base = absolute(&session::working_directory()?, &arguments.folder);
    let target = base.join(FILE_NAME);
    if target.exists() && !arguments.force {
        return Err(Failure::asked(
            format!("{} is there already", target.display()),
            "edit it, or overwrite it with --force",
        ));
    }
    let folders = folders(&base)?;
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .create_new(!arguments.force)
        .truncate(arguments.force)
        .open(&target)
        .map_err(|error| Failure::file("write", &target, &error))?;
    file.write_all(configuration(&folders).as_bytes())
        .map_err(|error| Failure::file("write", &target, &error))?;
    let mut said = format!("wrote {}\n", one_line(&target.display().to_string()));
    for (folder, (kind, count)) in chosen(&folders) {
        said.push_str(&format!(
            "  {}: {}, {}\n",
            one_line(folder),
            kind.name(),
            counted(count, "document")
        ));
    }
    print(&said)?;
    Ok(CLEAN)
}

/// For each folder that holds documents: how many of each kind.
type Folders = BTreeMap<String, BTreeMap<Kind, usize>>;

fn folders(base: &PathBuf) -> Result<Folders, Failure> {
    let caller = Caller {
        no_files: true,
        ..Caller::default()
    };
    let discovered = discover(&mut Configs::new(base, caller), std::slice::from_ref(base))?;
    let mut folders = Folders::new();
    for found in &discovered.files {
        // A file that cannot be read does not say what its folder is for.
        let Ok(text) = archlint_workspace::read::read_document(&found.file, &found.path) else {
            continue;
        };
        let document = archlint_document::parse(&text);
        let path = display(base, &found.file);
        let (kind, _) = archlint_review::kind_of(&document, Some(&path));
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        *folders
            .entry(folder.to_owned())
            .or_default()
            .entry(kind)
            .or_default() += 1;
    }
    Ok(folders)
}

/// The folders that get a line: those in which most documents are of one kind that is reviewed.
fn chosen(folders: &Folders) -> Vec<(&str, (Kind, usize))> {
    folders
        .iter()
        .filter(|(folder, _)| !folder.is_empty())
        .filter_map(|(folder, kinds)| {
            let (kind, count) = kinds.iter().max_by_key(|(_, count)| **count)?;
            let all: usize = kinds.values().sum();
            (*kind != Kind::Other && count * 2 > all).then_some((folder.as_str(), (*kind, *count)))
        })
        .collect()
}

fn configuration(folders: &Folders) -> String {
    let mut kinds = String::new();
    for (folder, (kind, _)) in chosen(folders) {
        let glob = toml_string(&format!("{}/**", escaped(folder)));
        kinds.push_str(&format!("{glob} = \"{}\"\n", kind.name()));
    }
    if kinds.is_empty() {
        kinds.push_str("# \"docs/adr/**\" = \"adr\"\n# \"docs/design/**\" = \"design\"\n");
    }
    format!(
        "# Configuration of archlint. `archlint config PATH` shows what applies to a document;\n\
         # `archlint schema config` describes everything that can be said here.\n\
         \n\
         # Which Markdown files are looked at; without `include`, all of them. Files that .gitignore\n\
         # names are never looked at.\n\
         # include = [\"docs/**\"]\n\
         # exclude = [\"**/templates/**\", \"CHANGELOG.md\"]\n\
         \n\
         # The least severity that makes `archlint check` fail: error, warning, info or hint.\n\
         fail-on = \"warning\"\n\
         \n\
         # Rule packs of your own: folders or TOML files, on top of the built-in rules.\n\
         # packs = [\"architecture-rules\"]\n\
         \n\
         # What kind of document is where: adr, design, overview, or other (which is not reviewed).\n\
         # What is not named here is judged by front matter, path and headings.\n\
         [kinds]\n\
         {kinds}\
         \n\
         # Rules off, or at another severity. `archlint rules` lists them.\n\
         [rules]\n\
         # \"prose/*\" = \"off\"\n\
         # \"deployment/rollback\" = \"error\"\n\
         \n\
         # What holds for some documents only.\n\
         # [[override]]\n\
         # files = [\"docs/archive/**\"]\n\
         # fail-on = \"error\"\n\
         # rules = {{ \"adr/*\" = \"hint\" }}\n"
    )
}

/// A folder's name as a glob that means just it.
fn escaped(folder: &str) -> String {
    let mut glob = String::with_capacity(folder.len());
    for c in folder.chars() {
        match c {
            '*' | '?' | '[' | ']' | '{' | '}' | '\\' => {
                glob.push('\\');
                glob.push(c);
            }
            c => glob.push(c),
        }
    }
    glob
}

/// A basic string of TOML.
fn toml_string(text: &str) -> String {
    let mut string = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                string.push('\\');
                string.push(c);
            }
            c if c.is_control() => string.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => string.push(c),
        }
    }
    string.push('"');
    string
}
