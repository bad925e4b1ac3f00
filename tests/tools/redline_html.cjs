// Tries a redline of HTML in headless Chromium: axe-core in light, in dark and at 320 px, in both views; keys,
// filters, changes only, noise, the list on a narrow screen; without the script as well. Prints every fault; exit
// status 1 if there is one.
//
//   npm install --prefix /tmp/axe axe-core puppeteer-core
//   NODE_PATH=/tmp/axe/node_modules node tests/tools/redline_html.cjs redline.html…
//
// The redline should have three changes at least, one of them an insertion, one a deletion. CHROMIUM names the
// browser, else /usr/bin/chromium.
'use strict';

const fs = require('node:fs');
const { pathToFileURL } = require('node:url');
const puppeteer = require('puppeteer-core');

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Opens a page afresh. */
async function open(page, file, { width = 1280, scheme = 'light' } = {}) {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setViewport({ width, height: 900 });
  // The same address with another fragment would not load again.
  await page.goto('about:blank');
  await page.goto(pathToFileURL(file).href);
}

/** Lets the page lay out what it has put off. */
const settle = (page) => page.evaluate(() => new Promise((done) => {
  let frames = 8;
  const next = () => { frames -= 1; if (frames) requestAnimationFrame(next); else done(); };
  next();
}));

async function accessible(page, where, faults) {
  await settle(page);
  // Evaluated by the tool, not by the page, whose policy forbids other scripts.
  await page.evaluate(axe);
  const results = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: values }), tags);
  for (const rule of results.violations) {
    for (const node of rule.nodes.slice(0, 5)) {
      faults.push(`${where}: ${rule.id}: ${rule.help}\n    ${node.html.slice(0, 200)}\n    ${node.failureSummary.replace(/\n/g, '\n    ')}`);
    }
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) faults.push(`${where}: the page is ${wide} px wider than the screen`);
}

/** What is asked of the page, seen from outside. */
const state = (page) => page.evaluate(() => {
  const shown = (element) => element.checkVisibility();
  const focus = document.activeElement;
  const box = focus.getBoundingClientRect();
  return {
    at: document.getElementById('at').textContent,
    live: document.getElementById('live').textContent,
    count: document.getElementById('count').textContent,
    items: [...document.querySelectorAll('#list li')].filter((item) => !item.hidden).length,
    current: document.querySelector('#list [aria-current] b')?.textContent,
    focus: focus.id || focus.dataset.c || focus.tagName,
    seen: box.bottom > 0 && box.top < innerHeight && shown(focus),
    hash: location.hash,
    side: document.body.classList.contains('side'),
  };
});

async function keys(page, file, check) {
  await open(page, file);
  const total = (await state(page)).items;
  check(total >= 3, `three changes at least, not ${total}`);
  await page.keyboard.press('n');
  let now = await state(page);
  check(now.at === `1 / ${total}` && now.current === '1' && now.hash === '#1', `n goes to the first change: ${JSON.stringify(now)}`);
  check(now.focus === '1' && now.seen, `the focus moves to it, in sight: ${JSON.stringify(now)}`);
  check(now.live.startsWith(`Change 1 of ${total}: `), `it is announced: ${now.live}`);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  now = await state(page);
  check(now.at === `2 / ${total}` && now.seen, `j and k step: ${JSON.stringify(now)}`);
  await page.keyboard.press('p');
  await page.keyboard.press('p');
  await settle(page);
  now = await state(page);
  check(now.at === `${total} / ${total}` && now.seen, `p goes round to the last, in sight: ${JSON.stringify(now)}`);
  await page.keyboard.press('?');
  check(await page.evaluate(() => document.getElementById('help').open), '? opens the help');
  await page.keyboard.press('n');
  check((await state(page)).at === now.at, 'keys rest while the help is open');
  await page.click('#single');
  await page.keyboard.press('Escape');
  check(await page.evaluate(() => !document.getElementById('help').open), 'Escape closes the help');
  await page.keyboard.press('n');
  check((await state(page)).at === now.at, 'single keys can be turned off');
}

async function filters(page, file, check) {
  await open(page, file);
  const total = (await state(page)).items;
  await page.keyboard.press('/');
  check((await state(page)).focus === 'find', '/ goes to the search');
  // The words of a change find it, and what is typed is no command.
  const words = await page.evaluate(() => [...document.querySelectorAll('#list li')].map((li) => li.textContent.trim())[1]);
  await page.keyboard.type(words.split(' ').slice(0, 2).join(' '));
  let now = await state(page);
  check(now.items >= 1 && now.items <= total && !now.side, `the search finds: ${JSON.stringify(now)}`);
  await page.keyboard.type(' no such words');
  now = await state(page);
  check(now.items === 0 && now.count === `0 of ${total} changes`, `nothing fits: ${JSON.stringify(now)}`);
  check(await page.evaluate(() => document.getElementById('none').checkVisibility()), 'and that is said');
  await page.click('#clear');
  await settle(page);
  check((await state(page)).items === total, 'filters are cleared');
  for (const id of ['kind', 'topic', 'token']) {
    const options = await page.evaluate((name) => [...(document.getElementById(name)?.options ?? [])].slice(1)
      .map((option) => [option.value, Number(/\((\d+)\)$/.exec(option.textContent)[1])]), id);
    for (const [value, count] of options) {
      await page.select(`#${id}`, value);
      now = await state(page);
      check(now.items === count, `${id} ${value}: ${now.items} in the list, ${count} counted`);
    }
    if (options.length) {
      await page.keyboard.press('Escape');
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press('n');
      const current = Number((await state(page)).current);
      const fits = await page.evaluate((number, tag) => document.querySelectorAll('#list li')[number - 1].classList.contains(tag), current, options.at(-1)[0]);
      check(fits, `n keeps to what fits the filter ${id}`);
      await page.click('#clear');
      await settle(page);
    }
  }
  const counted = await page.evaluate(() => {
    const button = document.querySelector('.kinds button');
    button.click();
    return Number(button.querySelector('b').textContent.replace(',', ''));
  });
  check((await state(page)).items === counted, `what the summary counts (${counted}) filters the list`);
}

async function views(page, file, check) {
  await open(page, file);
  const total = (await state(page)).items;
  await page.keyboard.press('v');
  await settle(page);
  check((await state(page)).side, 'v shows the drafts side by side');
  for (let step = 0; step < Math.min(total, 20); step += 1) {
    await page.keyboard.press('n');
    await settle(page);
    const now = await state(page);
    check(now.seen, `side by side, change ${now.at} is in sight: ${JSON.stringify(now)}`);
  }
  const leaks = await page.evaluate(() => {
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility()).length;
    const rows = [...document.querySelectorAll('.k.f')].every((chunk) => {
      const own = [...chunk.children].filter((row) => !row.classList.contains('gap'));
      return own.every((row, at) => row.classList.contains('r') === (at % 2 === 1));
    });
    return { left: shown('.f > :not(.r) ins'), right: shown('.f > .r del'), rows, twice: document.querySelectorAll('.r [id], .r[id]').length };
  });
  check(leaks.left === 0 && leaks.right === 0, `the old draft left, the new one right: ${JSON.stringify(leaks)}`);
  check(leaks.rows && leaks.twice === 0, `paragraphs in pairs, no identifier twice: ${JSON.stringify(leaks)}`);
  await page.keyboard.press('v');
  await page.keyboard.press('c');
  await settle(page);
  const only = await page.evaluate(() => ({
    changed: [...document.querySelectorAll('.k > .x:not(.r)')].every((row) => row.checkVisibility()),
    gaps: document.querySelectorAll('.gap').length,
    hidden: document.querySelectorAll('.k > .g').length,
  }));
  check(only.changed, 'c keeps what changed');
  check(only.hidden === 0 || only.gaps > 0, 'what is left out is said');
  if (only.gaps) {
    await page.evaluate(() => document.querySelector('.gap').click());
    const after = await page.evaluate(() => document.querySelectorAll('.k > .g').length);
    check(after < only.hidden, 'a gap opens');
  }
  await page.keyboard.press('c');
  check(await page.evaluate(() => document.querySelectorAll('.g, .gap').length) === 0, 'c again shows all');
  if (await page.$('#noise')) {
    await page.click('#noise');
    const seen = await page.evaluate(() => [...document.querySelectorAll('.k > :not(.r) del.z')].every((element) => element.checkVisibility()));
    check(seen, 'noise is shown when asked for');
  }
}

async function narrow(page, file, check) {
  await open(page, file, { width: 320 });
  const listed = () => page.evaluate(() => document.getElementById('changes').checkVisibility());
  check(!(await listed()), 'the list is away on a narrow screen');
  await page.click('#toggle');
  check(await listed(), 'and comes when called');
  await page.click('#list a');
  await settle(page);
  const now = await state(page);
  check(!(await listed()) && now.current === '1' && now.seen, `its links lead to the change: ${JSON.stringify(now)}`);
}

async function plain(page, file, check) {
  await page.setJavaScriptEnabled(false);
  await open(page, file);
  await page.setJavaScriptEnabled(true);
  const seen = await page.evaluate(() => ({
    tools: document.getElementById('tools').checkVisibility(),
    list: document.getElementById('list').checkVisibility(),
    text: document.getElementById('text').checkVisibility(),
    dead: [...document.querySelectorAll('a[href^="#"]')].filter((link) => !document.getElementById(link.hash.slice(1))).length,
  }));
  check(!seen.tools && seen.list && seen.text && seen.dead === 0, `it reads without the script: ${JSON.stringify(seen)}`);
}

async function main(files) {
  if (files.length === 0) throw new Error('usage: redline_html.cjs redline.html…');
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    // A container's root has no sandbox; what is opened are our own pages.
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const faults = [];
  try {
    const page = await browser.newPage();
    for (const file of files) {
      const check = (good, what) => { if (!good) faults.push(`${file}: ${what}`); };
      page.removeAllListeners('console').removeAllListeners('pageerror').removeAllListeners('request');
      page.on('console', (message) => check(!['error', 'warn'].includes(message.type()), `console: ${message.text()}`));
      page.on('pageerror', (error) => check(false, `script: ${error.message}`));
      page.on('request', (request) => check(/^(file|about|data):/.test(request.url()), `asks for ${request.url()}`));
      for (const [scheme, width] of [['light', 1280], ['dark', 1280], ['light', 320]]) {
        await open(page, file, { scheme, width });
        await accessible(page, `${file} (${scheme}, ${width} px)`, faults);
        await page.keyboard.press('n');
        await page.keyboard.press('v');
        await accessible(page, `${file} (${scheme}, ${width} px, side by side)`, faults);
      }
      for (const part of [keys, filters, views, narrow, plain]) await part(page, file, check);
    }
  } finally {
    await browser.close();
  }
  faults.forEach((fault) => console.log(fault));
  console.error(`redline_html: ${files.length} pages, ${faults.length} faults`);
  return faults.length === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error) => { console.error(error); process.exit(2); },
);
