// Small charts as SVG: they take their colours from the stylesheet and say themselves to screen readers.

import { h } from './dom.js';

// Drawn at the size at which it is shown, so that its text is as large as the page's.
const wide = () => Math.max(270, Math.min(480, document.documentElement.clientWidth - 58));

/** Horizontal bars: rows `{ label, value, text, kind }`, on an axis from `from` to `to`. */
export function bars(title, rows, { from = 0, to = Math.max(...rows.map(r => r.value)) } = {}) {
  const width = wide();
  const [line, left, right] = [26, 92, 64];
  const scale = value => Math.max(2, (value - from) / (to - from || 1) * (width - left - right));
  return chart(title, rows.map(r => `${r.label} ${r.text}`), width, rows.length * line + 4, rows.flatMap((row, i) => {
    const y = i * line + 4;
    return [
      h('text', { x: left - 10, y: y + 14, class: 'label', 'text-anchor': 'end' }, row.label),
      h('rect', { x: left, y: y + 2, width: width - left - right, height: 16, rx: 3, class: 'rail' }),
      h('rect', { x: left, y: y + 2, width: scale(row.value), height: 16, rx: 3, class: row.kind ?? 'bar' }),
      h('text', { x: width - right + 8, y: y + 14, class: 'value' }, row.text),
    ];
  }));
}

/** Pins, one a value, on the line of 1: how fast each segment is, with what is comfortable shaded. */
export function tempos(title, all, comfortable) {
  const width = wide();
  const values = together(all);
  const [height, left, top, bottom] = [150, 36, 10, 22];
  const [least, most] = [Math.min(0.8, ...values), Math.max(1.3, ...values)];
  const y = value => top + (most - value) / (most - least) * (height - top - bottom);
  const step = (width - left) / values.length;
  const x = i => left + (i + 0.5) * step;
  return chart(title, spoken(all), width, height, [
    h('rect', { x: left, y: y(comfortable), width: width - left, height: y(0.9) - y(comfortable), class: 'band' }),
    ...[least, 1, comfortable, most].map(v => h('text', { x: left - 8, y: y(v) + 4, class: 'value', 'text-anchor': 'end' }, v.toFixed(2))),
    h('line', { x1: left, x2: width, y1: y(1), y2: y(1), class: 'axis' }),
    ...values.map((value, i) => h('g', { class: value > comfortable ? 'pin hurried' : 'pin' },
      values === all && h('title', {}, `Segment ${i + 1}: ${value.toFixed(2)}`),
      h('line', { x1: x(i), x2: x(i), y1: y(1), y2: y(value) }),
      h('circle', { cx: x(i), cy: y(value), r: Math.min(5, step * 0.4) }))),
    ...values.map((_, i) => (values.length <= 16 ? h('text', { x: x(i), y: height - 4, class: 'value', 'text-anchor': 'middle' }, String(i + 1)) : null)),
  ]);
}

// Of many, a pin stands for several, and for the fastest of them.
const mostPins = 120;

function together(values) {
  const each = Math.ceil(values.length / mostPins);
  return each === 1 ? values : Array.from({ length: Math.ceil(values.length / each) }, (_, i) => Math.max(...values.slice(i * each, (i + 1) * each)));
}

// Nobody listens to hundreds of numbers.
const spoken = values => (values.length <= mostPins ? values.map((v, i) => `${i + 1}: ${v.toFixed(2)}`)
  : [`from ${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}, of ${values.length} segments`]);

const chart = (title, spoken, width, height, shapes) => h('figure', { class: 'chart' },
  h('figcaption', {}, title),
  h('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${title}: ${spoken.join(', ')}` }, shapes));
