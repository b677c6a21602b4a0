// Reading a report: search, filters, views, keyboard, screen reader, paper, dark.

const shown = (page) => page.locator('.question:visible').count();

/** The least contrast of any text on the page (WCAG 2), with the text. */
function leastContrast(page) {
  return page.evaluate(() => {
    const channels = (colour) => {
      const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number);
      return { rgb: [r, g, b], a };
    };
    const luminance = (rgb) => {
      const [r, g, b] = rgb.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const { rgb, a } = channels(getComputedStyle(at).backgroundColor);
        if (a === 1) return rgb;
      }
      return [255, 255, 255];
    };
    let least = { ratio: 99 };
    for (const element of document.querySelectorAll('body *')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      if (!own || !element.checkVisibility() || element.matches('script, style, option, .unseen') || element.closest('svg')) continue;
      const [a, b] = [luminance(channels(getComputedStyle(element).color).rgb), luminance(ground(element))].sort((x, y) => y - x);
      const ratio = (a + 0.05) / (b + 0.05);
      if (ratio < least.ratio) least = { ratio, text: element.textContent.trim().slice(0, 40), of: element.className };
    }
    return least;
  });
}

export const tests = {
  'several documents open with the map, one opens with its questions': async ({ assert, open, picture }) => {
    const several = await open('several');
    assert.ok(await several.page.locator('#map').isVisible());
    assert.equal(await shown(several.page), 0);
    await picture(several.page, 'overview', { fullPage: true });
    await several.close();
    const one = await open('one');
    assert.equal(await one.page.locator('#map').count(), 0);
    assert.ok(await shown(one.page) > 10);
    await picture(one.page, 'one');
    await one.close();
  },

  'the map counts what the documents say': async ({ archlint, assert, open, root }) => {
    const report = JSON.parse(archlint(root, 'checklist', '--format', 'json', 'examples'));
    const { page, close } = await open('several');
    for (const [at, document] of report.documents.entries()) {
      const asked = document.questions.filter((question) => question.asked);
      const settled = asked.filter((question) => ['answered', 'waived'].includes(question.status));
      const row = page.locator('#map tbody tr').nth(at);
      assert.equal(await row.locator('th').innerText(), document.path);
      assert.equal(await row.locator('td').last().innerText(), `${settled.length}/${asked.length}`);
    }
    await close();
  },

  'a cell leads to the group in the document, and back leads back': async ({ assert, open, picture }) => {
    const { page, close } = await open('several');
    const row = page.locator('#map tbody tr', { hasText: 'examples/good' });
    await row.locator('td a').nth(3).click();
    assert.equal(await page.locator('.document:visible').count(), 1);
    assert.ok(await page.locator('.document:visible h2').innerText().then((text) => text.includes('examples/good')));
    const [, at, group] = /#d(\d+)-g(\d+)/.exec(page.url());
    const heading = page.locator(`#d${at}-g${group}-name`);
    assert.ok(await heading.evaluate((element) => element === document.activeElement), 'the heading has the focus');
    const [box, filters] = [await heading.boundingBox(), await page.locator('#filters').boundingBox()];
    assert.ok(box.y >= filters.y + filters.height && box.y < 400, `the heading is in sight below the filters: ${box.y}`);
    await picture(page, 'document');
    await page.goBack();
    assert.ok(await page.locator('#map').isVisible());
    await page.getByRole('link', { name: 'Everything on one page' }).click();
    assert.equal(await page.locator('.document:visible').count(), 5);
    await close();
  },

  'previous and next go through the documents': async ({ assert, open }) => {
    const { page, close } = await open('several', { hash: '#d1' });
    await page.locator('.document:visible').getByRole('link', { name: 'Next document' }).click();
    assert.equal(new URL(page.url()).hash, '#d2');
    assert.equal(await page.locator('.document:visible').count(), 1);
    await page.locator('.document:visible').getByRole('link', { name: 'Previous document' }).click();
    assert.equal(new URL(page.url()).hash, '#d1');
    await close();
  },

  'evidence is quoted in place, with file and line, and why it is asked': async ({ assert, open, readFileSync, root }) => {
    const { page, close } = await open('one');
    const text = readFileSync(`${root}/examples/good/parcel-notifications.md`, 'utf8').split('\n');
    const quotations = await page.locator('.question blockquote').all();
    assert.ok(quotations.length > 20);
    for (const quotation of quotations.slice(0, 20)) {
      const [, first] = /^examples\/good\/parcel-notifications\.md:(\d+)/.exec(await quotation.locator('footer code').innerText());
      const words = (await quotation.locator('p').innerText()).split(' ').slice(0, 3);
      for (const word of words) assert.ok(text.slice(first - 1, Number(first) + 3).join('\n').includes(word), `${word} in line ${first}`);
    }
    assert.match(await page.locator('.question .why').first().innerText(), /^Asked because examples\/good\/parcel-notifications\.md:\d+ .+/);
    await close();
  },

  'search finds words in questions, quotations and paths, in all documents': async ({ assert, open, picture }) => {
    const { page, close } = await open('several');
    await page.locator('#search').fill('KAFKA scan');
    await page.waitForFunction(() => document.getElementById('shown').textContent !== '');
    const found = await page.locator('.question:visible').all();
    assert.ok(found.length > 0);
    for (const question of found) assert.match((await question.textContent()).toLowerCase(), /kafka[^]*scan|scan[^]*kafka/);
    assert.match(await page.locator('#shown').innerText(), /^\d+ questions?$/);
    assert.ok(!await page.locator('#map').isVisible());
    await picture(page, 'search');
    await page.locator('#search').fill('examples/poor');
    await page.waitForTimeout(200);
    assert.equal(await page.locator('.document:visible').count(), 1);
    await page.locator('#search').fill('no such words anywhere');
    await page.waitForTimeout(200);
    assert.equal(await shown(page), 0);
    assert.ok(await page.getByText('No question fits').isVisible());
    await page.keyboard.press('Escape');
    assert.ok(await page.locator('#map').isVisible());
    await close();
  },

  'states and groups can be chosen': async ({ assert, open }) => {
    const { page, close } = await open('one');
    const before = await shown(page);
    const answered = await page.locator('.question.answered').count();
    await page.getByLabel('answered').uncheck();
    assert.equal(await shown(page), before - answered);
    assert.equal(await page.locator('.question.answered:visible').count(), 0);
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.waitForTimeout(50);
    assert.equal(await shown(page), before);
    await page.getByLabel('Group').selectOption({ label: 'Security' });
    assert.equal(await page.locator('.group:visible').count(), 1);
    assert.match(await page.locator('.group:visible h3').innerText(), /^Security/);
    await close();
  },

  'kinds can be chosen, and the map put in order': async ({ assert, open }) => {
    const { page, close } = await open('several');
    const paths = () => page.locator('#map tbody tr:visible th').allInnerTexts();
    await page.getByLabel('Kind of document').selectOption('adr');
    assert.ok((await paths()).every((path) => path.startsWith('examples/adr/')));
    await page.getByLabel('Kind of document').selectOption('');
    const byPath = await paths();
    await page.locator('#order').selectOption('share');
    const shares = await page.locator('#map tbody tr').evaluateAll((rows) => rows.map((row) => Number(row.dataset.share)));
    assert.deepEqual(shares, [...shares].sort((a, b) => a - b));
    assert.notDeepEqual(await paths(), byPath);
    await page.locator('#order').selectOption('name');
    assert.deepEqual(await paths(), byPath);
    await close();
  },

  'what is not asked is folded away, and a search unfolds it': async ({ assert, open }) => {
    const { page, close } = await open('several', { hash: '#d0' });
    const item = page.locator('#d0 .rest li').first();
    assert.ok(!await item.isVisible());
    await page.locator('#search').fill(await item.evaluate((element) => element.firstChild.textContent.trim()));
    await page.waitForTimeout(200);
    assert.ok(await item.isVisible());
    await close();
  },

  'the keyboard reaches everything, the map is one stop and arrows move in it': async ({ assert, open, picture }) => {
    const { page, close } = await open('several');
    const focused = () => page.evaluate(() => document.activeElement.hash ?? document.activeElement.id ?? '');
    await page.keyboard.press('Tab');
    assert.equal(await focused(), '#main');
    assert.ok(await page.locator('.skip').evaluate((element) => element.getBoundingClientRect().left >= 0), 'the skip link shows');
    const stops = [];
    for (let i = 0; i < 40; i += 1) { stops.push(await focused()); await page.keyboard.press('Tab'); }
    for (const stop of ['search', 'group', 'kind', 'order']) assert.ok(stops.includes(stop), `${stop} in ${stops}`);
    assert.equal(stops.filter((stop) => /^#d\d/.test(stop)).length, 1, stops.join(' '));
    await page.locator('#map tbody a').first().focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), '#d1');
    await page.keyboard.press('ArrowRight');
    assert.match(await focused(), /^#d1-g\d+$/);
    await page.keyboard.press('End');
    const last = await focused();
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), last);
    await page.keyboard.press('Home');
    assert.equal(await focused(), '#d1');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(), '#d0');
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(ring, 'solid');
    await picture(page, 'keyboard');
    await page.keyboard.press('Enter');
    await page.locator('#d0').waitFor({ state: 'visible' });
    await close();
  },

  'a screen reader is told what eyes see': async ({ assert, open }) => {
    const { page, close } = await open('several', { hash: '#all' });
    const levels = await page.locator('h1, h2, h3, h4').evaluateAll((headings) => headings.filter((h) => h.checkVisibility()).map((h) => Number(h.localName[1])));
    assert.equal(levels[0], 1);
    levels.forEach((level, at) => assert.ok(at === 0 || level <= levels[at - 1] + 1, `level ${levels[at - 1]} then ${level}`));
    const unnamed = await page.evaluate(() => {
      const named = (e) => e.getAttribute('aria-label') || e.labels?.length || e.textContent.trim();
      return [...document.querySelectorAll('a, button, input, select')].filter((e) => !named(e)).map((e) => e.outerHTML);
    });
    assert.deepEqual(unnamed, []);
    const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map((e) => e.id));
    assert.equal(new Set(ids).size, ids.length);
    const broken = await page.evaluate(() => [...document.querySelectorAll('[aria-labelledby]')].filter((e) => !document.getElementById(e.getAttribute('aria-labelledby'))).length);
    assert.equal(broken, 0);
    for (const role of ['main', 'search', 'navigation', 'table', 'status']) assert.ok(await page.getByRole(role).count() > 0, role);
    assert.ok(await page.getByRole('link', { name: /^\d+ of \d+$/ }).count() > 0);
    await close();
  },

  'a group of the matrix shows each question of each document': async ({ assert, open, picture }) => {
    const { page, close } = await open('several');
    const matrix = page.locator('details.matrix', { hasText: 'Reliability' });
    await matrix.locator('summary').click();
    const row = matrix.locator('tbody tr', { hasText: 'examples/good' });
    const states = await row.locator('td .unseen').allInnerTexts();
    const [settled, asked] = (await row.locator('td').last().innerText()).split('/').map(Number);
    assert.equal(states.filter((state) => state === 'answered' || state === 'waived').length, settled);
    assert.equal(states.filter((state) => state !== 'not asked').length, asked);
    await matrix.scrollIntoViewIfNeeded();
    await picture(page, 'matrix');
    await close();
  },

  'text has contrast enough, by day and by night': async ({ assert, open, picture }) => {
    for (const colorScheme of ['light', 'dark']) {
      for (const [name, hash] of [['several', ''], ['several', '#all'], ['one', '']]) {
        const { page, close } = await open(name, { colorScheme, hash });
        for (const details of await page.locator('details').all()) await details.evaluate((element) => { element.open = true; });
        const least = await leastContrast(page);
        assert.ok(least.ratio >= 4.5, `${colorScheme} ${name}${hash}: ${JSON.stringify(least)}`);
        if (colorScheme === 'dark') await picture(page, `dark-${name}${hash.replace('#', '-')}`);
        await close();
      }
    }
    const { page, close } = await open('several', { colorScheme: 'dark' });
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(21, 25, 30)');
    await picture(page, 'dark-overview', { fullPage: true });
    await close();
  },

  'paper gets the checklist and none of the controls, in ink on white': async ({ assert, open, picture, WORK, readFileSync }) => {
    const { page, close } = await open('one', { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const control of ['#filters', '.skip', 'nav']) assert.equal(await page.locator(`${control}:visible`).count(), 0, control);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    assert.ok(await shown(page) > 10);
    await page.setViewportSize({ width: 700, height: 1000 });
    await picture(page, 'print-one');
    await page.pdf({ path: `${WORK}/one.pdf`, format: 'A4', printBackground: true });
    assert.ok(readFileSync(`${WORK}/one.pdf`).length > 20_000);
    await close();
    const several = await open('several');
    await several.page.emulateMedia({ media: 'print' });
    await several.page.setViewportSize({ width: 1000, height: 900 });
    const [map, body] = await several.page.evaluate(() => [document.getElementById('map').scrollWidth, document.body.clientWidth]);
    assert.ok(map <= body, `the map fits the sheet: ${map} of ${body}`);
    await picture(several.page, 'print-overview');
    await several.close();
  },

  'on a narrow screen nothing but tables scrolls sideways': async ({ assert, open, picture }) => {
    for (const name of ['several', 'one', 'hostile']) {
      for (const hash of ['', '#all']) {
        const { page, close } = await open(name, { viewport: { width: 390, height: 800 }, hash });
        const [page_, window_] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(page_ <= window_, `${name}${hash}: ${page_} of ${window_}`);
        if (hash === '') await picture(page, `narrow-${name}`);
        await close();
      }
    }
  },

  'without scripts the whole report is there to read': async ({ assert, open }) => {
    const { page, close } = await open('several', { javaScriptEnabled: false });
    assert.equal(await page.locator('.document:visible').count(), 5);
    assert.ok(!await page.locator('#filters').isVisible());
    await close();
  },

  'nothing to review is said in words': async ({ assert, open }) => {
    const { page, close } = await open('none');
    const text = await page.locator('main').innerText();
    assert.match(text, /No document was reviewed/);
    assert.match(text, /notes\.md/);
    await close();
  },
};
