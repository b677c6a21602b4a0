//! Stems of English words.
//!
//! Snowball's English stemmer (Porter 2) does the work. Before it, words are brought to one
//! spelling and irregular forms to their regular one; and words that it would merge although
//! technical prose means different things by them are kept apart (a *container* is not what
//! something *contains*, and *production* makes no *product*).

use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// The stem of a lower-case word. Two words have the same stem when rules take them for one.
pub fn stem_of(word: &str) -> Cow<'_, str> {
    if !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    if let Some(stem) = function_word(word) {
        return Cow::Borrowed(stem);
    }
    let singular = word
        .strip_suffix('s')
        .filter(|w| w.len() > 2 && !w.ends_with('s'))
        .unwrap_or(word);
    if let Some(stem) = apart(word).or_else(|| apart(singular)) {
        return Cow::Borrowed(stem);
    }
    let regular = irregular(word).or_else(|| irregular(singular));
    let word = match regular {
        Some(regular) => Cow::Borrowed(regular),
        None => one_spelling(word),
    };
    if let Some(base) = ending(&word, &IZE).filter(|base| base.len() >= 3) {
        return Cow::Owned(format!("{base}iz"));
    }
    if let Some(base) = ending(&word, &["ification", "ifications"]) {
        return Cow::Owned(format!("{base}ifi"));
    }
    let stemmer = Stemmer::create(Algorithm::English);
    match word {
        Cow::Borrowed(word) => stemmer.stem(word),
        Cow::Owned(word) => Cow::Owned(stemmer.stem(&word).into_owned()),
    }
}

const IZE: [&str; 10] = [
    "ize",
    "izes",
    "ized",
    "izing",
    "izer",
    "izers",
    "ization",
    "izations",
    "izable",
    "izability",
];

/// What stands before one of the endings.
fn ending<'w>(word: &'w str, endings: &[&str]) -> Option<&'w str> {
    endings.iter().find_map(|ending| word.strip_suffix(ending))
}

/// Articles are one word to rules, and so are the forms of *be*, *have* and *do*: "revert to the
/// previous version" is also "revert to a previous version".
fn function_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "a" | "an" | "the" => "the",
        "am" | "are" | "be" | "been" | "being" | "is" | "was" | "were" => "be",
        "had" | "has" | "have" | "having" => "have",
        "did" | "do" | "does" | "doing" | "done" => "do",
        _ => return None,
    })
}

/// British spellings as American ones, and a few words that have two spellings.
fn one_spelling(word: &str) -> Cow<'_, str> {
    const ISE: [&str; 10] = [
        "ise",
        "ises",
        "ised",
        "ising",
        "iser",
        "isers",
        "isation",
        "isations",
        "isable",
        "isability",
    ];
    // "raise" and "revise" are spelled so everywhere; of longer words it does no harm.
    if let Some(base) = ending(word, &ISE).filter(|base| base.len() >= 4) {
        let ending = &word[base.len() + 2..];
        return Cow::Owned(format!("{base}iz{ending}"));
    }
    if let Some(base) = ending(word, &["yse", "ysed", "yser", "ysers", "ysing"]) {
        let ending = &word[base.len() + 2..];
        return Cow::Owned(format!("{base}yz{ending}"));
    }
    if let Some(base) =
        ending(word, &["our", "ours", "oured", "ouring", "oural"]).filter(|base| base.len() >= 3)
    {
        let ending = &word[base.len() + 3..];
        return Cow::Owned(format!("{base}or{ending}"));
    }
    Cow::Borrowed(word)
}

/// The regular form of an irregular one.
fn irregular(word: &str) -> Option<&'static str> {
    Some(match word {
        // Verbs whose other forms Snowball does not know.
        "became" => "become",
        "began" | "begun" => "begin",
        "bought" => "buy",
        "bound" => "bind",
        "broke" | "broken" => "break",
        "brought" => "bring",
        "built" => "build",
        "caught" => "catch",
        "chose" | "chosen" => "choose",
        "dealt" => "deal",
        "drawn" | "drew" => "draw",
        "driven" | "drove" => "drive",
        "fallen" | "fell" => "fall",
        "fed" => "feed",
        "forgot" | "forgotten" => "forget",
        "found" => "find",
        "froze" | "frozen" => "freeze",
        "gave" | "given" => "give",
        "gone" | "went" => "go",
        "grew" | "grown" => "grow",
        "held" => "hold",
        "hid" | "hidden" => "hide",
        "hung" => "hang",
        "kept" => "keep",
        "knew" | "known" => "know",
        "laid" => "lay",
        "led" => "lead",
        "lost" => "lose",
        "made" => "make",
        "meant" => "mean",
        "met" => "meet",
        "overridden" | "overrode" => "override",
        "overwritten" | "overwrote" => "overwrite",
        "paid" => "pay",
        "ran" => "run",
        "rebuilt" => "rebuild",
        "resent" => "resend",
        "rewritten" | "rewrote" => "rewrite",
        "risen" | "rose" => "rise",
        "saw" | "seen" => "see",
        "sent" => "send",
        "shown" => "show",
        "shrank" | "shrunk" => "shrink",
        "sold" => "sell",
        "sought" => "seek",
        "spent" => "spend",
        "spun" => "spin",
        "stood" => "stand",
        "taken" | "took" => "take",
        "taught" => "teach",
        "thought" => "think",
        "threw" | "thrown" => "throw",
        "told" => "tell",
        "understood" => "understand",
        "withdrawn" | "withdrew" => "withdraw",
        "written" | "wrote" => "write",
        // Verbs and nouns that Snowball takes for two words.
        "delivery" | "deliveries" => "deliver",
        "discovery" | "discoveries" => "discover",
        "queued" | "queueing" | "queuing" => "queue",
        "recovery" | "recoveries" => "recover",
        "tenancy" => "tenant",
        // Plurals.
        "analyses" => "analysis",
        "children" => "child",
        "criteria" => "criterion",
        "indices" => "index",
        "matrices" => "matrix",
        "schemata" => "schema",
        "vertices" => "vertex",
        // Spellings.
        "artefact" => "artifact",
        "catalogue" => "catalog",
        "centre" => "center",
        "centred" => "centered",
        "defence" => "defense",
        "dialogue" => "dialog",
        "fulfil" => "fulfill",
        "licence" => "license",
        "programme" => "program",
        _ => return None,
    })
}

/// Words, in the singular, that keep a stem of their own: in technical prose they mean something
/// other than the words that Snowball gives the same stem.
fn apart(word: &str) -> Option<&'static str> {
    Some(match word {
        "acceptance" => "acceptance",
        "activate" | "activated" | "activation" => "activation",
        "activity" | "activities" => "activity",
        "adapter" | "adaptor" => "adapter",
        "authority" | "authorities" => "authority",
        "business" | "businesses" => "business",
        "consist" | "consisted" | "consisting" => "consists",
        "consumer" => "consumer",
        "container" => "container",
        "contention" => "contention",
        "continuity" => "continuity",
        "continuous" | "continuously" => "continuous",
        "controller" => "controller",
        "customer" => "customer",
        "declarative" | "declaratively" => "declarative",
        "dependency" | "dependencies" => "dependency",
        "designate" | "designated" => "designate",
        "direction" => "direction",
        "documentation" => "documentation",
        "edition" => "edition",
        "effective" | "effectively" | "effectiveness" => "effective",
        "engineer" | "engineering" => "engineer",
        "exception" => "exception",
        "exclusive" | "exclusively" => "exclusive",
        "executable" => "executable",
        "experiment" | "experimental" | "experimentation" => "experiment",
        "follower" => "follower",
        "functional" | "functionally" => "functional",
        "functionality" | "functionalities" => "functionality",
        "heading" => "heading",
        "identical" | "identically" => "identical",
        "identifier" => "identifier",
        "importance" | "important" | "importantly" => "important",
        "indicator" => "indicator",
        "information" => "information",
        "informer" => "informer",
        "initial" | "initially" => "initial",
        "integrity" => "integrity",
        "invalidate" | "invalidated" | "invalidating" | "invalidation" => "invalidate",
        "likelihood" | "likely" => "likely",
        "limitation" => "limitation",
        "liveness" => "liveness",
        "locale" => "locale",
        "locality" => "locality",
        "logical" | "logically" => "logical",
        "majority" => "majority",
        "manager" => "manager",
        "meeting" => "meeting",
        "minority" => "minority",
        "missing" => "missing",
        "objective" => "objective",
        "observability" => "observability",
        "operator" => "operator",
        "optional" | "optionally" => "optional",
        "original" | "originally" => "original",
        "performance" => "performance",
        "personal" | "personally" => "personal",
        "positive" | "positively" => "positive",
        "practical" | "practically" => "practical",
        "producer" => "producer",
        "production" => "production",
        "productive" | "productivity" => "productive",
        "progressive" | "progressively" => "progressive",
        "projection" => "projection",
        "provider" => "provider",
        "publication" => "publication",
        "readiness" => "readiness",
        "reasonable" | "reasonably" => "reasonable",
        "relational" => "relational",
        "relative" | "relatively" => "relative",
        "resolver" => "resolver",
        "respective" | "respectively" => "respective",
        "responsibility" | "responsibilities" | "responsible" => "responsible",
        "scheduler" => "scheduler",
        "setting" => "setting",
        "several" => "several",
        "staging" => "staging",
        "stateful" => "stateful",
        "terminal" => "terminal",
        "transition" | "transitioned" | "transitioning" | "transitional" => "transition",
        "underlying" => "underlying",
        "utility" | "utilities" => "utility",
        "validate" | "validated" | "validating" | "validation" | "validator" => "validate",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::stem_of;

    fn same(words: &str) {
        let mut stems: Vec<_> = words.split(' ').map(|w| (stem_of(w), w)).collect();
        stems.dedup_by(|a, b| a.0 == b.0);
        assert_eq!(stems.len(), 1, "{stems:?}");
    }

    fn different(words: &str) {
        let mut stems: Vec<_> = words.split(' ').map(stem_of).collect();
        stems.sort();
        let count = stems.len();
        stems.dedup();
        assert_eq!(stems.len(), count, "{words}: {stems:?}");
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        same("roll rolls rolled rolling");
        same("migrate migrates migrated migrating migration migrations");
        same("choose chooses chose chosen choosing");
        same("write writes wrote written writing");
        same("queue queues queued queuing queueing");
        same("index indexes indices indexing");
        same("recover recovers recovered recovery");
        same("verify verified verifies verification");
        same("cancel cancelled canceled cancelling");
        same("model models modelled modelling modeling");
        same("container containers");
        same("tenant tenants tenancy");
        same("validate validates validation validators");
    }

    #[test]
    fn spellings_of_a_word_have_one_stem() {
        same("organise organize organisation organizations organising");
        same("authorise authorized authorization authorisation authorizer");
        same("analyse analyze analysed analyzing");
        same("behaviour behaviors behavioural");
        same("centre center centres");
        same("licence license licences");
        same("catalogue catalog catalogues");
        same("serialise serialization serializer serializable");
    }

    #[test]
    fn words_of_different_senses_have_different_stems() {
        different("container contain");
        different("production product produce producer productive");
        different("customer custom");
        different("important import");
        different("integrity integration");
        different("author authority authorize");
        different("consist consistent");
        different("operator operation");
        different("set setting");
        different("business busy");
        different("content contention");
        different("serial serialize");
        different("specific specification");
        different("indices indicate");
        different("continue continuous continuity");
        different("validate valid");
        different("stage staging");
    }

    #[test]
    fn what_is_not_an_english_word_is_its_own_stem() {
        for word in ["", "größe", "99.9", "日本"] {
            assert_eq!(stem_of(word), word);
        }
    }
}
