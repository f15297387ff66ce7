import { button, h, moveFocus } from "./dom.js";
import { icon } from "./icons.js";

/**
 * Opens a menu of `items` ({label, icon, run, danger?}) over `host`, beside `anchor`. Arrow keys move, Escape or a
 * press elsewhere closes, and the focus goes to `back`.
 */
export function openMenu({ host, anchor, back = anchor, label, items }) {
  const buttons = items.map((item) =>
    button(item.danger && "danger", () => choose(item), [icon(item.icon), item.label], {
      role: "menuitem",
      tabindex: -1,
    }),
  );
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label }, buttons);
  const close = () => {
    menu.remove();
    document.removeEventListener("pointerdown", elsewhere, true);
  };
  const elsewhere = (event) => !menu.contains(event.target) && close();
  const choose = (item) => {
    close();
    back.focus({ preventScroll: true });
    item.run();
  };
  menu.addEventListener("keydown", (event) => {
    if (moveFocus(event, buttons)) return;
    if (event.key !== "Escape" && event.key !== "Tab") return;
    event.stopPropagation();
    event.preventDefault();
    close();
    back.focus({ preventScroll: true });
  });
  document.addEventListener("pointerdown", elsewhere, true);
  host.append(menu);
  place(menu, anchor.getBoundingClientRect(), host.getBoundingClientRect());
  buttons[0].focus({ preventScroll: true });
}

/** Below the anchor, or above it where there is no room, and never out of the phone. */
function place(menu, anchor, host) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.min(Math.max(8, anchor.left - host.left), host.width - width - 8);
  const below = Math.min(anchor.bottom, host.bottom) - host.top + 4;
  const above = anchor.top - host.top - height - 4;
  const top = below + height + 8 <= host.height ? below : Math.max(8, above);
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}
