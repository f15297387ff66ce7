import { avatar } from "./avatar.js";
import { button, h, moveFocus, once } from "./dom.js";
import { signButton } from "./icons.js";
import { Jumps } from "./jumps.js";
import { Phone } from "./phone.js";
import { texts } from "./texts.js";

// Pixels: the least width of a phone, what is between two, and what else stands in the row.
const PHONE = 268;
const GAP = 12;
const AROUND = 96;

/** The phones, side by side; in a narrow window one at a time, with a tab for each person. */
export class Stage {
  #parts;
  #phones = new Map();
  #narrow = matchMedia("(max-width: 699px)");
  #selected = null;
  #tabs = h("div", { class: "tabs", role: "tablist", "aria-label": texts.people });
  #row = h("div", { class: "phones" });
  #jumps = new Jumps((person) => this.attempt(person, null));
  #add;

  /** `parts` are `{world, presses, reads, send}`. */
  constructor(parts) {
    this.#parts = parts;
    this.#add = signButton("add", texts.add_person, () => this.#askName(), "add-person");
    this.element = h("main", { class: "stage" }, this.#jumps.element, this.#tabs, this.#row);
    this.#tabs.addEventListener("keydown", (event) => moveFocus(event, [...this.#tabs.children], { columns: 2 }));
    this.#narrow.addEventListener("change", () => this.#arrange());
    new ResizeObserver(() => this.#fit()).observe(this.#row);
    setInterval(() => this.#each((phone) => phone.tick()), 10_000);
  }

  /** Takes a change of the world in. */
  changed(change) {
    if (change.type === "answered") return this.#phones.get(change.person)?.answered(change);
    if (change.type === "error") return this.#error(change);
    if (change.type === "world" || change.type === "people") this.#people();
    this.#each((phone) => phone.changed(change));
    if (change.type === "typing" || change.type === "commands") return;
    this.count();
  }

  seen() {
    this.#each((phone) => phone.seen());
  }

  connection(connected) {
    this.#each((phone) => phone.connection(connected));
  }

  press(press) {
    this.#phones.get(press.person)?.press(press);
  }

  /** Brings a person's phone to the front and puts a text into its composer. */
  attempt(person, text) {
    this.#select(person.id);
    const phone = this.#phones.get(person.id);
    phone.element.scrollIntoView({ inline: "nearest", block: "nearest" });
    if (text) phone.write(text);
    else phone.openChat(person.id, { focus: true });
  }

  /** Shows how much each person has not read. */
  count = once(() => this.#count());

  #count() {
    const { world, reads } = this.#parts;
    for (const tab of this.#tabs.querySelectorAll("[role=tab]")) {
      const unread = reads.unreadOf(Number(tab.dataset.person));
      const badge = tab.querySelector(".badge");
      badge.textContent = unread || "";
      badge.setAttribute("aria-label", unread ? texts.unread_count(unread) : "");
    }
    const all = [...world.people.keys()].reduce((sum, id) => sum + reads.unreadOf(id), 0);
    document.title = all ? `(${all}) ${texts.page}` : texts.page;
  }

  #people() {
    const { world } = this.#parts;
    for (const [id, phone] of this.#phones) {
      if (world.people.has(id)) continue;
      phone.element.remove();
      this.#phones.delete(id);
    }
    for (const person of world.people.values()) {
      if (this.#phones.has(person.id)) continue;
      this.#phones.set(person.id, new Phone({ person, ...this.#parts }));
      this.#row.append(this.#phones.get(person.id).element);
    }
    if (!this.#phones.has(this.#selected)) this.#selected = this.#phones.keys().next().value ?? null;
    this.#row.append(this.#add);
    this.#arrange();
  }

  #arrange() {
    const narrow = this.#narrow.matches;
    this.#tabs.hidden = !narrow;
    this.#tabs.replaceChildren(...[...this.#phones.values()].map((phone) => this.#tab(phone.person)));
    if (narrow) this.#tabs.append(this.#add);
    else this.#row.append(this.#add);
    this.#fit();
    this.#jumps.sync([...this.#phones.values()].map((phone) => phone.person));
    for (const [id, phone] of this.#phones) {
      const shown = !narrow || id === this.#selected;
      phone.element.hidden = !shown;
      if (narrow) phone.element.setAttribute("role", "tabpanel");
      else phone.element.removeAttribute("role");
      phone.show(shown);
    }
    this.count();
  }

  /** More phones than fit side by side stand in rows. */
  #fit() {
    const across = Math.floor((this.#row.clientWidth - AROUND) / (PHONE + GAP));
    this.#row.classList.toggle("rows", !this.#narrow.matches && this.#phones.size > Math.max(1, across));
  }

  #tab(person) {
    const chosen = person.id === this.#selected;
    const name = h("span", {}, person.name.split(" ")[0]);
    const parts = [avatar(person.id, person.name, "small"), name, h("span", { class: "badge" })];
    return button(null, () => this.#select(person.id, true), parts, {
      role: "tab",
      "aria-selected": String(chosen),
      "aria-controls": `phone-${person.id}`,
      tabindex: chosen ? 0 : -1,
      dataset: { person: person.id },
    });
  }

  #select(personId, focus = false) {
    this.#selected = personId;
    if (!this.#narrow.matches) return;
    this.#arrange();
    const tab = this.#tabs.querySelector("[aria-selected=true]");
    tab.scrollIntoView({ inline: "nearest", block: "nearest" });
    if (focus) tab.focus();
  }

  #error({ person, text }) {
    const phone = this.#phones.get(person) ?? this.#phones.get(this.#selected);
    this.#parts.presses.forget(person ?? null);
    phone?.sheets.toast(text);
  }

  #askName() {
    const label = texts.add_person_name;
    const name = h("input", { required: true, maxlength: 64, placeholder: label, "aria-label": label });
    const add = h("button", { type: "submit", class: "primary" }, texts.add);
    const cancel = button("quiet", () => dialog.close(), texts.cancel);
    const form = h("form", { method: "dialog" }, h("h2", {}, texts.add_person), name, h("footer", {}, cancel, add));
    const dialog = h("dialog", { "aria-label": texts.add_person }, form);
    form.addEventListener("submit", () => this.#parts.send({ act: "add_person", name: name.value.trim() }));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    name.focus();
  }

  #each(job) {
    for (const phone of this.#phones.values()) job(phone);
  }
}
