// Starts the console. A file of its own, because the policy of the site allows no inline script.

// Leptos builds static markup through `innerHTML`, which Trusted Types stop unless a policy of this name approves the
// text. All that markup is constant text of the program. This policy is a backstop, no sanitiser: what it refuses
// would only be there if someone's data had become markup. It approves no script and no script address at all.
const REFUSED = [
  /<\s*\/?\s*(?:script|iframe|frame|frameset|object|embed|applet|base|meta|link|style|portal|fencedframe)\b/i,
  /[\s"'/]on[a-z]+\s*=/i,
  /\bsrcdoc\s*=/i,
  /<\s*(?:animate|set)\b/i,
];

/** Whether markup holds nothing that could run a script. */
function isInert(markup) {
  // Browsers skip white space, control characters and entities inside the name of a scheme.
  const squeezed = markup.replace(/&(?:tab|newline|colon|#x?[0-9a-f]+);?/gi, decode).replace(/[\s\u0000-\u001f]/g, "");
  return !REFUSED.some((pattern) => pattern.test(markup)) && !/(?:javascript|vbscript):/i.test(squeezed);
}

function decode(entity) {
  const named = { "&colon": ":", "&tab": "", "&newline": "" };
  const name = entity.toLowerCase().replace(";", "");
  if (name in named) return named[name];
  const code = name.startsWith("&#x") ? parseInt(name.slice(3), 16) : parseInt(name.slice(2), 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

globalThis.trustedTypes?.createPolicy("default", {
  createHTML(markup) {
    if (isInert(markup)) return markup;
    throw new TypeError("Strongroom refuses markup that could run a script");
  },
});

/** Shows why the app could not start. */
function fail(reason) {
  const place = document.getElementById("boot-failure");
  if (!place) return;
  place.textContent = `Strongroom couldn't start: ${reason}`;
  place.hidden = false;
}

/** The memory of the program, once it has started. */
let memory;

/**
 * Ends the app after a fault. A Rust panic ends it without a message, and what it has left behind goes on: timers and
 * answers would call a program in which nothing can be relied on. So nothing is sent any more, the page is emptied, the
 * key is wiped, and other tabs lock. Drafts stay: they are encrypted, and the person may want them after a reload.
 */
function stop({ error, reason }) {
  const Fault = globalThis.WebAssembly?.RuntimeError;
  if (!Fault || !((error ?? reason) instanceof Fault)) return;
  globalThis.fetch = async () => {
    throw new TypeError("Strongroom has stopped");
  };
  for (let timer = setTimeout(() => {}); timer > 0; timer -= 1) clearTimeout(timer);
  document.getElementById("app")?.replaceChildren();
  document.title = "Strongroom";
  // Not at once: the fault may have been in a call from a part of the program that is still running.
  queueMicrotask(() => memory && new Uint8Array(memory.buffer).fill(0));
  lockEverywhere();
  const place = document.getElementById("boot-failure");
  if (!place) return;
  place.textContent = place.dataset.stopped ?? "Strongroom stopped because of an internal error. Reload the page.";
  place.hidden = false;
}

/** Removes the session that this tab keeps, and locks other tabs. The names are those of `src/browser`. */
function lockEverywhere() {
  try {
    sessionStorage.removeItem("strongroom.session");
    localStorage.setItem("strongroom.lock", String(Date.now()));
    const channel = new BroadcastChannel("strongroom");
    channel.postMessage("lock");
    channel.close();
  } catch {
    // Storage may be turned off; the others are idle some time.
  }
}

/** The part of the program that shows an address (`src/app/code_split.rs`), with a session; tests/first_parts.json has examples. */
const PARTS = [
  [/^\/search$/, "across"],
  [/^\/compare$/, "compare"],
  [/^(\/workspaces\/[^/]+)?\/overview$/, "overview"],
  [/^\/workspaces\/(new|[^/]+\/(edit|members))$/, "administration"],
  [/^\/workspaces\/[^/]+\/references$/, "references"],
  [/^\/workspaces\/[^/]+\/secrets$/, "secrets"],
  [/^\/workspaces\/[^/]+\/secrets\/(new|[^/]+\/edit)$/, "forms"],
  [/^\/workspaces\/[^/]+\/secrets\/[^/]+$/, "secret"],
  [/^(\/workspaces(\/[^/]+)?)?$/, "workspaces"],
];

/** Does something with a storage; nothing where storage is turned off. */
function withStorage(name, act) {
  try {
    return act(globalThis[name]);
  } catch {
    return undefined;
  }
}

/** The parts that the program will ask for first. A wrong guess costs a request, or the time that a right one saves. */
function firstParts() {
  const path = location.pathname.replace(/\/+$/, "");
  const hasSession = withStorage("sessionStorage", (storage) => storage.getItem("strongroom.session"));
  const shown = path === "/policy" ? "policy" : hasSession && PARTS.find(([form]) => form.test(path))?.[1];
  const chosen = withStorage("localStorage", (storage) => storage.getItem("strongroom.language"));
  const tags = [chosen, ...(navigator.languages ?? [])];
  const languages = tags.map((tag) => tag?.split("-")[0].toLowerCase());
  const isGerman = languages.find((language) => language === "en" || language === "de") === "de";
  return [shown || "connect", ...(isGerman ? ["german"] : [])];
}

/** Asks for what the program needs first, so that it is there when the program is. */
function askEarly(glue) {
  // A build without parts has no such function.
  glue.startParts?.(firstParts());
  return glue;
}

/** The style sheets that a part needs beside the one that the document names: all of them, if it is not here. */
const SHEETS = { connect: [], german: [], workspaces: ["list"], secrets: ["list"] };
const ALL_SHEETS = ["list", "later"];
const sheets = new Map();
const lostSheets = new Set();

/** Loads the style sheets of a part, each once; the program waits for them before it shows the part (`src/browser/page.rs`). */
function loadStyles(part) {
  const loading = Promise.all((SHEETS[part] ?? ALL_SHEETS).map(loadSheet));
  // The program hears of a failure when it waits for them.
  loading.catch(() => {});
  return loading;
}
globalThis.strongroomStyles = loadStyles;

function loadSheet(name) {
  if (!sheets.has(name)) {
    const loading = addSheet(name).catch((error) => {
      sheets.delete(name);
      lostSheets.add(name);
      throw error;
    });
    sheets.set(name, loading);
  }
  return sheets.get(name);
}

async function addSheet(name) {
  const files = document.querySelector("script[data-list]").dataset;
  const href = files[name];
  // A cache may keep a failure for a year.
  if (lostSheets.has(name)) await fetch(href, { cache: "reload" });
  const link = document.createElement("link");
  const loaded = new Promise((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => reject(new TypeError("a style sheet did not load"));
  });
  Object.assign(link, { rel: "stylesheet", integrity: files[`${name}Integrity`] ?? "", href });
  document.body.append(link);
  await loaded.catch((error) => {
    link.remove();
    throw error;
  });
}

/** Asks for the configuration as the program would (`src/api/client/fetch.rs`), which takes it from here. */
function askForConfiguration() {
  const answer = fetch("/config.json", {
    headers: { accept: "application/json" },
    cache: "no-store",
    credentials: "same-origin",
    redirect: "manual",
    referrerPolicy: "no-referrer",
  });
  // The program hears of it when it asks.
  answer.catch(() => {});
  globalThis.strongroomConfig = answer;
}

const RELOADED = "strongroom.reloaded";

/** Loads the glue and the program. */
async function load({ js, wasm, wasmIntegrity }) {
  const [glue, response] = await Promise.all([
    // The glue's integrity is on its `modulepreload` link, which `import` uses.
    import(js).then(askEarly),
    fetch(wasm, { integrity: wasmIntegrity ?? "" }),
  ]);
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${wasm}`);
  return { glue, response };
}

/** Loads both past the cache, which may keep a failure for a year. Answers with nothing if the page loads again. */
async function loadAgain({ js, wasm, wasmIntegrity }) {
  const cache = "reload";
  const [file, response] = await Promise.all([
    // `import` can't skip the cache. It finds there what this request brings.
    fetch(js, { cache }),
    fetch(wasm, { integrity: wasmIntegrity ?? "", cache }),
  ]);
  if (!file.ok || !response.ok) throw new Error("a file is still missing");
  try {
    return { glue: await import(js), response };
  } catch (error) {
    // Firefox and Safari remember a failed import until the page goes. Chromium does not, and its tab may crash when a
    // page loads again this early.
    const isFirst = withStorage("sessionStorage", (storage) => {
      if (storage.getItem(RELOADED) !== null) return false;
      storage.setItem(RELOADED, "1");
      return true;
    });
    if (!isFirst) throw error;
    reload();
  }
}

/** Loads the page again once it has loaded. */
function reload() {
  const soon = () => setTimeout(() => location.reload());
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon, { once: true });
}

addEventListener("error", stop);
addEventListener("unhandledrejection", stop);

async function start() {
  if (typeof globalThis.WebAssembly?.instantiate !== "function") {
    fail("WebAssembly is missing or turned off. Allow it for this page, or use another browser.");
    return;
  }
  askForConfiguration();
  firstParts().forEach(loadStyles);
  const files = document.querySelector("script[data-wasm]").dataset;
  let loaded;
  try {
    loaded = await load(files).catch((error) => {
      console.error(error);
      return loadAgain(files);
    });
  } catch (error) {
    console.error(error);
    fail("part of the app failed to load. Check your connection and reload the page.");
    return;
  }
  if (!loaded) return;
  try {
    ({ memory } = (await loaded.glue.default({ module_or_path: loaded.response })) ?? {});
    withStorage("sessionStorage", (storage) => storage.removeItem(RELOADED));
  } catch (error) {
    console.error(error);
    fail("this browser can't run it. Reload the page, or use a newer browser.");
  }
}

await start();
