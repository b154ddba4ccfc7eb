// How long a list takes until its first rows, and what is asked for when, on a network that is simulated. Run by
// `cargo xtask bench --chain N`, which prints the median of N runs.
import { connect, emptyCache, median, open, origin, row } from "./site.mjs";

const RUNS = Number(process.env.STRONGROOM_CHAIN_RUNS ?? 5);

/** Latency in milliseconds, kilobits per second (0: as it is), how many times the processor is slowed, and whether files are cached. */
const NETWORKS = [
  { name: "reload, as it is", latency: 0, kilobits: 0, slowed: 1, isCached: true },
  { name: "reload, 150 ms of latency", latency: 150, kilobits: 0, slowed: 1, isCached: true },
  { name: "first visit, 150 ms of latency", latency: 150, kilobits: 0, slowed: 1, isCached: false },
  { name: "first visit, slow 4G, processor slowed 4 times", latency: 150, kilobits: 1600, slowed: 4, isCached: false },
];

/** Visits the list; when the first rows were there, and what had been asked for. */
async function visit(page, devtools, address, { latency, kilobits, slowed, isCached }) {
  if (!isCached) await emptyCache(page);
  const throughput = kilobits > 0 ? (kilobits * 1000) / 8 : -1;
  await devtools.send("Network.emulateNetworkConditions", {
    offline: false,
    latency,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowed });
  await page.goto(origin + address, { waitUntil: "domcontentloaded" });
  const rows = await page.waitForFunction(() => document.querySelector("tbody th a") && performance.now(), { polling: "raf" });
  const asked = await page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name, startTime, responseEnd, transferSize }) => {
      const path = new URL(name).pathname.split("/").slice(-1)[0].replace(/-[0-9a-f]{16}/, "");
      return [path, Math.round(startTime), Math.round(responseEnd), transferSize];
    }),
  );
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0);
  return { rows: await rows.jsonValue(), paint, asked };
}

async function main() {
  const browser = await open();
  try {
    const page = await browser.newPage();
    await connect(page);
    const address = await row(page, "Production");
    const devtools = await page.createCDPSession();
    await devtools.send("Network.enable");
    // Leaves the list as a person does, so that the tab knows what it asked for.
    await page.goto(origin + address);
    await row(page, "DATABASE_URL");
    const table = [];
    for (const network of NETWORKS) {
      const visits = [];
      for (let run = 0; run < RUNS; run += 1) visits.push(await visit(page, devtools, address, network));
      const middle = (value) => Math.round(median(visits.map(value)));
      table.push([network.name, middle(({ paint }) => paint), middle(({ rows }) => rows)]);
      console.log(`${network.name}:`);
      for (const [path, start, end, bytes] of visits.at(-1).asked) console.log(`  ${start} to ${end} ms  ${bytes} bytes  ${path}`);
    }
    console.log("\n| visit to a list | first contentful paint, ms | first rows, ms |\n| --- | ---: | ---: |");
    for (const cells of table) console.log(`| ${cells.join(" | ")} |`);
  } finally {
    await browser.close();
  }
}

await main();
