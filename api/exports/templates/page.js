"use strict";
(() => {
  const editions = [...document.querySelectorAll(".edition")];
  const filters = [...document.querySelectorAll("[data-filter]")];
  const marked = [...document.querySelectorAll("[data-k]")].map((element) => [element, element.dataset.k.split(" ")]);

  function speak(lang) {
    const shown = editions.find((edition) => !edition.hidden);
    const above = shown ? [...shown.querySelectorAll("h2")].filter((h) => h.getBoundingClientRect().top < 120).pop() : null;
    for (const edition of editions) {
      edition.hidden = edition.lang !== lang;
      if (!edition.hidden) document.title = edition.dataset.title;
    }
    document.documentElement.lang = lang;
    for (const button of document.querySelectorAll("[data-lang]"))
      button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    if (above) document.getElementById(above.id.replace(/^[a-z]+/, lang)).scrollIntoView({ behavior: "instant" });
  }

  function show(key) {
    for (const filter of filters) filter.value = key;
    for (const [element, keys] of marked) element.classList.toggle("off", key !== "" && !keys.includes(key));
  }

  for (const button of document.querySelectorAll("[data-lang]"))
    button.addEventListener("click", () => speak(button.dataset.lang));
  for (const filter of filters) filter.addEventListener("change", () => show(filter.value));
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
  show("");
})();
