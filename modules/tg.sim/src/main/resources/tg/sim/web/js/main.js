// Wiring: the store, the views, the event stream, and the address of what is open.
import * as api from "./api.js";
import { ChatList } from "./chatlist.js";
import { newTopic, openChatMenu, openCreateMenu } from "./chatmenu.js";
import { Compose } from "./compose.js";
import { Conversation } from "./conversation.js";
import { tell } from "./dialogs.js";
import { Drawer } from "./drawer.js";
import { Feed } from "./events.js";
import { Header } from "./header.js";
import { openMessageMenu } from "./messagemenu.js";
import { readRoute, writeRoute } from "./route.js";
import { Store } from "./store.js";
import { attempt, toast } from "./toast.js";
import { World } from "./world.js";

const $ = (id) => document.getElementById(id);
const app = $("app");
const phone = matchMedia("(max-width: 680px)");

const store = new Store();
const world = new World(store, () => attempt(start), showAnswer);
const feed = new Feed((name, data) => world.apply(name, data), (live) => ($("connection").hidden = live));
const actions = {
  load: (key, last) => world.hold(() => load(key, last)),
  open, be, thread: openThread, back: () => open(undefined),
  create: (at) => openCreateMenu(store, actions, at),
  chatMenu: (at) => openChatMenu(store, actions, at),
  newTopic: () => newTopic(store, actions),
  developer: () => drawer.toggle(),
  reply: (message) => compose.reply(message),
  menu: (message, at) => openMessageMenu(store, compose, message, at),
  command: (text) => attempt(() => api.say({ chat: store.open, from: store.me, text, ...(store.thread && { thread: store.thread }) })),
};
const list = new ChatList(store, actions);
const header = new Header(store, actions);
const conversation = new Conversation(store, actions);
const compose = new Compose(store, actions);
const drawer = new Drawer($("drawer"), app, store);

function showAnswer({ text, show_alert: alert, url, chat }) {
  if (url) toast(`The bot opens ${url}`);
  if (!text) return;
  if (alert) tell(store.face(store.chat(chat)).name, text);
  else toast(text);
}

/** Shows a chat (or none) to a person; the address follows. */
async function show({ me = store.me, chat, thread }, push = true) {
  store.me = me;
  store.open = chat;
  store.thread = thread;
  app.dataset.screen = chat ? "chat" : "list";
  if (push) writeRoute(store);
  store.clearUnread();
  list.render();
  store.emit("open");
  await conversation.show();
  if (chat && !phone.matches) compose.focus();
}

function open(chat) {
  return show({ chat });
}

function openThread(thread) {
  return show({ chat: store.open, thread });
}

/** The same window as another person: a group stays open, a private chat becomes theirs with the same bot. */
function be(me) {
  const chat = store.chat();
  const bot = store.open?.split("@")[1];
  if (bot) return show({ me, chat: `${me}@${bot}` });
  return show({ me, chat: chat?.users.includes(me) ? store.open : undefined, thread: store.thread });
}

/** The messages of a chat into the store; how many there were. */
async function load(key, last) {
  const { messages } = await api.messages(key, last);
  store.fill(key, messages);
  return messages.length;
}

/** A first message has made the chat that is open. */
function appeared(key) {
  conversation.forget();
  return show({ chat: key });
}

function follow() {
  const route = readRoute();
  const me = store.users.has(route.me) ? route.me : store.me;
  store.me = me;
  const mine = store.mine();
  const wanted = mine.find((chat) => chat.chat === route.chat) ?? (phone.matches ? undefined : mine[0]);
  return show({ me, chat: wanted?.chat, thread: wanted ? route.thread : undefined }, false);
}

async function start() {
  const state = await api.state();
  store.load(state);
  conversation.forget();
  drawer.reset(state.flood);
  feed.open(state.event);
  await follow();
}

async function startWithPatience() {
  while (!(await attempt(start))) await new Promise((again) => setTimeout(again, 2_000));
}

$("sidebar").append(...list.root);
$("conversation").append(...header.root, ...conversation.root, compose.root);
$("conversation").addEventListener("dragover", (event) => event.preventDefault());
$("conversation").addEventListener("drop", (event) => {
  event.preventDefault();
  compose.attach(event.dataTransfer.files[0]);
});
store.on("appeared", appeared);
addEventListener("hashchange", () => follow());
addEventListener("focus", () => store.clearUnread());
document.addEventListener("visibilitychange", () => document.hidden || store.clearUnread());
await startWithPatience();
