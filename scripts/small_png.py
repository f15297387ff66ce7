"""A picture of a screen as a small PNG: 256 colours are enough for text on plain ground, at a third of the size."""

import base64
import struct
import zlib
from pathlib import Path
from typing import Any

from playwright.async_api import Page

# Runs in the browser, which can read a PNG: the commonest colour of each shade, and for each pixel the nearest of them.
_TO_PALETTE = """async (png) => {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const { width, height } = picture;
  const pen = new OffscreenCanvas(width, height).getContext("2d");
  pen.drawImage(picture, 0, 0);
  const { data } = pen.getImageData(0, 0, width, height);
  const colour = (at) => (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) counts.set(colour(at), (counts.get(colour(at)) ?? 0) + 1);
  const shades = new Map();
  for (const [one, count] of [...counts].sort((a, b) => b[1] - a[1])) {
    const shade = shades.get(one & 0xf0f0f0) ?? { one, count: 0 };
    shades.set(one & 0xf0f0f0, { one: shade.one, count: shade.count + count });
  }
  const palette = [...shades.values()].sort((a, b) => b.count - a.count).slice(0, 256).map(({ one }) => one);
  const parts = (one) => [one >> 16, (one >> 8) & 255, one & 255];
  const far = (a, b) => parts(a).reduce((sum, part, at) => sum + (part - parts(b)[at]) ** 2, 0);
  const index = new Map(palette.map((one, at) => [one, at]));
  const closer = (one, at, best) => far(one, palette[at]) < far(one, palette[best]);
  const nearest = (one) => palette.reduce((best, _, at) => (closer(one, at, best) ? at : best), 0);
  const pixels = new Uint8Array(width * height);
  for (let at = 0; at < pixels.length; at += 1) {
    const one = colour(at * 4);
    if (!index.has(one)) index.set(one, nearest(one));
    pixels[at] = index.get(one);
  }
  let text = "";
  for (let at = 0; at < pixels.length; at += 32768) text += String.fromCharCode(...pixels.subarray(at, at + 32768));
  return { width, height, palette: palette.map(parts), pixels: btoa(text) };
}"""


async def save(page: Page, png: bytes, path: Path) -> int:
    """Write a PNG with a palette (https://www.w3.org/TR/png-3/); returns its size in bytes."""
    drawn: dict[str, Any] = await page.evaluate(_TO_PALETTE, base64.b64encode(png).decode())
    width, height = drawn["width"], drawn["height"]
    pixels = base64.b64decode(drawn["pixels"])
    rows = b"".join(b"\0" + pixels[at : at + width] for at in range(0, width * height, width))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", bytes(part for colour in drawn["palette"] for part in colour)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
