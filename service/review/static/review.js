// Keys for everything, ticks counted, and words marked in a text taken into the form that adds a claim.
// The pages work without it. Nothing here makes markup out of words.
"use strict";
(() => {
  const page = document.body.dataset.page || "";
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const rows = all("[data-row]");
  let here = -1;

  const isTyping = (element) =>
    element instanceof HTMLElement &&
    (element.matches("textarea, select, input:not([type=checkbox])") || element.isContentEditable);

  function go(to) {
    if (!rows.length) return;
    here = Math.max(0, Math.min(rows.length - 1, to));
    rows.forEach((row, index) => row.classList.toggle("here", index === here));
    const link = one("h2 a", rows[here]);
    link.focus({ preventScroll: true });
    rows[here].scrollIntoView({ block: "nearest" });
  }

  const tickOf = (row) => one("input[name=finding]", row);

  function count() {
    const ticked = all("input[name=finding]:checked").length;
    const words = one("#ticked");
    if (words) words.textContent = ticked ? `${ticked} ticked` : "Tick findings to decide together";
  }

  function decide(number) {
    const button = one(`[data-ruling="${number}"]`);
    if (!button) return false;
    if (page === "queue" && !all("input[name=finding]:checked").length) {
      const box = here < 0 ? null : tickOf(rows[here]);
      if (!box) return false;
      box.checked = true;
    }
    button.click();
    return true;
  }

  function press(key) {
    const target = one(`[data-key="${key}"]`);
    if (!target) return false;
    if (isTyping(target)) target.focus();
    else target.click();
    return true;
  }

  const open = (name) => {
    const details = document.getElementById(name);
    if (details instanceof HTMLDetailsElement) {
      details.open = true;
      const first = one("input:not([type=hidden])", details);
      if (first) first.focus();
    }
  };

  const queueKeys = {
    j: () => go(here + 1),
    k: () => go(here - 1),
    x: () => {
      if (here < 0) return;
      const box = tickOf(rows[here]);
      box.checked = !box.checked;
      count();
    },
  };
  const findingKeys = {
    e: () => {
      const first = one("details.edit");
      if (first) open(first.id);
    },
  };
  const own = page === "queue" ? queueKeys : page === "finding" ? findingKeys : {};

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && isTyping(event.target)) {
      event.target.blur();
      return;
    }
    if (isTyping(event.target)) return;
    let done = true;
    if (Object.hasOwn(own, event.key)) own[event.key]();
    else if (/^[1-6]$/.test(event.key)) done = decide(event.key);
    else if (/^[jkunq/]$/.test(event.key)) done = press(event.key);
    else done = false;
    if (done) event.preventDefault();
  });

  all("[data-open]").forEach((link) => link.addEventListener("click", () => open(link.dataset.open)));
  all("input[name=finding]").forEach((box) => box.addEventListener("change", count));
  const everything = one("#tick-all");
  if (everything)
    everything.addEventListener("change", () => {
      all("input[name=finding]").forEach((box) => (box.checked = everything.checked));
      count();
    });
  all(".filters select").forEach((select) => select.addEventListener("change", () => select.form.requestSubmit()));
  if (page === "queue" && one("#just-done")) go(0);

  // A second press while the first is under way would decide on the next finding.
  all("form[method=post]").forEach((form) =>
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
    }),
  );
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // Words marked with the mouse: the figure, and how many code points stand before it.
  const text = one("#text");
  const form = one("#add");
  if (text && form)
    text.addEventListener("mouseup", () => {
      const chosen = window.getSelection();
      if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return;
      const words = chosen.toString().trim();
      if (!words || words.length > 400 || words.includes("\n")) return;
      const range = chosen.getRangeAt(0);
      if (!text.contains(range.startContainer)) return;
      const before = document.createRange();
      before.setStart(text, 0);
      before.setEnd(range.startContainer, range.startOffset);
      one("#add-quote").value = words;
      one("#add-start").value = String([...before.toString()].length);
      form.open = true;
    });
})();
