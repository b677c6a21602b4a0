//! The names that houses give to the parts of a decision record. All are in the form that
//! [`words`](super::plain::words) gives: lower case, without punctuation, numbering and articles.

use super::roles::Certainty::{self, Maybe, Sure};
use super::roles::Role::{self, Consequences, Context, Date, Decision, Options, Record, Status};

/// Names as whole headings.
#[rustfmt::skip]
pub(super) const WHOLE: &[(Role, Certainty, &[&str])] = &[
    (
        Status,
        Sure,
        &[
            "status", "state", "current status", "decision status", "record status",
            "status and date", "status of this decision", "status date", "lifecycle",
            "approval status", "decision state",
        ],
    ),
    (
        Date,
        Sure,
        &[
            "date", "dates", "decision date", "date of decision", "last updated", "last modified",
            "created",
        ],
    ),
    (
        Record,
        Sure,
        &[
            "changelog", "change log", "history", "revision history", "release history",
            "status history", "decision history", "document history", "version history",
            "revisions", "history of changes", "authors", "author", "deciders", "decision makers",
            "decision maker", "people", "participants", "stakeholders", "tags", "metadata",
            "meta data", "meta", "document control", "references", "links", "related",
            "related links", "related adrs", "related decisions", "see also", "further reading",
            "resources", "sources", "glossary", "terminology", "definitions", "notes", "note",
            "appendix", "comments", "reviews", "reviewers", "review", "related documents",
            "related issues", "table of contents", "contents", "acknowledgements", "test cases",
            "more information", "additional information", "previous decisions", "supersedes",
            "superseded by", "stakeholder impacts", "decision log", "approvals", "sign off",
            "contributors", "changes", "update history", "disclaimer", "decision record",
            "information", "info",
        ],
    ),
    (
        Context,
        Sure,
        &[
            "context", "background", "problem", "problems", "problem statement", "motivation",
            "issue", "issues", "why", "problem description", "problem definition", "problem space",
            "problem summary", "forces", "current situation", "situation", "current state",
            "current status quo", "status quo", "existing behavior", "existing behaviour",
            "what is the issue", "what is the problem", "what problem are we solving",
            "business context", "technical context", "need", "needs", "challenge", "challenges",
            "driver", "drivers", "user story", "user stories", "user need", "user needs",
            "business problem", "business case", "reason", "reasons", "question", "opportunity",
            "as is", "pain points", "why now", "decision context", "what prompted this",
            "current behavior", "current behaviour", "present situation", "existing situation",
            "starting point", "initial situation", "story", "motivations", "force",
            "reason for decision", "trigger", "issue statement", "current implementation",
            "current design", "current architecture", "current setup", "use case", "use cases",
        ],
    ),
    (
        Context,
        Sure,
        &[
            "decision drivers", "objective", "objectives", "goal", "goals", "non goals",
            "goals and non goals", "requirements", "requirement", "scope", "considerations",
            "constraints", "assumptions", "aim", "aims", "decision criteria", "criteria",
            "design considerations", "assumptions and constraints", "evaluation criteria",
            "principles", "guiding principles", "non functional requirements",
            "functional requirements", "quality attributes", "design goals", "desired outcome",
        ],
    ),
    (
        Context,
        Maybe,
        &[
            "rationale", "summary", "introduction", "intro", "overview", "abstract", "purpose",
            "description", "what", "justification", "preface", "prologue", "executive summary",
            "discussion", "tl dr", "tldr", "today", "concerns", "prior art", "research", "facts",
            "findings", "premise", "observations", "investigation", "explanation",
        ],
    ),
    (
        Options,
        Sure,
        &[
            "options", "alternatives", "alternative", "positions", "candidates", "approaches",
            "proposals", "pros and cons of the options", "pros and cons", "pros cons",
            "comparison", "solutions", "choices", "option analysis", "options analysis",
            "analysis of options", "evaluation", "trade study", "analysis", "tradeoff analysis",
            "trade off analysis", "not chosen", "other approaches", "variants",
            "alternatives rejected", "design alternatives", "rejected",
            "what else did we consider", "comparison matrix", "options and trade offs",
            "options and tradeoffs", "decision matrix", "scoring",
        ],
    ),
    (
        Decision,
        Sure,
        &[
            "decision", "decisions", "outcome", "resolution", "final decision", "decision outcome",
            "decision outcomes", "proposal", "solution", "recommendation", "recommendations",
            "conclusion", "conclusions", "approach", "verdict", "proposed solution",
            "proposed decision", "proposed change", "proposed changes", "proposed approach",
            "chosen option", "chosen solution", "chosen approach", "selected option",
            "selected solution", "selected approach", "choice", "how", "agreement",
            "proposed design", "decision made", "decision taken", "what we decided",
            "what we will do", "what are we going to do", "decision and rationale",
            "decision details", "we decided", "decision summary", "adopted solution",
            "adopted approach", "final choice", "answer", "decision statement", "decision result",
            "solution design", "proposed action", "recommended option", "recommended approach",
            "recommended solution", "decision s", "what did we decide", "what was decided",
            "design decision", "design decisions", "decision justification", "result of decision",
            "position", "decision conclusion", "decision description",
            "decision and justification", "decision and consequences", "plan of action",
            "architecture decision", "architectural decision", "preferred option",
            "preferred solution", "to be",
        ],
    ),
    (
        Decision,
        Maybe,
        &[
            "design", "implementation", "specification", "policy", "guidelines", "guideline",
            "plan", "implementation details", "implementation plan", "architecture",
            "technical design", "detailed design", "strategy", "rules", "rule", "action",
            "actions", "what", "tl dr", "tldr", "high level design", "convention", "conventions",
            "standard", "standards", "technical details", "technical solution",
            "implementation notes", "implementation proposal", "guidance", "spec", "api",
            "protocol", "process", "behavior", "behaviour", "changes", "proposed architecture",
            "design overview", "new behavior", "technical specification", "target state", "format",
            "structure", "method",
        ],
    ),
    (
        Consequences,
        Sure,
        &[
            "consequences", "consequence", "implications", "implication", "impact", "impacts",
            "trade offs", "tradeoffs", "trade off", "tradeoff", "effects", "ramifications",
            "results", "result", "side effects", "positive consequences", "negative consequences",
            "what becomes easier", "what becomes harder", "downsides", "drawbacks",
            "benefits and drawbacks", "advantages and disadvantages", "risks and trade offs",
            "risks and tradeoffs", "expected consequences", "consequences and risks",
            "what becomes easier or more difficult", "impact and consequences", "repercussions",
            "outcomes", "expected outcomes", "expected outcome", "consequences and trade offs",
            "costs", "what it means", "what this means", "impact analysis", "impact assessment",
            "pros and cons of this decision", "resulting context", "benefits and risks",
            "risks and mitigations", "breaking changes", "consequenses", "consequeces",
            "conseqences", "fallout", "effect",
        ],
    ),
    (
        Consequences,
        Maybe,
        &[
            "risks", "risk", "benefits", "advantages", "disadvantages", "positive", "negative",
            "pros", "cons", "limitations", "caveats", "known limitations", "good", "bad", "cost",
            "effort", "positives", "negatives", "mitigation", "mitigations", "upsides", "gains",
            "losses", "liabilities", "backwards compatibility", "backward compatibility",
            "performance impact", "security impact", "security implications", "pros and cons",
            "pros cons",
        ],
    ),
];

/// Phrases that make a heading a role's wherever they stand in it; the first that is held decides,
/// so that "considered options for the decision" is about options.
#[rustfmt::skip]
pub(super) const HELD: &[(Role, Certainty, &[&str])] = &[
    (
        Record,
        Sure,
        &[
            "decision makers", "decision maker", "deciders", "related decisions", "decision log",
            "change log", "changelog", "revision history", "decision record", "decision process",
            "decision tree", "references", "decision records",
        ],
    ),
    (
        Options,
        Sure,
        &[
            "considered options", "options considered", "alternatives", "alternative solutions",
            "alternative approaches", "solutions considered", "approaches considered",
            "possible solutions", "possible approaches", "possible options", "rejected",
            "other options", "options", "considered solutions", "considered approaches",
            "choices considered", "alternative options", "other solutions",
            "considered and discarded", "considered alternatives", "potential solutions",
            "proposed solutions", "comparison of", "what we considered", "choices",
        ],
    ),
    (
        Context,
        Maybe,
        &[
            "decision drivers", "decision criteria", "decision factors", "non goals", "drivers",
        ],
    ),
    (
        Consequences,
        Sure,
        &[
            "consequences", "consequence", "implications", "trade offs", "tradeoffs",
            "becomes easier", "becomes harder", "becomes more difficult",
        ],
    ),
    (
        Decision,
        Sure,
        &[
            "decision outcome", "proposed solution", "chosen option", "chosen solution",
            "chosen approach", "final decision", "selected option", "recommended",
            "what we decided",
        ],
    ),
    (
        Context,
        Sure,
        &[
            "problem statement", "background", "context and", "and context", "problem",
            "motivation",
        ],
    ),
    (
        Consequences,
        Maybe,
        &[
            "impact", "impacts", "drawbacks", "downsides", "benefits", "risks", "advantages",
        ],
    ),
    (
        Context,
        Maybe,
        &["context", "current state", "why", "rationale"],
    ),
    (
        Decision,
        Maybe,
        &["decision", "decisions", "solution", "proposal", "proposed"],
    ),
];
