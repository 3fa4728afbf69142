// Follows Streamlit's own sliders while they move, before the server has heard of it.

/** Keeps what sliders say and the server has not heard of yet, and calls `redraw` at each move. */
export class Follower {
  moves = new Map();

  #sliders = {};
  #heard = () => undefined;

  constructor(redraw) {
    this.watcher = new MutationObserver((records) => {
      for (const { target } of records) this.#follow(target);
      redraw();
    });
  }

  /** Follow sliders, by the class of what holds them; `heard` tells what the server knows of a target. */
  follow(sliders, heard) {
    this.#sliders = sliders;
    this.#heard = heard;
    const followed = new Set(Object.values(sliders).map(({ target }) => target));
    for (const [target, value] of this.moves) {
      if (followed.has(target)) this.#move(target, value);
      else this.moves.delete(target);
    }
    this.watcher.observe(document.body, { subtree: true, attributeFilter: ["aria-valuetext"] });
  }

  stop() {
    this.watcher.disconnect();
    this.moves.clear();
  }

  #follow(input) {
    const holder = input.closest('[class*="st-key-"]');
    const slider = [...(holder?.classList ?? [])].map((name) => this.#sliders[name]).find(Boolean);
    const stop = slider?.stops[input.value];
    if (stop !== undefined) this.#move(slider.target, stop);
  }

  #move(target, value) {
    if (value === this.#heard(target)) this.moves.delete(target);
    else this.moves.set(target, value);
  }
}
