import { h } from "./dom.js";

export const tint = (id) => `tint-${Math.abs(Number(id)) % 7}`;

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
