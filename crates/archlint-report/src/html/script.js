// Views, search, filters and arrow keys. Everything is in the page already: this only shows and
// hides it, and never makes mark-up out of text.
'use strict';
(() => {
  const form = document.getElementById('filters');
  if (!form) return;
  const $ = (id) => document.getElementById(id);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const overview = $('overview');
  const documents = all('.document');
  const questions = all('.question, .rest li').map((item) => ({
    item,
    state: item.dataset.state,
    group: item.dataset.group ?? item.closest('.group').dataset.group,
    document: item.closest('.document'),
  }));
  const words = (text) => text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const textOf = (question) => question.text ??= question.item.textContent.toLocaleLowerCase();

  // A view is the overview, everything, or one document; the address says which.
  const view = () => {
    if (!overview) return 'all';
    const name = unescaped(location.hash.slice(1));
    if (name === 'all') return 'all';
    const target = name === '' ? null : $(name);
    return target?.closest('.document')?.id ?? 'overview';
  };

  function unescaped(text) {
    try { return decodeURIComponent(text); } catch { return ''; }
  }

  function show() {
    const sought = words($('search').value);
    const states = new Set(all('[name=state]:checked', form).map((box) => box.value));
    const group = $('group').value;
    const kind = $('kind')?.value ?? '';
    const chosen = sought.length > 0 || group !== '' || states.size < all('[name=state]', form).length;
    const current = view();
    const fits = (question) =>
      (question.state === 'rest' ? !chosen || (sought.length > 0 && states.size > 0) : states.has(question.state)) &&
      (group === '' || question.group === group) &&
      (kind === '' || question.document.dataset.kind === kind) &&
      sought.every((word) => textOf(question).includes(word) || question.document.dataset.path.includes(word));

    const shownIn = new Map(documents.map((document) => [document, 0]));
    const fitting = new Set();
    for (const question of questions) {
      const fit = fits(question);
      question.item.hidden = !fit;
      if (!fit) continue;
      fitting.add(question.item.parentElement);
      if (question.state !== 'rest' || sought.length > 0) {
        shownIn.set(question.document, shownIn.get(question.document) + 1);
      }
    }
    for (const part of all('.group')) part.hidden = !fitting.has(part.querySelector('.questions'));
    for (const part of all('.rest')) {
      part.hidden = !fitting.has(part.querySelector('ul'));
      if (chosen) part.open = true;
      else if (part.dataset.opened) part.open = false;
      if (chosen) part.dataset.opened = 'yes'; else delete part.dataset.opened;
    }

    // A search from the overview shows what it finds in every document, below the overview's map.
    let shown = 0;
    const wide = current === 'all' || (current === 'overview' && chosen);
    for (const document of documents) {
      const inView = wide || document.id === current;
      const fit = kind === '' || document.dataset.kind === kind;
      document.hidden = !(inView && fit && (!chosen || shownIn.get(document) > 0));
      if (inView && fit) shown += shownIn.get(document);
    }
    if (overview) {
      overview.hidden = !(current === 'overview' && !chosen) && current !== 'all' || (current === 'all' && chosen);
      for (const row of all('tr[data-document]')) {
        row.hidden = kind !== '' && $(row.dataset.document).dataset.kind !== kind;
      }
    }
    $('shown').textContent = chosen || kind !== '' ? `${shown} ${shown === 1 ? 'question' : 'questions'}` : '';
    $('nothing').hidden = shown > 0 || !chosen;
    for (const link of all('.masthead nav a')) {
      if (link.hash === `#${current}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }

  // Following a link leaves a search behind where the search would hide its target.
  function go() {
    const target = $(unescaped(location.hash.slice(1)));
    show();
    if (target && target.closest('[hidden]')) { form.reset(); show(); }
    const heading = target?.querySelector('[tabindex="-1"]') ?? (view() === 'all' && overview ? $('overview-name') : null);
    heading?.focus({ preventScroll: true });
    if (target) target.scrollIntoView();
    else scrollTo(0, 0);
  }

  function order() {
    const body = $('map')?.tBodies[0];
    if (!body) return;
    const by = {
      name: () => 0,
      share: (a, b) => a.dataset.share - b.dataset.share,
      unsettled: (a, b) => b.dataset.unsettled - a.dataset.unsettled,
    }[$('order').value];
    const first = (row) => Number(row.dataset.document.slice(1));
    body.append(...[...body.rows].sort((a, b) => by(a, b) || first(a) - first(b)));
  }

  // The map is one stop of the Tab key; arrows move in it, as in a spreadsheet.
  function arrows(table) {
    const rows = () => [...table.tBodies[0].rows].filter((row) => !row.hidden);
    const links = () => all('a', table.tBodies[0]);
    const reach = (link) => {
      for (const other of links()) other.tabIndex = -1;
      link.tabIndex = 0;
    };
    const first = links()[0];
    if (!first) return;
    reach(first);
    table.addEventListener('focusin', (event) => {
      if (event.target.matches('tbody a')) reach(event.target);
    });
    table.addEventListener('keydown', (event) => {
      const cell = event.target.closest('tbody td, tbody th');
      if (!cell || event.altKey || event.metaKey) return;
      const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -Infinity], End: [0, Infinity] }[event.key] ?? [0, 0];
      if (down === 0 && right === 0) return;
      event.preventDefault();
      const list = rows();
      let at = list.indexOf(cell.parentElement);
      let column = cell.cellIndex;
      // Cells in which nothing is asked have no link: pass over them.
      if (down !== 0) {
        for (at += down; list[at]; at += down) {
          const link = list[at].cells[column]?.querySelector('a');
          if (link) return link.focus();
        }
        return;
      }
      const row = [...list[at].cells].map((other) => other.querySelector('a'));
      const places = row.flatMap((link, place) => (link ? [place] : []));
      const next = right > 0
        ? (right === Infinity ? places.at(-1) : places.find((place) => place > column))
        : (right === -Infinity ? places[0] : places.findLast((place) => place < column));
      row[next]?.focus();
    });
  }

  for (const document of documents) document.dataset.path = document.querySelector('h2').textContent.toLocaleLowerCase();
  form.hidden = false;
  if (overview) {
    $('ordering').hidden = false;
    $('order').value = 'name';
    $('order').addEventListener('change', order);
  }
  // What is scrolled to comes to lie below the filters, however many lines they take.
  new ResizeObserver(() => {
    const covered = getComputedStyle(form).position === 'sticky' ? form.offsetHeight : 0;
    document.documentElement.style.scrollPaddingTop = `${covered + 16}px`;
  }).observe(form);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(show));
  let waiting;
  form.addEventListener('input', (event) => {
    clearTimeout(waiting);
    if (event.target.id === 'search') waiting = setTimeout(show, 80);
    else show();
  });
  $('search').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.target.value = '';
    show();
  });
  addEventListener('hashchange', go);
  all('table.map').forEach(arrows);
  form.reset();
  if (location.hash) go();
  else show();
})();
