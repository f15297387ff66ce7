import { h } from "./dom.js";
import { icon } from "./icons.js";
import { texts } from "./texts.js";

const FIRST = ["emergencia", "nueva", "estado", "tareas", "mistareas"];
const DULL = ["start", "cancelar"];

/** One thing to try at a time, made of what the people can do now; a press on it does the first half. */
export class Hints {
  #world;
  #try;
  #at = 0;

  /** `attempt(person, text)` puts a text into a person's composer; null only shows the phone. */
  constructor({ world, attempt }) {
    this.#world = world;
    this.#try = attempt;
    this.element = h("p", { class: "hint", "aria-live": "polite" });
  }

  sync() {
    const ideas = this.#ideas();
    if (ideas.length === 0) return this.element.replaceChildren();
    const { person, command } = ideas[this.#at % ideas.length];
    const who = person.name.split(" ")[0];
    const [before, what, after] = command ? texts.hint_command(command, who) : texts.hint_start(who);
    const go = h("button", { type: "button", class: "chip", onclick: () => this.#try(person, command && `/${command}`) }, what);
    const next = h("button", { type: "button", class: "round", "aria-label": texts.hint_next, title: texts.hint_next, onclick: () => this.#next() }, icon("next"));
    this.element.replaceChildren(h("span", {}, before), go, h("span", {}, after), ideas.length > 1 ? next : "");
  }

  #next() {
    this.#at += 1;
    this.sync();
    this.element.querySelector("button.round")?.focus();
  }

  /** Each command once, with the first person who has it; who hasn't begun yet comes last. */
  #ideas() {
    const found = new Map();
    for (const person of this.#world.people.values()) {
      const commands = this.#world.commands(person.id, person.id).map(({ command }) => command);
      if (this.#world.messages(person.id).length === 0) found.set(`start ${person.id}`, { person });
      else for (const command of commands) if (!found.has(command) && !DULL.includes(command)) found.set(command, { person, command });
    }
    const rank = ({ command }) => (!command ? 999 : FIRST.includes(command) ? FIRST.indexOf(command) : 99);
    return [...found.values()].sort((a, b) => rank(a) - rank(b));
  }
}
