// What can be done to one message.
import * as api from "./api.js";
import { h } from "./dom.js";
import { tell } from "./dialogs.js";
import { openMenu } from "./menu.js";
import { full, seconds } from "./time.js";
import { attempt, toast } from "./toast.js";

const REACTIONS = ["👍", "❤", "🔥", "👀", "🎉"];

function history(message) {
  const rows = message.versions.map((version) =>
    h("li", null,
      h("time", { title: full(version.at) }, seconds(version.at)),
      h("span", { dir: "auto" }, version.text ?? version.caption ?? "")));
  tell("History", h("ol.versions.scroll", null, rows));
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast("Copied");
}

export function openMessageMenu(store, compose, message, at) {
  const { chat, message_id: id } = message;
  const own = message.from?.id === store.me;
  const text = message.text ?? message.caption;
  const given = message.reactions?.find((each) => each.from.id === store.me)?.emoji;
  const react = (emoji) => ({
    label: emoji,
    checked: emoji === given,
    run: () => attempt(() => api.react(chat, id, store.me, emoji === given ? undefined : emoji)),
  });
  openMenu(at, [
    { label: "React", row: REACTIONS.map(react) },
    "-",
    { label: "Reply", icon: "reply", run: () => compose.reply(message) },
    own && text && { label: "Edit", icon: "edit", run: () => compose.edit(message) },
    text && { label: "Copy text", icon: "copy", run: () => attempt(() => copy(text)) },
    message.versions?.length > 1 && { label: "History", icon: "history", run: () => history(message) },
    "-",
    { label: "Delete", icon: "trash", danger: true, run: () => attempt(() => api.remove(chat, id)) },
    own && {
      label: "Delete, unnoticed by the bot", icon: "trash", danger: true,
      run: () => attempt(() => api.remove(chat, id, true)),
    },
  ], "Message");
}
