// Small help on top of pages that work without it: focus for the error summary, a print button.
addEventListener("load", () => document.querySelector(".error-summary:not(:focus)")?.focus());
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
