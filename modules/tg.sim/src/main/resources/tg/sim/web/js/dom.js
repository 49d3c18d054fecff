// The only place where elements are made. Strings become text nodes: nothing here parses markup.

/** h("div.name", {attribute: value, onclick: f}, child, "text", …) */
export function h(tag, props, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

/** Makes `parent`'s children exactly `wanted`, touching only what differs: focus and scroll survive. */
export function arrange(parent, wanted) {
  let at = parent.firstChild;
  for (const node of wanted) {
    if (node === at) {
      at = at.nextSibling;
    } else if (at && !wanted.includes(at) && at.nextSibling === node) {
      const gone = at;
      at = node.nextSibling;
      gone.remove();
    } else {
      parent.insertBefore(node, at);
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

const looks = new WeakMap();

/** Fills `parent` with what `make` gives, only when `look` has changed since: a control being pressed stays. */
export function fill(parent, look, make) {
  const now = JSON.stringify(look);
  if (looks.get(parent) === now) return;
  looks.set(parent, now);
  arrange(parent, [make()].flat().filter(Boolean));
}

/** Runs `task` once per frame however often it is asked for; also in a hidden tab. */
export function perFrame(task) {
  let asked = false;
  const run = () => {
    if (!asked) return;
    asked = false;
    task();
  };
  return () => {
    if (asked) return;
    asked = true;
    if (document.hidden) setTimeout(run, 100);
    else {
      requestAnimationFrame(run);
      setTimeout(run, 250);
    }
  };
}
