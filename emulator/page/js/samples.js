const RATE = 8000; // samples a second
const LONGEST_SIDE = 1280; // pixels, as Telegram's own programs send photos

/** A blob's bytes in base 64. */
export async function toBase64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}

const toJpeg = (canvas) => canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });

/** A chosen picture, made small enough to send; raises when the file is no picture. */
export async function shrink(file) {
  const picture = await createImageBitmap(file);
  const share = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.round(picture.width * share), Math.round(picture.height * share));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return toJpeg(canvas);
}

/** A photo for whoever has none at hand: a street at dusk with lit windows. */
export function samplePhoto() {
  const canvas = new OffscreenCanvas(960, 640);
  const pen = canvas.getContext("2d");
  const sky = pen.createLinearGradient(0, 0, 0, 460);
  sky.addColorStop(0, "#243b6b");
  sky.addColorStop(0.6, "#c8607a");
  sky.addColorStop(1, "#f7b267");
  rectangle(pen, sky, 0, 0, 960, 640);
  for (let at = 0; at < 16; at += 1) house(pen, at);
  rectangle(pen, "#2a2d3a", 0, 500, 960, 140);
  for (let at = 0; at < 9; at += 1) rectangle(pen, "#e8d9a0", at * 120 + 20, 566, 60, 6);
  car(pen, 590, 470);
  return toJpeg(canvas);
}

function rectangle(pen, colour, x, y, width, height) {
  pen.fillStyle = colour;
  pen.fillRect(x, y, width, height);
}

function house(pen, at) {
  const height = 140 + ((at * 73) % 190);
  const [left, top] = [at * 62 - 10, 500 - height];
  rectangle(pen, `hsl(226 28% ${13 + ((at * 7) % 9)}%)`, left, top, 60, height);
  for (let row = 0; row * 30 + 24 < height; row += 1) {
    for (let col = 0; col < 3; col += 1) {
      const lit = (at * 31 + row * 17 + col * 7) % 5 < 2;
      rectangle(pen, lit ? "#ffd98a" : "#39415c", left + 9 + col * 16, top + 12 + row * 30, 10, 15);
    }
  }
}

function car(pen, x, y) {
  rectangle(pen, "#e9edf5", x, y + 24, 190, 44);
  rectangle(pen, "#e9edf5", x + 38, y, 104, 30);
  rectangle(pen, "#5b7fa6", x + 46, y + 6, 88, 22);
  rectangle(pen, "#2f6fde", x, y + 42, 190, 9);
  rectangle(pen, "#e5484d", x + 72, y - 8, 20, 8);
  rectangle(pen, "#3a7bf0", x + 92, y - 8, 20, 8);
  for (const wheel of [x + 42, x + 150]) {
    pen.fillStyle = "#14161d";
    pen.beginPath();
    pen.arc(wheel, y + 70, 18, 0, 7);
    pen.fill();
  }
}

/** A voice note for whoever has no microphone: three seconds of a voice-like hum, as WAV. */
export function sampleVoice() {
  const samples = Int16Array.from({ length: RATE * 3 }, (_, at) => {
    const time = at / RATE;
    const syllable = Math.max(0, Math.sin(time * 2 * Math.PI * 3)) * Math.min(1, (3 - time) * 4);
    const pitch = 140 + 30 * Math.sin(time * 2.3);
    const voice = Math.sin(2 * Math.PI * pitch * time) + 0.4 * Math.sin(4 * Math.PI * pitch * time);
    return 7000 * syllable * voice;
  });
  return new Blob([wavHead(samples.byteLength), samples], { type: "audio/wav" });
}

/** The head of a WAV file of one channel and 16 bits. */
function wavHead(bytes) {
  const head = new DataView(new ArrayBuffer(44));
  const word = (at, text) => [...text].forEach((letter, index) => head.setUint8(at + index, letter.charCodeAt(0)));
  word(0, "RIFF");
  head.setUint32(4, 36 + bytes, true);
  word(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, RATE, true);
  head.setUint32(28, RATE * 2, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  word(36, "data");
  head.setUint32(40, bytes, true);
  return head;
}
