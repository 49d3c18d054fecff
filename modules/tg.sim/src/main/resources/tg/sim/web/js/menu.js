// A menu at a control or at a point; arrow keys, Escape, focus goes back where it came from.
import { arrange, h } from "./dom.js";
import { icon } from "./icons.js";

let closeOpen = () => {};

function place(menu, { x, y, below }) {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.max(8, Math.min(x, innerWidth - width - 8));
  const room = innerHeight - y - 8;
  const top = height <= room ? y : Math.max(8, (below ?? y) - height);
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}

function entry(item, close) {
  if (item === "-") return h("hr");
  if (item.row) return h("div.menurow", { role: "group", "aria-label": item.label }, item.row.map((each) => choice(each, close)));
  const onclick = () => {
    close();
    item.run();
  };
  const role = item.checked === undefined ? "menuitem" : "menuitemradio";
  const checked = item.checked === undefined ? undefined : String(item.checked);
  return h(
    `button${item.danger ? ".danger" : ""}`,
    { type: "button", role, tabindex: "-1", "aria-checked": checked, onclick },
    item.lead ?? (item.icon && icon(item.icon)),
    h("span.grow.ellipsis", { dir: "auto" }, item.label),
    item.count > 0 && h("span.badge", null, item.count),
    item.checked && icon("check"),
  );
}

function choice(item, close) {
  const onclick = () => {
    close();
    item.run();
  };
  const checked = String(Boolean(item.checked));
  return h("button", { type: "button", role: "menuitemradio", tabindex: "-1", "aria-checked": checked, onclick }, item.label);
}

/** items: {label, run, icon?, lead?, danger?, checked?, count?}, {label, row: [items]} or "-". `at` is an element or {x, y}. */
export function openMenu(at, items, label) {
  closeOpen();
  const anchor = at instanceof Element ? at : undefined;
  const back = anchor ?? document.activeElement;
  const menu = h("div.menu.scroll", { role: "menu", "aria-label": label });
  const close = (refocus = true) => {
    closeOpen = () => {};
    menu.remove();
    removeEventListener("pointerdown", outside, true);
    anchor?.setAttribute("aria-expanded", "false");
    if (refocus) back?.focus?.({ preventScroll: true });
  };
  const outside = (event) => !menu.contains(event.target) && close(false);
  closeOpen = () => close(false);
  arrange(menu, items.filter(Boolean).map((item) => entry(item, close)));
  menu.addEventListener("keydown", (event) => navigate(event, menu, close));
  document.body.append(menu);
  const box = anchor?.getBoundingClientRect();
  place(menu, box ? { x: box.left, y: box.bottom + 4, below: box.top - 4 } : at);
  anchor?.setAttribute("aria-expanded", "true");
  addEventListener("pointerdown", outside, true);
  menu.querySelector("button")?.focus();
}

function navigate(event, menu, close) {
  const all = [...menu.querySelectorAll("button")];
  const at = all.indexOf(document.activeElement);
  const moves = {
    ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: -1,
  };
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close();
  } else if (event.key in moves) {
    event.preventDefault();
    all.at(moves[event.key] % all.length).focus();
  }
}
