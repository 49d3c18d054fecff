// Text with Telegram entities as elements. Offsets are UTF-16 units, as string indexes are here.
import { h } from "./dom.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code",
  blockquote: "blockquote", expandable_blockquote: "blockquote", custom_emoji: "span",
  date_time: "span", hashtag: "span.mention", mention: "span.mention", cashtag: "span.mention",
  phone_number: "span.mention",
};

/** An address that may be opened, or undefined: never javascript: or data:. */
export function safeUrl(text) {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
    return ["http:", "https:", "mailto:", "tg:"].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function link(url, children) {
  const href = safeUrl(url);
  if (!href) return h("span", { title: url }, children);
  return h("a", { href, title: href, target: "_blank", rel: "noopener noreferrer" }, children);
}

function spoiler(children) {
  const element = h("span.spoiler", { role: "button", tabindex: "0", "aria-label": "Spoiler" }, children);
  const show = () => {
    element.classList.add("shown");
    element.removeAttribute("aria-label");
  };
  element.addEventListener("click", show);
  element.addEventListener("keydown", (event) => event.key === "Enter" && show());
  return element;
}

function wrap(entity, part, children, onCommand) {
  switch (entity.type) {
    case "url":
      return link(part, children);
    case "text_link":
      return link(entity.url, children);
    case "email":
      return link(`mailto:${part}`, children);
    case "text_mention":
      return h("span.mention", { title: `user ${entity.user?.id}` }, children);
    case "bot_command":
      return h("button.command", { type: "button", onclick: () => onCommand(part) }, children);
    case "spoiler":
      return spoiler(children);
    case "pre":
      return h("pre", { "data-language": entity.language }, h("code", null, children));
    default:
      return TAGS[entity.type] ? h(TAGS[entity.type], null, children) : children;
  }
}

function slice(text, from, to, entities, onCommand) {
  const parts = [];
  let at = from;
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (start >= end) continue;
    if (start > at) parts.push(text.slice(at, start));
    const inner = entities.slice(i + 1).filter((other) => other.offset < end);
    const children = slice(text, start, end, inner, onCommand);
    parts.push(wrap(entity, text.slice(start, end), children, onCommand));
    at = end;
  }
  if (at < to) parts.push(text.slice(at, to));
  return parts.flat();
}

/** Nodes and strings for `h`; an entity that sticks out of its parent is cut, as clients do. */
export function rich(text, entities = [], onCommand = () => {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return slice(text, 0, text.length, sorted, onCommand);
}
