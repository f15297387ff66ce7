import { bubble } from "./bubble.js";
import { button, h, moveFocus } from "./dom.js";
import { signButton } from "./icons.js";
import { showBusy } from "./inline_keyboard.js";
import { minutesLeft } from "./place.js";
import { Stops } from "./stops.js";
import { texts } from "./texts.js";
import { dayKey, dayLabel } from "./times.js";

const PAGE = 80; // messages drawn at first, and added by each look further back
const RUN_SECONDS = 600; // a longer silence ends a run of one sender's messages
const NEAR_END = 40; // pixels

/** The messages of a chat as one person sees them: what is drawn is changed only where the messages changed. */
export class Log {
  #talk;
  #shown = PAGE;
  #rows = new Map();
  #held = new Set();
  #stops = new Stops();
  #divider = null;
  #atEnd = true;
  #visible = false;
  #list = h("div", { class: "log-rows" });
  #count = h("span", { class: "badge" });

  constructor(talk) {
    this.#talk = talk;
    this.scroller = h("div", { class: "log", role: "log", "aria-label": texts.messages, tabindex: -1 }, this.#list);
    this.jump = signButton("down", texts.jump, () => this.toEnd(), "jump");
    this.jump.append(this.#count);
    this.element = h("div", { class: "log-frame" }, this.scroller, this.jump);
    this.scroller.addEventListener("scroll", () => this.seen());
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    this.#list.addEventListener("focusin", (event) => this.#stopAt(event.target.closest("article")));
    this.#list.addEventListener("contextmenu", (event) => this.#menu(event));
    // Pictures and keyboards that come late must not push the newest message out of sight.
    this.resizing = new ResizeObserver(() => this.#atEnd && this.#visible && this.#scrollToEnd());
    this.resizing.observe(this.#list);
    this.resizing.observe(this.scroller);
  }

  /** Tells whether the person can see this chat now; what they see to its end is read. */
  show(visible) {
    const came = visible && !this.#visible;
    this.#visible = visible;
    if (!came) return;
    const { reads, person, chat } = this.#talk;
    const unread = reads.unread(person.id, chat.id) > 0;
    this.#divider = unread ? reads.mark(person.id, chat.id) : null;
    this.sync();
    const line = this.#list.querySelector(".unread-line");
    if (line) line.scrollIntoView({ block: "center" });
    else if (this.#atEnd) this.#scrollToEnd();
    this.seen();
  }

  /** Draws what changed, and leaves the rest as it is. */
  sync() {
    const focus = this.#focus();
    const wanted = this.#wanted();
    const rows = new Map(wanted.map(({ key, draw }) => [key, this.#rows.get(key) ?? draw()]));
    for (const [key, row] of this.#rows) if (!rows.has(key)) row.remove();
    let next = this.#list.firstChild;
    for (const row of rows.values()) {
      if (row === next) next = row.nextSibling;
      else this.#list.insertBefore(row, next);
    }
    this.#rows = rows;
    this.#restore(focus);
    if (this.#visible && this.#atEnd) this.#scrollToEnd();
    this.seen();
  }

  /** Goes to the newest message. */
  toEnd() {
    this.#scrollToEnd();
    this.seen();
  }

  /** Looks where the chat stands: at its end everything is read. */
  seen() {
    if (!this.#visible) return;
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    const { reads, person, chat } = this.#talk;
    if (this.#atEnd && !document.hidden) reads.readAll(person.id, chat.id);
    const unread = reads.unread(person.id, chat.id);
    this.jump.classList.toggle("shown", !this.#atEnd);
    this.jump.tabIndex = this.#atEnd ? -1 : 0;
    this.#count.textContent = unread || "";
    this.jump.setAttribute("aria-label", unread ? `${texts.jump}: ${texts.new_count(unread)}` : texts.jump);
  }

  /** The person wrote: nothing is unread any more. */
  wrote() {
    this.#divider = null;
    this.#atEnd = true;
    this.sync();
  }

  /** Shows a message and makes it flash. */
  goTo(messageId) {
    const all = this.#talk.world.messages(this.#talk.chat.id);
    const back = all.length - all.findIndex((message) => message.id === messageId);
    if (back > all.length) return;
    this.#shown = Math.max(this.#shown, back + 5);
    this.#atEnd = false;
    this.sync();
    const row = this.#row(messageId);
    row.scrollIntoView({ block: "center" });
    row.classList.add("flash");
    setTimeout(() => row.classList.remove("flash"), 1600);
  }

  /** Keeps a message as it is drawn (it is being dragged), or lets it follow the world again. */
  hold(messageId, held) {
    if (held) this.#held.add(messageId);
    else if (this.#held.delete(messageId)) this.sync();
  }

  /** Draws an inline button as waiting or not. */
  showPress({ message, row, col }, busy) {
    const button = this.#row(message)?.querySelector(`[data-focus="key${row}.${col}"]`);
    if (button) showBusy(button, busy);
  }

  #row = (messageId) => this.#list.querySelector(`[data-message="${messageId}"]`);

  /** What should be drawn, top to bottom: `{key, draw}`; the same key means that nothing changed. */
  #wanted() {
    const { world, chat, person } = this.#talk;
    const all = world.messages(chat.id);
    const from = Math.max(0, all.length - this.#shown);
    const wanted = from > 0 ? [{ key: "older", draw: () => this.#older() }] : [];
    let divided = this.#divider === null;
    all.slice(from).forEach((message, index) => {
      const before = all[from + index - 1];
      const day = dayKey(message.date);
      if (index === 0 || dayKey(before.date) !== day) {
        wanted.push({ key: day, draw: () => sign(dayLabel(message.date)) });
      }
      if (!divided && message.id > this.#divider && message.from.id !== person.id) {
        wanted.push({ key: "unread", draw: unreadLine });
        divided = true;
      }
      wanted.push(this.#wantedRow(message, before, all[from + index + 1]));
    });
    if (all.length === 0) wanted.push({ key: "empty", draw: () => sign(texts.empty) });
    return wanted;
  }

  #wantedRow(message, before, after) {
    if (this.#held.has(message.id)) {
      const key = [...this.#rows.keys()].find((drawn) => drawn.startsWith(`${message.id}.`));
      if (key) return { key };
    }
    const run = { first: !sameRun(before, message), last: !sameRun(message, after) };
    const state = [message.id, message.version, run.first, run.last, minutesLeft(message.place)];
    return { key: state.join("."), draw: () => this.#draw(message, run) };
  }

  #draw(message, run) {
    const row = bubble(message, run, this.#talk);
    const old = this.#row(message.id);
    if (!old && this.#rows.size > 0) row.classList.add("new");
    row.dataset.edited = message.edit_date ?? "";
    if (old && !message.place && old.dataset.edited !== row.dataset.edited) row.classList.add("changed");
    return row;
  }

  #older() {
    const more = () => {
      const height = this.scroller.scrollHeight;
      this.#shown += PAGE;
      this.sync();
      this.scroller.scrollTop += this.scroller.scrollHeight - height;
    };
    return h("div", { class: "service" }, button(null, more, texts.older));
  }

  #scrollToEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#atEnd = true;
  }

  /** Where the focus is, in words that outlive a message's drawing. */
  #focus() {
    const active = document.activeElement;
    if (!this.#list.contains(active)) return null;
    return { message: active.closest("[data-message]")?.dataset.message, part: active.dataset.focus };
  }

  #restore(focus) {
    const row = focus && this.#row(focus.message);
    this.#stopAt(row?.matches("article") ? row : [...this.#list.querySelectorAll("article")].at(-1));
    if (!focus || this.#list.contains(document.activeElement)) return;
    (row?.querySelector(`[data-focus="${focus.part}"]`) ?? row)?.focus({ preventScroll: true });
  }

  /** Makes this message the one that the Tab key comes to. */
  #stopAt(article) {
    if (article) this.#stops.sync(this.#list.querySelectorAll("article"), article);
  }

  #key(event) {
    const article = event.target.closest("article");
    if (!article || event.target !== article) return;
    if (moveFocus(event, [...this.#list.querySelectorAll("article")])) return;
    if (event.key === "Enter" || (event.key === "F10" && event.shiftKey)) this.#menu(event);
  }

  #menu(event) {
    const article = event.target.closest("article");
    if (!article || event.target.closest("a")) return;
    event.preventDefault();
    this.#talk.messageMenu(Number(article.dataset.message), article.querySelector(".bubble"), article);
  }
}

const sameRun = (one, next) =>
  Boolean(one && next) &&
  !one.service &&
  !next.service &&
  one.from.id === next.from.id &&
  next.date - one.date < RUN_SECONDS &&
  dayKey(one.date) === dayKey(next.date);

const sign = (text) => h("div", { class: "service" }, h("span", {}, text));

const unreadLine = () => h("div", { class: "unread-line", role: "separator" }, texts.unread);
