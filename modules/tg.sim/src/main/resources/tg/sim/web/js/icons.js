const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  attach: "m20 11.5-8.3 8.3a5.2 5.2 0 0 1-7.4-7.4l8.6-8.6a3.5 3.5 0 0 1 5 5l-8.6 8.6a1.7 1.7 0 0 1-2.5-2.5l7.8-7.7",
  back: "M19 12H5m7-7-7 7 7 7",
  check: "m5 12.5 4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6 6 18",
  code: "m8 7-5 5 5 5m8-10 5 5-5 5M13.5 5l-3 14",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  down: "m6 9 6 6 6-6",
  edit: "M4 20h4L19.5 8.5a2.8 2.8 0 0 0-4-4L4 16zM13.5 6.5l4 4",
  file: "M13 3H6v18h12V8zM13 3v5h5",
  group: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-7 9c0-3.6 3-6 7-6s7 2.4 7 6M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.6c2.5.8 4 2.7 4 5.4",
  history: "M4 12a8 8 0 1 0 2.6-5.9L4 8.5M4 4v4.5h4.5M12 8v4.5l3 2",
  link: "M8 16 17 7M9.5 7H17v7.5",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  plus: "M12 5v14M5 12h14",
  reply: "M10 7V3.5L3 10.5l7 7V14c5 0 8.5 1.6 11 5-.8-6-4.5-11-11-12Z",
  send: "M4.5 12H13M3.5 4.5 21 12 3.5 19.5 5.5 12z",
  slash: "M15 5 9 19M4.5 4h15A1.5 1.5 0 0 1 21 5.5v13a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 18.5v-13A1.5 1.5 0 0 1 4.5 4Z",
  trash: "M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5m4-5v5",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 9c0-4 3.5-6.5 8-6.5s8 2.5 8 6.5",
  bot: "M5 9h14v10H5zM12 9V5m-3.5 8.5v.01m7-.01v.01M9.5 16.5h5M12 5a1 1 0 1 0 0-2 1 1 0 0 0 0 2ZM2.5 13v3m19-3v3",
  hash: "M9.5 4 7.5 20m9-16-2 16M4.5 9h16m-17 6h16",
  ban: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM5.7 5.7l12.6 12.6",
};

/** A decorative icon; the control around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  if (name === "more") path.setAttribute("stroke-width", "2.6");
  svg.append(path);
  return svg;
}

/** One tick: it is in the chat. Two: a bot has confirmed it. */
export function ticks(seen) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 17 12");
  svg.setAttribute("class", "ticks");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", seen ? "read by the bot" : "sent");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", seen ? "m1 6.5 3.5 3.5L11 3M8 9l1 1 7-7" : "m4 6.5 3.5 3.5L14 3");
  svg.append(path);
  return svg;
}
