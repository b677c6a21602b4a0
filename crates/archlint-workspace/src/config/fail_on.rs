//! What makes a run fail.

use archlint_rules::Severity;

/// The line from which a finding makes a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// A finding of this severity or a worse one does.
    Severity(Severity),
    /// None does.
    Never,
}

impl FailOn {
    /// The names in configuration and on the command line.
    pub const NAMES: &[(&str, FailOn)] = &[
        ("error", FailOn::Severity(Severity::Error)),
        ("warning", FailOn::Severity(Severity::Warning)),
        ("info", FailOn::Severity(Severity::Info)),
        ("hint", FailOn::Severity(Severity::Hint)),
        ("never", FailOn::Never),
    ];

    /// The name, as in [`FailOn::NAMES`].
    pub fn name(self) -> &'static str {
        match self {
            FailOn::Severity(severity) => severity.name(),
            FailOn::Never => "never",
        }
    }

    /// Whether a finding of `severity` makes a run fail.
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            FailOn::Severity(least) => severity >= least,
            FailOn::Never => false,
        }
    }
}

impl Default for FailOn {
    fn default() -> Self {
        FailOn::Severity(Severity::Warning)
    }
}
