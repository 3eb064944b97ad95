/**
 * Pictures are drawn anew before they are sent: no larger than a screen shows, and without what cameras write into them,
 * such as the place where they were taken (SPEC FL12).
 */

/** Pixels of the longest side. */
const LONGEST = 2_048;

const QUALITY = 0.86;

/** How pictures begin in which cameras write, in Latin-1: JPEG, PNG, WebP, and AVIF and HEIC (ISO 14496-12, 4.3). */
const PICTURE = /^(\xff\xd8\xff|\x89PNG|RIFF[^]{4}WEBP|[^]{4}ftyp(avi|hei|hev|mif|msf))/;

/** Whether a camera may have written into a file: its bytes decide as well as its type, since a name can lose its ending. */
async function isPicture(file: File): Promise<boolean> {
  const bytes = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const isSaidToBe = file.type.startsWith("image/") && file.type !== "image/gif" && !file.type.startsWith("image/svg");
  return isSaidToBe || PICTURE.test(String.fromCharCode(...bytes));
}

/**
 * Draws a picture anew; a file that is none, or that moves, stays as it is.
 *
 * Fails for a picture that this browser cannot open: as it is, it might say where it was taken.
 */
export async function shrink(file: File): Promise<File> {
  if (!(await isPicture(file))) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  const drawn = await draw(picture, { x: 0, y: 0, width: picture.width, height: picture.height }, width!, height!);
  const stem = file.name.replace(/\.[^.]*$/, "") || "picture";
  return new File([drawn], `${stem}.${drawn.type === "image/webp" ? "webp" : "jpg"}`, { type: drawn.type });
}

/** Pixels of each side of a picture that somebody shows of themselves. */
const OWN_SIDE = 256;

/** Draws the middle of a picture anew, as a square. Fails for what this browser cannot open. */
export async function portrait(file: File): Promise<Uint8Array> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const side = Math.min(picture.width, picture.height);
  const x = Math.floor((picture.width - side) / 2);
  const y = Math.floor((picture.height - side) / 2);
  const drawn = await draw(picture, { x, y, width: side, height: side }, OWN_SIDE, OWN_SIDE);
  return new Uint8Array(await drawn.arrayBuffer());
}

interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Draws a part of a picture in another size. */
async function draw(picture: ImageBitmap, part: Part, width: number, height: number): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d")!;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, part.x, part.y, part.width, part.height, 0, 0, width, height);
  picture.close();
  let drawn = await encode(canvas, "image/webp");
  if (drawn?.type !== "image/webp") {
    // What cannot write the one form writes the other, which knows nothing of transparency.
    context.globalCompositeOperation = "destination-over";
    context.fillStyle = "#fff";
    context.fillRect(0, 0, width, height);
    drawn = await encode(canvas, "image/jpeg");
  }
  if (!drawn) throw new Error("not drawn");
  return drawn;
}

function encode(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY));
}
