// The pages of the extension as HTML. A page may load and run nothing but its own style and script,
// and everything in the checklist that comes from a document or from rules is escaped.

import {
  countsOf,
  groupsOf,
  inWords,
  linesOf,
  raising,
  settled,
  stateOf,
  type Checklist,
  type Passage,
  type Question,
} from './checklist';

/** The page for a checklist; `nonce` is what its style and script are known by. */
export function checklistPage(checklist: Checklist, nonce: string): string {
  const body = checklist.skipped === null ? reviewed(checklist) : notReviewed(checklist, checklist.skipped);
  return page(`Review of ${checklist.path}`, body, nonce);
}

/** The page that explains a rule; `body` is Markdown that the editor has rendered. */
export function explanationPage(rule: string, body: string, nonce: string): string {
  return page(rule, `<main>${body}</main>`, nonce);
}

/**
 * Makes links to lines of `file:` documents ones to lines alone, `#L12`, which the pages know how to
 * follow: the editor renders no links to files.
 */
export function linksToLines(markdown: string): string {
  return markdown.replace(/\]\((?:file|untitled):[^)\s]*#L(\d+)\)/g, '](#L$1)');
}

function page(title: string, body: string, nonce: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
${body}
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}

/** Text as HTML that shows it. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function notReviewed(checklist: Checklist, why: string): string {
  return `<h1>${escape(checklist.path)}</h1>\n<p>Not reviewed: ${escape(why)}.</p>`;
}

function reviewed(checklist: Checklist): string {
  const counts = countsOf(checklist.questions);
  const share = counts.asked === 0 ? 0 : Math.round((100 * settled(counts)) / counts.asked);
  const unasked = checklist.questions.filter((question) => !question.asked);
  return `<header>
<h1>Review of ${escape(checklist.path)}</h1>
<p>Read as ${escape(checklist.kind)}: ${escape(checklist.kind_reason)}.</p>
<p class="count"><strong>${settled(counts)} of ${counts.asked}</strong> asked questions answered
<progress max="100" value="${share}" aria-hidden="true"></progress></p>
<p>${escape(inWords(counts))}</p>
</header>
${groupsOf(checklist.questions).map((group) => `<section>\n<h2>${escape(group.title)}</h2>\n<ul>\n${group.questions.map(asked).join('\n')}\n</ul>\n</section>`).join('\n')}
${unasked.length > 0 ? `<details>\n<summary>Not asked of this document (${unasked.length})</summary>\n<ul>\n${unasked.map(notAsked).join('\n')}\n</ul>\n</details>` : ''}`;
}

function asked(question: Question): string {
  const state = stateOf(question);
  const waiver = question.waiver === null ? '' : `\n<p class="waiver">Waived: ${escape(question.waiver)}</p>`;
  const raised = raising(question).slice(0, 1);
  return `<li class="${state}" data-question="${escape(question.id)}">
<h3>${escape(question.title || question.id)} <span class="state">${state}</span></h3>
<p class="question">${escape(question.question)}</p>${waiver}
${question.evidence.slice(0, SHOWN).map((passage) => quoted(passage, '')).join('\n')}
${raised.map((passage) => quoted(passage, 'Asked because it ')).join('\n')}
</li>`;
}

/** Passages that are shown for one question; the view has them all. */
const SHOWN = 3;

function quoted(passage: Passage, why: string): string {
  return `<blockquote>${escape(passage.quote)}
<footer><a href="#L${passage.start_line}">${linesOf(passage)}</a> · ${escape(why + passage.reason)}</footer></blockquote>`;
}

function notAsked(question: Question): string {
  const state = stateOf(question);
  return `<li>${escape(question.title || question.id)}${state === 'open' ? '' : `: ${state}`}</li>`;
}

const STYLE = `
body { max-width: 52rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; line-height: 1.5; color: var(--vscode-foreground); }
h1 { font-size: 1.5em; margin: 0.5em 0; overflow-wrap: anywhere; }
h2 { font-size: 1.15em; margin: 2em 0 0.5em; padding-bottom: 0.25em; border-bottom: 1px solid var(--vscode-panel-border, currentColor); }
h3 { font-size: 1em; margin: 0; }
p { margin: 0.25em 0; }
.count strong { font-size: 1.3em; }
.count progress { display: block; width: 100%; max-width: 24rem; height: 0.6em; margin: 0.25em 0; accent-color: var(--vscode-testing-iconPassed); }
ul { list-style: none; margin: 0; padding: 0; }
section li { position: relative; margin: 1em 0; padding-left: 1.8em; }
section li::before { position: absolute; left: 0; font-weight: bold; }
li.answered::before { content: "✔"; color: var(--vscode-testing-iconPassed); }
li.touched::before { content: "◐"; color: var(--vscode-list-warningForeground); }
li.open::before { content: "○"; color: var(--vscode-list-warningForeground); }
li.waived::before { content: "⊘"; color: var(--vscode-descriptionForeground); }
.state { margin-left: 0.5em; padding: 0 0.5em; border-radius: 0.7em; font-size: 0.85em; font-weight: normal;
  color: var(--vscode-badge-foreground); background: var(--vscode-badge-background); }
.question, .waiver { color: var(--vscode-descriptionForeground); }
blockquote { margin: 0.5em 0; padding: 0.25em 0.75em; overflow-wrap: anywhere;
  border-left: 3px solid var(--vscode-textBlockQuote-border); background: var(--vscode-textBlockQuote-background); }
blockquote footer { font-size: 0.9em; color: var(--vscode-descriptionForeground); }
main p { margin: 0.75em 0; }
main ul { list-style: disc; padding-left: 1.5em; }
main ul li { overflow-wrap: anywhere; }
a { overflow-wrap: anywhere; color: var(--vscode-textLink-foreground); }
details { margin-top: 2.5em; }
summary { cursor: pointer; }
details ul { padding: 0.5em 1.8em; columns: 2; color: var(--vscode-descriptionForeground); }
`;

const SCRIPT = `
const editor = acquireVsCodeApi();
addEventListener('click', (event) => {
  const line = /^#L(\\d+)$/.exec(event.target.closest('a')?.getAttribute('href') ?? '')?.[1];
  if (line === undefined) return;
  event.preventDefault();
  editor.postMessage({ line: Number(line) });
});
`;
