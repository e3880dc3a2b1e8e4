// What is known of each line: whether it fits, which kinds it is of, which words it has.

import { fit, gradeOfTempo, paces, roomOf, secondsOf, comfortable } from './fit.js';

/** The lines of `edits`, looked at. */
export class Lines {
  #heard = new Map();
  #paceOf;

  constructor(edits) {
    this.edits = edits;
    this.renew();
  }

  /** Measures the voices anew, after what was stored or spoken has changed. */
  renew() {
    this.#paceOf = paces(this.edits.segments);
  }

  /** What a line was heard to last as it is typed, in seconds; null: it was typed on since. */
  hear(index, seconds) {
    if (seconds === null) this.#heard.delete(index);
    else this.#heard.set(index, seconds);
  }

  get indices() { return this.edits.segments.map(segment => segment.index); }

  /** How a line fits: what was spoken by its tempo, what is typed by estimate. */
  grade(index) {
    const { edits } = this;
    const stored = edits.stored(index);
    if (!stored.changed && !edits.isUnsaved(index) && stored.tempo > 0) {
      return { tempo: stored.tempo, grade: gradeOfTempo(stored.tempo), words: `Spoken at tempo ${stored.tempo.toFixed(2)}` };
    }
    const { translation, voice } = edits.wanted(index);
    const seconds = this.#heard.get(index) ?? secondsOf(translation ?? '', this.#paceOf(voice, translation ?? ''));
    return fit(seconds, roomOf(edits.segments, edits.places.get(index), edits.state.duration_seconds));
  }

  /** All that a row shows of the state of a line. */
  look(index) {
    const { edits } = this;
    const stored = edits.stored(index);
    const [state, label] = edits.isUnsaved(index) ? ['unsaved', 'not saved yet']
      : stored.changed ? ['changed', 'changed']
      : stored.left_out ? ['failed', 'left out'] : ['', ''];
    return { state, label, ...this.grade(index), fault: edits.error(index), conflict: edits.conflict(index) };
  }

  /** How many lines there are of each kind. */
  tally() {
    const counts = { all: 0, changed: 0, fast: 0, failed: 0 };
    for (const { index } of this.edits.segments) for (const kind of Object.keys(counts)) if (this.isOf(kind, index)) counts[kind]++;
    return counts;
  }

  /** Whether a line is of a kind: `all`, `changed`, `fast` or `failed`. */
  isOf(kind, index) {
    const { edits } = this;
    const stored = edits.stored(index);
    if (kind === 'changed') return Boolean(stored.changed) || edits.isUnsaved(index);
    if (kind === 'fast') return this.grade(index).tempo > comfortable;
    if (kind === 'failed') return Boolean(stored.left_out || edits.error(index) || edits.conflict(index));
    return true;
  }

  /** The lines of a kind that have a pattern in what is said or what is spoken. */
  shown(kind, pattern) {
    const { edits } = this;
    return this.indices.filter(index => this.isOf(kind, index)
      && (!pattern || (edits.wanted(index).translation ?? '').search(pattern) >= 0 || edits.stored(index).text.search(pattern) >= 0));
  }

  /** The lines that have a pattern in what is spoken. */
  matches(pattern) {
    return pattern ? this.indices.filter(index => (this.edits.wanted(index).translation ?? '').search(pattern) >= 0) : [];
  }

  /** The line that is spoken at a second, or was last; null before the first. */
  at(seconds) {
    const { segments } = this.edits;
    let [low, high] = [0, segments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((segments[middle].dub_start ?? segments[middle].start) <= seconds + 0.01) low = middle + 1;
      else high = middle;
    }
    return segments[low - 1]?.index ?? null;
  }
}
