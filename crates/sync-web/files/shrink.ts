/**
 * Pictures are drawn anew before they are sent: no larger than a screen shows, and without what cameras write into them,
 * such as the place where they were taken (SPEC FL12).
 */

/** Pixels of the longest side. */
const LONGEST = 2_048;

const QUALITY = 0.86;

/**
 * Draws a picture anew; a file that is none, or that moves, stays as it is.
 *
 * Fails for a picture that this browser cannot open: as it is, it might say where it was taken.
 */
export async function shrink(file: File): Promise<File> {
  if (!file.type.startsWith("image/") || file.type === "image/gif" || file.type.startsWith("image/svg")) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext("2d")!;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  let drawn = await encode(canvas, "image/webp");
  if (drawn?.type !== "image/webp") {
    // What cannot write the one form writes the other, which knows nothing of transparency.
    context.globalCompositeOperation = "destination-over";
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    drawn = await encode(canvas, "image/jpeg");
  }
  if (!drawn) throw new Error("not drawn");
  const stem = file.name.replace(/\.[^.]*$/, "") || "picture";
  return new File([drawn], `${stem}.${drawn.type === "image/webp" ? "webp" : "jpg"}`, { type: drawn.type });
}

function encode(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY));
}
