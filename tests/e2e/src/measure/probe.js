// In every page before its own scripts, ours and the peer's alike: notes what happens there and answers the driver.
// `GIVEN` is put in its place by measure/visit.rs.
(() => {
  const given = GIVEN;
  if (location.origin !== given.origin) return;

  performance.setResourceTimingBufferSize(5000);

  // Ours finds a session that its tab kept. The peer is started as soon as it can be.
  if (given.session) sessionStorage.setItem("strongroom.session", JSON.stringify(given.session));
  else
    Object.defineProperty(globalThis, "start", {
      set(start) {
        start(given.connection);
      },
    });

  // Tasks of more than 50 ms, as the browser counts them.
  const tasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ startTime, duration });
  }).observe({ type: "longtask", buffered: true });

  // The memories of WebAssembly, wherever they come from.
  const memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const real = WebAssembly[name];
    WebAssembly[name] = async (...all) => {
      const answer = await real.apply(WebAssembly, all);
      for (const it of Object.values((answer.instance ?? answer).exports ?? {}))
        if (it instanceof WebAssembly.Memory) memories.add(it);
      return answer;
    };
  }

  const API = "/workspace_secrets?";
  const table = () => document.querySelector("table[aria-rowcount]");
  // Across workspaces there is a table for each, and the number of all that match begins the status.
  const status = () => document.querySelector(`[role=status][aria-label='${given.status}']`);
  const count = () =>
    given.across
      ? Number((status()?.textContent ?? "").match(/^[\d,.]+/)?.[0].replace(/\D/g, "") ?? -1)
      : Number(table()?.getAttribute("aria-rowcount") ?? -1);
  const rows = () => [...document.querySelectorAll("tbody tr[aria-rowindex]")];
  const name = (row) => (row?.querySelector("th a") ?? row?.cells[0])?.textContent ?? "";
  const firstName = () => name(document.querySelector(given.across ? "main tbody tr" : "tbody tr[aria-rowindex]"));

  /** When the frame that is made next has been laid out and painted. */
  const painted = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now());
        channel.port2.postMessage(0);
      }),
    );

  /** Waits until something holds, looking whenever a part of the page changes. */
  const until = (part, holds, what) =>
    new Promise((resolve) => {
      if (holds()) return resolve();
      const observer = new MutationObserver(() => {
        if (!holds()) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(part, { subtree: true, childList: true, ...what });
    });

  const loading = (async () => {
    await until(document, () => firstName() !== "");
    const firstRows = await painted();
    // From here on only the words about the list are watched, which costs neither side much.
    const words = status();
    // "Loading …" in ours, "… loaded" in the peer; then the number of rows is the size of the list.
    await until(words, () => !/load/i.test(words.textContent), { characterData: true });
    if (!given.across && !given.grid)
      await until(table(), () => count() === given.size, { attributes: true, attributeFilter: ["aria-rowcount"] });
    const complete = await painted();
    const entries = performance.getEntriesByType("resource");
    const lastByte = Math.max(...entries.filter((it) => it.name.includes(API)).map((it) => it.responseEnd));
    // Of the answers of the API the list needs one; where rows are slow, others may be there by then.
    const needed = entries.filter((it) => it.responseEnd <= firstRows && !it.name.includes(API));
    needed.push(...performance.getEntriesByType("navigation"), entries.find((it) => it.name.includes(API)));
    const bytes = needed.reduce((sum, it) => sum + it.encodedBodySize, 0);
    return { firstRows, complete, lastByte, bytes };
  })();

  // From the bytes of a page of secrets to the request for the next page. `json` in two steps is what it is in one.
  const asked = [];
  if (given.times_pages) {
    let begun;
    const begin = (response) => {
      if (response.url.includes(API)) begun = performance.now();
    };
    const end = () => {
      if (begun !== undefined) asked.push(performance.now() - begun);
      begun = undefined;
    };
    const bytes = Response.prototype.arrayBuffer;
    Response.prototype.arrayBuffer = async function () {
      const answer = await bytes.call(this);
      begin(this);
      return answer;
    };
    Response.prototype.json = async function () {
      const answer = await bytes.call(this);
      begin(this);
      return JSON.parse(new TextDecoder().decode(answer));
    };
    const real = globalThis.fetch;
    globalThis.fetch = (...all) => {
      end();
      return real.apply(globalThis, all);
    };
  }

  let armed;
  const after = (then) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(0);
  };
  // From a key or click until its effect is in the page, until a frame begins, and until that is painted. From the second
  // to the third there is nothing to do but to wait for the screen.
  const begin = (event) => {
    if (!armed || armed.begun) return;
    armed.begun = true;
    const { holds, resolve } = armed;
    let there;
    armed.look = () => {
      if (!there && holds()) there = performance.now();
    };
    const frame = () =>
      requestAnimationFrame(() => {
        const begins = performance.now();
        if (!there && !holds()) return frame();
        after(() => {
          const painted = performance.now();
          const waited = there ? Math.max(begins - there, 0) : 0;
          resolve({ whole: painted - event.timeStamp, work: painted - event.timeStamp - waited, count: count() });
        });
      });
    frame();
  };
  for (const event of ["keydown", "click"]) addEventListener(event, begin, true);
  // Behind the page's own listeners and what they left to be done at once; and once more behind all of the task.
  for (const event of ["input", "click"])
    addEventListener(event, () => {
      const look = armed?.look;
      look?.();
      if (look) after(look);
    });

  /** Waits until the page has nothing to do, and then for the next key or click and the frame that shows its effect. */
  const arm = (holds) =>
    new Promise((ready) =>
      requestIdleCallback(
        () => {
          armed = {};
          armed.holds = holds();
          armed.shown = new Promise((resolve) => (armed.resolve = resolve));
          ready();
        },
        { timeout: 5000 },
      ),
    );

  globalThis.probe = {
    async loaded() {
      return { ...(await loading), tasks, asked };
    },

    wasm() {
      return [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
    },

    search() {
      [...document.querySelectorAll("main input[type=search]")].find((it) => it.checkVisibility()).focus();
    },

    armSearch(text) {
      return arm(() => {
        const before = count();
        return () => count() !== before && (given.across || given.grid || firstName().toLowerCase().includes(text));
      });
    },

    /** Where the header is that sorts by name. */
    async armSort() {
      await arm(() => {
        const before = firstName();
        return () => {
          const names = rows().slice(0, 8).map((row) => name(row).toLowerCase());
          // A list that is sorted by name to begin with is turned round by the first click.
          const orders = [[...names].sort(), [...names].sort().reverse()];
          return firstName() !== before && orders.some((order) => names.every((name, index) => name === order[index]));
        };
      });
      const button = [...document.querySelectorAll("thead button")].find((it) => it.textContent.trim() === "Name");
      const { x, y, width, height } = button.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    },

    shown() {
      const never = new Promise((_, reject) => setTimeout(reject, 60_000, "its effect is not shown"));
      return Promise.race([armed.shown, never]);
    },

    /** Scrolls from top to bottom in so many frames; how long each took. */
    async scroll(frames) {
      const end = document.documentElement.scrollHeight - innerHeight;
      const stamps = [];
      await new Promise((resolve) => {
        const step = (now) => {
          stamps.push(now);
          if (stamps.length > frames + 1) return resolve();
          scrollTo({ top: (end * (stamps.length - 1)) / frames, behavior: "instant" });
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      });
      await painted();
      await painted();
      const last = Number(rows().at(-1)?.getAttribute("aria-rowindex"));
      return { frames: stamps.slice(1).map((stamp, index) => stamp - stamps[index]), last };
    },
  };
})();
