// Two videos that play as one. The one that is heard leads; the other is brought back to it.

const closeSeconds = 0.03;
const farSeconds = 0.3;

export class Twins extends EventTarget {
  #heard = 'dub';
  #playing = false;
  #seeking = 0;
  #frame = 0;

  constructor(original, dub) {
    super();
    Object.assign(this, { original, dub, hasOriginal: false });
    for (const video of [original, dub]) {
      video.addEventListener('ended', () => video === this.dub && this.pause());
      video.addEventListener('timeupdate', () => this.#tell('time'));
      video.addEventListener('loadedmetadata', () => this.#tell('time'));
    }
    this.#listen();
  }

  get duration() { return this.dub.duration || 0; }

  get time() { return this.dub.currentTime; }

  get playing() { return this.#playing; }

  get heard() { return this.#heard; }

  /** `original` or `dub`. */
  set heard(side) {
    this.#heard = side === 'original' && this.hasOriginal ? 'original' : 'dub';
    this.#listen();
    this.#tell('state');
  }

  async play() {
    if (this.dub.ended || this.time >= this.duration - 0.05) await this.seek(0);
    this.#playing = true;
    this.#tell('state');
    await Promise.all(this.#videos.map(video => video.play().catch(() => {})));
    this.#watch();
  }

  pause() {
    this.#playing = false;
    for (const video of this.#videos) {
      video.pause();
      video.playbackRate = 1;
    }
    this.#tell('state');
  }

  toggle() { return this.#playing ? this.pause() : this.play(); }

  /** Goes to a second: both stop, arrive, and go on together if they were playing. */
  async seek(seconds) {
    const turn = ++this.#seeking;
    const to = Math.min(Math.max(0, seconds), this.duration);
    for (const video of this.#videos) video.pause();
    await Promise.all(this.#videos.map(video => arrive(video, to)));
    if (turn !== this.#seeking) return;
    this.#tell('time');
    if (this.#playing) await Promise.all(this.#videos.map(video => video.play().catch(() => {})));
  }

  get #videos() { return this.hasOriginal ? [this.original, this.dub] : [this.dub]; }

  #listen() {
    this.original.muted = this.#heard !== 'original';
    this.dub.muted = this.#heard !== 'dub';
  }

  #tell(name) { this.dispatchEvent(new Event(name)); }

  // Every frame: a little off is caught up with unheard, far off is gone to.
  #watch() {
    if (!this.#playing) return;
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#watch());
    this.#tell('time');
    if (!this.hasOriginal || this.original.seeking || this.dub.seeking) return;
    const [leader, follower] = this.#heard === 'original' ? [this.original, this.dub] : [this.dub, this.original];
    if (leader.ended || follower.ended) return;
    const off = follower.currentTime - leader.currentTime;
    leader.playbackRate = 1;
    if (Math.abs(off) > farSeconds) follower.currentTime = leader.currentTime;
    else follower.playbackRate = Math.abs(off) > closeSeconds ? 1 - Math.max(-0.25, Math.min(0.25, off * 2)) : 1;
  }
}

function arrive(video, seconds) {
  const to = Math.min(seconds, video.duration || seconds);
  if (video.readyState === 0) {
    video.currentTime = to;
    return Promise.resolve();
  }
  return new Promise(resolve => {
    video.addEventListener('seeked', resolve, { once: true });
    video.addEventListener('error', resolve, { once: true });
    video.currentTime = to;
  });
}
