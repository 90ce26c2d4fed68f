// The pages work without this: it adds keys, and tells of new copy.
(function () {
  "use strict";
  const typing = (e) => e.target.matches("input, select, textarea, [contenteditable]");
  const items = () => Array.from(document.querySelectorAll(".item"));

  let at = -1;
  function move(step) {
    const all = items();
    if (!all.length) return;
    const focused = all.findIndex((i) => i.contains(document.activeElement));
    at = Math.min(Math.max((focused >= 0 ? focused : at) + step, 0), all.length - 1);
    all[at].querySelector(".open").focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && typing(e)) return e.target.blur();
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
    const acts = {
      j: () => move(1),
      k: () => move(-1),
      o: () => {
        const open = document.activeElement.closest(".item")?.querySelector(".open") || items()[Math.max(at, 0)]?.querySelector(".open");
        if (open) open.click();
      },
      "/": () => { const q = document.getElementById("q"); q.focus(); q.select(); },
    };
    if (acts[e.key]) { e.preventDefault(); acts[e.key](); }
  });
  document.querySelectorAll(".keys").forEach((k) => { k.hidden = false; });

  document.querySelectorAll("[data-submit]").forEach((s) => {
    s.addEventListener("change", () => s.form.submit());
    s.form.querySelectorAll("[data-plain]").forEach((b) => { b.hidden = true; });
  });

  // New copy is announced by a counter; nothing on the page moves.
  const fresh = document.querySelector("[data-live]");
  if (fresh && window.EventSource) {
    const more = fresh.querySelector("[data-more]");
    const still = fresh.querySelector("[data-still]");
    const title = document.title;
    const seen = new Set(Array.from(document.querySelectorAll(".open")).map((a) => new URL(a.href).pathname));
    let n = 0;
    fresh.setAttribute("aria-live", "polite");
    const stream = new EventSource(fresh.dataset.live);
    stream.addEventListener("copy", (e) => {
      const path = "/article/" + encodeURIComponent(JSON.parse(e.data).id);
      if (seen.has(path)) return;
      seen.add(path);
      n += 1;
      more.textContent = n === 1 ? "1 new article: show it" : n + " new articles: show them";
      more.hidden = false;
      still.hidden = true;
      document.title = "(" + n + ") " + title;
    });
    window.addEventListener("pagehide", () => stream.close());
  }
})();
