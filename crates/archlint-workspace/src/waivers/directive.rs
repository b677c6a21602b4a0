//! The text of a directive: `waive RULE[, RULE...] [until YYYY-MM-DD]: REASON`.

use archlint_document::Span;
use std::fmt;

/// A waiver as it is written. Spans are bytes of the text that was parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waive {
    /// The rules (`group/rule`) and groups (`group/*`) with their places; never empty.
    pub rules: Vec<(String, Span)>,
    /// The last day on which it holds, `YYYY-MM-DD`.
    pub until: Option<(String, Span)>,
    /// Why, white space made single.
    pub reason: Option<(String, Span)>,
}

/// Why a directive cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The place, in bytes of the text that was parsed.
    pub span: Span,
    /// What is wrong there, as a clause.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// What may stand at a place in a directive: what an editor completes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// A verb (`waive`); the span is what is written of it.
    Verb(Span),
    /// A rule or group; the span is what is written of it.
    Rule(Span),
    /// A date; the span is what is written of it.
    Date(Span),
    /// Free text.
    Reason,
}

const FORM: &str = "write `waive group/rule: why it does not apply`";

/// One directive names at most this many rules: each is held against all findings.
const MOST_RULES: usize = 100;

/// Reads what stands behind `archlint:`.
///
/// # Errors
/// The first place that cannot be read, with what to write instead.
pub fn parse(text: &str) -> Result<Waive, SyntaxError> {
    let colon = text.find(':');
    let head = &text[..colon.unwrap_or(text.len())];
    let mut words = words(head);
    let error = |span: Span, message: String, help: &str| SyntaxError {
        span,
        message,
        help: help.to_owned(),
    };
    match words.next() {
        Some(verb) if &head[verb.clone()] == "waive" => {}
        Some(verb) => {
            let written = &head[verb.clone()];
            let help = match crate::config::nearest(written, ["waive"]) {
                Some(near) => format!("did you mean `{near}`?"),
                None => FORM.to_owned(),
            };
            return Err(error(
                verb,
                format!("`{written}` is not a directive"),
                &help,
            ));
        }
        None => {
            return Err(error(
                0..text.len(),
                "the directive says nothing".to_owned(),
                FORM,
            ));
        }
    }
    let mut waive = Waive {
        rules: Vec::new(),
        until: None,
        reason: None,
    };
    while let Some(word) = words.next() {
        let written = &head[word.clone()];
        if written == "until" {
            let Some(date) = words.next().filter(|date| is_date(&head[date.clone()])) else {
                let message = "a date must follow `until`".to_owned();
                return Err(error(word, message, "write `until 2027-03-31`"));
            };
            waive.until = Some((head[date.clone()].to_owned(), date));
            if let Some(more) = words.next() {
                let message = format!("`{}` stands after the date", &head[more.clone()]);
                return Err(error(
                    more,
                    message,
                    "put a colon between the date and the reason",
                ));
            }
        } else if waive.rules.len() == MOST_RULES {
            let message = format!("it names more than {MOST_RULES} rules");
            return Err(error(word, message, "waive a group: `group/*`"));
        } else if is_pattern(written) {
            waive.rules.push((written.to_owned(), word));
        } else {
            let help = if waive.rules.is_empty() {
                FORM
            } else {
                "put a colon between the rule and the reason"
            };
            return Err(error(
                word,
                format!("`{written}` is not the id of a rule"),
                help,
            ));
        }
    }
    if waive.rules.is_empty() {
        return Err(error(0..head.len(), "it names no rule".to_owned(), FORM));
    }
    if let Some(colon) = colon {
        let rest = &text[colon + 1..];
        let reason = rest.trim();
        // What an editor puts in to be written over is no reason.
        let is_placeholder = reason.starts_with('<') && reason.ends_with('>');
        if !reason.is_empty() && !is_placeholder {
            let start = colon + 1 + (rest.len() - rest.trim_start().len());
            let single = reason.split_whitespace().collect::<Vec<_>>().join(" ");
            waive.reason = Some((single, start..start + reason.len()));
        }
    }
    Ok(waive)
}

/// The words of `head`, parted by white space and commas.
fn words(head: &str) -> impl Iterator<Item = Span> + '_ {
    let is_gap = |c: char| c.is_whitespace() || c == ',';
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &head[at..];
        let start = at + rest.find(|c| !is_gap(c))?;
        let end = head[start..]
            .find(is_gap)
            .map_or(head.len(), |length| start + length);
        at = end;
        Some(start..end)
    })
}

/// Whether `text` has the form of a rule's id or of a group (`group/*`).
pub fn is_pattern(text: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    match text.split_once('/') {
        Some((group, rule)) => is_name(group) && (rule == "*" || rule.split('/').all(is_name)),
        None => false,
    }
}

/// Whether `text` is a day, `YYYY-MM-DD`.
pub fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        let part = text.get(range)?;
        part.bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| part.parse::<u32>().ok())?
    };
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return false;
    }
    let (Some(year), Some(month), Some(day)) = (digits(0..4), digits(5..7), digits(8..10)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// What an editor may complete at `offset` (in bytes) of the text behind `archlint:`.
pub fn expected_at(text: &str, offset: usize) -> Expected {
    let offset = text.floor_char_boundary(offset);
    let before = &text[..offset];
    if before.contains(':') {
        return Expected::Reason;
    }
    let is_gap = |c: char| c.is_whitespace() || c == ',';
    let start = before.rfind(is_gap).map_or(0, |at| {
        at + before[at..].chars().next().map_or(0, char::len_utf8)
    });
    let word = start..offset;
    let mut earlier = words(&before[..start]).map(|word| &before[word]);
    match (earlier.next(), earlier.last()) {
        (None, _) => Expected::Verb(word),
        (_, Some("until")) => Expected::Date(word),
        _ => Expected::Rule(word),
    }
}

impl Waive {
    /// A waiver of one rule.
    pub fn new(rule: &str, reason: &str) -> Self {
        Waive {
            rules: vec![(rule.to_owned(), 0..0)],
            until: None,
            reason: (!reason.trim().is_empty()).then(|| (reason.trim().to_owned(), 0..0)),
        }
    }

    /// The whole comment, on one line: what a quick fix inserts.
    pub fn comment(&self) -> String {
        // The reason must not end the comment.
        let text = self.to_string().replace("->", "→");
        format!("<!-- archlint: {text} -->")
    }
}

impl fmt::Display for Waive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("waive ")?;
        for (at, (rule, _)) in self.rules.iter().enumerate() {
            write!(f, "{}{rule}", if at > 0 { ", " } else { "" })?;
        }
        if let Some((until, _)) = &self.until {
            write!(f, " until {until}")?;
        }
        if let Some((reason, _)) = &self.reason {
            write!(
                f,
                ": {}",
                reason.split_whitespace().collect::<Vec<_>>().join(" ")
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_rule_a_date_and_a_reason_are_read() {
        let text = "waive reliability/idempotency until 2027-03-31: the job\n  only reads: twice";
        let waive = parse(text).unwrap();
        assert_eq!(waive.rules[0].0, "reliability/idempotency");
        assert_eq!(&text[waive.rules[0].1.clone()], "reliability/idempotency");
        assert_eq!(waive.until.unwrap().0, "2027-03-31");
        assert_eq!(waive.reason.unwrap().0, "the job only reads: twice");
    }

    #[test]
    fn a_placeholder_is_no_reason() {
        for placeholder in ["<why it does not apply>", " <reason> ", "<>"] {
            let waive = parse(&format!("waive a/b: {placeholder}")).unwrap();
            assert_eq!(waive.reason, None, "{placeholder}");
        }
        let waive = parse("waive a/b: <5 users, all ours").unwrap();
        assert_eq!(waive.reason.unwrap().0, "<5 users, all ours");
    }

    #[test]
    fn several_rules_and_groups_are_read() {
        let waive = parse("waive security/*, adr/date").unwrap();
        let rules: Vec<_> = waive.rules.iter().map(|(rule, _)| rule.as_str()).collect();
        assert_eq!(rules, ["security/*", "adr/date"]);
        assert_eq!((waive.until, waive.reason), (None, None));
    }

    #[test]
    fn what_cannot_be_read_is_said_with_its_place() {
        let said = |text: &str| {
            let error = parse(text).unwrap_err();
            (text[error.span].to_owned(), error.message, error.help)
        };
        assert_eq!(said("wave a/b: x").0, "wave");
        assert_eq!(said("wave a/b: x").2, "did you mean `waive`?");
        assert_eq!(said("waive a/b because it reads").0, "because");
        assert!(said("waive a/b because it reads").2.contains("colon"));
        assert_eq!(said("waive a/b until soon: x").0, "until");
        assert_eq!(said("waive a/b until 2027-02-30: x").0, "until");
        assert!(said("waive : x").1.contains("no rule"));
        assert!(said("").1.contains("nothing"));
        assert!(said("waive *: everything").1.contains("not the id"));
    }

    #[test]
    fn an_editor_learns_what_may_follow() {
        assert_eq!(expected_at("wai", 3), Expected::Verb(0..3));
        assert_eq!(expected_at("waive rel", 9), Expected::Rule(6..9));
        assert_eq!(expected_at("waive a/b, sec", 14), Expected::Rule(11..14));
        assert_eq!(
            expected_at("waive a/b until 20", 18),
            Expected::Date(16..18)
        );
        assert_eq!(expected_at("waive a/b: be", 13), Expected::Reason);
    }

    #[test]
    fn a_reason_cannot_end_the_comment() {
        let comment = Waive::new("a/b", "see --> there").comment();
        assert_eq!(comment.matches("-->").count(), 1);
        assert!(comment.ends_with("there -->"));
    }

    fn pattern() -> impl Strategy<Value = String> {
        prop_oneof!["[a-z]{1,8}/[a-z][a-z-]{0,12}", "[a-z]{1,8}/\\*"]
    }

    fn reason() -> impl Strategy<Value = Option<String>> {
        prop::option::of("[A-Za-zäß:,/☃]{1,8}( [a-z0-9:<>-]{1,8}){0,5}")
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(
            rules in prop::collection::vec(pattern(), 1..4),
            day in prop::option::of((2000u32..2100, 1u32..13, 1u32..29)),
            reason in reason(),
        ) {
            let until = day.map(|(y, m, d)| (format!("{y:04}-{m:02}-{d:02}"), 0..0));
            let written = Waive {
                rules: rules.iter().map(|rule| (rule.clone(), 0..0)).collect(),
                until: until.clone(),
                reason: reason.clone().map(|reason| (reason, 0..0)),
            };
            let read = parse(&written.to_string()).unwrap();
            prop_assert_eq!(read.rules.into_iter().map(|(rule, _)| rule).collect::<Vec<_>>(), rules);
            prop_assert_eq!(read.until.map(|(date, _)| date), until.map(|(date, _)| date));
            prop_assert_eq!(read.reason.map(|(reason, _)| reason), reason);
        }

        #[test]
        fn any_text_is_read_or_refused_with_a_place_in_it(text in "(waive )?\\PC{0,40}(:\\PC{0,20})?", offset in 0usize..80) {
            match parse(&text) {
                Ok(waive) => {
                    for (rule, span) in &waive.rules {
                        prop_assert_eq!(text.get(span.clone()), Some(rule.as_str()));
                    }
                }
                Err(error) => prop_assert!(text.get(error.span).is_some()),
            }
            let (Expected::Verb(span) | Expected::Rule(span) | Expected::Date(span)) =
                expected_at(&text, offset) else { return Ok(()) };
            prop_assert!(text.get(span).is_some());
        }
    }
}
