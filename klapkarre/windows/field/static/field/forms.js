// The three screens that only add: a contact, a headcount, a melding or signal. They work locked and without network.
import { all, choices, chosen, one, refuse, ticked, whyNot, wordOf } from "./dom.js";

const DAY = 86_400_000;
const LONG_NUMBER = /\d(?:[ ./-]?\d){8,}/;

// The hour as the town has it, wherever the phone thinks that it is.
const clock = (starts) => `${starts.slice(11, 16).replace(/^0/, "").replace(":00", "").replace(":", ".")} uur`;
// When each activity of today begins, by its number as a field has it.
const begins = new Map();

const isoDay = (date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

function people(form, lines) {
  const input = one("[name=people]", form);
  const [number, least, most] = [Number(input.value), Number(input.min), Number(input.max)];
  if (input.value === "" || !Number.isInteger(number) || number < least || number > most)
    lines.push([`Hoeveel mensen? Vul een getal in van ${least} tot ${most}.`, input.id]);
  return number;
}

// A long number is asked about once: whoever taps again means it.
function looks(field, lines) {
  const number = LONG_NUMBER.exec(field.value)?.[0];
  if (number && field.dataset.asked !== number) {
    field.dataset.asked = number;
    lines.push(["Er staat een lang nummer in je tekst. Laat het weg, of tik opnieuw op Bewaar.", field.id]);
  }
  return field.value.trim();
}

function followUp(form, lines, now) {
  if (!one("[name=follow]", form).checked) return "";
  const day = chosen(form, "follow_day");
  if (day !== "other") {
    const then = new Date(now);
    then.setDate(then.getDate() + Number(day));
    return isoDay(then);
  }
  const asked = one("[name=follow_on]", form).value;
  if (!asked) lines.push(["Kies een dag om op te volgen.", "contact-dag"]);
  else if (asked < isoDay(new Date(now))) lines.push(["Die dag is al voorbij. Kies een latere dag.", "contact-dag"]);
  else if (asked > isoDay(new Date(now + 366 * DAY))) lines.push(["Dat is meer dan een jaar ver. Kies een vroegere dag.", "contact-dag"]);
  return asked;
}

function neighbourhood(form, lines, id) {
  const value = chosen(form, "neighbourhood");
  if (!value) lines.push(["Kies een buurt.", id]);
  return Number(value);
}

// What each form says: facts, and into `lines` what still misses.
const FACTS = {
  contact(form, lines, now) {
    const setting = chosen(form, "setting");
    if (!setting) lines.push(["Kies waar het gesprek was.", "contact-setting"]);
    return {
      setting,
      neighbourhood: neighbourhood(form, lines, "contact-buurt"),
      themes: ticked(form, "themes"),
      people: people(form, lines),
      bridge: chosen(form, "bridge"),
      known: one("[name=known]", form).checked ? "bekend" : "onbekend",
      follow_up: followUp(form, lines, now),
      refer: one("[name=refer]", form).checked,
      signal: one("[name=signal]", form).checked,
      note: looks(one("[name=note]", form), lines),
    };
  },
  headcount(form, lines, now) {
    const activity = chosen(form, "activity");
    if (!activity) lines.push(["Kies een activiteit.", "telling-activiteit"]);
    const begin = begins.get(activity);
    // Asked about once, as a long number is: the clock of a phone may be wrong.
    if (new Date(begin) > now && form.dataset.asked !== activity) {
      form.dataset.asked = activity;
      lines.push([`Dit begint pas om ${clock(begin)}. Tel dan, of tik opnieuw op Bewaar.`, "telling-activiteit"]);
    }
    return { activity: Number(activity), people: people(form, lines) };
  },
  todo(form, lines) {
    const field = one("[name=text]", form);
    if (!field.value.trim()) lines.push(["Vertel kort wat er is.", field.id]);
    const text = looks(field, lines);
    return { word: chosen(form, "word"), neighbourhood: neighbourhood(form, lines, "melding-buurt"), text };
  },
};

function place(form) {
  const where = one("[data-where]", form);
  if (!where) return;
  const [buurt, setting] = [wordOf(form, "neighbourhood"), wordOf(form, "setting").toLowerCase()];
  one("[data-place]", where).textContent = buurt && setting ? `${buurt}, ${setting}` : "kies";
}

// Gives the forms their words; what is being typed keeps what was chosen.
export function fill(coupling, activities) {
  const last = coupling.last ?? {};
  for (const [id, , starts] of activities) begins.set(String(id), starts);
  for (const form of all("form[data-kind]")) {
    for (const area of all("[data-choices]", form)) {
      const { choices: list, name, most } = area.dataset;
      let rows = list === "activities" ? activities.map(([id, title]) => [id, `${title}, ${clock(begins.get(String(id)))}`]) : (coupling[list] ?? []);
      // The same words as before: nothing moves under a thumb that is tapping.
      const same = JSON.stringify(rows);
      if (area.dataset.rows === same) continue;
      area.dataset.rows = same;
      const before = chosen(form, name) || (last[name] ?? ("first" in area.dataset || rows.length === 1 ? rows[0]?.[0] : null));
      const several = name === "themes";
      const marked = ticked(form, name);
      if (most && rows.length > Number(most)) {
        choices(one(`[data-rest=${list}]`, form), name, rows.slice(Number(most)), { several });
        rows = rows.slice(0, Number(most));
      }
      choices(area, name, rows, { several, chosen: before });
      for (const input of several ? all(`[name=${name}]`, form) : []) input.checked = marked.includes(input.value);
    }
    const where = one("[data-where]", form);
    if (where && !(chosen(form, "setting") && chosen(form, "neighbourhood"))) where.open = true;
    place(form);
  }
  const count = one("#telling");
  one("[data-none]", count).hidden = activities.length > 0;
  one("[data-some]", count).hidden = activities.length === 0;
  one("#telling-activiteit").hidden = activities.length === 0;
}

function steppers() {
  for (const stepper of all("[data-stepper]")) {
    const input = one("input", stepper);
    for (const button of all("[data-step]", stepper))
      button.addEventListener("click", () => {
        const next = (Number(input.value) || 0) + Number(button.dataset.step);
        input.value = Math.min(Math.max(next, Number(input.min)), Number(input.max));
      });
  }
}

// `keep(kind, facts)` puts a note on the disk; `kept(kind)` tells it.
export function listen({ keep, kept, now }) {
  steppers();
  for (const form of all("form[data-kind]")) {
    form.addEventListener("change", () => place(form));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (form.dataset.busy) return; // a thumb that taps twice
      const lines = [];
      const { kind } = form.dataset;
      const facts = FACTS[kind](form, lines, now());
      refuse(lines);
      if (lines.length) return;
      form.dataset.busy = "1";
      try {
        try {
          await keep(kind, facts);
        } catch (error) {
          return refuse([[whyNot(error)]]);
        }
        // From here on it is saved, whatever happens: never say that it is not.
        for (const details of all("details", form)) details.open = false;
        // The place is remembered: it is what the form goes back to.
        for (const input of all("[name=setting], [name=neighbourhood]", form)) input.defaultChecked = input.checked;
        form.reset();
        for (const field of [form, ...all("[data-asked]", form)]) delete field.dataset.asked;
        await kept(kind);
      } finally {
        delete form.dataset.busy;
      }
    });
  }
}
