import { h } from "./dom.js";
import { texts } from "./texts.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SCHEMES = new Set(["http:", "https:", "tg:", "mailto:", "tel:"]);

/**
 * Draws a text with its Bot API entities (offsets and lengths in UTF-16 units, as in JavaScript's own strings) as
 * DOM nodes. `on.command(text)` and `on.link(event, url)` hear of presses on commands and links.
 * See https://core.telegram.org/bots/api#messageentity
 */
export function formatted(text, entities, on) {
  const nested = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return span(text, 0, text.length, nested, on);
}

/** The nodes of text[from:to]; `entities` are those that begin inside it, the wider first. */
function span(text, from, to, entities, on) {
  const nodes = [];
  let at = from;
  while (entities.length > 0 && entities[0].offset < to) {
    const entity = entities.shift();
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) continue;
    if (start > at) nodes.push(text.slice(at, start));
    const inside = [];
    while (entities.length > 0 && entities[0].offset < end) inside.push(entities.shift());
    nodes.push(wrap(entity, text.slice(start, end), span(text, start, end, inside, on), on));
    at = end;
    // A block ends its line by itself: the line break after it would draw an empty line.
    if (BLOCKS.has(entity.type) && text[at] === "\n") at += 1;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function wrap(entity, raw, children, on) {
  switch (entity.type) {
    case "bold":
      return h("strong", {}, children);
    case "italic":
      return h("em", {}, children);
    case "underline":
      return h("u", {}, children);
    case "strikethrough":
      return h("s", {}, children);
    case "code":
      return h("code", {}, children);
    case "pre":
      return h("pre", { tabindex: 0, dataset: { language: entity.language ?? "" } }, h("code", {}, children));
    case "blockquote":
      return h("blockquote", {}, children);
    case "expandable_blockquote":
      return expandable(children);
    case "spoiler":
      return spoiler(children);
    case "text_link":
      return link(entity.url, children, on);
    case "url":
      return link(raw.includes("://") ? raw : `https://${raw}`, children, on);
    case "email":
      return link(`mailto:${raw}`, children, on);
    case "phone_number":
      return link(`tel:${raw.replace(/[^+\d]/g, "")}`, children, on);
    case "bot_command":
      return pressable("command", raw, () => on.command(raw), children);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return h("span", { class: "mention" }, children);
    default:
      return h("span", {}, children);
  }
}

function link(url, children, on) {
  let address = null;
  try {
    address = new URL(url);
  } catch {
    return h("span", {}, children);
  }
  if (!SCHEMES.has(address.protocol)) return h("span", {}, children);
  const open = (event) => on.link(event, address);
  return h("a", { href: address.href, target: "_blank", rel: "noopener noreferrer", onclick: open }, children);
}

function spoiler(children) {
  const hidden = h("span", { "aria-hidden": "true" }, children);
  const shown = h("span", { class: "spoiler-shown" });
  const veil = pressable("spoiler", texts.spoiler, reveal, [hidden]);
  function reveal() {
    shown.append(...hidden.childNodes);
    veil.replaceWith(shown);
  }
  return veil;
}

function expandable(children) {
  const quote = h("blockquote", { class: "expandable" }, children);
  const more = h("button", { type: "button", class: "expand", "aria-expanded": "false" }, texts.expand);
  more.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    more.setAttribute("aria-expanded", String(open));
    more.textContent = open ? texts.collapse : texts.expand;
  });
  quote.append(more);
  return quote;
}

/** A stretch of text that flows like text and is pressed like a button. */
function pressable(name, label, press, children = []) {
  const element = h(
    "span",
    { class: name, role: "button", tabindex: 0, "aria-label": label, onclick: press },
    children,
  );
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press();
  });
  return element;
}

/** The bot's `t.me` link parts `{username, start}`, or null when it isn't one that starts a bot. */
export function startLink(address) {
  if (address.protocol === "tg:" && address.host === "resolve") {
    return { username: address.searchParams.get("domain"), start: address.searchParams.get("start") ?? "" };
  }
  if (!["t.me", "telegram.me"].includes(address.hostname)) return null;
  const username = address.pathname.slice(1);
  return /^\w+$/.test(username) ? { username, start: address.searchParams.get("start") ?? "" } : null;
}
