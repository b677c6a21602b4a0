//! Putting the tables of several sources together: duplicates, `[[extend]]`, `[[override]]` and
//! learned weights.

use crate::error::{PackError, did_you_mean};
use crate::read::{Extend, Override, Tables};
use crate::table::Errors;
use crate::{Concept, Model, Pattern, Place, Structure, Text, Topic};
use rustc_hash::FxHashMap;

/// All sources' tables, put together.
#[derive(Debug, Default)]
pub(crate) struct Pack {
    pub concepts: Vec<Concept>,
    pub topics: Vec<Topic>,
    pub patterns: Vec<Pattern>,
    pub structures: Vec<Structure>,
    /// Signal terms by index of their topic.
    pub signals: Vec<(usize, Vec<(Text, f32)>)>,
    pub model: Option<Model>,
    /// Ids of rules that are switched off.
    pub disabled: Vec<String>,
}

/// What an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Concept(usize),
    Topic(usize),
    Pattern(usize),
    Structure(usize),
}

/// Puts the tables of all sources together, in their order.
pub(crate) fn merge(sources: Vec<Tables>, errors: &Errors) -> Pack {
    let mut merge = Merge {
        pack: Pack::default(),
        named: FxHashMap::default(),
        errors,
    };
    let mut extends = Vec::new();
    let mut overrides = Vec::new();
    let mut weights = Vec::new();
    for tables in sources {
        for concept in tables.concepts {
            let named = Named::Concept(merge.pack.concepts.len());
            if merge.claim(&concept.id, named) {
                merge.pack.concepts.push(concept);
            }
        }
        for topic in tables.topics {
            let named = Named::Topic(merge.pack.topics.len());
            if merge.claim(&topic.id, named) {
                merge.pack.topics.push(topic);
            }
        }
        for pattern in tables.patterns {
            let named = Named::Pattern(merge.pack.patterns.len());
            if merge.claim(&pattern.id, named) {
                merge.pack.patterns.push(pattern);
            }
        }
        for structure in tables.structures {
            let named = Named::Structure(merge.pack.structures.len());
            if merge.claim(&structure.id, named) {
                merge.pack.structures.push(structure);
            }
        }
        extends.extend(tables.extends);
        overrides.extend(tables.overrides);
        weights.extend(tables.weights);
        if !tables.model.is_empty() {
            let model = merge.pack.model.get_or_insert_default();
            model.tables.extend(tables.model);
        }
    }
    for extend in extends {
        merge.extend(extend);
    }
    for weights in weights {
        if let Some(Named::Topic(index)) = merge.find(&weights.id, "topic", |named| {
            matches!(named, Named::Topic(_))
        }) {
            merge.pack.topics[index].weights = Some(weights.weights);
            merge.pack.signals.push((index, weights.signals));
        }
    }
    let mut off = Vec::new();
    for change in overrides {
        merge.change(change, &mut off);
    }
    let mut pack = merge.pack;
    switch_off(&mut pack, &off);
    pack
}

struct Merge<'e> {
    pack: Pack,
    /// Rules and concepts by id, and where the id stands.
    named: FxHashMap<String, (Named, Place)>,
    errors: &'e Errors,
}

impl Merge<'_> {
    fn error(&self, error: PackError) {
        self.errors.borrow_mut().push(error);
    }

    /// Whether the id is a good one that nothing else has.
    fn claim(&mut self, id: &Text, named: Named) -> bool {
        let concept = matches!(named, Named::Concept(_));
        let segment = |s: &str| {
            !s.is_empty()
                && s.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        let segments = id.split('/').count();
        if !id.split('/').all(segment) || (concept && segments != 1) || (!concept && segments < 2) {
            let form = if concept {
                "a concept's id is lower case, words joined by hyphens: `message-queue`"
            } else {
                "a rule's id is a group and a name in lower case: `deployment/rollback`"
            };
            self.error(PackError::at(id.place, format!("`{id}` is not a good id")).help(form));
            return false;
        }
        if let Some((_, first)) = self.named.get(&id.text) {
            self.error(
                PackError::at(id.place, format!("the id `{id}` is taken"))
                    .label("defined again here")
                    .also(*first, "first defined here")
                    .help(
                        "choose another id; to change what exists, use [[extend]] or [[override]]",
                    ),
            );
            return false;
        }
        self.named.insert(id.text.clone(), (named, id.place));
        true
    }

    /// What the id names, which must be something that `fits`.
    fn find(&self, id: &Text, what: &str, fits: fn(Named) -> bool) -> Option<Named> {
        match self.named.get(&id.text) {
            Some((named, _)) if fits(*named) => Some(*named),
            Some((_, place)) => {
                self.error(
                    PackError::at(id.place, format!("`{id}` is not a {what}"))
                        .also(*place, "defined here"),
                );
                None
            }
            None => {
                let known = self
                    .named
                    .iter()
                    .filter(|(_, (named, _))| fits(*named))
                    .map(|(known, _)| known.as_str());
                let help = did_you_mean(id, known)
                    .unwrap_or_else(|| "`archlint rules` lists the ids".to_string());
                self.error(
                    PackError::at(id.place, format!("there is no {what} `{id}`")).help(help),
                );
                None
            }
        }
    }

    fn extend(&mut self, extend: Extend) {
        let named = self.find(&extend.id, "rule or concept", |_| true);
        let allowed: &[&str] = match named {
            None => return,
            Some(Named::Concept(_)) => &["terms"],
            Some(Named::Topic(_)) => &["asked", "answer", "references", "example"],
            Some(Named::Pattern(_)) => &[
                "terms",
                "unless",
                "sections",
                "not_sections",
                "references",
                "example",
            ],
            Some(Named::Structure(_)) => &["references", "example"],
        };
        self.check_given(&extend.id, &extend.given, allowed);
        let examples = extend.examples.len() + extend.topic_examples.len();
        let fitting = match named {
            Some(Named::Topic(_)) => extend.topic_examples.len(),
            _ => extend.examples.len(),
        };
        if examples != fitting {
            let message = format!("examples that do not fit `{}`", extend.id);
            self.error(
                PackError::at(extend.id.place, message)
                    .help("topics have `answers`, patterns and structures have `fires`"),
            );
        }
        let references = extend.references.into_iter().map(|r| r.text);
        match named {
            Some(Named::Concept(i)) => self.pack.concepts[i].terms.extend(extend.terms),
            Some(Named::Topic(i)) => {
                let topic = &mut self.pack.topics[i];
                topic.asked.when.extend(extend.when);
                topic.answer.strong.extend(extend.answer.strong);
                topic.answer.weak.extend(extend.answer.weak);
                topic.answer.headings.extend(extend.answer.headings);
                topic.answer.code.extend(extend.answer.code);
                topic.answer.not.extend(extend.answer.not);
                topic.references.extend(references);
                topic.examples.extend(extend.topic_examples);
            }
            Some(Named::Pattern(i)) => {
                let pattern = &mut self.pack.patterns[i];
                pattern.terms.extend(extend.terms);
                pattern.unless.extend(extend.unless);
                pattern.sections.extend(extend.sections);
                pattern.not_sections.extend(extend.not_sections);
                pattern.references.extend(references);
                pattern.examples.extend(extend.examples);
            }
            Some(Named::Structure(i)) => {
                let structure = &mut self.pack.structures[i];
                structure.references.extend(references);
                structure.examples.extend(extend.examples);
            }
            None => {}
        }
    }

    /// Applies an `[[override]]`; the id of a rule that it switches off goes to `off`.
    fn change(&mut self, change: Override, off: &mut Vec<String>) {
        let rule = |named| !matches!(named, Named::Concept(_));
        const COMMON: [&str; 7] = [
            "enabled",
            "title",
            "message",
            "help",
            "severity",
            "kinds",
            "references",
        ];
        let named = self.find(&change.id, "rule", rule);
        let own: &[&str] = match named {
            Some(Named::Topic(_)) => &[
                "group",
                "question",
                "answered_when",
                "asked_when",
                "scaffold",
                "always",
            ],
            Some(Named::Pattern(_)) => &["regex", "unless_figure"],
            Some(Named::Structure(_)) => &["expect", "query", "scaffold"],
            _ => return,
        };
        let allowed: Vec<&str> = COMMON.iter().chain(own).copied().collect();
        self.check_given(&change.id, &change.given, &allowed);
        match change.enabled {
            Some(false) => off.push(change.id.text.clone()),
            Some(true) => off.retain(|id| *id != change.id.text),
            None => {}
        }
        let text = |t: Option<Text>| t.map(|t| t.text);
        let references = change
            .references
            .map(|r| r.into_iter().map(|r| r.text).collect());
        match named {
            Some(Named::Topic(i)) => {
                let topic = &mut self.pack.topics[i];
                replace(&mut topic.title, text(change.title));
                replace(&mut topic.group, text(change.group));
                replace(&mut topic.question, text(change.question));
                replace(&mut topic.answered_when, text(change.answered_when));
                replace(&mut topic.asked_when, text(change.asked_when));
                replace(&mut topic.message, text(change.message));
                replace(&mut topic.help, text(change.help));
                replace(&mut topic.severity, change.severity);
                replace(&mut topic.kinds, change.kinds);
                replace(&mut topic.references, references);
                replace(&mut topic.scaffold, text(change.scaffold));
                replace(&mut topic.asked.always, change.always);
            }
            Some(Named::Pattern(i)) => {
                let pattern = &mut self.pack.patterns[i];
                replace(&mut pattern.title, text(change.title));
                replace(&mut pattern.message, text(change.message));
                replace(&mut pattern.help, text(change.help));
                replace(&mut pattern.severity, change.severity);
                replace(&mut pattern.kinds, change.kinds);
                replace(&mut pattern.references, references);
                replace(&mut pattern.regex, change.regex.map(Some));
                replace(&mut pattern.unless_figure, change.unless_figure);
            }
            Some(Named::Structure(i)) => {
                let structure = &mut self.pack.structures[i];
                replace(&mut structure.title, text(change.title));
                replace(&mut structure.message, text(change.message));
                replace(&mut structure.help, text(change.help));
                replace(&mut structure.severity, change.severity);
                replace(&mut structure.kinds, change.kinds);
                replace(&mut structure.references, references);
                replace(&mut structure.expect, change.expect);
                if change.query.is_some() {
                    structure.query = change.query;
                    structure.check = None;
                }
                replace(&mut structure.scaffold, text(change.scaffold).map(Some));
            }
            Some(Named::Concept(_)) | None => {}
        }
    }

    fn check_given(&self, id: &Text, given: &[(&str, Place)], allowed: &[&str]) {
        for (key, place) in given {
            if !allowed.contains(key) {
                let (_, defined) = self.named[&id.text];
                self.error(
                    PackError::at(
                        *place,
                        format!("`{id}` has no `{key}` that could be changed here"),
                    )
                    .also(defined, "defined here")
                    .help(format!("here it takes {}", allowed.join(", "))),
                );
            }
        }
    }
}

fn replace<T>(value: &mut T, with: Option<T>) {
    if let Some(with) = with {
        *value = with;
    }
}

/// Takes the rules with these ids out.
fn switch_off(pack: &mut Pack, off: &[String]) {
    if off.is_empty() {
        return;
    }
    let is_on = |id: &Text| !off.contains(&id.text);
    let mut kept = 0;
    let new_index: Vec<Option<usize>> = pack
        .topics
        .iter()
        .map(|topic| {
            is_on(&topic.id).then(|| {
                kept += 1;
                kept - 1
            })
        })
        .collect();
    pack.signals = std::mem::take(&mut pack.signals)
        .into_iter()
        .filter_map(|(index, signals)| Some((new_index[index]?, signals)))
        .collect();
    pack.topics.retain(|topic| is_on(&topic.id));
    pack.patterns.retain(|pattern| is_on(&pattern.id));
    pack.structures.retain(|structure| is_on(&structure.id));
    pack.disabled = off.to_vec();
}
