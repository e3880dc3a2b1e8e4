// What is changed of a dub's lines: kept as it is typed, sent one after the other, and never overwritten by anybody's.

import * as api from './api.js';
import { draftsOf, keepDraft } from './drafts.js';

const fieldsOf = ['translation', 'voice', 'start', 'end'];

/** The lines of a dub as they are stored, and what was changed of them and is not stored yet. */
export class Edits extends EventTarget {
  #queue = Promise.resolve();
  #errors = new Map();
  #conflicts = new Map();
  #waiting = 0;

  constructor(id, state) {
    super();
    this.id = id;
    this.name = `dub.${id}`;
    this.take(state);
  }

  /** Takes what the service has now; what is not stored yet stays. */
  take(state) {
    this.state = state;
    this.segments = state.segments;
    this.places = new Map(state.segments.map((segment, place) => [segment.index, place]));
  }

  /** A line as it is stored. */
  stored(index) { return this.segments[this.places.get(index)]; }

  /** A line as it is to be: as it is stored, with what was typed since. */
  wanted(index) { return { ...this.stored(index), ...this.#draft(index).fields }; }

  isUnsaved(index) { return Object.keys(this.#draft(index).fields).length > 0; }

  get unsaved() { return Object.keys(draftsOf(this.name)).length; }

  /** Why a line could not be stored, `{ field, words }`; undefined when nothing is wrong. */
  error(index) { return this.#errors.get(index); }

  /** What somebody else made of a field of a line meanwhile, `{ field, theirs }`; undefined when nobody did. */
  conflict(index) { return this.#conflicts.get(index); }

  get isSaving() { return this.#waiting > 0; }

  /** Keeps what was typed; it is stored by `save`. */
  type(index, field, value) {
    const draft = this.#draft(index);
    const fields = { ...draft.fields, [field]: value };
    const base = { ...draft.base, [field]: draft.base[field] ?? this.stored(index)[field] ?? null };
    if (value === this.stored(index)[field]) delete fields[field];
    keepDraft(this.name, index, Object.keys(fields).length ? { fields, base } : null);
    if (!fields[field]) this.#conflicts.delete(index);
  }

  /** Stores what was typed of a line, after what is being stored. */
  save(index) {
    this.#waiting++;
    return this.#queue = this.#queue.catch(() => {}).then(() => this.#store(index)).finally(() => {
      this.#waiting--;
      this.#tell(index);
    });
  }

  /** Stores what was typed before and did not get there. */
  saveAll() { return Promise.all(Object.keys(draftsOf(this.name)).map(index => this.save(Number(index)))); }

  /** Ends a conflict: with one's own words, or with the others'. */
  settle(index, mine) {
    const { field } = this.#conflicts.get(index);
    this.#conflicts.delete(index);
    this.#errors.delete(index);
    const draft = this.#draft(index);
    if (mine) keepDraft(this.name, index, { fields: draft.fields, base: { ...draft.base, [field]: this.stored(index)[field] ?? null } });
    else this.type(index, field, this.stored(index)[field]);
    return this.save(index);
  }

  #draft(index) { return draftsOf(this.name)[index] ?? { fields: {}, base: {} }; }

  async #store(index) {
    const { fields } = this.#draft(index);
    if (this.#conflicts.has(index)) return;
    if (!Object.keys(fields).length) return void this.#errors.delete(index);
    if (!this.stored(index)) return keepDraft(this.name, index, null);
    try {
      const answer = await api.editSegment(this.id, index, { revision: this.state.revision, ...fields });
      this.state.revision = answer.revision;
      this.segments[this.places.get(index)] = answer.segment;
      this.#errors.delete(index);
      this.#done(index, fields);
    } catch (error) {
      if (error.code === 'revision_stale' || error.status === 412) return this.#refresh(index);
      this.#refused(index, error);
    }
  }

  #refused(index, error) {
    if (!(error instanceof api.ApiError)) throw error;
    this.#errors.set(index, { field: error.fields[0]?.field, words: `Not saved yet: ${api.sentence(error.message)}` });
  }

  // What was typed while it was sent is not stored yet.
  #done(index, sent) {
    const { fields, base } = this.#draft(index);
    const left = Object.fromEntries(Object.entries(fields).filter(([field, value]) => sent[field] !== value));
    keepDraft(this.name, index, Object.keys(left).length ? { fields: left, base } : null);
  }

  // Somebody else was faster: what he made of other lines is taken over, and of this one he is asked about.
  async #refresh(index) {
    try {
      this.take(await api.segments(this.id));
    } catch (error) {
      return this.#refused(index, error);
    }
    const { fields, base } = this.#draft(index);
    const theirs = this.stored(index);
    for (const field of fieldsOf) {
      if (!(field in fields) || theirs[field] === base[field] || (theirs[field] ?? null) === base[field]) continue;
      if (theirs[field] === fields[field]) this.#done(index, { [field]: fields[field] });
      else this.#conflicts.set(index, { field, theirs: theirs[field] });
    }
    this.dispatchEvent(new Event('refreshed'));
    await this.#store(index);
  }

  #tell(index) { this.dispatchEvent(new CustomEvent('stored', { detail: index })); }
}
