import { button, h } from "./dom.js";
import { icon } from "./icons.js";
import { preview } from "./preview.js";
import { texts } from "./texts.js";

/** The bar under a chat's header with the pinned message; a press goes to it. */
export function pinnedBar(talk) {
  const line = h("span", {});
  const go = () => talk.goTo(talk.world.pinned(talk.chat.id).id);
  const bar = button("pinned", go, [h("div", {}, h("strong", {}, texts.pinned), line), icon("pin")]);
  const sync = () => {
    const message = talk.world.pinned(talk.chat.id);
    bar.hidden = !message;
    line.textContent = message ? preview(message) : "";
  };
  return { element: bar, sync };
}
