import { button, h } from "./dom.js";
import { icon } from "./icons.js";
import { otherSigns, texts } from "./texts.js";
import { placeBox } from "./place.js";
import { voiceNote } from "./voice.js";

/** What a message carries besides words, or null. */
export function attachment(message, talk) {
  if (message.photo) return photo(message, talk);
  if (message.voice) return voiceNote(message.voice);
  if (message.document) return file(message.document);
  if (message.contact) return contact(message.contact);
  if (message.other) return other(message.other);
  if (message.place) return placeBox(message, talk);
  return null;
}

function photo(message, talk) {
  const picture = h("img", { src: message.photo, alt: message.caption || texts.photo, loading: "lazy" });
  const open = () => talk.sheets.open({ title: texts.photo, tall: true, body: [picture.cloneNode()] });
  return button("photo", open, picture, { "aria-label": picture.alt, dataset: { focus: "photo" } });
}

function file({ name, url }) {
  const properties = { class: "file", href: url, download: name, dataset: { focus: "file" } };
  return h("a", properties, sign("document"), h("span", { class: "file-name" }, name, h("small", {}, texts.document)));
}

function contact({ first_name: first, last_name: last, phone_number: number }) {
  const call = h("a", { href: `tel:${number}`, dataset: { focus: "contact" } }, number);
  const name = [first, last].filter(Boolean).join(" ");
  return h("div", { class: "file" }, sign("phone"), h("span", { class: "file-name" }, name, call));
}

/** What is not played here: a sign, a word, and of a poll its question and answers. */
function other({ kind, title, lines = [] }) {
  const rows = lines.map((line) => h("small", {}, `○ ${line}`));
  const label = title ? h("small", {}, texts.others[kind]) : null;
  const words = [title ?? texts.others[kind], label, ...rows].filter(Boolean);
  return h("div", { class: "file" }, h("span", { class: "file-icon" }, otherSigns[kind]), h("span", { class: "file-name" }, ...words));
}

const sign = (name) => h("span", { class: "file-icon" }, icon(name));
