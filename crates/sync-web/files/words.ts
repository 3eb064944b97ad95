/** Every word about files. One constant per language. */

export const words = {
  files: "Files to send",
  preparing: "Preparing…",
  waiting: "Waiting for the connection…",
  remove: (name: string) => `Remove ${name}`,
  retry: (name: string) => `Try ${name} again`,
  tooLarge: "Larger than 25 MB.",
  empty: "There is nothing in it.",
  kind: "Files of this kind cannot be sent.",
  picture: "This picture cannot be opened here. Save it as a JPEG or PNG and try again.",
  often: "Too many files for now. Try again in a while.",
  refused: "It could not be sent.",
  missing: "This file is not there any more.",
  unreachable: "It could not be loaded. Try again.",
  close: "Close",
  zoom: "Zoom",
  download: "Download",
};

/** A size as people read it. */
export function sizeOf(bytes: number): string {
  const [amount, unit] = bytes < 1e6 ? [Math.ceil(bytes / 1e3), "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(undefined, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}
