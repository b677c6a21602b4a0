// Documents that try to run something in whoever reads the report. Each says `ran(...)` in another
// way; the page of the tests has a function `ran` that tells on them.

const PAYLOADS = [
  '<script>ran(1)</script>',
  '</script><script>ran(2)</script>',
  '</style><script>ran(3)</script>',
  '</title><script>ran(4)</script>',
  '</textarea></select></noscript><script>ran(5)</script>',
  '<img src=x onerror=ran(6)>',
  '<svg onload=ran(7)><animate onbegin=ran(8) attributeName=x dur=1s>',
  '"><img src=x onerror="ran(9)">',
  "' onmouseover='ran(10)' autofocus onfocus='ran(11)' x='",
  '" onfocus="ran(12)" autofocus tabindex="0" x="',
  '[click](javascript:ran(13))',
  '<a href="javascript:ran(14)">click</a>',
  '![x](x" onerror="ran(15))',
  '&lt;script&gt;ran(16)&lt;/script&gt; &#60;script&#62;ran(17)&#60;/script&#62;',
  '<iframe srcdoc="<script>parent.ran(18)</script>"></iframe>',
  '<meta http-equiv="refresh" content="0;url=data:text/html,x"><base href="https://evil.example/">',
  '<!--><script>ran(19)</script>--><![CDATA[<script>ran(20)</script>]]>',
  '<style>*{background:url(https://evil.example/x)}</style><link rel=stylesheet href=https://evil.example/x>',
  '{{constructor.constructor("ran(21)")()}} ${ran(22)} <%= ran(23) %>',
  '<form action=https://evil.example><button id=main name=search>x</button></form>',
  '\u202e<script>ran(24)</script>\u2066 \u0000<script\u0000>ran(25)</script>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=ran(26)&gt;">',
];

/** File names and texts. */
export function hostileDocuments() {
  const names = [
    'docs/design/<img src=x onerror=ran(30)>.md',
    'docs/design/"onmouseover="ran(31)" x=".md',
    "docs/design/' autofocus onfocus='ran(32).md",
    'docs/design/javascript:ran(33).md',
    'docs/adr/0001-&lt;script&gt;ran(34)&lt;\u2215script&gt;.md',
    'docs/adr/0002-<svg onload=ran(35)>\u202e.md',
  ];
  return names.map((name, at) => [name, text(PAYLOADS.slice(at * 4).concat(PAYLOADS.slice(0, at * 4)))]);
}

function text(payloads) {
  const sections = payloads.map((payload, at) => `## Rollback ${payload}

If error rates rise ${payload} we redeploy the previous image and roll back the release ${payload} within 5 minutes.

- We encrypt ${payload} the database and publish to Kafka; ${payload} consumers deduplicate by id.

| Risk ${payload.replaceAll('|', '')} | Answer |
| --- | --- |
| Queue grows | ${payload.replaceAll('|', '')} scale out the replicas |

\`\`\`yaml
revisionHistoryLimit: ${at} # ${payload}
\`\`\`

<!-- archlint: waive security/secure-design: ${payload.replaceAll('--', '')} -->
`);
  return `---\ntitle: '${payloads[0].replaceAll("'", "''")}'\nstatus: accepted\n---\n# ${payloads[1]}\n\n## Context\n\nMessages go to a queue.\n\n${sections.join('\n')}`;
}

/** A rule pack whose words are hostile, too. */
export const HOSTILE_PACK = `
[[topic]]
id = "house/evil"
title = '</script><script>ran(40)</script>'
group = '"><img src=x onerror=ran(41)>'
question = "<svg onload=ran(42)>?"
answered_when = "it says so"
asked_when = "always"
message = "<b>nothing is said"
help = "</option></select><script>ran(43)</script>"
severity = "warning"
scaffold = "## Evil"
[topic.asked]
always = true
[topic.answer]
strong = ["deduplicate by id"]
[[topic.example]]
answers = true
text = "We deduplicate by id."
[[topic.example]]
answers = true
text = "Consumers deduplicate by id."
[[topic.example]]
answers = false
text = "Duplicates happen."
[[topic.example]]
answers = false
text = "Milk."
`;
