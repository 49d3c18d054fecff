// Photos and documents in a message, and one line that says what a message is about.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { size } from "./time.js";

/** Only addresses of this simulator are shown or fetched. */
const own = (url) => (typeof url === "string" && url.startsWith("/sim/files/") ? url : undefined);

function view(src, name) {
  const close = () => dialog.close();
  const dialog = h(
    "dialog.viewer",
    { "aria-label": name, onclick: close, onclose: () => dialog.remove() },
    h("img", { src, alt: name }),
  );
  document.body.append(dialog);
  dialog.showModal();
}

function photo(sizes) {
  const { url, width, height } = sizes.at(-1);
  const src = own(url);
  return h(
    "button.photo",
    { type: "button", "aria-label": "Open photo", onclick: () => view(src, "Photo") },
    h("img", { src, alt: "Photo", width, height }),
  );
}

function documentLink({ url, file_name: name = "file", file_size: bytes = 0, mime_type: type }) {
  return h(
    "a.file",
    { href: own(url), download: name, title: type },
    h("span.disc", null, icon("file")),
    h("span", null, h("strong", { dir: "auto" }, name), h("small", null, `${size(bytes)} · Download`)),
  );
}

export function attachment(message) {
  if (message.photo?.length) return photo(message.photo);
  return message.document ? documentLink(message.document) : undefined;
}

export function summary(message) {
  const text = message.service ?? message.text ?? message.caption;
  if (text) return text.replace(/\s+/g, " ").slice(0, 160);
  if (message.photo) return "Photo";
  return message.document?.file_name ?? (message.document ? "File" : "Message");
}
