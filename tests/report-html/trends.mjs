// Trends and badges.
import { pathToFileURL } from 'node:url';

const DESIGN = (answers) => `# Proposal: ship reports by queue

## Motivation

Reports are built while the customer waits, up to 40 seconds.

## Design

Requests go to a RabbitMQ queue and workers build the reports. We deploy the workers with every release.

## Rollback

${answers ? 'If error rates rise we redeploy the previous image; the schema change is additive, so the old version runs on it.' : 'TBD'}
`;

/** Checklists of three releases of a document; the last answers more. */
function releases({ archlint, write, WORK }) {
  return [['v1', false], ['v2', false], ['v3 <img src=x onerror=ran(1)>', true]].map(([name, answers]) => {
    const folder = `${WORK}/releases`;
    write('releases/docs/design/reports.md', DESIGN(answers));
    return write(`releases/${name}.json`, archlint(folder, 'checklist', '--format', 'json', 'docs'));
  });
}

export const tests = {
  'a trend is drawn, told in a table, and says what changed': async (kit) => {
    const { archlint, assert, open, picture, root, write, WORK } = kit;
    const files = releases(kit);
    const file = write('trend.html', archlint(WORK, 'trend', '--format', 'html', ...files));
    const { page, heard, close } = await open(file);
    const figures = await page.locator('section[aria-labelledby=all] tbody td:nth-child(2)').allInnerTexts();
    const percents = figures.map((text) => Number(/^\d+/.exec(text)[0]));
    assert.equal(percents.length, 3);
    assert.equal(percents[0], percents[1]);
    assert.ok(percents[2] > percents[1], percents.join(' '));
    assert.match(figures[2], /\+\d+/);
    const heights = await page.locator('.chart circle').evaluateAll((all) => all.map((circle) => Number(circle.getAttribute('cy'))));
    assert.equal(heights.length, 3);
    assert.ok(heights[2] < heights[1], 'more is higher');
    assert.match(await page.locator('section[aria-labelledby=changes]').innerText(), /Rollback/);
    assert.ok(await page.getByText('v3 <img src=x onerror=ran(1)>').count() > 0);
    assert.deepEqual(heard, []);
    await picture(page, 'trend', { fullPage: true });
    await close();
    const examples = write('examples.json', archlint(root, 'checklist', '--format', 'json', 'examples'));
    const many = write('many.html', archlint(WORK, 'trend', '--format', 'html', ...files, ...files, ...files, ...files, examples));
    const dark = await open(many, { colorScheme: 'dark', viewport: { width: 900, height: 900 } });
    await picture(dark.page, 'dark-trend', { fullPage: true });
    const [page_, window_] = await dark.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(page_ <= window_, `${page_} of ${window_}`);
    await dark.close();
  },

  'a trend in the terminal': async (kit) => {
    const { archlint, assert, WORK } = kit;
    const text = archlint(WORK, 'trend', ...releases(kit));
    assert.match(text, /^Answered of the asked questions\n\nv1 +[█░]{30} +\d+ %  \d+ of \d+ in 1 document\n/);
    assert.match(text, /By group, first to last/);
    assert.match(text, /✔ docs\/design\/reports\.md: Rollback \((not asked|open|touched) → answered\)/);
  },

  'what is no checklist is refused with the reason': ({ assert, root, run, write, archlint, WORK }) => {
    const checked = write('check.json', run(root, 'check', '--format', 'json', 'examples').stdout);
    const later = write('later.json', JSON.stringify({ ...JSON.parse(archlint(root, 'checklist', '--format', 'json', 'examples/adr')), version: 99 }));
    for (const [file, reason] of [
      [checked, /is a report of `archlint check`/],
      [later, /is written by a later archlint/],
      [write('broken.json', '{"version": 1,'), /is not JSON: .*line 1/],
      [write('other.json', '[1]'), /is not a checklist/],
      [`${WORK}/missing.json`, /no such file/],
    ]) {
      const ran = run(WORK, 'trend', file);
      assert.equal(ran.status, 2, file);
      assert.match(ran.stderr, reason);
      assert.equal(ran.stdout, '');
    }
  },

  'a badge says how much is answered, and its words fit': async ({ archlint, assert, open, picture, readFileSync, root, run, write, WORK }) => {
    const file = `${WORK}/badge.svg`;
    archlint(root, 'checklist', '--format', 'json', '--badge', file, 'examples/good');
    const svg = readFileSync(file, 'utf8');
    assert.match(svg, /<title>design review: \d+% answered<\/title>/);
    run(root, 'check', '--badge', `${WORK}/check.svg`, 'examples/good');
    assert.equal(readFileSync(`${WORK}/check.svg`, 'utf8'), svg);
    const { page, close } = await open(file);
    const boxes = await page.locator('text').evaluateAll((texts) => texts.map((text) => {
      text.removeAttribute('textLength');
      return [text.getBBox().width, text.getBBox().x + text.getBBox().width];
    }));
    const [left, all] = await page.locator('rect').evaluateAll((rects) => [Number(rects[1].getAttribute('width')), Number(rects[0].getAttribute('width'))]);
    assert.ok(boxes[0][1] <= left && boxes[1][1] <= all, JSON.stringify([boxes, left, all]));
    await close();
    const shown = write('badge.html', `<p>Badge <img src="${pathToFileURL(file).href}"></p>`);
    const picture_ = await open(shown, { deviceScaleFactor: 3, viewport: { width: 300, height: 60 } });
    await picture(picture_.page, 'badge');
    await picture_.close();
  },
};
