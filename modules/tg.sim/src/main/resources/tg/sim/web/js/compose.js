// Where one writes: text, replies, edits of own messages, files, commands, suggested answers.
import * as api from "./api.js";
import { avatar } from "./avatar.js";
import { nameOf, small } from "./chatlist.js";
import { CommandMenu } from "./commands.js";
import { arrange, fill, h, perFrame } from "./dom.js";
import { icon } from "./icons.js";
import { replyKeyboard } from "./keyboard.js";
import { summary } from "./media.js";
import { openMenu } from "./menu.js";
import { size } from "./time.js";
import { attempt } from "./toast.js";
import { outgoingFile } from "./upload.js";

const BLANK = { mode: "new" };

export class Compose {
  root;
  #store;
  #actions;
  #about = BLANK;
  #drafts = new Map();
  #for;
  #text;
  #file;
  #commands;
  #line;
  #aboutBox;
  #keys;
  #sheet;
  #instead;
  #slash;
  #speaker;

  /** actions: {be(user)}. */
  constructor(store, actions) {
    this.#store = store;
    this.#actions = actions;
    this.#commands = new CommandMenu(store, (text, send) => this.#command(text, send));
    this.#text = h("textarea", {
      rows: "1", placeholder: "Message", "aria-label": "Message", dir: "auto",
      "aria-controls": "commands", "aria-autocomplete": "list",
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), onpaste: (event) => this.#pasted(event),
    });
    this.#file = h("input", { type: "file", hidden: true, onchange: () => this.attach(this.#file.files[0]) });
    this.#slash = this.#button("slash", "Commands", () => this.#openCommands());
    this.#speaker = h("button.icon-button.speaker", {
      type: "button", "aria-haspopup": "menu", "aria-label": "Who speaks", title: "Who speaks", onclick: () => this.#chooseSpeaker(),
    });
    const send = this.#button("send", "Send", () => this.send());
    send.classList.add("send");
    this.#line = h("div.line", null, this.#speaker,
      this.#button("attach", "Attach a file", () => this.#file.click()), this.#slash, this.#text, send, this.#file);
    this.#aboutBox = h("div.about", { hidden: true });
    this.#keys = h("div");
    this.#sheet = h("div.sheet");
    this.#instead = h("div.blocked");
    this.root = h("footer.compose", null, this.#sheet);
    const later = perFrame(() => this.render());
    for (const topic of ["open", "header", "messages"]) store.on(topic, later);
  }

  #button(name, label, onclick) {
    return h("button.icon-button", { type: "button", "aria-label": label, title: label, onclick }, icon(name));
  }

  focus() {
    this.#text.focus({ preventScroll: true });
  }

  reply(message) {
    this.#begin({ mode: "reply", message });
  }

  edit(message) {
    this.#text.value = message.text ?? message.caption ?? "";
    this.#begin({ mode: "edit", message });
    this.#text.setSelectionRange(this.#text.value.length, this.#text.value.length);
  }

  attach(file) {
    if (file) this.#begin({ mode: "file", file, message: this.#about.mode === "reply" ? this.#about.message : undefined });
    this.#file.value = "";
  }

  /** What was being written stays with its chat. */
  render() {
    const { open } = this.#store;
    if (this.#for !== open) {
      this.#drafts.set(this.#for, this.#text.value);
      this.#for = open;
      this.#about = BLANK;
      this.#text.value = this.#drafts.get(open) ?? "";
      this.#commands.close();
    }
    const chat = this.#store.mine().find((each) => each.chat === open) ?? this.#store.chat();
    this.root.hidden = !chat;
    if (!chat) return;
    this.#slash.hidden = !this.#commands.any;
    this.#renderSpeaker(chat);
    this.#renderAbout();
    this.#renderKeys(chat);
    const { chat: key, dissolved, migrated_to: moved, blocked, started, last } = chat;
    const member = chat.users.includes(this.#store.me);
    fill(this.#instead, [key, dissolved, moved, blocked, started, !last, member], () => this.#noCompose(chat));
    const closed = this.#instead.hasChildNodes();
    arrange(this.#sheet, closed ? [this.#instead] : [this.#commands.root, this.#aboutBox, this.#line, this.#keys]);
  }

  /** What stands in the place of the compose box where nothing can be written. */
  #noCompose(chat) {
    const button = (text, run) => h("button.button", { type: "button", onclick: () => attempt(run) }, text);
    if (chat.dissolved) return h("span.button", null, "This group was deleted");
    if (chat.migrated_to) return h("span.button", null, "This group has become a supergroup");
    if (chat.type === "channel") return undefined;
    if (chat.blocked) {
      return button("Unblock the bot", () => api.post("/sim/unblock", { bot: chat.bots[0], user: chat.users[0] }));
    }
    if (chat.type === "private" && !chat.started && !chat.last) return button("Start", () => this.#post({ text: "/start" }));
    return chat.users.includes(this.#store.me) ? undefined : h("span.button", null, "You are not in this group");
  }

  #renderSpeaker(chat) {
    this.#speaker.hidden = chat.type === "private";
    const user = this.#store.users.get(this.#store.me);
    if (user) fill(this.#speaker, [user.id, nameOf(user)], () => small(avatar(user.id, nameOf(user))));
  }

  #chooseSpeaker() {
    const members = this.#store.chat().users.map((id) => this.#store.users.get(id)).filter(Boolean);
    const items = members.map((user) => ({
      label: nameOf(user), lead: small(avatar(user.id, nameOf(user))),
      checked: user.id === this.#store.me, run: () => this.#actions.be(user.id),
    }));
    openMenu(this.#speaker, items, "Who speaks");
  }

  #begin(about) {
    this.#about = about;
    this.render();
    this.focus();
  }

  #renderAbout() {
    const { mode, message, file } = this.#about;
    this.#aboutBox.hidden = mode === "new";
    if (mode === "new") return;
    const from = message?.from?.name ?? "";
    const heads = { reply: `Reply to ${from}`, edit: "Edit message", file: file?.name };
    const detail = mode === "file" ? size(file.size) : summary(message);
    const quit = () => {
      if (mode === "edit") this.#text.value = "";
      this.#begin(BLANK);
    };
    fill(this.#aboutBox, [mode, message?.message_id, heads[mode], detail], () => [
      icon({ reply: "reply", edit: "edit", file: "attach" }[mode]),
      h("div.quote.tint-5", null, h("b.ellipsis", { dir: "auto" }, heads[mode]), h("span.ellipsis", { dir: "auto" }, detail)),
      this.#button("close", "Cancel", quit),
    ]);
  }

  #renderKeys(chat) {
    const withMarkup = this.#store.timeline().findLast((m) => m.from?.is_bot && replaces(m.reply_markup));
    const markup = withMarkup?.reply_markup;
    const used = markup?.one_time_keyboard &&
      this.#store.timeline().some((m) => m.message_id > withMarkup.message_id && m.from?.id === this.#store.me);
    const show = markup?.keyboard && !used;
    const press = (text) => attempt(() => this.#post({ text }));
    fill(this.#keys, [chat.chat, markup, used], () => show && replyKeyboard(markup, press));
  }

  #typed() {
    this.#commands.update(this.#about.mode === "edit" ? "" : this.#text.value);
    this.#markActive();
  }

  #markActive() {
    const active = this.#commands.active;
    if (active) this.#text.setAttribute("aria-activedescendant", active);
    else this.#text.removeAttribute("aria-activedescendant");
  }

  #openCommands() {
    this.#text.value = "/";
    this.focus();
    this.#typed();
  }

  #command(text, send) {
    this.#text.value = send ? text : `${text} `;
    this.#commands.close();
    this.focus();
    if (send) this.send();
  }

  #key(event) {
    if (event.isComposing) return;
    const handled = this.#commands.key(event);
    this.#markActive();
    if (handled) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && this.#about.mode !== "new") {
      event.preventDefault();
      if (this.#about.mode === "edit") this.#text.value = "";
      this.#begin(BLANK);
    } else if (event.key === "ArrowUp" && this.#text.value === "" && this.#about.mode === "new") {
      const own = this.#store.timeline().findLast((m) => m.from?.id === this.#store.me && m.text);
      if (!own) return;
      event.preventDefault();
      this.edit(own);
    }
  }

  #pasted(event) {
    const file = event.clipboardData?.files[0];
    if (!file) return;
    event.preventDefault();
    this.attach(file);
  }

  async send() {
    const text = this.#text.value;
    const about = this.#about;
    if (!text.trim() && about.mode !== "file") return;
    this.#text.value = "";
    this.#commands.close();
    this.#begin(BLANK);
    const sent = await attempt(() => this.#deliver(about, text));
    if (sent || this.#text.value) return;
    this.#text.value = text;
    this.#begin(about);
  }

  async #deliver({ mode, message, file }, text) {
    if (mode === "edit") return api.edit(message.chat, message.message_id, text);
    const target = message && { reply_to: message.message_id };
    if (mode === "file") {
      const caption = text.trim() ? { caption: text } : {};
      return this.#post({ ...(await outgoingFile(file)), ...caption, ...target });
    }
    return this.#post({ text, ...target });
  }

  async #post(content) {
    const { open, me, thread } = this.#store;
    const known = this.#store.chat();
    const [, bot] = open.split("@");
    const where = known ? { chat: open, from: me, ...(thread && { thread }) } : { bot: Number(bot), from: me };
    await api.say({ ...where, ...content });
  }
}

const replaces = (markup) => markup && (markup.keyboard || markup.remove_keyboard);
