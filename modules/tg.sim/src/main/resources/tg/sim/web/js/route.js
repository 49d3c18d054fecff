// What is open, in the address: back, reload and links work.

export function readRoute() {
  const given = new URLSearchParams(location.hash.slice(1));
  const chat = given.get("chat") ?? undefined;
  const owner = chat?.includes("@") ? chat.split("@")[0] : given.get("me");
  const thread = Number(given.get("thread")) || undefined;
  return { me: Number(owner) || undefined, chat, thread };
}

export function writeRoute({ me, open, thread }) {
  const parts = [];
  if (open) parts.push(`chat=${open}`);
  if (me && !open?.includes("@")) parts.push(`me=${me}`);
  if (thread) parts.push(`thread=${thread}`);
  const hash = `#${parts.join("&")}`;
  if (hash !== location.hash) history.pushState(null, "", hash);
}
