// What the page can do beyond being read: steps, filters, two views, the map. All is taken from the page itself.
(() => {
  'use strict';
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const { body } = document;
  const text = $('text');
  const bar = $('bar');
  const chunks = [...text.children];
  const items = all('#list li');
  const batches = all('#list ol');
  const total = items.length;
  const narrow = matchMedia('(max-width: 64rem)');
  let matching = items.map((_, at) => at + 1);
  let current = 0;

  body.classList.add('script');
  all('.js').forEach((element) => { element.hidden = false; });

  // Two views. A batch of paragraphs is set to the view when it comes near to sight: then each paragraph gets a
  // second self, for the new draft; identifiers stay with the first.
  const twin = (element) => {
    const next = element.nextElementSibling;
    return next && next.classList.contains('r') ? next : null;
  };
  const own = (chunk) => [...chunk.children].filter((row) => !row.classList.contains('r') && !row.classList.contains('gap'));
  const doubled = new WeakSet();
  const double = (chunk) => {
    doubled.add(chunk);
    for (const row of own(chunk)) {
      const copy = row.cloneNode(true);
      for (const element of [copy, ...copy.querySelectorAll('[id]')]) {
        if (/^\d/.test(element.id)) element.dataset.c = element.id;
        element.removeAttribute('id');
      }
      copy.classList.add('r');
      row.after(copy);
    }
  };
  const fit = (chunk) => {
    const on = body.classList.contains('side');
    if (on && !doubled.has(chunk)) double(chunk);
    chunk.classList.toggle('f', on);
  };
  const near = new Set();
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        near.add(entry.target);
        fit(entry.target);
      } else near.delete(entry.target);
    }
  }, { rootMargin: '1200px' });
  chunks.forEach((chunk) => watch.observe(chunk));

  const visible = (element) => (element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0);

  // What is in sight now, to come back to it when the layout changes.
  const place = () => {
    const top = bar.getBoundingClientRect().bottom;
    let low = 0;
    let high = chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (chunks[middle].getBoundingClientRect().bottom > top) high = middle;
      else low = middle + 1;
    }
    const row = chunks[low] && [...chunks[low].children].find((child) => child.getBoundingClientRect().bottom > top);
    return row && { row, offset: row.getBoundingClientRect().top };
  };
  const keeping = (change) => {
    const before = text.getBoundingClientRect().top < innerHeight / 2 ? place() : null;
    change();
    if (!before) return;
    let { row } = before;
    while (row && !visible(row)) row = row.nextElementSibling || row.parentElement.nextElementSibling;
    if (!row) return;
    const settle = (tries) => {
      const moved = row.getBoundingClientRect().top - before.offset;
      if (Math.abs(moved) > 1) scrollBy({ top: moved, behavior: 'instant' });
      if (tries > 0) requestAnimationFrame(() => settle(tries - 1));
    };
    settle(3);
  };

  const setSide = (on) => keeping(() => {
    body.classList.toggle('side', on);
    $('inline').setAttribute('aria-pressed', String(!on));
    $('side').setAttribute('aria-pressed', String(on));
    near.forEach(fit);
  });

  // Changes only: what did not change is left out, but for some paragraphs around and the headings above.
  const context = Number(body.dataset.context) || 0;
  const rank = (row) => {
    if (row.classList.contains('st')) return 1;
    if (row.classList.contains('s')) return 2;
    return row.tagName[0] === 'H' ? Number(row.tagName[1]) : 0;
  };
  const hide = (row, hidden) => {
    if (row.classList.contains('g') === hidden) return;
    row.classList.toggle('g', hidden);
    const copy = twin(row);
    if (copy) copy.classList.toggle('g', hidden);
  };
  const setOnly = (on) => keeping(() => {
    $('only').checked = on;
    body.classList.toggle('only', on);
    all('.gap', text).forEach((gap) => gap.remove());
    const rows = chunks.flatMap(own);
    chunks.forEach((chunk) => chunk.classList.remove('g'));
    if (!on) {
      rows.forEach((row) => hide(row, false));
      return;
    }
    const keep = new Uint8Array(rows.length);
    const above = [];
    rows.forEach((row, at) => {
      const level = rank(row);
      if (level) {
        while (above.length && above[above.length - 1][0] >= level) above.pop();
        above.push([level, at]);
      }
      if (row.classList.contains('x')) {
        keep.fill(1, Math.max(0, at - context), at + context + 1);
        above.forEach((entry) => { keep[entry[1]] = 1; });
      }
    });
    let gap = [];
    const close = () => {
      if (gap.length) {
        const button = document.createElement('button');
        const hidden = gap;
        button.type = 'button';
        button.className = 'gap';
        button.textContent = `${gap.length} unchanged ${gap.length === 1 ? 'paragraph' : 'paragraphs'}`;
        button.addEventListener('click', () => {
          hidden.forEach((row) => { hide(row, false); row.parentElement.classList.remove('g'); });
          button.remove();
        });
        gap[0].before(button);
      }
      gap = [];
    };
    rows.forEach((row, at) => {
      hide(row, !keep[at]);
      if (keep[at]) close();
      else if (row.firstChild) gap.push(row);
    });
    close();
    chunks.forEach((chunk) => {
      chunk.classList.toggle('g', ![...chunk.children].some((row) => !row.classList.contains('g')));
    });
  });

  // From change to change
  const placesOf = (number) => {
    const first = $(String(number));
    const find = () => all(`[data-c="${number}"]`, text);
    [first, ...find()].slice(0, 20).forEach((element) => element && fit(element.closest('.k')));
    return first ? [first, ...find()] : find();
  };
  const bring = (element) => {
    const top = () => bar.getBoundingClientRect().bottom;
    let tries = 6;
    const once = () => {
      const box = element.getBoundingClientRect();
      const room = innerHeight - Math.max(0, top());
      element.scrollIntoView({ block: box.height > room * 0.7 ? 'start' : 'center', behavior: 'instant' });
    };
    const settle = () => {
      const box = element.getBoundingClientRect();
      const good = box.top >= top() && (box.top < innerHeight * 0.75);
      tries -= 1;
      if (good || tries === 0) return;
      once();
      requestAnimationFrame(settle);
    };
    once();
    requestAnimationFrame(settle);
  };
  const show = (element, focus) => {
    const chunk = element.closest('.k');
    const row = chunk && [...chunk.children].find((child) => child.contains(element));
    if (row && row.classList.contains('g')) {
      hide(row, false);
      chunk.classList.remove('g');
    }
    if (focus) {
      if (!element.hasAttribute('tabindex') && element.tagName !== 'A') element.tabIndex = -1;
      element.focus({ preventScroll: true });
    }
    bring(element);
  };
  const go = (number, focus = true) => {
    const item = items[number - 1];
    if (!item) return;
    const link = item.querySelector('a');
    let places = placesOf(number);
    if (!places.length && link) places = [$(link.hash.slice(1))].filter(Boolean);
    all('.now', text).forEach((element) => element.classList.remove('now'));
    all('[aria-current]', $('list')).forEach((element) => element.removeAttribute('aria-current'));
    current = number;
    item.setAttribute('aria-current', 'true');
    $('at').textContent = `${number} / ${total}`;
    places.forEach((element) => element.classList.add('now'));
    const target = places.find(visible) || places[0];
    if (target) show(target, focus);
    if (!narrow.matches && !body.classList.contains('wide')) {
      const panel = $('changes');
      const box = item.getBoundingClientRect();
      const frame = panel.getBoundingClientRect();
      if (box.top < frame.top || box.bottom > frame.bottom) {
        panel.scrollTop += box.top - frame.top - frame.height / 3;
      }
    }
    $('live').textContent = `Change ${number} of ${total}: ${link ? link.textContent.replace(/^\d+ /, '') : ''}`;
    history.replaceState(null, '', `#${number}`);
    drawMap();
  };
  const step = (by) => {
    if (!matching.length) {
      $('live').textContent = 'No change fits the filters.';
      return;
    }
    let at;
    if (by > 0) at = matching.find((number) => number > current) ?? matching[0];
    else at = matching.findLast((number) => number < current) ?? matching[matching.length - 1];
    go(at);
  };

  // Filters
  const find = $('find');
  const selects = ['kind', 'topic', 'token'].map($).filter(Boolean);
  const tags = items.map((item) => item.className.split(' '));
  let texts = null;
  const filter = () => {
    const wanted = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (wanted.length) texts ||= items.map((item) => item.textContent.toLowerCase());
    const counts = new Map();
    matching = [];
    items.forEach((item, at) => {
      let failed = wanted.every((word) => texts[at].includes(word)) ? 0 : 2;
      let by = '';
      for (const select of selects) {
        if (select.value && !tags[at].includes(select.value)) {
          failed += 1;
          by = select.value[0];
        }
      }
      if (!failed) matching.push(at + 1);
      if (failed < 2) {
        for (const tag of tags[at]) {
          if (!failed || tag[0] === by) counts.set(tag, (counts.get(tag) || 0) + 1);
        }
      }
      if (item.hidden !== failed > 0) item.hidden = failed > 0;
    });
    for (const batch of batches) {
      const count = [...batch.children].reduce((sum, item) => sum + !item.hidden, 0);
      batch.hidden = !count;
      batch.style.containIntrinsicSize = `auto ${count * 100}px`;
    }
    for (const select of selects) {
      for (const option of select.options) {
        if (option.value) option.textContent = `${option.dataset.n} (${counts.get(option.value) || 0})`;
      }
    }
    const filtered = wanted.length > 0 || selects.some((select) => select.value);
    $('count').textContent = filtered ? `${matching.length} of ${total} changes` : `${total} ${total === 1 ? 'change' : 'changes'}`;
    $('clear').disabled = !filtered;
    $('none').hidden = matching.length > 0;
    drawMap();
  };

  // What is counted in the summary filters the list.
  for (const element of items.length ? all('[data-f]') : []) {
    const select = selects.find((own) => [...own.options].some((option) => option.value === element.dataset.f));
    if (select) {
      const button = document.createElement('button');
      button.type = 'button';
      button.title = 'Show these in the list';
      button.append(...element.childNodes);
      element.append(button);
      button.addEventListener('click', () => {
        find.value = '';
        selects.forEach((own) => { own.value = own === select ? element.dataset.f : ''; });
        setList(true);
        filter();
        select.focus();
      });
    }
  }

  // The list beside the redline, or over it where there is little room
  const setList = (on) => {
    if (on === !body.classList.contains('wide')) return;
    keeping(() => body.classList.toggle('wide', !on));
    $('toggle').setAttribute('aria-expanded', String(on));
  };

  // The map: paragraphs in batches of like size stand for the length of the text.
  const map = $('map');
  const canvas = map.querySelector('canvas');
  const frame = map.querySelector('i');
  let marks = null;
  const measure = () => {
    const order = new Map(chunks.map((chunk, at) => [chunk, at]));
    const inside = new Map();
    marks = items.map((item, at) => {
      const link = item.querySelector('a');
      const element = $(String(at + 1)) || (link && $(link.hash.slice(1)));
      const chunk = element && element.closest('.k');
      if (!chunk) return null;
      if (!inside.has(chunk)) {
        const rows = own(chunk);
        inside.set(chunk, new Map(rows.map((row, index) => [row, (index + 0.5) / rows.length])));
      }
      let row = element;
      while (row.parentElement !== chunk) row = row.parentElement;
      return (order.get(chunk) + (inside.get(chunk).get(row) || 0)) / chunks.length;
    });
  };
  const colours = ['--ins', '--del', '--accent', '--mov', '--mov'];
  let drawing = 0;
  function drawMap() {
    if (drawing || narrow.matches || !total) return;
    drawing = requestAnimationFrame(() => {
      drawing = 0;
      if (!marks) measure();
      const style = getComputedStyle(body);
      const ratio = devicePixelRatio || 1;
      const width = map.clientWidth;
      const height = map.clientHeight;
      canvas.width = width * ratio;
      canvas.height = height * ratio;
      const pen = canvas.getContext('2d');
      pen.scale(ratio, ratio);
      const palette = colours.map((name) => style.getPropertyValue(name));
      const other = style.getPropertyValue('--edge');
      const fits = new Uint8Array(total + 1);
      matching.forEach((number) => { fits[number] = 1; });
      marks.forEach((at, index) => {
        if (at === null) return;
        pen.globalAlpha = fits[index + 1] ? 1 : 0.18;
        pen.fillStyle = palette[Number(tags[index][0].slice(1))] || other;
        pen.fillRect(4, Math.round(at * (height - 2)), width - 8, 2);
      });
      if (current && marks[current - 1] !== null) {
        pen.globalAlpha = 1;
        pen.fillStyle = style.getPropertyValue('--ink');
        pen.fillRect(0, Math.round(marks[current - 1] * (height - 2)) - 1, width, 4);
      }
      follow();
    });
  }
  const fraction = (y) => {
    let low = 0;
    let high = chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (chunks[middle].getBoundingClientRect().bottom > y) high = middle;
      else low = middle + 1;
    }
    if (!chunks[low]) return 0;
    const box = chunks[low].getBoundingClientRect();
    return (low + Math.min(1, Math.max(0, (y - box.top) / (box.height || 1)))) / chunks.length;
  };
  function follow() {
    if (narrow.matches) return;
    const top = fraction(Math.max(0, bar.getBoundingClientRect().bottom));
    const bottom = fraction(innerHeight);
    frame.style.top = `${top * 100}%`;
    frame.style.height = `max(6px, ${(bottom - top) * 100}%)`;
  }
  let following = 0;
  addEventListener('scroll', () => {
    following ||= requestAnimationFrame(() => { following = 0; follow(); });
  }, { passive: true });
  new ResizeObserver(() => drawMap()).observe(map);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawMap());
  map.addEventListener('click', (event) => {
    const height = map.clientHeight;
    const y = (event.clientY - map.getBoundingClientRect().top) / height;
    if (!marks) measure();
    let best = 0;
    let distance = 7 / height;
    for (const number of matching) {
      const at = marks[number - 1];
      if (at !== null && Math.abs(at - y) < distance) {
        distance = Math.abs(at - y);
        best = number;
      }
    }
    if (best) go(best);
    else {
      const at = Math.min(chunks.length - 1, Math.floor(y * chunks.length));
      if (chunks[at]) bring(chunks[at]);
    }
  });

  // Ways in
  const follows = (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const name = link.hash.slice(1);
    if (/^\d+$/.test(name)) {
      event.preventDefault();
      go(Number(name));
    } else if (/^[mps]\d+$/.test(name) && $(name)) {
      event.preventDefault();
      const element = $(name);
      show(name[0] === 'p' ? element.parentElement : element, true);
    } else return;
    if (narrow.matches && link.closest('#changes')) setList(false);
  };
  document.addEventListener('click', follows);
  $('prev').addEventListener('click', () => step(-1));
  $('next').addEventListener('click', () => step(1));
  $('inline').addEventListener('click', () => setSide(false));
  $('side').addEventListener('click', () => setSide(true));
  $('only').addEventListener('change', (event) => setOnly(event.target.checked));
  if ($('noise')) $('noise').addEventListener('change', (event) => keeping(() => body.classList.toggle('noisy', event.target.checked)));
  $('toggle').addEventListener('click', () => setList(body.classList.contains('wide')));
  $('close').addEventListener('click', () => { setList(false); $('toggle').focus(); });
  $('keys').addEventListener('click', () => $('help').showModal());
  if (find) {
    $('filters').addEventListener('input', filter);
    $('filters').addEventListener('submit', (event) => event.preventDefault());
    $('filters').addEventListener('reset', () => setTimeout(filter));
  }
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $('help').open) return;
    if (event.key === 'Escape' && narrow.matches && !body.classList.contains('wide')) {
      setList(false);
      $('toggle').focus();
      return;
    }
    if (event.key === 'Escape' && event.target === find && find.value === '') {
      find.blur();
      return;
    }
    if (!$('single').checked || event.target.closest('input:not([type="checkbox"]), select, textarea')) return;
    const act = {
      n: () => step(1),
      j: () => step(1),
      p: () => step(-1),
      k: () => step(-1),
      v: () => setSide(!body.classList.contains('side')),
      c: () => setOnly(!$('only').checked),
      l: () => setList(body.classList.contains('wide')),
      '/': () => { if (find) { setList(true); find.focus(); find.select(); } },
      '?': () => $('help').showModal(),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  if (narrow.matches) setList(false);
  if ('only' in body.dataset) setOnly(true);
  if (/^#\d+$/.test(location.hash)) go(Number(location.hash.slice(1)), false);
  drawMap();
})();
