// The "/" menu: what the chat's bots said they can do.
import { arrange, h } from "./dom.js";

export class CommandMenu {
  root;
  #store;
  #choose;
  #shown = [];
  #at = 0;

  /** `choose(text, send)` is called with the whole command. */
  constructor(store, choose) {
    this.#store = store;
    this.#choose = choose;
    this.root = h("div.commands.scroll", {
      id: "commands", role: "listbox", "aria-label": "Commands", hidden: true,
      onpointerdown: (event) => event.preventDefault(),
    });
  }

  get any() {
    return this.#all().length > 0;
  }

  /** The id of the marked option while the menu is open. */
  get active() {
    return this.root.hidden ? undefined : `command-${this.#at}`;
  }

  #all() {
    const chat = this.#store.mine().find((each) => each.chat === this.#store.open);
    const bots = (chat?.bots ?? []).map((id) => this.#store.bots.get(id)).filter(Boolean);
    const suffix = (bot) => (bots.length > 1 ? `@${bot.username}` : "");
    return bots.flatMap((bot) =>
      (bot.commands ?? []).map(({ command, description }) => ({
        text: `/${command}${suffix(bot)}`, description,
      })));
  }

  update(typed) {
    const fits = /^\/\S*$/.test(typed);
    this.#shown = fits ? this.#all().filter(({ text }) => text.startsWith(typed.toLowerCase())) : [];
    this.#at = 0;
    this.#render();
  }

  close() {
    this.#shown = [];
    this.#render();
  }

  /** True if the key was for the menu. */
  key(event) {
    if (this.root.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#at = (this.#at + step + this.#shown.length) % this.#shown.length;
      this.#render();
    } else if (event.key === "Enter" && !event.shiftKey) {
      this.#choose(this.#shown[this.#at].text, true);
    } else if (event.key === "Tab") {
      this.#choose(this.#shown[this.#at].text, false);
    } else if (event.key === "Escape") {
      this.close();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  #render() {
    this.root.hidden = this.#shown.length === 0;
    const options = this.#shown.map(({ text, description }, i) =>
      h("div",
        {
          id: `command-${i}`, role: "option", "aria-selected": String(i === this.#at),
          onclick: () => this.#choose(text, true),
        },
        h("b", null, text), h("span.ellipsis", { dir: "auto" }, description)));
    arrange(this.root, options);
    options[this.#at]?.scrollIntoView({ block: "nearest" });
  }
}
