// What boot.js approves and refuses, and what it says when it can't start. Run by `cargo xtask test boot`.
import assert from "node:assert/strict";
import { test } from "node:test";

const boot = new URL("../../boot.js", import.meta.url);
let loads = 0;

/** Loads boot.js afresh into a page that is made of these parts. */
async function load({ wasm = WebAssembly, fetch = async () => ({ ok: true }), glue = "export default () => {}" } = {}) {
  const page = { policies: {}, failure: { hidden: true, textContent: "", dataset: {} }, listeners: {} };
  globalThis.trustedTypes = { createPolicy: (name, rules) => (page.policies[name] = rules) };
  globalThis.document = {
    getElementById: (id) => (id === "boot-failure" ? page.failure : null),
    querySelector: () => ({
      dataset: { js: `data:text/javascript,${encodeURIComponent(glue)}`, wasm: "/a.wasm", wasmIntegrity: "sha384-x" },
    }),
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
  assert.deepEqual(requests, [["/a.wasm", { integrity: "sha384-x" }]]);
  assert.equal(globalThis.given.module_or_path, response);
  assert.equal(page.failure.hidden, true);
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
  assert.match(await said({ glue: "not a module (" }), /failed to load/);
  assert.match(await said({ glue: "export default () => { throw new Error('old browser'); }" }), /can't run it/);
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
