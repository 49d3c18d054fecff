import { h } from "./dom.js";

/** One of seven colours; neighbouring ids are spread. */
export const tint = (id) => `tint-${(Math.imul(Number(id) | 0, 0x9e3779b1) >>> 23) % 7}`;

const letters = new Intl.Segmenter("en", { granularity: "grapheme" });
const initial = (word) => letters.segment(word)[Symbol.iterator]().next().value?.segment ?? "";

export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map(initial).join("").toUpperCase() || "?";
}

export function avatar(id, name, forum = false) {
  return h(`span.avatar.${tint(id)}${forum ? ".forum" : ""}`, { "aria-hidden": "true" }, initials(name));
}
