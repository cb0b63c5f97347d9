// Staff pages. One trusted-types policy, for the one thing that htmx needs: parsing an answer of our own server.
// A parsed document runs no script, and htmx drops script tags (docs/decisions/0002-htmx-and-trusted-types.md).
if (window.trustedTypes) {
  const policy = trustedTypes.createPolicy("klapkarre", { createHTML: (text) => text });
  const trusted = (owner, name) => {
    const parse = owner[name];
    if (!parse) return;
    owner[name] = function (text, ...rest) {
      return parse.call(this, policy.createHTML(text), ...rest);
    };
  };
  trusted(Document, "parseHTMLUnsafe");
  trusted(DOMParser.prototype, "parseFromString");
}

// A tap that did not arrive is said, never swallowed.
const say = (text) => {
  let place = document.getElementById("melding-net");
  if (!place) {
    place = document.createElement("p");
    place.id = "melding-net";
    place.className = "notice notice-warn";
    place.setAttribute("role", "alert");
    document.getElementById("inhoud").prepend(place);
  }
  place.hidden = !text;
  place.textContent = text;
};
// What a page asks by itself is no tap: when that fails nothing is lost, and when it arrives a lost tap is still lost.
// Asked of who asked: what arrived in its own place tells so further up.
const byItself = (event) => event.detail.requestConfig.elt.closest("[data-by-itself]");
document.addEventListener("htmx:sendError", (event) => {
  if (!byItself(event)) say("Geen netwerk. Je laatste tik is niet bewaard. Probeer opnieuw.");
});
document.addEventListener("htmx:responseError", (event) => {
  if ([401, 403].includes(event.detail.xhr.status)) say("Je bent te lang weg geweest. Laad de pagina opnieuw.");
  else if (!byItself(event)) say("Dat lukte niet. Laad de pagina opnieuw, en kijk of alles bewaard is.");
});
document.addEventListener("htmx:afterOnLoad", (event) => {
  if (document.getElementById("melding-net") && !byItself(event)) say("");
});

// A form that is sent without network leads to the browser's own page, and what was typed is gone: keep it here, and say
// so. On the window, behind every page that sends a form by itself.
window.addEventListener("submit", (event) => {
  if (navigator.onLine || event.defaultPrevented) return;
  event.preventDefault();
  say("Geen netwerk. Wat je invulde, staat er nog. Probeer het straks opnieuw.");
  document.getElementById("melding-net").scrollIntoView({ block: "center" });
});
window.addEventListener("online", () => {
  if (document.getElementById("melding-net")) say("");
});

// Who opens a text in a language reads it in that one: the choice further down follows, and stays a choice.
for (const text of document.querySelectorAll("details[data-language]")) {
  text.querySelector("summary").addEventListener("click", () => {
    const choice = document.querySelector(`input[name="language"][value="${text.dataset.language}"]`);
    if (choice && !text.open) choice.checked = true;
  });
}
