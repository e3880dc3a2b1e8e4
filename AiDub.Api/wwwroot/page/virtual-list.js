// A list of any length of which only what is near the screen is there. It scrolls with the page; rows may be of any height.

const overscan = 300;

export class VirtualList {
  #keys = [];
  #places = new Map();
  #rows = new Map();
  #heights = new Map();
  #offsets = new Float64Array(1);
  #frame = 0;
  #stop = new AbortController();
  #sizes = new ResizeObserver(entries => this.#measure(entries));

  /** `make(key)` answers the element of a row, whose height is `estimate` pixels until it is known. */
  constructor(element, { make, estimate }) {
    Object.assign(this, { element, make, estimate });
    const later = () => this.#later();
    addEventListener('scroll', later, { passive: true, signal: this.#stop.signal });
    addEventListener('resize', later, { signal: this.#stop.signal });
    // A row that had the focus may go now.
    element.addEventListener('focusout', later, { signal: this.#stop.signal });
  }

  /** Shows these rows, in this order; those that stay keep their elements. */
  show(keys) {
    this.#keys = keys;
    this.#places = new Map(keys.map((key, place) => [key, place]));
    for (const key of [...this.#rows.keys()]) if (!this.#places.has(key)) this.#drop(key);
    for (const [key, row] of this.#rows) this.#number(key, row);
    this.#layout();
    // With the next frame, which lays the page out once for all that was changed.
    this.#later();
  }

  /** The element of a row; undefined while it is not there. */
  row(key) { return this.#rows.get(key); }

  /** Brings a row into sight, and answers its element; undefined when it is not in the list. */
  reveal(key) {
    const place = this.#places.get(key);
    if (place === undefined) return undefined;
    const [top, height] = [this.element.getBoundingClientRect().top + this.#offsets[place], this.#height(key)];
    const [above, below] = [parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0, 96];
    if (top < above + 8 || top + height > innerHeight - below) scrollBy({ top: top - above - (innerHeight - above - below - height) / 3, behavior: 'instant' });
    this.#draw();
    return this.#rows.get(key);
  }

  close() {
    this.#stop.abort();
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  #later() { this.#frame ||= requestAnimationFrame(() => this.#draw()); }

  #height(key) { return this.#heights.get(key) ?? this.estimate; }

  #layout() {
    const offsets = new Float64Array(this.#keys.length + 1);
    for (let i = 0; i < this.#keys.length; i++) offsets[i + 1] = offsets[i] + this.#height(this.#keys[i]);
    this.#offsets = offsets;
    this.element.style.height = `${offsets.at(-1)}px`;
    for (const [key, row] of this.#rows) row.style.transform = `translateY(${offsets[this.#places.get(key)]}px)`;
  }

  // The first row that ends below a height.
  #at(y) {
    let [low, high] = [0, this.#keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#offsets[middle + 1] <= y) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #draw() {
    this.#frame = 0;
    const { top } = this.element.getBoundingClientRect();
    const wanted = new Set();
    const last = Math.min(this.#keys.length - 1, this.#at(innerHeight - top + overscan));
    for (let i = this.#at(-top - overscan); i <= last; i++) wanted.add(this.#keys[i]);
    for (const [key, row] of this.#rows) if (!wanted.has(key) && !row.contains(document.activeElement)) this.#drop(key);
    // Read, and walked through by Tab, in the order in which they are shown.
    const there = this.element.children;
    let at = 0;
    for (const key of wanted) {
      while (at < there.length && this.#places.get(Number(there[at].dataset.key)) < this.#places.get(key)) at++;
      if (!this.#rows.has(key)) this.#add(key, there[at] ?? null);
    }
  }

  #add(key, before) {
    const [row, place] = [this.make(key), this.#places.get(key)];
    row.style.transform = `translateY(${this.#offsets[place]}px)`;
    this.#number(key, row);
    row.dataset.key = key;
    this.element.insertBefore(row, before);
    this.#rows.set(key, row);
    this.#sizes.observe(row);
  }

  #number(key, row) {
    row.ariaSetSize = String(this.#keys.length);
    row.ariaPosInSet = String(this.#places.get(key) + 1);
  }

  #drop(key) {
    const row = this.#rows.get(key);
    this.#sizes.unobserve(row);
    this.#rows.delete(key);
    row.remove();
  }

  // What grows above the screen must not push away what is read.
  #measure(entries) {
    const { top } = this.element.getBoundingClientRect();
    let [changed, shift] = [false, 0];
    for (const { target, borderBoxSize: [{ blockSize }] } of entries) {
      const key = Number(target.dataset.key);
      const place = this.#places.get(key);
      const grown = blockSize - this.#height(key);
      if (!target.isConnected || place === undefined || Math.abs(grown) < 0.5) continue;
      if (top + this.#offsets[place + 1] < 0) shift += grown;
      this.#heights.set(key, blockSize);
      changed = true;
    }
    if (!changed) return;
    this.#layout();
    if (Math.abs(shift) >= 1) scrollBy({ top: shift, behavior: 'instant' });
    this.#later();
  }
}
