// Small help on top of pages that work without it: focus for the error summary, a print button.
const look = () => document.querySelector(".error-summary:not(:focus)")?.focus();
addEventListener("load", () => requestAnimationFrame(() => setTimeout(look))); // after autofocus had its turn
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
