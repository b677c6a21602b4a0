//! Which repository and commit the documents are from, as far as that can be told without git.

use archlint_report::Origin;
use std::path::{Path, PathBuf};

/// What the environment of a CI says or, failing that, the `.git` folder at or above the working
/// directory.
pub fn here() -> Origin {
    std::env::current_dir().map_or_else(|_| Origin::default(), |folder| origin(&folder))
}

fn origin(folder: &Path) -> Origin {
    let variable = |names: [&str; 2]| {
        names
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()))
    };
    let git = folder.ancestors().find_map(git_folder);
    Origin {
        repository: variable(["GITHUB_REPOSITORY", "CI_PROJECT_PATH"])
            .or_else(|| remote(&common_folder(git.as_deref()?))),
        revision: variable(["GITHUB_SHA", "CI_COMMIT_SHA"]).or_else(|| head(git.as_deref()?)),
    }
}

/// The git folder of a work tree; in a linked work tree `.git` is a file that names it.
fn git_folder(folder: &Path) -> Option<PathBuf> {
    let git = folder.join(".git");
    if git.is_dir() {
        return Some(git);
    }
    let text = std::fs::read_to_string(git).ok()?;
    Some(folder.join(text.strip_prefix("gitdir:")?.trim()))
}

/// Where a linked work tree's repository keeps what all work trees share.
fn common_folder(git: &Path) -> PathBuf {
    match std::fs::read_to_string(git.join("commondir")) {
        Ok(common) => git.join(common.trim()),
        Err(_) => git.to_owned(),
    }
}

fn head(git: &Path) -> Option<String> {
    let head = std::fs::read_to_string(git.join("HEAD")).ok()?;
    let Some(name) = head.trim().strip_prefix("ref: ") else {
        return Some(head.trim().to_owned());
    };
    let common = common_folder(git);
    for folder in [git, &common] {
        if let Ok(commit) = std::fs::read_to_string(folder.join(name)) {
            return Some(commit.trim().to_owned());
        }
    }
    let packed = std::fs::read_to_string(common.join("packed-refs")).ok()?;
    packed.lines().find_map(|line| {
        line.strip_suffix(name)?
            .strip_suffix(' ')
            .map(str::to_owned)
    })
}

/// `owner/name` from the address of the remote `origin`.
fn remote(git: &Path) -> Option<String> {
    let config = std::fs::read_to_string(git.join("config")).ok()?;
    let address = config
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != "[remote \"origin\"]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .find_map(|line| line.strip_prefix("url")?.trim_start().strip_prefix('='))?
        .trim();
    Some(name_in(address))
}

/// `owner/name` in `https://host/owner/name.git` or `git@host:owner/name.git`.
fn name_in(address: &str) -> String {
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or(rest, |(_, path)| path),
        None => address.rsplit_once(':').map_or(address, |(_, path)| path),
    };
    path.trim_matches('/').trim_end_matches(".git").to_owned()
}

#[cfg(test)]
mod tests {
    use super::name_in;

    #[test]
    fn an_address_gives_owner_and_name_and_no_password() {
        assert_eq!(
            name_in("https://user:secret@host.example/team/shop.git"),
            "team/shop"
        );
        assert_eq!(name_in("git@host.example:team/shop.git"), "team/shop");
        assert_eq!(name_in("ssh://git@host.example:22/team/shop"), "team/shop");
    }
}
