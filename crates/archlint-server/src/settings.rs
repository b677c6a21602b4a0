//! What the editor's settings say.

use serde::Deserialize;
use serde_json::Value;
use std::path::PathBuf;

/// The section `archlint` of the editor's settings, or the initialization options.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The configuration file to use instead of those that are found; empty counts as not given.
    pub config: Option<PathBuf>,
    /// How sure a finding of a topic rule must be, from 0 to 1.
    pub confidence: Option<f32>,
}

impl Settings {
    /// Reads them, with the section's name around them or without; what cannot be read is told.
    ///
    /// # Errors
    /// What is wrong, for a person.
    pub fn read(value: &Value) -> Result<Settings, String> {
        let section = value.get("archlint").unwrap_or(value);
        if section.is_null() {
            return Ok(Settings::default());
        }
        let mut settings: Settings = serde_json::from_value(section.clone())
            .map_err(|error| format!("archlint cannot read its settings: {error}"))?;
        settings.config = settings
            .config
            .filter(|config| !config.as_os_str().is_empty());
        match settings.confidence {
            Some(confidence) if !(0.0..=1.0).contains(&confidence) => {
                Err("the setting archlint.confidence must be a number from 0 to 1".to_owned())
            }
            _ => Ok(settings),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_are_read_with_their_section_and_without() {
        let read = |value| Settings::read(&value);
        let expected = Settings {
            config: Some("a.toml".into()),
            confidence: Some(0.5),
        };
        assert_eq!(
            read(json!({"config": "a.toml", "confidence": 0.5})).unwrap(),
            expected
        );
        assert_eq!(
            read(json!({"archlint": {"config": "a.toml", "confidence": 0.5, "trace": true}}))
                .unwrap(),
            expected
        );
        assert_eq!(
            read(json!({"config": "", "confidence": null})).unwrap(),
            Settings::default()
        );
        assert_eq!(read(json!(null)).unwrap(), Settings::default());
        assert!(
            read(json!({"confidence": 2}))
                .unwrap_err()
                .contains("from 0 to 1")
        );
        assert!(
            read(json!({"confidence": "much"}))
                .unwrap_err()
                .contains("settings")
        );
    }
}
