//! Several documents that are reviewed as one.

use crate::stage::Folder;

/// A rule of a team's own, so that what is tested does not depend on how prose is judged.
const PACK: &str = r#"
[[topic]]
id = "team/stop"
title = "Last stop"
group = "Team"
question = "Where does a parcel's way end?"
answered_when = "it names the last stop"
asked_when = "always"
message = "the last stop is not named"
help = "Name the last stop."
severity = "warning"
scaffold = """
## Last stop
"""
[topic.asked]
when = ["parcel"]
[topic.answer]
strong = ["zyxomatic stop is"]
headings = ["zyxomatic stop"]
[[topic.example]]
answers = true
text = "The zyxomatic stop is the depot."
[[topic.example]]
answers = true
text = "The zyxomatic stop is the door."
[[topic.example]]
answers = false
text = "Parcels are weighed."
[[topic.example]]
answers = false
text = "Vans are washed."
"#;

const SET: &str = "confidence = 0.3\npacks = [\"pack.toml\"]\n\n[[set]]\nname = \"parcels\"\nfiles = [\"docs/design/*.md\"]\n";

const FIRST: &str = "# Parcels\n\n## Design\n\nEach parcel is weighed and sorted by a belt.\n";
const SECOND: &str = "# Vans\n\n## Design\n\nA van takes one parcel at night and drives by day.\n";

fn open(folder: &Folder) -> Vec<String> {
    let ran = folder.run(&["docs", "--format", "json"]);
    let of_team = ran.findings().into_iter().filter(|f| f.1 == "team/stop");
    of_team.map(|(path, _)| path).collect()
}

#[test]
fn what_one_file_answers_is_asked_of_none() {
    let folder = Folder::with(&[
        ("pack.toml", PACK),
        (
            "archlint.toml",
            "confidence = 0.3\npacks = [\"pack.toml\"]\n",
        ),
        ("docs/design/parcels.md", FIRST),
        ("docs/design/vans.md", SECOND),
    ]);
    assert_eq!(
        open(&folder),
        ["docs/design/parcels.md", "docs/design/vans.md"]
    );
    folder.write("archlint.toml", SET.as_bytes());
    assert_eq!(open(&folder).len(), 1);
    let answering = format!("{SECOND}\n## Zyxomatic stop\n\nThe zyxomatic stop is the depot.\n");
    folder.write("docs/design/vans.md", answering.as_bytes());
    assert_eq!(open(&folder), [""; 0]);
}

#[test]
fn config_names_the_sets_of_a_document() {
    let folder = Folder::with(&[("pack.toml", PACK), ("archlint.toml", SET)]);
    let out = folder.run(&["config", "docs/design/vans.md"]).exits(0).out;
    assert!(
        out.lines()
            .any(|line| line.starts_with("set = \"parcels\"") && line.contains("archlint.toml:5")),
        "{out}"
    );
}
