import { attachMenu } from "./attach.js";
import { h } from "./dom.js";
import { icon, signButton } from "./icons.js";
import { preview } from "./preview.js";
import { Suggestions } from "./suggestions.js";
import { texts } from "./texts.js";

const TALLEST = 140; // pixels, then the text scrolls

/** Where a person writes: the text, its commands, what is answered or edited, and the buttons around it. */
export class Composer {
  #talk;
  #input;
  #suggestions;
  #about = null;
  #bar = h("div", { class: "about", hidden: true });
  #buttons;

  /** `keyboard` is the bot's reply keyboard, which this folds and unfolds. */
  constructor(talk, keyboard, draft) {
    this.#talk = talk;
    this.#input = h("textarea", {
      rows: 1,
      "aria-haspopup": "listbox",
      "aria-autocomplete": "list",
      "aria-label": `${texts.message} · ${talk.person.name}`,
      placeholder: texts.message,
      oninput: () => this.#changed(),
      onkeydown: (event) => this.#key(event),
      onblur: () => this.#suggestions.close(),
    });
    this.#suggestions = new Suggestions({
      id: `commands-${talk.person.id}`,
      input: this.#input,
      choose: (command, complete) => this.#command(command, complete),
    });
    this.#buttons = this.#makeButtons(keyboard);
    const { commands, toggle, attach, send } = this.#buttons;
    const field = h("div", { class: "field" }, this.#input, toggle, attach);
    const line = h("div", { class: "composer-line" }, commands, field, send);
    this.element = h("div", { class: "composer" }, this.#suggestions.element, this.#bar, line);
    this.write(draft);
  }

  /** What has been typed and not sent. */
  get draft() {
    return this.#about?.edit ? "" : this.#input.value;
  }

  focus() {
    this.#input.focus();
  }

  /** Puts a text there, as if typed. */
  write(text) {
    this.#input.value = text;
    this.#changed();
  }

  /** Takes what the bot changed: its commands and its keyboard. */
  sync(keyboard) {
    const { commands, toggle } = this.#buttons;
    commands.hidden = this.#commands().length === 0;
    toggle.hidden = !keyboard.present;
    toggle.setAttribute("aria-pressed", String(keyboard.shown));
    toggle.title = keyboard.shown ? texts.keyboard_hide : texts.keyboard_show;
    toggle.setAttribute("aria-label", toggle.title);
    this.#input.placeholder = keyboard.placeholder || texts.message;
  }

  /** The next text answers this message, or replaces it when it is an edit. */
  about(message, { edit = false } = {}) {
    this.#about = { message, edit };
    const cross = signButton("close", texts.cancel, () => this.#done());
    const head = h("strong", {}, edit ? texts.editing : `${texts.reply}: ${message.from.name}`);
    this.#bar.replaceChildren(
      icon(edit ? "edit" : "reply"),
      h("div", {}, head, h("span", {}, preview(message))),
      cross,
    );
    this.#bar.hidden = false;
    if (edit) this.write(message.text);
    this.focus();
  }

  #makeButtons(keyboard) {
    const commands = signButton("menu", texts.commands, () => this.#allCommands(), "commands-button");
    commands.append(h("span", {}, texts.commands_button));
    // A press there must not close the list that it opens by taking the focus away.
    commands.addEventListener("pointerdown", (event) => event.preventDefault());
    const attach = signButton("attach", texts.attach, () => attachMenu(this.#talk, attach));
    return {
      commands,
      attach,
      toggle: signButton("keyboard", texts.keyboard_show, () => keyboard.toggle(), "round toggle"),
      send: signButton("send", texts.send, () => this.#send(), "round send"),
    };
  }

  #commands() {
    return this.#talk.world.commands(this.#talk.person.id, this.#talk.chat.id);
  }

  #allCommands() {
    if (this.#suggestions.open && this.#suggestions.all) return this.#suggestions.close();
    this.#input.focus();
    this.#suggestions.show(this.#commands(), { all: true });
  }

  #command(command, complete) {
    const { chat } = this.#talk;
    const full = chat.kind === "private" || !chat.bot ? `/${command}` : `/${command}@${chat.bot.username}`;
    if (complete) this.write(`${full} `);
    else if (this.#talk.say(full, null)) this.write("");
    this.focus();
  }

  #changed() {
    const text = this.#input.value;
    this.#fit();
    this.element.classList.toggle("written", text.trim() !== "");
    const begun = /^\/(\S*)$/.exec(text)?.[1].toLowerCase();
    if (begun === undefined || !this.#input.matches(":focus")) this.#suggestions.close();
    else this.#suggestions.show(this.#commands().filter(({ command }) => command.startsWith(begun)));
  }

  #fit() {
    this.#input.style.height = "auto";
    if (this.#input.isConnected) this.#input.style.height = `${Math.min(this.#input.scrollHeight, TALLEST)}px`;
  }

  #key(event) {
    if (this.#suggestions.key(event)) return;
    if (event.key === "Escape" && this.#about) {
      event.stopPropagation();
      this.#done();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    }
  }

  #send() {
    const text = this.#input.value.trim();
    if (!text) return this.focus();
    const { message, edit } = this.#about ?? {};
    const sent = edit
      ? this.#talk.act("edit", { message_id: message.id, text })
      : this.#talk.say(text, message?.id ?? null);
    if (sent) this.#done({ text: "" });
    this.focus();
  }

  #done({ text = this.#about?.edit ? "" : this.#input.value } = {}) {
    this.#about = null;
    this.#bar.hidden = true;
    this.write(text);
    this.focus();
  }
}
