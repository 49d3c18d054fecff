// Keyboards: under a message (inline), or under the compose box (reply keyboards).
import * as api from "./api.js";
import { h } from "./dom.js";
import { safeUrl } from "./entities.js";
import { icon } from "./icons.js";
import { toast } from "./toast.js";

const GIVE_UP_MS = 30_000;

function corner(name) {
  const drawn = icon(name);
  drawn.classList.add("corner");
  return drawn;
}

async function press(store, message, data) {
  const key = `${message.chat}/${message.message_id}/${data}`;
  if (store.pressed.has(key)) return;
  const done = () => {
    store.pressed.delete(key);
    store.emit("keys");
  };
  store.pressed.set(key, "");
  store.emit("keys");
  try {
    const { chat, message_id } = message;
    const callback = await api.press({ chat, message_id, data, from: store.me });
    store.pressed.set(key, callback.id);
    const known = await api.get(`/sim/callbacks/${callback.id}`);
    if (known.answered_at) return done();
    setTimeout(() => store.pressed.get(key) === callback.id && done(), GIVE_UP_MS);
  } catch (error) {
    done();
    toast(error.message, true);
  }
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast("Copied");
}

function key(store, message, button) {
  const tag = `${button.style ? `.${button.style}` : ""}`;
  const url = safeUrl(button.url ?? button.login_url?.url ?? button.web_app?.url ?? "");
  if (url && !button.callback_data) {
    const open = { href: url, target: "_blank", rel: "noopener noreferrer" };
    return h(`a.key${tag}`, open, button.text, corner("link"));
  }
  if (button.copy_text) {
    const onclick = () => copy(button.copy_text.text);
    return h(`button.key${tag}`, { type: "button", onclick }, button.text, corner("copy"));
  }
  const data = button.callback_data;
  const onclick = () => press(store, message, data);
  return h(
    `button.key${tag}`,
    { type: "button", onclick, "data-callback": data, disabled: data === undefined },
    button.text,
  );
}

export function inlineKeyboard(store, message) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length === 0) return undefined;
  const element = h(
    "div.keys",
    { role: "group", "aria-label": "Buttons" },
    rows.map((row) => h("div.keyrow", null, row.map((button) => key(store, message, button)))),
  );
  showPressed(store, message, element);
  return element;
}

/** Spinners on the buttons whose answer is still to come. */
export function showPressed(store, message, keys) {
  for (const button of keys?.querySelectorAll("[data-callback]") ?? []) {
    const id = `${message.chat}/${message.message_id}/${button.dataset.callback}`;
    if (store.pressed.has(id)) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
}

export function replyKeyboard(markup, onText) {
  return h(
    "div.keys.replykeys",
    { role: "group", "aria-label": "Suggested answers" },
    markup.keyboard.map((row) =>
      h("div.keyrow", null, row.map((button) => {
        const text = typeof button === "string" ? button : button.text;
        return h("button.key", { type: "button", onclick: () => onText(text) }, text);
      })),
    ),
  );
}
