// The few things that every screen does with the page. Text only, never HTML.
export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

// Cards to choose from: `rows` are [value, word]. `several` gives check boxes.
export function choices(place, name, rows, { several = false, chosen = null } = {}) {
  place.replaceChildren(
    ...rows.map(([value, word]) => {
      const input = make("input", { type: several ? "checkbox" : "radio", name, value: String(value) });
      input.checked = chosen !== null && String(chosen) === String(value);
      input.defaultChecked = input.checked;
      return make("label", { className: "choice" }, input, make("span", {}, capital(String(word))));
    }),
  );
}

export const chosen = (form, name) => one(`[name=${name}]:checked`, form)?.value ?? "";
export const ticked = (form, name) => all(`[name=${name}]:checked`, form).map((input) => input.value);
export const wordOf = (form, name) => one(`[name=${name}]:checked`, form)?.closest("label").textContent.trim() ?? "";

// What is wrong, on top of the screen, each line leading to its field. Nothing typed is touched.
export function refuse(lines) {
  const box = one("#fouten");
  box.hidden = !lines.length;
  const items = lines.map(([text, id]) => {
    if (!id) return make("li", {}, text);
    const link = make("a", { href: `#${id}` }, text);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const target = document.getElementById(id);
      for (let details = target.closest("details"); details; details = details.parentElement.closest("details"))
        details.open = true;
      target.focus();
    });
    return make("li", {}, link);
  });
  one("ul", box).replaceChildren(...items);
  if (lines.length) one("[data-said]").replaceChildren(); // what was saved before is not what was refused now
  if (lines.length) box.focus();
}

const STORAGE = new Set(["QuotaExceededError", "UnknownError", "AbortError", "InvalidStateError", "DataError"]);

// Why a note was not kept, in words that say what to do.
export function whyNot(error) {
  if (error?.name === "QuotaExceededError")
    return "Niet bewaard: deze telefoon is vol. Je tekst staat er nog. Maak plaats vrij en tik opnieuw op Bewaar.";
  if (STORAGE.has(error?.name))
    return "Niet bewaard: deze telefoon laat het niet toe. Je tekst staat er nog. Probeer opnieuw, of noteer op papier.";
  return "Niet bewaard: er ging iets mis. Je tekst staat er nog. Probeer opnieuw, of noteer op papier.";
}
