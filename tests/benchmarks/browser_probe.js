// Times one interaction inside the page: from the key's own timestamp to the change that was waited for.
(() => {
  const probe = (window.__probe = { waiting: null });
  const text = (selector) => [...document.querySelectorAll(selector)].map((e) => e.textContent).join("|");

  addEventListener("keydown", (event) => {
    if (probe.waiting && probe.waiting.since === null) probe.waiting.since = event.timeStamp;
  }, true);

  new MutationObserver((records) => {
    const wait = probe.waiting;
    if (!wait || wait.since === null || wait.took !== null) return;
    const changed = wait.svg
      ? records.some(({ target }) => (target.closest ? target : target.parentElement)?.closest?.(wait.selector))
      : text(wait.selector) !== wait.before;
    if (changed) wait.took = performance.now() - wait.since;
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });

  probe.start = (selector, svg) => {
    probe.waiting = { selector, svg, before: text(selector), since: null, took: null };
  };
  probe.took = () => probe.waiting.took;
})();
