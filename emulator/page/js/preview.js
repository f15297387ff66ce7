import { otherSigns, texts } from "./texts.js";

/** A message in one line of plain text. */
export function preview(message) {
  if (!message) return texts.deleted_message;
  if (message.service) return message.service;
  const words = [kind(message), message.text || message.caption].filter(Boolean).join(" ");
  return words.replace(/\s+/g, " ").slice(0, 120);
}

function kind(message) {
  if (message.photo) return message.caption ? "📷" : `📷 ${texts.photo}`;
  if (message.voice) return `🎤 ${texts.voice}`;
  if (message.document) return `📄 ${message.document.name}`;
  if (message.contact) return `👤 ${message.contact.first_name}`;
  if (message.other) return [otherSigns[message.other.kind], message.other.title ?? texts.others[message.other.kind]].join(" ");
  if (message.venue) return `📍 ${message.venue.title}`;
  if (message.place) return `📍 ${message.place.live ? texts.live : texts.place}`;
  return "";
}
