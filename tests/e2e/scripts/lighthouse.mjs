// Lighthouse, with its mobile profile, on views of the built site as the local API serves it: with the content security
// policy and Trusted Types on. Run by `cargo xtask test lighthouse`, or by hand beside a local API with demo data:
//
//   STRONGROOM_TEST_API=http://127.0.0.1:8080 STRONGROOM_TEST_KEY=… CHROMIUM=/usr/bin/chromium \
//     node tests/e2e/scripts/lighthouse.mjs
//
// Accessibility and best practices must be 100. With `STRONGROOM_LIGHTHOUSE_RUNS=5` (`cargo xtask bench --lighthouse`) it prints
// instead how fast each view is there, the median of so many runs: as much the machine's as the site's, so not judged.
import lighthouse from "lighthouse";

import { connect, emptyCache, median, open, origin, row } from "./site.mjs";

const JUDGED = ["accessibility", "best-practices"];
/** How often each view is measured; 0 to judge it. */
const RUNS = Number(process.env.STRONGROOM_LIGHTHOUSE_RUNS ?? 0);
/** What is measured: its heading, its audit, and its value as text. Times are in milliseconds. */
const METRICS = [
  ["first contentful paint", "first-contentful-paint", seconds],
  ["largest contentful paint", "largest-contentful-paint", seconds],
  ["usable", "interactive", seconds],
  ["total blocking time", "total-blocking-time", (value) => `${Math.round(value)} ms`],
  ["cumulative layout shift", "cumulative-layout-shift", (value) => String(Math.round(value * 1000) / 1000)],
];
const HEADINGS = RUNS > 0 ? ["performance", ...METRICS.map(([heading]) => heading)] : ["accessibility", "best practices"];

function seconds(value) {
  return `${(value / 1000).toFixed(2)} s`;
}

/** What Lighthouse says of one address. */
async function audit(page, { address, heading }) {
  const options = {
    onlyCategories: RUNS > 0 ? ["performance"] : JUDGED,
    // It leaves the page and comes back through the browser's page cache, after which the console is locked.
    skipAudits: ["bf-cache"],
    // Else the tab would lose its session, and every view would be the one that asks for a key.
    disableStorageReset: true,
    logLevel: "error",
  };
  const run = async () => {
    await emptyCache(page);
    return (await lighthouse(origin + address, options, undefined, page)).lhr;
  };
  let result = await run();
  // On a busy machine the trace can miss its beginning (NO_NAVSTART), which says nothing about the page: two more tries.
  for (let more = 2; result.runtimeError && more > 0; more -= 1) result = await run();
  if (result.runtimeError) throw new Error(`${address}: ${result.runtimeError.message}`);
  const shown = await page.$eval("h1", (it) => it.textContent.trim());
  const path = new URL(result.finalDisplayedUrl).pathname;
  if (path !== address || shown !== heading) throw new Error(`${address} led to ${path} with the heading "${shown}"`);
  return result;
}

function score(result, category) {
  return Math.round(result.categories[category].score * 100);
}

/** Judges a view: what is wrong, what is worth knowing, and its row of the table. */
async function judge(page, view) {
  const result = await audit(page, view);
  return { ...shortfalls(result), cells: JUDGED.map((category) => String(score(result, category))) };
}

/** Measures a view a few times; its row of the table. */
async function measure(page, view) {
  const results = [];
  for (let run = 0; run < RUNS; run += 1) results.push(await audit(page, view));
  const metrics = METRICS.map(([, id, text]) => text(median(results.map(({ audits }) => audits[id].numericValue))));
  const cells = [String(median(results.map((result) => score(result, "performance")))), ...metrics];
  return { wrong: [], noted: [], cells };
}

/**
 * The audits of the judged categories that are not at their best. They are judged one by one, because Lighthouse rounds
 * the score of a category, and one light audit among many heavy ones would be rounded away.
 */
function shortfalls({ categories, audits }) {
  const wrong = [];
  const noted = [];
  for (const category of JUDGED) {
    for (const { id, weight } of categories[category].auditRefs) {
      const audit = audits[id];
      const { score, scoreDisplayMode: mode } = audit;
      if (mode === "notApplicable" || mode === "manual") continue;
      // An audit with weight and without a score could not run, and nobody knows how it would have ended.
      if (weight > 0 && score !== 1) wrong.push(describe(category, audit));
      // One that only informs has the best score whatever it found.
      else if (mode === "informative" ? audit.details?.items?.length > 0 : score !== 1) {
        noted.push(describe(category, audit));
      }
    }
  }
  return { wrong, noted };
}

function describe(category, { id, title, errorMessage, details }) {
  const where = (details?.items ?? []).map((item) => {
    const { node } = item;
    if (!node) return JSON.stringify(item);
    return [node.selector, node.snippet, node.explanation].filter(Boolean).join("\n");
  });
  const told = [errorMessage, ...where].filter(Boolean).join("\n");
  return `${category}: ${id}: ${title}\n${told}`.trimEnd().replaceAll("\n", "\n    ");
}

async function main() {
  const browser = await open();
  let failed = false;
  try {
    // One tab for all: the session that it keeps is its own.
    const page = await browser.newPage();
    const rows = [];
    const notes = new Map();
    const look = async (view) => {
      const { wrong, noted, cells } = await (RUNS > 0 ? measure : judge)(page, view);
      rows.push([view.name, ...cells]);
      for (const shortfall of wrong) console.log(`${view.name}: failed: ${shortfall}`);
      for (const note of noted) notes.set(note, [...(notes.get(note) ?? []), view.name]);
      failed ||= wrong.length > 0;
    };
    await look({ name: "connect", address: "/connect", heading: "Connect" });
    await connect(page);
    const secrets = await row(page, "Production");
    await look({ name: "workspaces", address: "/workspaces", heading: "Workspaces" });
    await page.goto(origin + secrets);
    const secret = await row(page, "DATABASE_URL");
    await look({ name: "secrets", address: secrets, heading: "Secrets" });
    await look({ name: "secret", address: secret, heading: "DATABASE_URL" });
    await look({ name: "new secret", address: `${secrets}/new`, heading: "New secret" });
    for (const [note, views] of notes) console.log(`${views.join(", ")}: without weight: ${note}`);
    console.log(`\n| view | ${HEADINGS.join(" | ")} |`);
    console.log(`| --- |${" ---: |".repeat(HEADINGS.length)}`);
    for (const cells of rows) console.log(`| ${cells.join(" | ")} |`);
  } finally {
    await browser.close();
  }
  process.exitCode = failed ? 1 : 0;
}

await main();
