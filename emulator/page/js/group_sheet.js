import { button, h } from "./dom.js";
import { texts } from "./texts.js";

const LONGEST_TITLE = 128;

/** Asks for a group's title and its members; the bot is in it. `talk` is the phone of whoever creates it. */
export function groupSheet(talk) {
  const title = h("input", {
    class: "caption",
    placeholder: texts.group_title,
    "aria-label": texts.group_title,
    maxlength: LONGEST_TITLE,
    dataset: { first: "" },
    oninput: () => (create.disabled = title.value.trim() === ""),
    onkeydown: (event) => event.key === "Enter" && make(),
  });
  const others = [...talk.world.people.values()].filter((person) => person.id !== talk.person.id);
  const boxes = others.map((person) => h("input", { type: "checkbox", value: person.id, checked: true }));
  const members = others.map((person, index) => h("li", {}, h("label", {}, boxes[index], person.name)));
  const make = () => {
    const name = title.value.trim();
    if (!name) return;
    close();
    talk.createGroup(name, boxes.filter((box) => box.checked).map((box) => Number(box.value)));
  };
  const create = button("primary", make, texts.group_create, { disabled: true });
  const body = [title, h("ul", { class: "members" }, members), h("p", { class: "note" }, texts.group_bot)];
  const close = talk.sheets.open({ title: texts.group_new, body, foot: [create] });
}
