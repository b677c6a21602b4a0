// Nothing of a document runs, and nothing leaves the page.

/** The elements that reports are made of. */
const ELEMENTS = new Set(('html head meta title style body a main header footer nav section form fieldset legend label input select option button ' +
  'h1 h2 h3 h4 p ul li span strong code q bdi blockquote details summary div table thead tbody tfoot tr th td svg rect line polyline circle text br script').split(' '));

export const tests = {
  'no script of a hostile document runs, whatever is clicked and focused': async ({ assert, open, picture }) => {
    const { page, heard, close } = await open('hostile');
    await picture(page, 'hostile-overview');
    await page.goto(`${page.url().split('#')[0]}#all`);
    for (const summary of await page.locator('summary:visible').all()) await summary.click();
    for (let i = 0; i < 40; i += 1) await page.keyboard.press('Tab');
    await page.mouse.move(300, 300);
    await page.locator('#search').fill('<script>ran(1)</script>');
    await page.waitForTimeout(300);
    await page.locator('#search').fill('');
    await page.waitForTimeout(300);
    assert.deepEqual(heard, []);
    await picture(page, 'hostile-all');
    await close();
  },

  'the text of a hostile document is text: no element, handler or address of it is in the page': async ({ assert, open }) => {
    const { page, close } = await open('hostile');
    const found = await page.evaluate(() => [...document.querySelectorAll('*')].map((element) => ({
      name: element.localName,
      // The report's own script sets a style on the root, and nowhere else.
      handlers: element.getAttributeNames().filter((name) => name.startsWith('on') || name === 'autofocus' || (name === 'style' && element !== document.documentElement)),
      addresses: ['href', 'src', 'action', 'srcdoc', 'data', 'formaction'].map((name) => element.getAttribute(name)).filter(Boolean),
    })));
    const strange = found.filter((element) => !ELEMENTS.has(element.name)).map((element) => element.name);
    assert.deepEqual(strange, []);
    assert.deepEqual(found.flatMap((element) => element.handlers), []);
    assert.deepEqual(found.flatMap((element) => element.addresses).filter((address) => !/^#(overview|all|main|d\d+(-g\d+)?)$/.test(address)), []);
    assert.equal(found.filter((element) => element.name === 'script').length, 1);
    assert.equal(found.filter((element) => element.name === 'style').length, 1);
    await close();
  },

  'a reader sees what a hostile document says': async ({ assert, open }) => {
    const { page, close } = await open('hostile', { hash: '#all' });
    const text = await page.locator('body').textContent();
    for (const said of ['<script>ran(1)</script>', '</script><script>ran(2)</script>', '<img src=x onerror=ran(6)>', 'docs/design/javascript:ran(33).md', '&lt;script&gt;ran(16)&lt;/script&gt;']) {
      assert.ok(text.includes(said), said);
    }
    assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(text), 'direction overrides');
    await close();
  },

  'were something of a document mark-up, the page would still refuse to run it': async ({ assert, open }) => {
    const { page, heard, close } = await open('several');
    await page.evaluate(() => {
      const script = document.createElement('script');
      try { script.textContent = 'window.reached = 1'; } catch { /* trusted types refuse already here */ }
      document.body.append(script);
      const image = document.createElement('img');
      image.src = 'https://evil.example/x.png';
      try { image.setAttribute('onerror', 'window.reached = 2'); } catch { /* as above */ }
      document.body.append(image);
    });
    await page.waitForTimeout(200);
    assert.equal(await page.evaluate(() => window.reached), undefined);
    assert.ok(heard.some((what) => what.startsWith('policy broken')), heard.join('\n'));
    assert.ok(!heard.some((what) => what.startsWith('request: https://evil.example') && what.includes('loaded')));
    await close();
  },

  'a report asks for nothing and complains of nothing': async ({ assert, open, pages }) => {
    for (const name of Object.keys(pages)) {
      const { page, heard, close } = await open(name);
      await page.waitForTimeout(100);
      assert.deepEqual(heard, [], name);
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
      await close();
    }
  },

  'the same documents give the same report, byte for byte': async ({ archlint, assert, pages, readFileSync, root }) => {
    assert.equal(archlint(root, 'checklist', '--format', 'html', 'examples'), readFileSync(pages.several, 'utf8'));
  },
};
