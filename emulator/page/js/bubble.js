import { attachment } from "./attachments.js";
import { avatar, hueOf } from "./avatar.js";
import { button, h } from "./dom.js";
import { formatted } from "./entities.js";
import { icon } from "./icons.js";
import { inlineKeyboard } from "./inline_keyboard.js";
import { minutesLeft } from "./place.js";
import { preview } from "./preview.js";
import { texts } from "./texts.js";
import { clock } from "./times.js";

/**
 * One message as a person sees it. `first` and `last` say whether it begins and ends a run of one sender's messages:
 * the first has the name, the last the tail.
 */
export function bubble(message, { first, last }, talk) {
  if (message.service) return service(message);
  const own = message.from.id === talk.person.id;
  const crowd = talk.chat.kind !== "private";
  const { name } = message.from;
  const media = attachment(message, talk);
  const words = message.text || message.caption;
  const bare = media && !words && !message.document && !message.voice && !message.contact;
  const box = h(
    "div",
    { class: `bubble${media ? " with-media" : ""}${bare ? " bare" : ""}` },
    crowd && !own && first && sender(message, name),
    message.reply_to && quote(message.reply_to, talk),
    media,
    words &&
      h("div", { class: "text", dir: "auto" }, formatted(words, message.entities ?? [], talk), meta(message, own)),
    !words && meta(message, own),
  );
  const classes = ["row", own ? "out" : "in", first && "first", last && "last", crowd && "crowd"];
  return h(
    "article",
    {
      class: classes.filter(Boolean).join(" "),
      tabindex: -1,
      "aria-label": `${own ? texts.preview_you : name}, ${clock(message.date)}: ${preview(message)}`,
      dataset: { message: message.id },
    },
    crowd && !own && last && avatar(message.from.id, name, "small"),
    h("div", { class: "stack" }, box, message.inline?.length > 0 && inlineKeyboard(message, talk)),
  );
}

const service = (message) =>
  h("div", { class: "service", dataset: { message: message.id } }, h("span", {}, message.service));

function sender(message, name) {
  const element = h("div", { class: "sender" }, name);
  element.style.setProperty("--hue", hueOf(message.from.id));
  return element;
}

function quote(id, talk) {
  const target = talk.world.message(talk.chat.id, id);
  const words = [h("strong", {}, target?.from.name ?? ""), h("span", {}, preview(target))];
  return button("quote", () => talk.goTo(id), words, { dataset: { focus: "quote" } });
}

function meta(message, own) {
  const edited = message.edit_date && !minutesLeft(message.place);
  return h(
    "span",
    { class: "meta" },
    message.pinned && icon("pin"),
    message.silent && h("span", { title: texts.without_sound }, icon("bell_off")),
    message.protected && h("span", { title: texts.protected }, icon("lock")),
    edited && h("span", { class: "edited" }, texts.edited),
    h("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date)),
    own && icon("checks"),
  );
}
