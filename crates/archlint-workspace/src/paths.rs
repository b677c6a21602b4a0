//! Paths as text: made absolute without touching the disk, and named for people.

use std::path::{Component, Path, PathBuf};

/// `path` under `base`, with `.` and `..` taken out as text: symbolic links are not followed, and
/// the file need not exist.
pub fn absolute(base: &Path, path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in base.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                // `/..` is `/`; a relative base keeps what it cannot resolve.
                if !result.pop() && !result.has_root() {
                    result.push("..");
                }
            }
            other => result.push(other),
        }
    }
    result
}

/// How a file is called in reports: relative to `base` where it lies under it, with `/` between
/// the parts. Bytes that are not UTF-8 become U+FFFD.
pub fn display(base: &Path, path: &Path) -> String {
    with_slashes(path.strip_prefix(base).unwrap_or(path))
}

/// The path with `/` between its parts on every system.
pub fn with_slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// A short name for an `archlint.toml` or other file in messages: relative to `base` where it lies
/// under it or beside it (at most two folders up), else in full.
pub fn short(base: &Path, path: &Path) -> String {
    if let Ok(inside) = path.strip_prefix(base) {
        return with_slashes(inside);
    }
    for (up, ancestor) in base.ancestors().enumerate().skip(1).take(2) {
        if let Ok(inside) = path.strip_prefix(ancestor) {
            return format!("{}{}", "../".repeat(up), with_slashes(inside));
        }
    }
    with_slashes(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_taken_out_as_text() {
        let at = |path: &str| absolute(Path::new("/w/docs"), Path::new(path));
        assert_eq!(at("./a.md"), Path::new("/w/docs/a.md"));
        assert_eq!(at("../adr/../a.md"), Path::new("/w/a.md"));
        assert_eq!(at("/x/./y"), Path::new("/x/y"));
        assert_eq!(at("../../../../a"), Path::new("/a"));
    }

    #[test]
    fn files_are_named_from_the_working_directory() {
        let base = Path::new("/w/docs");
        assert_eq!(display(base, Path::new("/w/docs/adr/1.md")), "adr/1.md");
        assert_eq!(
            display(base, Path::new("/elsewhere/1.md")),
            "/elsewhere/1.md"
        );
        assert_eq!(
            short(base, Path::new("/w/archlint.toml")),
            "../archlint.toml"
        );
        assert_eq!(short(base, Path::new("/etc/a.toml")), "../../etc/a.toml");
        assert_eq!(
            short(Path::new("/a/b/c/d"), Path::new("/etc/a.toml")),
            "/etc/a.toml"
        );
    }
}
