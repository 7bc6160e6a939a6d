
"use strict";
// The page is whole without this script. It adds the filter, lights up pictures, opens what a link leads into, and opens everything for paper.
(() => {
  const form = document.getElementById("filter");
  const text = document.getElementById("filter-text");
  const result = document.getElementById("filter-result");
  const none = document.getElementById("filter-none");
  const selects = [...form.querySelectorAll("select")];
  const items = [...document.querySelectorAll("[data-item]")];
  const groups = [...document.querySelectorAll("details.quiet")];
  const words = new WeakMap();

  const wordsOf = (item) => {
    if (!words.has(item)) words.set(item, item.textContent.toLowerCase());
    return words.get(item);
  };
  // An item without a key is not concerned by that filter: an article has no relation.
  const fits = (item, wanted, query) =>
    wanted.every(([name, value]) => item.dataset[name] === undefined || item.dataset[name].split("|").includes(value)) &&
    (!query || wordsOf(item).includes(query));

  const apply = () => {
    const wanted = selects.filter((select) => select.value).map((select) => [select.name, select.value]);
    const query = text.value.trim().toLowerCase();
    const active = wanted.length > 0 || query !== "";
    let shown = 0;
    for (const item of items) {
      item.hidden = active && !fits(item, wanted, query);
      if (!item.hidden) shown += 1;
    }
    for (const group of groups) {
      group.hidden = active && !group.querySelector("[data-item]:not([hidden])");
      if (active && !group.hidden) group.open = true;
    }
    result.textContent = active ? `${shown} of ${items.length} shown` : "";
    none.hidden = !active || shown > 0;
  };

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let opened = false;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
      opened = opened || !box.open;
      box.open = true;
    }
    if (opened) target.scrollIntoView();
  };

  // In a picture of the claim graph: what is tied to the node under the pointer, or in focus, stands out.
  const light = (picture, node) => {
    picture.classList.toggle("lit", node !== null);
    if (node === null) return;
    const near = new Set([node.dataset.node, ...node.dataset.near.split(" ")]);
    for (const each of picture.querySelectorAll("[data-node]")) each.classList.toggle("on", near.has(each.dataset.node));
    for (const each of picture.querySelectorAll("[data-ends]"))
      each.classList.toggle("on", each.dataset.ends.split(" ").includes(node.dataset.node));
  };
  for (const picture of document.querySelectorAll("svg.web")) {
    const nodeOf = (event) => event.target.closest("[data-node]");
    picture.addEventListener("pointerover", (event) => light(picture, nodeOf(event)));
    picture.addEventListener("pointerleave", () => light(picture, null));
    picture.addEventListener("focusin", (event) => light(picture, nodeOf(event)));
    picture.addEventListener("focusout", () => light(picture, null));
  }

  let waiting = 0;
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, select, textarea")) {
      event.preventDefault();
      document.getElementById("filter-box").open = true;
      text.focus();
    }
  });
  window.addEventListener("hashchange", reveal);
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const box of closed) box.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const box of closed) box.open = false;
  });
  const box = document.getElementById("filter-box");
  box.open = matchMedia("(min-width: 64rem)").matches;
  box.hidden = false;
  reveal();
})();
