import { attachment } from "./attachments.js";
import { avatar, hueOf } from "./avatar.js";
import { h } from "./dom.js";
import { formatted } from "./entities.js";
import { icon } from "./icons.js";
import { inlineKeyboard } from "./inline_keyboard.js";
import { isLive } from "./place.js";
import { preview } from "./preview.js";
import { texts } from "./texts.js";
import { clock } from "./times.js";

/**
 * One message as a person sees it. `first` and `last` say whether it begins and ends a run of one sender's messages:
 * the first has the name, the last the tail.
 */
export function bubble(message, { first, last }, talk) {
  if (message.service) return h("div", { class: "service", dataset: { message: message.id } }, h("span", {}, message.service));
  const own = message.from?.id === talk.person.id;
  const crowd = talk.chat.kind !== "private";
  const name = message.from?.name ?? talk.chat.title;
  const media = attachment(message, talk);
  const words = message.text || message.caption;
  const bare = media && !words && !message.document && !message.voice && !message.contact;
  const box = h(
    "div",
    { class: `bubble${media ? " with-media" : ""}${bare ? " bare" : ""}` },
    crowd && !own && first && sender(message, name),
    message.reply_to && quote(message.reply_to, talk),
    media,
    words && h("div", { class: "text", dir: "auto" }, formatted(words, message.entities ?? [], talk), meta(message, own)),
    !words && meta(message, own),
  );
  return h(
    "article",
    {
      class: ["row", own ? "out" : "in", first && "first", last && "last", crowd && "crowd"].filter(Boolean).join(" "),
      tabindex: -1,
      "aria-label": `${own ? texts.preview_you : name}, ${clock(message.date)}: ${preview(message)}`,
      dataset: { message: message.id },
    },
    crowd && !own && last && avatar(message.from?.id ?? talk.chat.id, name, "small"),
    h("div", { class: "stack" }, box, message.inline?.length > 0 && inlineKeyboard(message, talk)),
  );
}

function sender(message, name) {
  const element = h("div", { class: "sender" }, name);
  element.style.setProperty("--hue", hueOf(message.from?.id ?? name));
  return element;
}

function quote(id, talk) {
  const target = talk.world.message(talk.chat.id, id);
  const go = () => talk.goTo(id);
  return h(
    "button",
    { type: "button", class: "quote", dataset: { focus: "quote" }, onclick: go },
    h("strong", {}, target?.from?.name ?? ""),
    h("span", {}, preview(target)),
  );
}

function meta(message, own) {
  const edited = message.edit_date && !(message.place && isLive(message.place));
  return h(
    "span",
    { class: "meta" },
    message.pinned && icon("pin"),
    message.silent && h("span", { title: texts.without_sound }, icon("bell_off")),
    edited && h("span", { class: "edited" }, texts.edited),
    h("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date)),
    own && icon("checks"),
  );
}
