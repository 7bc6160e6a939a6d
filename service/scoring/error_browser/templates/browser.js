"use strict";
// The page is whole without this script, which adds the filter and keeps it in the address.
(() => {
  const form = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const items = [...document.querySelectorAll("[data-item]")];
  const groups = [...document.querySelectorAll(".way, .group")];
  const opened = new Map([...document.querySelectorAll(".way")].map((way) => [way, way.open]));

  const apply = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
    const active = wanted.length > 0;
    let left = 0;
    for (const item of items) {
      item.hidden = !wanted.every(([name, value]) =>
        name === "words" ? item.textContent.toLowerCase().includes(value.trim().toLowerCase()) : item.dataset[name] === value);
      left += !item.hidden;
    }
    for (const group of groups) {
      const found = group.querySelectorAll("[data-item]:not([hidden])").length;
      group.hidden = active && found === 0;
      const count = group.querySelector(":scope > summary .n, :scope > h2 .n");
      count.dataset.all ??= count.textContent;
      count.textContent = active ? `${found} of ${count.dataset.all}` : count.dataset.all;
      if (opened.has(group)) group.open = active ? left <= 60 || group.open : opened.get(group);
    }
    shown.textContent = active ? `${left.toLocaleString("en")} of ${items.length.toLocaleString("en")} shown` : `${items.length.toLocaleString("en")} in all`;
    history.replaceState(null, "", active ? `#?${new URLSearchParams(wanted)}` : "#");
  };

  const fromAddress = () => {
    if (!location.hash.startsWith("#?")) return;
    form.reset();
    for (const [name, value] of new URLSearchParams(location.hash.slice(2))) {
      if (form.elements[name]) form.elements[name].value = value;
    }
  };
  fromAddress();
  const anchor = location.hash.startsWith("#?") ? "" : location.hash;
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("[type=reset]").addEventListener("click", () => setTimeout(apply));
  window.addEventListener("hashchange", () => {
    const target = location.hash.startsWith("#?") ? null : document.getElementById(location.hash.slice(1));
    if (target === null && !location.hash.startsWith("#?")) return;
    if (target === null) fromAddress();
    else form.reset();
    apply();
    (target ?? document.querySelector(".group:not([hidden])"))?.scrollIntoView();
  });
  apply();
  if (anchor.length > 1) location.hash = anchor;
})();
