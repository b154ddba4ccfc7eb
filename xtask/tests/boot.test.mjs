// What boot.js approves and refuses, and what it says when it can't start. Run by `cargo xtask test boot`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const boot = new URL("../../boot.js", import.meta.url);
let loads = 0;

/** Loads boot.js afresh into a page that is made of these parts. */
async function load({
  wasm = WebAssembly,
  fetch = async () => ({ ok: true }),
  glue = "export default () => {}",
  kept = {},
  isStorageOff = false,
  path = "/connect",
  languages = ["en-GB"],
} = {}) {
  const page = {
    policies: {},
    failure: { hidden: true, textContent: "", dataset: {} },
    app: { isEmpty: false, replaceChildren: () => (page.app.isEmpty = true) },
    listeners: {},
    reloads: 0,
    told: [],
    links: [],
    kept,
  };
  const storage = {
    getItem: (name) => page.kept[name] ?? null,
    setItem: (name, text) => (page.kept[name] = text),
    removeItem: (name) => delete page.kept[name],
  };
  const found = () => {
    if (isStorageOff) throw new DOMException("turned off", "SecurityError");
    return storage;
  };
  for (const name of ["sessionStorage", "localStorage"]) {
    Object.defineProperty(globalThis, name, { get: found, configurable: true });
  }
  globalThis.location = { pathname: path, reload: () => (page.reloads += 1) };
  Object.defineProperty(globalThis, "navigator", { value: { languages }, configurable: true });
  globalThis.BroadcastChannel = class {
    constructor(name) {
      this.name = name;
    }
    postMessage(word) {
      page.told.push([this.name, word]);
    }
    close() {}
  };
  globalThis.trustedTypes = { createPolicy: (name, rules) => (page.policies[name] = rules) };
  globalThis.document = {
    getElementById: (id) => ({ "boot-failure": page.failure, app: page.app })[id] ?? null,
    querySelector: () => ({
      dataset: {
        js: `data:text/javascript,${encodeURIComponent(glue)}`,
        wasm: "/a.wasm",
        wasmIntegrity: "sha384-x",
        list: "/list.css",
        listIntegrity: "sha384-y",
        later: "/later.css",
      },
    }),
    createElement: () => ({ remove: () => page.links.pop() }),
    body: { append: (link) => page.links.push(link) },
  };
  globalThis.addEventListener = (type, act) => (page.listeners[type] = act);
  globalThis.fetch = (...request) => fetch(...request);
  const { WebAssembly: real } = globalThis;
  const { error } = console;
  globalThis.WebAssembly = wasm;
  console.error = () => {};
  try {
    await import(`${boot}?${(loads += 1)}`);
  } finally {
    globalThis.WebAssembly = real;
    console.error = error;
  }
  return page;
}

test("there is one policy, and it approves markup only", async () => {
  const { policies } = await load();
  assert.deepEqual(Object.keys(policies), ["default"]);
  assert.deepEqual(Object.keys(policies.default), ["createHTML"]);
});

test("markup that can do nothing is approved as it is", async () => {
  const { createHTML } = (await load()).policies.default;
  for (const markup of [
    "",
    "<!>",
    "plain text",
    '<p class="one">Turn it on = off &amp; on; 2 &lt; 3</p>',
    '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M0 0h16"/></svg>',
    '<a href="https://example.com/onward?on=1">onward</a>',
    '<button type="button" popovertarget="menu">Account menu</button>',
    '<label for="name">Name</label><input id="name" autocomplete="off" spellcheck="false">',
    "<details><summary>Why JavaScript?</summary>A note</details>",
  ]) {
    assert.equal(createHTML(markup), markup);
  }
});

test("markup that could run a script is refused", async () => {
  const { createHTML } = (await load()).policies.default;
  for (const markup of [
    "<script>1</script>",
    "<SCRIPT src=x>",
    "<p></p></script >",
    "<iframe src=x>",
    "<iframe\nsrcdoc=x>",
    "<object data=x>",
    "<embed src=x>",
    '<base href="//elsewhere">',
    "<meta http-equiv=refresh>",
    "<link rel=stylesheet href=x>",
    "<style>a{}</style>",
    "<img src=x onerror=alert(1)>",
    "<img src=x\tONERROR = alert(1)>",
    "<img/onerror=alert(1)>",
    '<img src="x"onerror=alert(1)>',
    '<a href="javascript:alert(1)">',
    '<a href=" JaVaScRiPt:alert(1)">',
    '<a href="java\nscript:alert(1)">',
    '<a href="java&Tab;script:alert(1)">',
    '<a href="javascript&colon;alert(1)">',
    '<a href="&#106;avascript:alert(1)">',
    '<a href="&#x6a;avascript:alert(1)">',
    '<a href="&#X6A;avascript:alert(1)">',
    '<svg><animate attributeName=href values="x">',
    '<svg><set attributeName="href" to="x">',
  ]) {
    assert.throws(() => createHTML(markup), TypeError, markup);
  }
});

test("the program is fetched with its integrity and handed to the glue", async () => {
  const requests = [];
  const response = { ok: true };
  const page = await load({
    fetch: async (...request) => (requests.push(request), response),
    glue: "export default (given) => { globalThis.given = given; }",
  });
  assert.deepEqual(requests.at(-1), ["/a.wasm", { integrity: "sha384-x" }]);
  assert.equal(globalThis.given.module_or_path, response);
  assert.equal(page.failure.hidden, true);
});

test("the configuration is asked for as the program would, and kept for it", async () => {
  const requests = [];
  const answer = { ok: true };
  await load({ fetch: async (...request) => (requests.push(request), answer) });
  const [address, how] = requests[0];
  assert.equal(address, "/config.json");
  assert.deepEqual([how.cache, how.credentials, how.redirect], ["no-store", "same-origin", "manual"]);
  assert.equal(await globalThis.strongroomConfig, answer);
  const { failure } = await load({
    fetch: async (url) => (url === "/config.json" ? Promise.reject(new TypeError("offline")) : answer),
  });
  assert.equal(failure.hidden, true, "the program says what that means");
});

/** The parts that boot.js asks for. */
async function asked(page) {
  const glue = "export default () => {}; export const startParts = (names) => (globalThis.asked = names)";
  await load({ glue, ...page });
  return globalThis.asked;
}

test("the parts for the address are asked for before the program is there", async () => {
  const examples = JSON.parse(readFileSync(new URL("../../tests/first_parts.json", import.meta.url)));
  for (const [path, part] of Object.entries(examples)) {
    assert.deepEqual(await asked({ path, kept: { "strongroom.session": "x" } }), [part], path);
    const without = path === "/policy" ? "policy" : "connect";
    assert.deepEqual(await asked({ path }), [without], `${path} without a session`);
  }
});

test("the styles of a part are asked for with it, and once", async () => {
  const kept = { "strongroom.session": "x" };
  const examples = JSON.parse(readFileSync(new URL("../../tests/first_parts.json", import.meta.url)));
  const few = { connect: [], workspaces: ["/list.css"], secrets: ["/list.css"] };
  for (const [path, part] of Object.entries(examples)) {
    const { links } = await load({ path, kept });
    const asked = links.map(({ href }) => href);
    assert.deepEqual(asked, few[part] ?? ["/list.css", "/later.css"], path);
  }
  const { links } = await load();
  const first = globalThis.strongroomStyles("workspaces");
  const { rel, href, integrity, onload } = links[0];
  assert.deepEqual([rel, href, integrity], ["stylesheet", "/list.css", "sha384-y"]);
  onload();
  await first;
  const later = globalThis.strongroomStyles("forms");
  assert.deepEqual([links.length, links[1].href], [2, "/later.css"]);
  links[1].onload();
  await later;
  await globalThis.strongroomStyles("forms");
  assert.equal(links.length, 2);
});

test("styles that did not load are asked for again past the cache", async () => {
  const requests = [];
  const { links } = await load({ fetch: async (...request) => (requests.push(request), { ok: true }) });
  const lost = globalThis.strongroomStyles("secrets");
  links[0].onerror();
  await assert.rejects(lost, TypeError);
  assert.equal(links.length, 0);
  const again = globalThis.strongroomStyles("secrets");
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(requests.at(-1), ["/list.css", { cache: "reload" }]);
  links[0].onload();
  await again;
});

test("a language that is not English is asked for, too", async () => {
  assert.deepEqual(await asked({ languages: ["fr", "de-AT", "en"] }), ["connect", "german"]);
  assert.deepEqual(await asked({ languages: ["en", "de"] }), ["connect"]);
  assert.deepEqual(await asked({ kept: { "strongroom.language": "de" } }), ["connect", "german"]);
  assert.deepEqual(await asked({ languages: ["de"], kept: { "strongroom.language": "en" } }), ["connect"]);
  assert.deepEqual(await asked({ languages: undefined }), ["connect"]);
});

test("storage that is turned off counts as empty", async () => {
  const { failure } = await load({ isStorageOff: true });
  assert.equal(failure.hidden, true);
  assert.deepEqual(await asked({ isStorageOff: true, path: "/workspaces" }), ["connect"]);
  const broken = await load({ isStorageOff: true, glue: "not a module (" });
  assert.match(broken.failure.textContent, /failed to load/, "it can't be known how often the page was loaded again");
});

test("a page that can't start says why", async () => {
  const said = async (parts) => {
    const { failure } = await load(parts);
    assert.equal(failure.hidden, false);
    return failure.textContent;
  };
  assert.match(await said({ wasm: {} }), /WebAssembly is missing/);
  assert.match(await said({ fetch: async () => Promise.reject(new TypeError("offline")) }), /failed to load/);
  assert.match(await said({ fetch: async () => ({ ok: false, status: 404 }) }), /failed to load/);
  assert.match(await said({ glue: "not a module (", kept: { "strongroom.reloaded": "1" } }), /failed to load/);
  assert.match(await said({ glue: "export default () => { throw new Error('old browser'); }" }), /can't run it/);
});

test("files that did not load are asked for past the cache", async () => {
  const requests = [];
  const response = { ok: true };
  const cached = async (url, { cache }) => {
    if (url === "/config.json") return response;
    requests.push([url.slice(0, 6), cache]);
    if (cache !== "reload") throw new TypeError("a failure in the cache");
    return response;
  };
  const glue = "export default (given) => { globalThis.given = given; }";
  const { failure, listeners } = await load({ fetch: cached, glue });
  assert.deepEqual(requests, [["/a.was", undefined], ["data:t", "reload"], ["/a.was", "reload"]]);
  assert.equal(globalThis.given.module_or_path, response);
  assert.equal(failure.hidden, true);
  assert.equal(listeners.load, undefined, "nothing is loaded again");
});

test("a browser that remembers a failed import loads the page again, once", async () => {
  const glue = "not a module (";
  const first = await load({ glue });
  assert.equal(first.reloads, 0, "not while the page is loading");
  first.listeners.load();
  await new Promise((passed) => setTimeout(passed));
  assert.equal(first.reloads, 1);
  assert.equal(first.failure.hidden, true);
  const second = await load({ glue, kept: first.kept });
  assert.equal(second.listeners.load, undefined, "not for ever");
  assert.match(second.failure.textContent, /failed to load/);
  const missing = await load({ glue, fetch: async () => ({ ok: false, status: 404 }) });
  assert.equal(missing.listeners.load, undefined, "nor for files that are still missing");
  assert.match(missing.failure.textContent, /failed to load/);
  const started = await load({ kept: second.kept });
  assert.deepEqual(started.kept, {});
});

test("after a fault nothing is sent, shown or kept in memory, and other tabs lock", async () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  new Uint8Array(memory.buffer).fill(7);
  globalThis.memoryOfTheProgram = memory;
  const page = await load({
    glue: "export default () => ({ memory: globalThis.memoryOfTheProgram })",
    kept: { "strongroom.session": "a key", "strongroom.draft.x": "a draft" },
  });
  let isLate = false;
  setTimeout(() => (isLate = true), 5);
  page.listeners.error({ error: new WebAssembly.RuntimeError("unreachable") });
  await assert.rejects(fetch("/v1/anything"), TypeError);
  assert.equal(page.app.isEmpty, true);
  assert.ok(new Uint8Array(memory.buffer).every((byte) => byte === 0));
  assert.deepEqual(page.told, [["strongroom", "lock"]]);
  assert.equal(page.kept["strongroom.session"], undefined);
  assert.equal(page.kept["strongroom.draft.x"], "a draft", "drafts stay");
  assert.ok(Number(page.kept["strongroom.lock"]) > 0);
  assert.equal(isLate, false);
});

test("a fault of the program is said in the words that the program left, and other errors are not one", async () => {
  const { failure, listeners } = await load();
  listeners.error({ error: new TypeError("of an extension") });
  listeners.unhandledrejection({ reason: undefined });
  assert.equal(failure.hidden, true);
  listeners.error({ error: new WebAssembly.RuntimeError("unreachable") });
  assert.equal(failure.hidden, false);
  assert.match(failure.textContent, /stopped because/);
  failure.dataset.stopped = "Strongroom wurde angehalten.";
  listeners.unhandledrejection({ reason: new WebAssembly.RuntimeError("unreachable") });
  assert.equal(failure.textContent, "Strongroom wurde angehalten.");
});
