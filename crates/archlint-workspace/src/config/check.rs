//! Mistakes in their files, and those that show only when the rules are known.

use super::errors::{ConfigError, ConfigErrors};
use super::fields::{Mistake, nearest};
use super::file::ConfigFile;
use super::resolve::is_for;
use archlint_document::Span;

/// The mistake as one of `file`.
pub(super) fn in_file(file: &ConfigFile, mistake: Mistake) -> ConfigError {
    ConfigError {
        file: file.path.clone(),
        text: file.text.clone(),
        span: Some(mistake.span),
        message: mistake.message,
        label: mistake.label,
        help: mistake.help,
    }
}

pub(super) fn at(file: &ConfigFile, span: &Span, message: String, label: String) -> ConfigError {
    in_file(
        file,
        Mistake {
            span: span.clone(),
            message,
            label,
            help: None,
        },
    )
}

/// Every rule that the file names must exist, or its line would do nothing without a word.
pub(super) fn rules(file: &ConfigFile, known: &[String], errors: &mut ConfigErrors) {
    let overrides = file.overrides.iter().flat_map(|part| &part.values.rules);
    let named = file
        .all
        .rules
        .iter()
        .chain(overrides)
        .map(|said| &said.rule);
    let questions = file
        .templates
        .iter()
        .flat_map(|template| &template.stages)
        .flat_map(|stage| stage.questions.iter().flatten());
    for rule in named.chain(questions) {
        if known.iter().any(|id| is_for(&rule.value, id)) {
            continue;
        }
        let near = nearest(&rule.value, known.iter().map(String::as_str));
        errors.errors.push(ConfigError {
            help: Some(
                near.map_or("`archlint rules` lists the rules".to_owned(), |near| {
                    format!("did you mean `{near}`?")
                }),
            ),
            ..at(
                file,
                &rule.span,
                format!("no rule is called `{}`", rule.value),
                String::new(),
            )
        });
    }
}
