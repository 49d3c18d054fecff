import { h } from "./dom.js";

const SHOWN_MS = 4_000;

export function toast(text, bad = false) {
  const element = h(`div.toast${bad ? ".bad" : ""}`, { dir: "auto" }, text);
  document.getElementById("toasts").append(element);
  setTimeout(() => element.remove(), SHOWN_MS);
}

/** Runs an action of the person; a refusal is shown instead of lost. True if it went well. */
export async function attempt(action) {
  try {
    await action();
    return true;
  } catch (error) {
    toast(error.message, true);
    return false;
  }
}
