// A waveform on a canvas: what was played in colour, what is to come in grey; a click goes there.

import { h } from './dom.js';

const bar = 2;
const gap = 1;

export class Waveform {
  #peaks = null;
  #seconds = 0;
  #time = 0;
  #frame = 0;
  #canvas = h('canvas', { 'aria-hidden': 'true' });
  #note = h('p', { class: 'wave-note' }, 'Drawing …');

  /** The waveform's element; `seek` is told the second that was clicked. When `signal` is aborted it is not drawn any more. */
  constructor(seek, signal) {
    this.element = h('div', { class: 'wave' }, this.#canvas, this.#note);
    this.element.addEventListener('click', event => {
      const box = this.#canvas.getBoundingClientRect();
      if (this.#seconds) seek((event.clientX - box.left) / box.width * this.#seconds);
    });
    const size = new ResizeObserver(() => this.#draw());
    size.observe(this.element);
    signal.addEventListener('abort', () => size.disconnect(), { once: true });
    document.addEventListener('themechange', () => this.#draw(), { signal });
  }

  /** Draws what was measured, on an axis of `seconds`. */
  fill({ peaks, seconds }, axis) {
    this.#note.remove();
    this.#peaks = peaks;
    this.#seconds = axis || seconds;
    this.#share = seconds / this.#seconds;
    this.#draw();
  }

  /** Says why there is nothing to draw. */
  excuse(text) {
    this.#note.textContent = text;
    this.element.append(this.#note);
  }

  /** Where the playing is, in seconds. */
  set time(seconds) {
    if (seconds === this.#time) return;
    this.#time = seconds;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #share = 1;

  #draw() {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (!this.#peaks || !width) return;
    const scale = devicePixelRatio || 1;
    if (this.#canvas.width !== Math.round(width * scale)) {
      this.#canvas.width = Math.round(width * scale);
      this.#canvas.height = Math.round(height * scale);
    }
    const draw = this.#canvas.getContext('2d');
    draw.setTransform(scale, 0, 0, scale, 0, 0);
    draw.clearRect(0, 0, width, height);
    const colours = getComputedStyle(this.element);
    const [played, ahead] = [colours.getPropertyValue('color'), colours.getPropertyValue('border-top-color')];
    const bars = Math.floor(width / (bar + gap));
    const now = this.#time / this.#seconds * width;
    const loudest = Math.max(0.05, this.#peaks.reduce((a, b) => Math.max(a, b), 0));
    for (let i = 0; i < bars; i++) {
      const peak = this.#loudest(i / bars, (i + 1) / bars) / loudest;
      const tall = Math.max(1.5, peak * (height - 4));
      draw.fillStyle = i * (bar + gap) < now ? played : ahead;
      draw.fillRect(i * (bar + gap), (height - tall) / 2, bar, tall);
    }
    draw.fillStyle = played;
    draw.fillRect(Math.min(width - 1.5, now), 0, 1.5, height);
  }

  #loudest(from, to) {
    const count = this.#peaks.length / this.#share;
    let peak = 0;
    for (let i = Math.floor(from * count); i < Math.max(Math.floor(to * count), Math.floor(from * count) + 1); i++) peak = Math.max(peak, this.#peaks[i] ?? 0);
    return peak;
  }
}
