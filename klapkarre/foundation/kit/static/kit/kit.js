// Small help on top of pages that work without it: focus for the error summary, a print button.
const wrong = document.querySelector(".error-summary");
if (wrong && document.activeElement !== wrong) wrong.focus();
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
