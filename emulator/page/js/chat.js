import { avatar, chatAvatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { button, h } from "./dom.js";
import { startLink } from "./entities.js";
import { groupSheet } from "./group_sheet.js";
import { signButton } from "./icons.js";
import { Log } from "./log.js";
import { Plane } from "./map.js";
import { openMenu } from "./menu.js";
import { pinnedBar } from "./pinned_bar.js";
import { ReplyKeyboard } from "./reply_keyboard.js";
import { texts } from "./texts.js";

/** One person's open chat. Its parts know it as their `talk`: who speaks, where, and what they can do. */
export class Chat {
  views = new Map();
  #phone;
  #composer;

  constructor(phone, chat) {
    this.#phone = phone;
    this.chat = chat;
    const { world, presses, reads, sheets, screen, person } = phone;
    Object.assign(this, { world, presses, reads, sheets, screen, person });
    this.plane = new Plane(world.map.center);
    this.places = world.map.places;
    this.log = new Log(this);
    this.pinned = pinnedBar(this);
    this.keyboard = new ReplyKeyboard(this, () => this.#composer?.sync(this.keyboard));
    this.#composer = new Composer(this, this.keyboard, phone.drafts.get(chat.id) ?? "");
    this.status = h("span", { class: "status" });
    this.start = button("start", () => this.#begin(), []);
    this.writing = h("div", { class: "writing" }, this.#composer.element, this.keyboard.element);
    const parts = [this.#header(), this.pinned.element, this.log.element, this.writing, this.start];
    this.element = h("div", { class: "chat" }, parts);
    this.sync();
  }

  get draft() {
    return this.#composer.draft;
  }

  /** Does something as this person in this chat; answers whether it was sent. */
  act(act, fields) {
    return this.#phone.act(act, { chat: this.chat.id, ...fields });
  }

  say(text, replyTo = null) {
    const sent = this.act("say", { text, reply_to: replyTo });
    if (sent) this.wrote();
    return sent;
  }

  wrote() {
    this.log.wrote();
  }

  write(text) {
    this.#composer.write(text);
    this.#composer.focus();
  }

  focus() {
    (this.start.hidden ? this.#composer : this.start).focus();
  }

  /** A command in a message was pressed. */
  command(text) {
    this.say(text);
  }

  /** A link was pressed: one that starts the bot stays on this phone. */
  link(event, address) {
    const target = startLink(address);
    if (!target || target.username.toLowerCase() !== this.chat.bot?.username.toLowerCase()) return;
    event.preventDefault();
    this.#phone.startBot(target.start);
  }

  goTo(messageId) {
    this.log.goTo(messageId);
  }

  hold(messageId, held) {
    this.log.hold(messageId, held);
  }

  messageMenu(messageId, anchor, row) {
    const message = this.world.message(this.chat.id, messageId);
    const own = message.from.id === this.person.id;
    const words = message.text || message.caption;
    const copy = () => navigator.clipboard.writeText(words).then(() => this.sheets.toast(texts.copied));
    const items = [
      { label: texts.reply, icon: "reply", run: () => this.#composer.about(message) },
      words && navigator.clipboard && { label: texts.copy, icon: "copy", run: copy },
      own &&
        message.text && { label: texts.edit, icon: "edit", run: () => this.#composer.about(message, { edit: true }) },
    ];
    openMenu({ host: this.screen, anchor, back: row, label: texts.message_menu, items: items.filter(Boolean) });
  }

  /** Takes in what changed in this chat. */
  sync() {
    const blocked = Boolean(this.chat.blocked);
    const untouched = this.chat.kind === "private" && this.world.messages(this.chat.id).length === 0;
    this.start.hidden = !blocked && !untouched;
    this.start.textContent = blocked ? texts.unblock : texts.start;
    this.writing.hidden = !this.start.hidden;
    this.pinned.sync();
    this.keyboard.sync();
    this.#composer.sync(this.keyboard);
    this.syncStatus();
    this.log.sync();
  }

  syncStatus() {
    const typing = this.world.isTyping(this.chat.id);
    const others = this.chat.kind === "private" ? texts.bot : texts.member_count(this.chat.members.length);
    this.status.classList.toggle("typing", typing && this.#phone.connected);
    this.status.textContent = this.#phone.connected ? (typing ? texts.typing : others) : texts.connecting;
    this.elsewhere.textContent = this.#phone.unreadElsewhere(this.chat.id) || "";
    this.back.hidden = this.world.chatsOf(this.person.id).length < 2;
  }

  close() {
    this.log.resizing.disconnect();
  }

  #header() {
    const { chat } = this;
    const name = this.world.title(chat);
    this.elsewhere = h("span", { class: "badge" });
    this.back = signButton("back", texts.back, () => this.#phone.showList(), "round back");
    this.back.append(this.elsewhere);
    const more = signButton("more", texts.chat_menu, () => this.#more(more));
    const title = h("div", { class: "title" }, h("h3", {}, name), this.status);
    return h("header", { class: "chat-header" }, this.back, chatAvatar(chat, name), title, more);
  }

  #more(anchor) {
    const items =
      this.chat.kind === "private"
        ? [
            { label: texts.group_new, icon: "people", run: () => groupSheet(this.#phone) },
            this.chat.blocked
              ? { label: texts.unblock_short, icon: "check", run: () => this.#block(false) }
              : { label: texts.block, icon: "block", danger: true, run: () => this.#block(true) },
          ]
        : [{ label: texts.members, icon: "people", run: () => this.#members() }];
    openMenu({ host: this.screen, anchor, label: texts.chat_menu, items });
  }

  #members() {
    const { bot } = this.chat;
    const known = this.chat.members.map((id) => this.world.people.get(id) ?? (bot?.id === id ? bot : null));
    const list = known.filter(Boolean).map(({ id, name, username }) => {
      const handle = username && h("small", {}, `@${username}`);
      return h("li", {}, avatar(id, name, "small"), name, handle);
    });
    this.sheets.open({ title: texts.members, body: [h("ul", { class: "members" }, list)] });
  }

  #begin() {
    if (this.chat.blocked) this.#block(false);
    if (this.say("/start")) this.#composer.focus();
  }

  #block(blocked) {
    this.act(blocked ? "block" : "unblock", {});
  }
}
