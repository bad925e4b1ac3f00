// Checks pages of HTML for accessibility: axe-core in headless Chromium, in light and in dark, and whether each page
// fits a screen of 320 px without scrolling sideways. Prints every fault with its file; exit status 1 if there is one.
//
//   npm install --prefix /tmp/axe axe-core puppeteer-core
//   NODE_PATH=/tmp/axe/node_modules node tests/tools/axe.cjs page.html…
//
// CHROMIUM names the browser, else /usr/bin/chromium.
'use strict';

const fs = require('node:fs');
const { pathToFileURL } = require('node:url');
const puppeteer = require('puppeteer-core');

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function check(page, file, scheme, width) {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.setViewport({ width, height: 900 });
  await page.goto(pathToFileURL(file).href);
  // Evaluated by the tool, not by the page, whose policy forbids scripts.
  await page.evaluate(axe);
  const results = await page.evaluate((values) => globalThis.axe.run(document, { runOnly: values }), tags);
  const where = `${file} (${scheme}, ${width} px)`;
  const faults = results.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${where}: ${rule.id}: ${rule.help}\n    ${node.html.slice(0, 200)}\n    ${node.failureSummary.replace(/\n/g, '\n    ')}`));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) faults.push(`${where}: the page is ${wide} px wider than the screen`);
  return faults;
}

async function main(files) {
  if (files.length === 0) throw new Error('usage: axe.cjs page.html…');
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    // A container's root has no sandbox; what is opened are our own pages.
    args: ['--no-sandbox', '--disable-gpu'],
  });
  let count = 0;
  let pages = 0;
  try {
    const page = await browser.newPage();
    for (const file of files) {
      for (const [scheme, width] of [['light', 1280], ['dark', 1280], ['light', 320]]) {
        const faults = await check(page, file, scheme, width);
        faults.forEach((fault) => console.log(fault));
        count += faults.length;
      }
      pages += 1;
    }
  } finally {
    await browser.close();
  }
  console.error(`axe: ${pages} pages, ${count} faults`);
  return count === 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error) => { console.error(error); process.exit(2); },
);
