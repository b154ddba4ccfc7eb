// Lighthouse, in its mobile profile, on the views of the built site. Started by `cargo xtask test lighthouse`, which
// hands over the address and the key of a local API that serves the site:
//
//   CHROMIUM=/usr/bin/chromium node tests/e2e/scripts/lighthouse.mjs http://127.0.0.1:8787 KEY
//
// Fails where accessibility or best practices are below 100. Performance is printed and not judged: it tells of the
// machine as much as of the site.
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const [origin, key] = process.argv.slice(2);
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const JUDGED = ["accessibility", "best-practices"];
const TIMES = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];

/** Connects as a person does, and so that it lasts over every load of the page. */
async function connect(page) {
  await page.goto(`${origin}/connect`);
  await page.waitForSelector("#api-key");
  await page.$eval("#base-url", (field) => (field.value = ""));
  await page.type("#base-url", origin);
  await page.type("#api-key", key);
  await page.click("#keep");
  await page.click("button[type=submit]");
  await page.waitForSelector("tbody th a");
}

/** The address of the first row of the list that is on screen at an address. */
async function firstRow(page, address) {
  await page.goto(origin + address);
  await page.waitForSelector("tbody th a");
  return page.$eval("tbody th a", (link) => link.getAttribute("href"));
}

/** What a judged category lost points for: the audit, and each element it names. */
function shortfalls({ categories, audits }) {
  return JUDGED.flatMap((category) =>
    categories[category].auditRefs
      .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
      .map(({ id }) => {
        const items = audits[id].details?.items ?? [];
        const where = items.map((item) => item.node?.snippet ?? JSON.stringify(item)).join("\n      ");
        return `${category}: ${id}: ${audits[id].title}\n      ${where}`;
      }),
  );
}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
let failed = false;
try {
  const page = await browser.newPage();
  const rows = [];
  const look = async (view, address) => {
    // What is kept for the tab stays, or every view would be the one that connects.
    const options = { onlyCategories: CATEGORIES, disableStorageReset: true, logLevel: "error" };
    const { lhr } = await lighthouse(origin + address, options, undefined, page);
    if (lhr.runtimeError) throw new Error(`${view}: ${lhr.runtimeError.message}`);
    if (new URL(lhr.finalDisplayedUrl).pathname !== address) throw new Error(`${view} led to ${lhr.finalDisplayedUrl}`);
    const scores = CATEGORIES.map((category) => Math.round(lhr.categories[category].score * 100));
    const times = TIMES.map((audit) => lhr.audits[audit].displayValue.replaceAll("\u00a0", " "));
    rows.push([view, ...scores, ...times]);
    if (JUDGED.some((category) => lhr.categories[category].score < 1)) {
      failed = true;
      console.error(`${view}:\n    ${shortfalls(lhr).join("\n    ")}`);
    }
  };
  await look("connect", "/connect");
  await connect(page);
  await look("workspaces", "/workspaces");
  const list = await firstRow(page, "/workspaces");
  await look("secrets", list);
  await look("secret", await firstRow(page, list));
  await look("new", `${list}/new`);
  console.log("| view | performance | accessibility | best practices | first paint | largest paint | blocked | shift |");
  console.log("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
} finally {
  await browser.close();
}
process.exitCode = failed ? 1 : 0;
