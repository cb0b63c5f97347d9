// Small help on top of pages that work without it: focus for the error summary, a print button,
// and the port in the address of a calendar: pages are kept for all ports, and only the browser knows its own.
const look = () => document.querySelector(".error-summary:not(:focus)")?.focus();
addEventListener("load", () => requestAnimationFrame(() => setTimeout(look))); // after autofocus had its turn
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
if (location.port)
  for (const link of document.querySelectorAll("a[href^='webcal:']"))
    link.href = link.href.replace(/^webcal:\/\/[^/]+/, `webcal://${location.host}`);
