// Asks npm opening_hours, the reader of OpenStreetMap's maps, whether it is open at each of so many half hours.
// On standard input a JSON list of {text, from, count}; prints for each the state of all half hours: "0110...".
// Run it with TZ=Europe/Brussels: the reader takes the clock of the machine.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const source = gunzipSync(readFileSync(process.argv[2])).toString();
const module = { exports: {} };
// The sun is asked for by words like "sunset" only, and we write none.
const noSun = () => ({ getTimes() { throw new Error("sun"); } });
new Function("module", "exports", "require", source)(module, module.exports, noSun);
const OpeningHours = module.exports.default ?? module.exports;
const flanders = { lat: 51.03, lon: 4.1, address: { country_code: "be", state: "Vlaanderen" } };

const answers = JSON.parse(readFileSync(0, "utf8")).map(({ text, from, count }) => {
  const hours = new OpeningHours(text, flanders);
  const warnings = hours.getWarnings();
  let states = "";
  for (let number = 0; number < count; number++)
    states += hours.getState(new Date(from + number * 1800000)) ? "1" : "0";
  return { states, warnings };
});
console.log(JSON.stringify(answers));
