// Before the first run: the screen's width for the server, the document's language for screen readers.
(() => {
  const narrow = matchMedia("(max-width: 640px)");
  const tellWidth = () => {
    document.cookie = `ect_narrow=${narrow.matches ? 1 : 0}; path=/; SameSite=Strict`;
  };
  const tellLanguage = () => {
    const asked = new URLSearchParams(location.search).get("lang");
    document.documentElement.lang = asked === "en" ? "en" : "fr";
  };
  tellWidth();
  tellLanguage();
  narrow.addEventListener("change", tellWidth);
  addEventListener("popstate", tellLanguage);
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...args) {
      const result = original.apply(this, args);
      tellLanguage();
      return result;
    };
  }

  // An outage shows itself: Streamlit's own sign is in English, and late.
  const words = {
    fr: "Connexion perdue. Ce qui a été donné est enregistré ; la page reprend dès que la connexion revient.",
    en: "Connection lost. What was given is saved; the page goes on as soon as the connection is back.",
  };
  let banner = null;
  let waiting = null;
  const lost = () => {
    if (banner || !document.body) return;
    banner = document.createElement("div");
    banner.className = "ect-outage";
    banner.setAttribute("role", "alert");
    banner.textContent = words[document.documentElement.lang] ?? words.fr;
    document.body.append(banner);
  };
  const found = () => {
    clearTimeout(waiting);
    banner?.remove();
    banner = null;
  };
  // A phone that changes networks drops what it is loading: a page without one of its scripts is loaded
  // again, later each time.
  const TRIES = "ect-tries";
  let again = null;
  const reload = () => {
    const tries = Number(sessionStorage.getItem(TRIES) ?? 0);
    sessionStorage.setItem(TRIES, tries + 1);
    again ??= setTimeout(() => location.reload(), Math.min(500 * 2 ** tries, 30_000));
  };
  addEventListener("vite:preloadError", reload);
  addEventListener(
    "error",
    (event) => {
      const { target } = event;
      if (target instanceof HTMLScriptElement || target instanceof HTMLLinkElement) reload();
    },
    true,
  );
  addEventListener("load", () => again ?? sessionStorage.removeItem(TRIES));

  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...args) {
      super(...args);
      this.addEventListener("open", found);
      this.addEventListener("close", () => {
        clearTimeout(waiting);
        waiting = setTimeout(lost, 1500);
      });
    }
  };
  addEventListener("offline", lost);
  addEventListener("pagehide", () => clearTimeout(waiting));
})();
