// In the page of an endurance test: uses the console for a long time without leaving the document.
(() => {
  if (globalThis.__endurance) return;

  const pause = (milliseconds = 5) => new Promise((done) => setTimeout(done, milliseconds));

  /** Waits until something holds, and returns it. */
  const until = async (what, find) => {
    // Before the driver's client gives up, which could not say on what.
    const deadline = performance.now() + 90_000;
    for (;;) {
      const found = find();
      if (found) return found;
      if (performance.now() > deadline) throw new Error(`waited in vain for ${what} at ${location.pathname}`);
      await pause();
    }
  };

  const is_ready = () => !document.querySelector("main [aria-busy=true], main .skeleton");

  const is_at = (heading) => document.querySelector("h1")?.textContent === heading && is_ready();

  /** Follows a link, and waits for the view with this heading. */
  const visit = async (address, heading) => {
    // Chromium ignores changes of the address after 200 in 10 seconds, and a visit may make three.
    await pause(150);
    const link = document.createElement("a");
    link.href = address;
    document.body.append(link);
    link.click();
    link.remove();
    await until(`“${heading}”`, () => {
      const there = location.pathname + location.search;
      return there === address && is_at(heading);
    });
  };

  const write = async (id, text) => {
    const field = await until(`the field “${id}”`, () => document.getElementById(id));
    field.focus();
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const button = (name) =>
    until(`the button “${name}”`, () =>
      [...document.querySelectorAll("button")].find((it) => it.textContent.trim() === name && it.checkVisibility()),
    );

  /** Changes one field of a secret through its form. */
  const edit = async (address, name, text) => {
    await visit(`${address}/edit`, `Edit ${name}`);
    await write("external-id", text);
    (await button("Review changes")).click();
    (await button("Save changes")).click();
    await until("the secret", () => location.pathname === address && is_at(name));
    await until("the new text", () => document.querySelector("main").textContent.includes(text));
  };

  /** Opens and closes the command palette, and the dialog that deletes a secret. */
  const overlays = async (address, name) => {
    await visit(address, name);
    const open = () => document.querySelector("dialog[open]");
    const close = async () => {
      open().dispatchEvent(new Event("cancel", { cancelable: true }));
      await until("no dialog", () => !open());
    };
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true, cancelable: true }));
    await until("the palette", open);
    await close();
    (await button("Delete")).click();
    await until("the dialog", open);
    await close();
  };

  /** Waits until the list of secrets is complete, then locks as another tab does. */
  const lock_loaded = async (secrets) => {
    const words = `${secrets.toLocaleString("en")} secrets`;
    await until(words, () => document.querySelector("[role=status][aria-label='List status']")?.textContent === words);
    new BroadcastChannel("strongroom").postMessage("lock");
    await until("the lock", () => is_at("Locked") && document.getElementById("api-key"));
  };

  /** Unlocks; the list is read anew. */
  const unlock = async (key) => {
    await write("api-key", key);
    (await button("Connect")).click();
    await until("the list", () => is_at("Secrets"));
  };

  /** Waits until no message is shown. */
  const quiet = () => until("no message", () => !document.querySelector(".notice"));

  globalThis.__endurance = {
    lock_loaded,
    unlock,
    quiet,
    visit,
    edit,
    overlays,
    /** Follows links to all views, and edits a secret several times; texts are numbered from `first`. */
    async round({ views, secret, name, edits, first }) {
      for (const [address, heading] of views) await visit(address, heading);
      for (let number = first; number < first + edits; number++) await edit(secret, name, `x-${number}`);
      await overlays(secret, name);
      await visit("/workspaces", "Workspaces");
    },
  };
})();
