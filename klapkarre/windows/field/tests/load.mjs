// The modules of the phone as they are, in node: they have no imports of their own.
import { readFile } from "node:fs/promises";

export async function load(name) {
  const source = await readFile(new URL(`../static/field/${name}`, import.meta.url), "utf8");
  return import(`data:text/javascript,${encodeURIComponent(source)}`);
}
