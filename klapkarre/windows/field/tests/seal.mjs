// Seals what comes in, [{organisation, key, uuid, value}, ...], and writes the seals.
import { load } from "./load.mjs";

const { seal } = await load("seal.js");
let text = "";
for await (const part of process.stdin) text += part;
const seals = [];
for (const { organisation, key, uuid, value } of JSON.parse(text)) seals.push(await seal(organisation, key, uuid, value));
process.stdout.write(JSON.stringify(seals));
