// The built site as the local API serves it, in Chromium: what the scripts beside this one share.
import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

// From the environment and not from the command line, which is shown where a command fails.
export const origin = required("STRONGROOM_TEST_API");
const key = required("STRONGROOM_TEST_KEY");

// The file of wasm-bindgen's test runner, which has the arguments of every Chromium of this repository.
const driver = JSON.parse(readFileSync(new URL("../../../webdriver.json", import.meta.url), "utf8"));
const CHROMIUM_ARGUMENTS = driver["goog:chromeOptions"].args;

export function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

function required(variable) {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set; \`cargo xtask test lighthouse\` sets it`);
  return value;
}

/** Starts Chromium. */
export function open() {
  return puppeteer.launch({
    executablePath: required("CHROMIUM"),
    headless: true,
    args: CHROMIUM_ARGUMENTS,
    // Lighthouse sets the screen of its profile, and puppeteer's own would be another.
    defaultViewport: null,
  });
}

/** Connects as a person does, and so that a reload keeps the session. */
export async function connect(page) {
  await page.goto(`${origin}/connect`);
  await page.locator("#base-url").fill(origin);
  await page.locator("#api-key").fill(key);
  await page.locator("#keep").click();
  await page.locator("form button[type=submit]").click();
  await row(page, "Production");
}

/** Waits for the row of this name in the table on screen; where its link leads. */
export async function row(page, name) {
  const link = await page.waitForFunction(
    (wanted) => [...document.querySelectorAll("tbody th a")].find((it) => it.textContent.trim() === wanted),
    {},
    name,
  );
  return link.evaluate((it) => it.getAttribute("href"));
}

/**
 * Empties the cache as Lighthouse would, if it did not leave it alone together with the session: each view is to be
 * measured as the first one of a first visit, and not as one whose files another view has fetched.
 */
export async function emptyCache(page) {
  const devtools = await page.createCDPSession();
  await devtools.send("Network.clearBrowserCache");
  // What is in memory goes only so.
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: false });
  await devtools.detach();
}
