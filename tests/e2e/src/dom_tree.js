// What a screen reader would get to know of the document, for engines whose driver does not tell: in the form of
// Chromium's `Accessibility.getFullAXTree`, as far as `tree.rs` reads it. `backendDOMNodeId` is a place in `__elements`.
const ROLES = {
  A: (it) => (it.hasAttribute("href") ? "link" : "generic"),
  ARTICLE: "article", ASIDE: "complementary", BUTTON: "button", DD: "definition", DIALOG: "dialog", DT: "term",
  FIELDSET: "group", FIGURE: "figure", FOOTER: "contentinfo", H1: "heading", H2: "heading", H3: "heading",
  H4: "heading", HEADER: "banner", IMG: "img", LI: "listitem", MAIN: "main", MENU: "list", METER: "meter", NAV: "navigation",
  OL: "list", OPTION: "option", OUTPUT: "status", PROGRESS: "progressbar", SELECT: "combobox", SEARCH: "search",
  TABLE: "table", TD: "cell", TEXTAREA: "textbox", TR: "row", UL: "list",
  TH: (it) => (it.scope === "row" ? "rowheader" : "columnheader"),
  FORM: (it) => (label(it) ? "form" : "generic"),
  SECTION: (it) => (label(it) ? "region" : "generic"),
  INPUT: (it) =>
    ({ checkbox: "checkbox", radio: "radio", range: "slider", number: "spinbutton", search: "searchbox", button: "button",
       submit: "button", reset: "button", file: "button" })[it.type] ?? "textbox",
};
// Roles that are named by what they hold.
const NAMED_BY_CONTENT = new Set(["button", "cell", "checkbox", "columnheader", "gridcell", "heading", "link", "menuitem",
  "menuitemcheckbox", "menuitemradio", "option", "radio", "row", "rowheader", "switch", "tab", "tooltip"]);

const role = (it) => {
  const [given] = (it.getAttribute("role") ?? "").split(" ");
  const own = ROLES[it.tagName];
  return given || (typeof own === "function" ? own(it) : own) || "generic";
};
const squeeze = (text) => text.replace(/\s+/g, " ").trim();
const byIds = (ids) => squeeze(ids.split(/\s+/).map((id) => text(document.getElementById(id), true)).join(" "));
// A name that the author gave.
const label = (it) =>
  (it.hasAttribute("aria-labelledby") && byIds(it.getAttribute("aria-labelledby"))) || squeeze(it.ariaLabel ?? "");
// What has no box of its own is shown where what holds it is.
const isShown = (it) =>
  it.checkVisibility({ visibilityProperty: true }) || (getComputedStyle(it).display === "contents" && isShown(it.parentElement));
// What an element says, hidden or not; a part that has a label says that.
const text = (it, isWanted = false) => {
  if (!it) return "";
  if (it.nodeType === Node.TEXT_NODE) return it.data;
  if (it.nodeType !== Node.ELEMENT_NODE || (!isWanted && (it.ariaHidden === "true" || !isShown(it)))) return "";
  const own = squeeze(it.ariaLabel ?? "") || (it.tagName === "IMG" ? it.alt : "");
  if (own) return own;
  const inside = [...it.childNodes].map((child) => text(child, isWanted && !isShown(it))).join("");
  return getComputedStyle(it).display.startsWith("inline") ? inside : ` ${inside} `;
};
const name = (it, what) => {
  const given = label(it);
  if (given) return given;
  const labels = squeeze([...(it.labels ?? [])].map((one) => text(one, true)).join(" "));
  if (labels) return labels;
  if (it.tagName === "FIELDSET") return squeeze(text(it.querySelector(":scope > legend"), true));
  if (it.tagName === "TABLE") return squeeze(text(it.caption, true));
  if (it.tagName === "FIGURE") return squeeze(text(it.querySelector(":scope > figcaption"), true));
  if (it.tagName === "IMG") return it.alt;
  return (NAMED_BY_CONTENT.has(what) && squeeze(text(it))) || squeeze(it.title ?? "") || it.placeholder || "";
};

const nodes = [];
const elements = (window.__elements = []);
const walk = (it) => {
  const what = role(it);
  const node = {
    nodeId: String(elements.push(it) - 1),
    ignored: what === "generic" || what === "none" || what === "presentation",
    backendDOMNodeId: elements.length - 1,
    role: { value: what },
    name: { value: name(it, what) },
    properties: it === document.activeElement ? [{ name: "focused", value: { value: true } }] : [],
    childIds: [],
  };
  nodes.push(node);
  for (const child of it.children) {
    if (child.ariaHidden === "true" || child.inert || child.tagName === "SCRIPT" || !isShown(child)) continue;
    node.childIds.push(walk(child));
  }
  return node.nodeId;
};
// While a dialog is modal, the rest of the page is not there.
const root = { nodeId: "root", ignored: true, role: { value: "generic" }, name: { value: "" }, childIds: [] };
nodes.push(root);
root.childIds.push(walk([...document.querySelectorAll(":modal")].at(-1) ?? document.body));
return { nodes };
