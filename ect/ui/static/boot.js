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
})();
