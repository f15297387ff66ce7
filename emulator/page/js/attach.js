import { button, h } from "./dom.js";
import { mapSheet } from "./map_sheet.js";
import { openMenu } from "./menu.js";
import { samplePhoto, sampleVoice, shrink, toBase64 } from "./samples.js";
import { texts } from "./texts.js";

const LIVE_SECONDS = 900;
const LONGEST_CAPTION = 1024;

/** The menu of what can be sent besides words. */
export function attachMenu(talk, anchor) {
  const item = (label, icon, run) => ({ label, icon, run });
  openMenu({
    host: talk.screen,
    anchor,
    label: texts.attach,
    items: [
      item(texts.attach_photo, "photo", () => fileSheet(talk, photoKind)),
      item(texts.attach_place, "place", () => placeSheet(talk)),
      item(texts.attach_live, "live", () => placeSheet(talk, LIVE_SECONDS)),
      item(texts.attach_document, "document", () => fileSheet(talk, documentKind)),
      item(texts.attach_voice, "mic", () => sendVoice(talk)),
    ],
  });
}

/** Sends a place picked on the map: once or, with `live` seconds, shared from then on. */
function placeSheet(talk, live = null) {
  const send = ([lat, lon], seconds) => talk.act("send_place", { lat, lon, live_period: seconds }) && talk.wrote();
  if (live) mapSheet(talk, { title: texts.attach_live, pick: (place) => send(place, live) });
  else mapSheet(talk, { pick: (place) => send(place, null), share: send });
}

async function sendVoice(talk) {
  const data_base64 = await toBase64(sampleVoice());
  if (talk.act("send_voice", { caption: "", data_base64, file_name: "voz.wav" })) talk.wrote();
}

const photoKind = {
  title: texts.attach_photo,
  act: "send_photo",
  accept: "image/*",
  sample: async () => new File([await samplePhoto()], texts.photo_sample, { type: "image/jpeg" }),
  prepare: async (file) => new File([await shrink(file)], file.name, { type: "image/jpeg" }),
  show: (file) => {
    const src = URL.createObjectURL(file);
    return h("img", { class: "preview", src, alt: file.name, onload: () => URL.revokeObjectURL(src) });
  },
};

const documentKind = {
  title: texts.attach_document,
  act: "send_document",
  accept: null,
  sample: async (talk) =>
    new File([texts.document_text(talk.person.name)], texts.document_sample, { type: "text/plain" }),
  prepare: async (file) => file,
  show: (file) => h("p", { class: "preview" }, `📄 ${file.name} · ${Math.ceil(file.size / 1024)} KB`),
};

/** Asks for a file and a caption; a sample stands there from the start, so that Enter is enough. */
async function fileSheet(talk, kind) {
  let file = await kind.sample(talk);
  const shown = h("div", { class: "previews" }, kind.show(file));
  const chooser = h("input", {
    type: "file",
    accept: kind.accept,
    hidden: true,
    onchange: () => take(chooser.files[0]),
  });
  const take = async (chosen) => {
    if (!chosen) return;
    try {
      file = await kind.prepare(chosen);
      shown.replaceChildren(kind.show(file));
    } catch {
      talk.sheets.toast(texts.error_picture);
    }
  };
  const caption = h("input", {
    class: "caption",
    placeholder: texts.caption,
    "aria-label": texts.caption,
    maxlength: LONGEST_CAPTION,
    dataset: { first: "" },
  });
  const send = async () => {
    const fields = { caption: caption.value.trim(), data_base64: await toBase64(file), file_name: file.name };
    close();
    if (talk.act(kind.act, fields)) talk.wrote();
  };
  caption.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    send();
  });
  const choose = button("quiet", () => chooser.click(), texts.choose_file);
  const go = button("primary", send, texts.send);
  const close = talk.sheets.open({ title: kind.title, body: [shown, chooser, choose, caption], foot: [go] });
}
