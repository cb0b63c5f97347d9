// Small help on a form that works without it: what is chosen stands in the closed line, plus and minus for the people.
for (const where of document.querySelectorAll("[data-where]")) {
  const word = (name) => where.querySelector(`[name=${name}]:checked`)?.closest("label").textContent.trim() ?? "";
  where.addEventListener("change", () => {
    const [buurt, setting] = [word("neighbourhood"), word("setting").toLowerCase()];
    if (buurt && setting) where.querySelector("[data-said]").textContent = `${buurt}, ${setting}`;
  });
}
for (const stepper of document.querySelectorAll("[data-stepper]")) {
  const input = stepper.querySelector("input");
  const least = Number(input.min) || 1;
  for (const button of stepper.querySelectorAll("[data-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = (Number(input.value) || 0) + Number(button.dataset.step);
      input.value = Math.max(least, next);
    });
  }
}
