import { button, h } from "./dom.js";
import { icon } from "./icons.js";
import { mapSheet } from "./map_sheet.js";
import { Rover } from "./rover.js";
import { texts } from "./texts.js";

/** The keyboard that the bot put under the composer. It folds away by its toggle, a one-time one after a press too. */
export class ReplyKeyboard {
  #talk;
  #message = null;
  #onchange;
  #folded = false;
  #rover;

  /** `onchange()` is told when the keyboard comes, goes, folds or unfolds. */
  constructor(talk, onchange) {
    this.#talk = talk;
    this.#onchange = onchange;
    this.element = h("div", {
      class: "reply-keyboard",
      role: "group",
      "aria-label": texts.reply_keyboard,
      hidden: true,
    });
    this.#rover = new Rover(this.element);
  }

  get present() {
    return this.#message !== null;
  }

  get shown() {
    return this.present && !this.#folded;
  }

  get placeholder() {
    return this.shown ? this.#message.reply_keyboard.placeholder : null;
  }

  /** Takes the keyboard that is in force now. */
  sync() {
    const message = this.#talk.world.replyKeyboard(this.#talk.chat.id);
    if (message?.id === this.#message?.id && message?.version === this.#message?.version) return;
    const isNew = message && message.id !== this.#message?.id;
    this.#message = message && { ...message };
    if (isNew) this.#folded = false;
    const rows = message?.reply_keyboard.rows ?? [];
    this.element.replaceChildren(...rows.map((row, index) => this.#row(row, index)));
    const columns = Math.max(2, ...rows.map((row) => row.length));
    this.#rover.sync([...this.element.querySelectorAll("button")], { columns });
    this.#show();
  }

  toggle() {
    this.#folded = !this.#folded;
    this.#show();
  }

  #show() {
    this.element.hidden = !this.shown;
    this.#onchange();
  }

  #row(row, index) {
    const keys = row.map((key, col) =>
      button("key", () => this.#press(key, index, col), [sign(key), h("span", {}, key.text)]),
    );
    return h("div", { class: "key-row" }, keys);
  }

  #press(key, row, col) {
    const send = (place) => {
      if (!this.#talk.act("press_reply_key", { row, col, place })) return;
      this.#talk.wrote();
      if (!this.#message?.reply_keyboard.one_time) return;
      this.#folded = true;
      this.#show();
    };
    if (key.request_location) mapSheet(this.#talk, { title: key.text, pick: send });
    else if (key.request_contact) this.#askContact(send);
    else send(null);
  }

  #askContact(send) {
    const { sheets, chat, world } = this.#talk;
    const share = button("primary", () => (close(), send(null)), texts.contact_share);
    const close = sheets.open({
      title: texts.contact_share,
      body: [h("p", {}, texts.contact_ask(world.title(chat)))],
      foot: [share],
    });
  }
}

function sign(key) {
  if (key.request_location) return icon("place");
  return key.request_contact ? icon("phone") : null;
}
