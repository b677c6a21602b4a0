// What an author does in the workbench, through the page.

/** The workbench of one folder, in a page of the browser. */
export class Workbench {
  constructor(page, shots) {
    this.page = page;
    this.shots = shots;
  }

  /** Opens the folder and waits until the workbench is there. */
  static async open(browser, base, folder, shots) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 960 } });
    page.setDefaultTimeout(Number(process.env.ARCHLINT_TEST_PATIENCE ?? 30_000));
    await page.goto(`${base}/?folder=${folder}`);
    await page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
    return new Workbench(page, shots);
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
    await this.page.keyboard.press(key);
    await this.page.waitForSelector('.quick-input-widget input:visible');
    await this.page.locator('.quick-input-widget input:visible').fill(text);
    await this.page.waitForSelector(`.quick-input-list .monaco-list-row.focused:has-text("${row}")`);
    await this.page.keyboard.press('Enter');
  }

  /** Puts the cursor at the end of a line, from 1. */
  async goToLine(line) {
    await this.page.keyboard.press('Control+G');
    await this.page.locator('.quick-input-widget input:visible').fill(`:${line}`);
    await this.page.keyboard.press('Enter');
    await this.page.waitForSelector('.quick-input-widget', { state: 'hidden' });
    await this.page.keyboard.press('End');
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

  /** The entries of a row's context menu; `choose` picks one. */
  async contextMenu(row, choose) {
    await row.click({ button: 'right' });
    await this.page.waitForSelector('.monaco-menu .action-label');
    const entries = await this.page.locator('.monaco-menu .action-item:not(.disabled) .action-label').allInnerTexts();
    if (choose) {
      // A click right after the menu opened is taken for the end of the one that opened it.
      await this.page.locator(`.monaco-menu .action-item:has(.action-label:text-is("${choose}"))`).hover();
      await this.page.keyboard.press('Enter');
    }
    return entries;
  }

  /** Dismisses all notifications. */
  async quiet() {
    await this.command('Notifications: Clear All Notifications');
  }

  notification(text) {
    return this.page.locator('.notification-toast', { hasText: text });
  }

  statusItem() {
    return this.page.locator('.statusbar-item[id*="archlint.count"]');
  }

  /** Leaves menus and boxes, and takes back what was written, so that the next test can begin. */
  async recover() {
    for (let i = 0; i < 3; i++) await this.page.keyboard.press('Escape');
    await this.command('File: Revert File');
  }

  async shot(name) {
    await this.page.screenshot({ path: `${this.shots}/${name}.png` });
  }
}
