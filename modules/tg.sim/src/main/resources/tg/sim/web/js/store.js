/**
 * What the page knows: a copy of the simulator's world, and what is only of this window (who I am, which chat
 * is open, what I have not seen). Views listen by topic: "list", "open",
 * "header", "messages", "action", "keys", "appeared".
 */
export class Store {
  users = new Map();
  bots = new Map();
  chats = new Map();
  /** Chat key → (message id → message), in order of arrival; only chats that were opened. */
  messages = new Map();
  actions = new Map();
  drafts = new Map();
  /** "chat/message/data" of a pressed button → id of the callback that is not answered yet. */
  pressed = new Map();
  me = undefined;
  open = undefined;
  thread = undefined;
  #unread = new Map();
  #offset = 0;
  #listeners = new Map();

  on(topic, listener) {
    if (!this.#listeners.has(topic)) this.#listeners.set(topic, []);
    this.#listeners.get(topic).push(listener);
  }

  emit(topic, detail) {
    for (const listener of this.#listeners.get(topic) ?? []) listener(detail);
  }

  load(state) {
    const byId = (list, key) => new Map(list.map((each) => [each[key], each]));
    this.users = byId(state.users, "id");
    this.bots = byId(state.bots, "id");
    this.chats = byId(state.chats, "chat");
    this.messages.clear();
    this.actions.clear();
    this.drafts.clear();
    this.pressed.clear();
    this.#unread.clear();
    this.setNow(state.now_at);
    if (!this.users.has(this.me)) this.me = state.users[0]?.id;
  }

  /** The simulator's clock, in milliseconds since 1970. */
  now() {
    return Date.now() + this.#offset;
  }

  setNow(at) {
    this.#offset = at - Date.now();
  }

  chat(key = this.open) {
    return this.chats.get(key);
  }

  /** How the person who looks sees a chat: a private chat has the bot's name. */
  face(chat) {
    if (chat.type !== "private") {
      return { id: chat.id, name: chat.title, forum: Boolean(chat.forum), group: true };
    }
    const bot = this.bots.get(chat.bots[0]);
    return { id: chat.bots[0], name: bot?.first_name ?? `Bot ${chat.bots[0]}`, bot };
  }

  /** My chats, newest first; then the bots that I never wrote to. */
  mine() {
    const seen = [...this.chats.values()].filter(
      (chat) => chat.users.includes(this.me) && !chat.migrated_to,
    );
    const known = new Set(seen.filter((c) => c.type === "private").flatMap((c) => c.bots));
    const strangers = [...this.bots.values()]
      .filter((bot) => !known.has(bot.id) && this.users.has(this.me))
      .map((bot) => this.#stranger(bot));
    return [...seen, ...strangers].sort((a, b) => (b.last?.sent_at ?? 0) - (a.last?.sent_at ?? 0));
  }

  #stranger(bot) {
    const chat = `${this.me}@${bot.id}`;
    return { chat, id: this.me, type: "private", users: [this.me], bots: [bot.id], absent: true };
  }

  find(key, id) {
    return this.messages.get(key)?.get(id);
  }

  /** What the timeline shows, oldest first. */
  timeline() {
    const all = [...(this.messages.get(this.open)?.values() ?? [])];
    const forum = this.chat()?.forum;
    return all
      .filter((m) => !m.deleted_at && (!forum || m.thread === this.thread))
      .sort((a, b) => a.message_id - b.message_id);
  }

  fill(key, messages) {
    const known = this.messages.get(key) ?? new Map();
    for (const each of messages) known.set(each.message_id, each);
    this.messages.set(key, known);
  }

  add(message) {
    this.messages.get(message.chat)?.set(message.message_id, message);
  }

  /** A change of a message that is not loaded does not load it: the timeline has no holes. */
  change(message) {
    if (this.find(message.chat, message.message_id)) this.add(message);
  }

  unread(key, user = this.me) {
    return this.#unread.get(`${user}|${key}`) ?? 0;
  }

  unreadOf(user) {
    let sum = 0;
    for (const [key, count] of this.#unread) if (key.startsWith(`${user}|`)) sum += count;
    return sum;
  }

  countUnread(message) {
    for (const user of this.chat(message.chat)?.users ?? []) {
      const looking = user === this.me && message.chat === this.open && !document.hidden;
      if (user === message.from?.id || looking) continue;
      this.#unread.set(`${user}|${message.chat}`, this.unread(message.chat, user) + 1);
    }
  }

  clearUnread() {
    if (this.#unread.delete(`${this.me}|${this.open}`)) this.emit("list");
  }

  /** Who is doing what in a chat now, by bot id. */
  actionIn(key) {
    return this.actions.get(key);
  }

  setAction(action) {
    const old = this.actions.get(action.chat);
    if (old) clearTimeout(old.timer);
    if (action.action === "cancel") {
      this.actions.delete(action.chat);
    } else {
      const left = Math.max(0, action.until_at - this.now());
      const timer = setTimeout(() => this.endAction(action.chat, action.bot), left);
      this.actions.set(action.chat, { ...action, timer });
    }
    this.emit("action", action.chat);
  }

  endAction(key, bot) {
    const action = this.actions.get(key);
    if (!action || action.bot !== bot) return;
    clearTimeout(action.timer);
    this.actions.delete(key);
    this.emit("action", key);
  }

  setDraft(draft) {
    clearTimeout(this.drafts.get(draft.chat)?.timer);
    const left = Math.max(0, draft.until_at - this.now());
    const timer = setTimeout(() => this.endDraft(draft.chat, draft.bot), left);
    this.drafts.set(draft.chat, { ...draft, timer });
    this.emit("messages", draft.chat);
  }

  endDraft(key, bot) {
    const draft = this.drafts.get(key);
    if (!draft || draft.bot !== bot) return;
    clearTimeout(draft.timer);
    this.drafts.delete(key);
    this.emit("messages", key);
  }
}
