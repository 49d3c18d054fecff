// One message as a bubble. It is changed in place, so that a button being pressed survives a live edit.
import { avatar, tint } from "./avatar.js";
import { arrange, h } from "./dom.js";
import { rich } from "./entities.js";
import { icon, ticks } from "./icons.js";
import { inlineKeyboard, showPressed } from "./keyboard.js";
import { attachment, summary } from "./media.js";
import { clock, full } from "./time.js";

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*){1,3}$/u;

export const authorOf = (message) =>
  message?.from ?? { id: 0, name: "Channel", is_bot: false };

/** actions: {reply(message), menu(message, at), command(text), jump(id)}. */
export class MessageView {
  root;
  #store;
  #actions;
  #message;
  #looks = {};
  #parts = {};
  #bubble;
  #body;

  constructor(store, actions, message) {
    this.#store = store;
    this.#actions = actions;
    this.#bubble = h("div.bubble");
    this.#body = h("div.body", null, this.#bubble);
    this.root = h("article.message", {
      "data-message-id": message.message_id,
      tabindex: "-1",
      oncontextmenu: (event) => this.#openMenu(event),
      onclick: (event) => this.#tapped(event),
      ondblclick: (event) => event.target === this.root && actions.reply(this.#message),
    });
    this.update(message);
  }

  /** place: {out, first, last, group}: where it stands among its neighbours. */
  update(message, place = this.#looks.place ?? {}, target = this.#looks.target) {
    this.#message = message;
    this.#looks.place = place;
    this.#looks.target = target;
    const { out, first, last, group } = place;
    const classes = { out, in: !out, first, last };
    for (const [name, on] of Object.entries(classes)) this.root.classList.toggle(name, Boolean(on));
    const side = !out && group && (last ? this.#avatar() : h("span.gap"));
    arrange(this.#bubble, [...this.#content(out, first, group)].filter(Boolean));
    arrange(this.#body, [this.#bubble, this.#keys()].filter(Boolean));
    arrange(this.root, [side, this.#body, ...this.#tools()].filter(Boolean));
  }

  refreshKeys() {
    showPressed(this.#store, this.#message, this.#parts.keys);
  }

  flash() {
    this.root.classList.remove("flash");
    requestAnimationFrame(() => this.root.classList.add("flash"));
  }

  /** The part named `name`, made anew only when what it shows has changed. */
  #part(name, shown, make) {
    const look = JSON.stringify(shown) ?? "";
    if (this.#looks[name] !== look) {
      this.#looks[name] = look;
      this.#parts[name] = make();
    }
    return this.#parts[name];
  }

  *#content(out, first, group) {
    const message = this.#message;
    const from = authorOf(message);
    yield this.#part("author", [from, group && first && !out], () =>
      group && first && !out &&
        h(`span.author.${tint(from.id)}`, { dir: "auto" }, from.name, from.is_bot && h("span.tag", null, "bot")),
    );
    const target = this.#looks.target;
    const quoted = target && [target.from, summary(target), target.deleted_at];
    yield this.#part("quote", [message.reply_to, quoted], () => this.#quote(target));
    yield this.#part("media", [message.document, message.photo], () => attachment(message));
    const text = message.text ?? message.caption;
    yield this.#part("text", [text, message.entities], () => this.#text(text));
    yield this.#part("reactions", message.reactions, () => this.#reactions());
    yield this.#part("meta", [message.edited_at, message.read_by?.length > 0, out], () =>
      this.#meta(out),
    );
  }

  #avatar() {
    const from = authorOf(this.#message);
    return this.#part("avatar", from, () => avatar(from.id, from.name));
  }

  #quote(target) {
    const id = this.#message.reply_to;
    if (!id) return undefined;
    const from = authorOf(target);
    const known = target && !target.deleted_at;
    return h(
      `button.quote.${tint(from.id)}`,
      { type: "button", "data-reply-to": id, onclick: () => this.#actions.jump(id) },
      known && h("b.ellipsis", { dir: "auto" }, from.name),
      known
        ? h("span.ellipsis", { dir: "auto" }, h("span", null, summary(target)))
        : h("span.gone", null, target ? "Deleted message" : "Message"),
    );
  }

  #text(text) {
    if (!text) return this.#message.photo || this.#message.document ? h("div.meta-space") : undefined;
    const nodes = rich(text, this.#message.entities, this.#actions.command);
    const big = ONLY_EMOJI.test(text) && !this.#message.entities?.length;
    return h(`div.text${big ? ".big" : ""}`, { dir: "auto" }, nodes);
  }

  #reactions() {
    const list = this.#message.reactions ?? [];
    if (list.length === 0) return undefined;
    const counts = Map.groupBy(list, (each) => each.emoji);
    const pills = [...counts].map(([emoji, by]) =>
      h("span.reaction", { title: by.map((each) => each.from.name).join(", ") },
        emoji, by.length > 1 && ` ${by.length}`),
    );
    return h("div.reactions", { "aria-label": "Reactions" }, pills);
  }

  #meta(out) {
    const { sent_at: at, edited_at: edited, silent, read_by: seen, from } = this.#message;
    this.#bubble.classList.toggle("was-edited", Boolean(edited));
    this.#bubble.classList.toggle("ticked", Boolean(out));
    const title = `sent ${full(at)}${edited ? `, edited ${full(edited)}` : ""}${silent ? ", silently" : ""}`;
    return h(
      "span.meta",
      { title },
      edited && h("span.edited", null, "edited"),
      h("time", { datetime: new Date(at).toISOString() }, clock(at)),
      out && !from?.is_bot && ticks(seen?.length > 0),
    );
  }

  #keys() {
    const keys = this.#part("keys", this.#message.reply_markup, () =>
      inlineKeyboard(this.#store, this.#message),
    );
    this.refreshKeys();
    return keys;
  }

  #tools() {
    return [
      this.#part("reply", 0, () =>
        h("button.icon-button.act.reply",
          { type: "button", "aria-label": "Reply", title: "Reply", onclick: () => this.#actions.reply(this.#message) },
          icon("reply"))),
      this.#part("more", 0, () =>
        h("button.icon-button.act.more",
          {
            type: "button", "aria-label": "More actions", "aria-haspopup": "menu", title: "More",
            onclick: (event) => this.#actions.menu(this.#message, event.currentTarget),
          },
          icon("more"))),
    ];
  }

  /** Fingers have no right button: a tap on a bubble opens its menu. */
  #tapped(event) {
    const free = event.target.closest(".bubble") && !event.target.closest("a, button, .spoiler");
    if (event.pointerType === "touch" && free) this.#openMenu(event);
  }

  #openMenu(event) {
    if (event.target.closest("a, pre") || getSelection().toString()) return;
    event.preventDefault();
    const keyboard = event.clientX === 0 && event.clientY === 0;
    const at = keyboard ? this.#bubble : { x: event.clientX, y: event.clientY };
    this.#actions.menu(this.#message, at);
  }
}
