// What an author does in the workbench, through the page. Nothing here waits for a time: everything
// waits for what it is after, and keys that are lost while the workbench starts are pressed again.

/** The icons of the states, as the view has them. */
const ICONS = { answered: 'pass-filled', touched: 'color-mode', open: 'circle-large-outline', waived: 'circle-slash' };
const INPUT = '.quick-input-widget input:visible';
/** Milliseconds before a key that did nothing is pressed again. */
const AGAIN = 3000;

/** The workbench of one folder, in a page of the browser. */
export class Workbench {
  constructor(page, shots) {
    this.page = page;
    this.shots = shots;
  }

  /** Opens the folder and waits until the workbench is there. */
  static async open(browser, base, folder, shots) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 960 }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(Number(process.env.ARCHLINT_TEST_PATIENCE ?? 30_000));
    await page.goto(`${base}/?folder=${folder}`);
    await page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
    await page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: 60_000 });
    return new Workbench(page, shots);
  }

  /** Does `act` until `holds` does not time out, which is given the time to wait. */
  async insist(act, holds) {
    for (const end = Date.now() + 30_000; ;) {
      await act();
      try {
        return await holds(AGAIN);
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  }

  async openFile(name) {
    await this.quickInput('Control+P', name, name);
    await this.page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
    await this.page.waitForSelector('.editor-instance .view-line');
  }

  /** Runs a command of the palette by its whole title. */
  async command(title) {
    await this.quickInput('F1', `>${title}`, title);
  }

  async quickInput(key, text, row) {
    const { page } = this;
    // A box that was open before a file was written does not list it: each try opens a new one.
    await this.insist(
      async () => {
        if (await page.locator(INPUT).count()) await page.keyboard.press('Escape');
        await this.insist(() => page.keyboard.press(key), (timeout) => page.waitForSelector(INPUT, { timeout }));
        await page.locator(INPUT).fill(text);
      },
      (timeout) => page.waitForSelector(`.quick-input-list .monaco-list-row.focused:has-text("${row}")`, { timeout }),
    );
    await page.keyboard.press('Enter');
  }

  /** Puts the cursor on a line and column, both from 1; without a column, at the end of the line. */
  async goTo(line, column) {
    const { page } = this;
    await this.insist(() => page.keyboard.press('Control+G'), (timeout) => page.waitForSelector(INPUT, { timeout }));
    await page.locator(INPUT).fill(`:${line}${column === undefined ? '' : `:${column}`}`);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.quick-input-widget', { state: 'hidden' });
    if (column === undefined) await page.keyboard.press('End');
    await this.cursorOn(line);
  }

  async cursorOn(line) {
    await this.page.waitForSelector(`.statusbar-item:has-text("Ln ${line}, Col")`);
  }

  /** Opens the quick fixes at the cursor and returns their titles, once one of them matches. */
  async quickFixes(wanted) {
    const { page } = this;
    const rows = page.locator('.action-widget .monaco-list-row.action');
    await this.insist(
      async () => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+.');
      },
      (timeout) => rows.filter({ hasText: wanted }).first().waitFor({ timeout }),
    );
    return rows.allInnerTexts();
  }

  /** Takes a quick fix of the open menu with the keys: clicks are swallowed by its backdrop. */
  async takeFix(wanted) {
    const focused = this.page.locator('.action-widget .monaco-list-row.focused');
    for (let i = 0; i < 30; i++) {
      if (wanted.test(await focused.innerText())) {
        await this.page.keyboard.press('Enter');
        await this.page.waitForSelector('.action-widget .monaco-list-row', { state: 'hidden' });
        return;
      }
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`no quick fix ${wanted}`);
  }

  /** Waits until the text of the editor, as far as it is seen, matches. */
  async shows(wanted) {
    await this.page.waitForFunction(
      ([source, flags]) => {
        const lines = document.querySelector('.editor-instance .view-lines')?.innerText ?? '';
        return new RegExp(source, flags).test(lines.replace(/\u00a0/g, ' '));
      },
      [wanted.source, wanted.flags],
    );
  }

  /** Saves the active editor. */
  async save() {
    await this.page.keyboard.press('Control+S');
    await this.page.waitForSelector('.tab.active:not(.dirty)');
  }

  /** Shows the list of problems below the editor, and goes back to that. */
  async showProblems() {
    await this.command('Problems: Focus on Problems View');
    await this.page.waitForSelector('.markers-panel:visible');
    await this.command('View: Focus Active Editor Group');
  }

  /** Waits until there is a problem with this text, or none, among the first in the list of problems. */
  async problem(text, isThere = true) {
    const row = `.markers-panel:visible .monaco-list-row:has-text("${text}")`;
    await this.page.waitForSelector('.markers-panel .monaco-list-row:visible');
    await this.page.waitForSelector(row, { state: isThere ? 'visible' : 'detached' });
  }

  /** Shows the view in the side bar, whatever is in it. */
  async showView() {
    await this.command('Architecture review: Focus on Architecture review View');
  }

  /** The row of a question in the view. */
  row(title) {
    return this.page.locator(`.sidebar .monaco-list-row[aria-label^="${title}: "]`);
  }

  /** Waits until a question of the view has a state. */
  async stateOf(title, state) {
    await this.page.waitForSelector(`.sidebar .monaco-list-row[aria-label^="${title}: ${state}"]`);
  }

  /**
   * Waits until the status bar and what is seen of the view say the same as `checklist`, a document of
   * `archlint checklist --format json`. Returns the states that are seen.
   */
  async agrees(checklist) {
    const asked = checklist.questions.filter((question) => question.asked);
    const share = (questions) => {
      const settled = questions.filter(({ status }) => status === 'answered' || status === 'waived');
      return `${settled.length}/${questions.length}`;
    };
    const groups = [...new Set(asked.map(({ group }) => group))];
    const expected = {
      count: `${share(asked)} answered`,
      groups: groups.map((title) => [title, share(asked.filter(({ group }) => group === title))]),
      states: asked.map(({ title, status }) => [title, status === 'absent' ? 'open' : status]),
      icons: ICONS,
    };
    const seen = await this.page.waitForFunction(({ count, groups, states, icons }) => {
      if (document.querySelector('.statusbar-item[id*="archlint.count"]')?.innerText.trim() !== count) return false;
      const rows = (level) => [...document.querySelectorAll(`.sidebar .monaco-list-row[aria-level="${level}"]`)];
      const [title, description] = ['.label-name', '.label-description'];
      const ofGroups = new Map(groups);
      const seenGroups = rows(1).filter((row) => ofGroups.has(row.querySelector(title)?.innerText));
      if (seenGroups.length === 0) return false;
      if (seenGroups.some((row) => row.querySelector(description)?.innerText !== ofGroups.get(row.querySelector(title).innerText))) return false;
      const ofQuestions = new Map(states);
      const seen = rows(2).map((row) => [row.querySelector(title)?.innerText, row.querySelector(description)?.innerText, row]);
      const isRight = ([title, state, row]) => ofQuestions.get(title) === state && row.querySelector(`.codicon-${icons[state]}`);
      return seen.length > 0 && seen.every(isRight) && seen.map(([, state]) => state);
    }, expected).catch((error) => {
      throw new Error(`the view does not agree with ${JSON.stringify(expected)}: ${error.message}`);
    });
    return seen.jsonValue();
  }

  /** Waits until the line above the title says the same as `checklist`; the cursor goes to the title. */
  async titleAgrees(checklist) {
    await this.goTo(1, 3);
    // The line is no part of the text: what shows the title need not show it.
    for (let i = 0; i < 3; i++) await this.page.keyboard.press('Control+ArrowUp');
    const asked = checklist.questions.filter((question) => question.asked);
    const settled = asked.filter(({ status }) => status === 'answered' || status === 'waived');
    await this.page.waitForSelector(`.codelens-decoration:has-text("${settled.length} of ${asked.length} asked questions answered")`);
  }

  /** The entries of a row's context menu; `choose` picks one. */
  async contextMenu(row, choose) {
    const { page } = this;
    await row.click({ button: 'right' });
    const entries = page.locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)');
    await entries.first().waitFor();
    const titles = await entries.allInnerTexts();
    if (choose) {
      // A click right after the menu opened is taken for the end of the one that opened it.
      await page.locator(`.monaco-menu .action-item:has(.action-label:text-is("${choose}"))`).hover();
      await page.waitForSelector(`.monaco-menu .action-item.focused:has(.action-label:text-is("${choose}"))`);
      await page.keyboard.press('Enter');
    }
    return titles;
  }

  /** What a page of the extension shows, in the frame that holds it. */
  webview() {
    return this.page.frameLocator('iframe.webview').frameLocator('iframe');
  }

  /** Dismisses all notifications. */
  async quiet() {
    await this.command('Notifications: Clear All Notifications');
    await this.page.waitForSelector('.notification-toast', { state: 'detached' });
  }

  notification(text) {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  /** Leaves menus and boxes, so that the next test can begin. */
  async recover() {
    for (let i = 0; i < 3; i++) await this.page.keyboard.press('Escape');
  }

  async shot(name) {
    await this.page.screenshot({ path: `${this.shots}/${name}.png`, animations: 'disabled' });
  }
}
