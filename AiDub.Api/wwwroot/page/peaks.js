// The loudest sample of each slice of a sound: what a waveform is drawn from.

const slices = 1200;
const hertz = 8000;
const mostBytes = 96e6;
const mostSeconds = 20 * 60;

/** Why there is no waveform, for a person. */
export class NoWaveform extends Error {}

/** The peaks, 0–1, of a file or of what lies at an address; `seconds` is how long it lasts, when that is known. */
export async function peaksOf(source, seconds, signal) {
  if (seconds > mostSeconds) throw new NoWaveform('Too long for a waveform here.');
  const data = source instanceof Blob ? await read(source) : await fetchWhole(source, signal);
  let sound;
  try {
    sound = await new OfflineAudioContext(1, 1, hertz).decodeAudioData(data);
  } catch {
    throw new NoWaveform('This browser cannot read the sound.');
  }
  return reduce(sound, signal);
}

async function read(file) {
  if (file.size > mostBytes) throw new NoWaveform('Too large for a waveform here.');
  return file.arrayBuffer();
}

async function fetchWhole(address, signal) {
  let response;
  try {
    response = await fetch(address, { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new NoWaveform('Its place does not let this page read the sound.');
  }
  if (!response.ok) throw new NoWaveform('It cannot be opened any more.');
  if (Number(response.headers.get('Content-Length')) > mostBytes) {
    response.body.cancel();
    throw new NoWaveform('Too large for a waveform here.');
  }
  return response.arrayBuffer();
}

// A slice at a time, giving way to the page every few milliseconds.
async function reduce(sound, signal) {
  const samples = sound.getChannelData(0);
  const peaks = new Float32Array(slices);
  let until = performance.now() + 8;
  for (let i = 0; i < slices; i++) {
    const end = Math.floor((i + 1) * samples.length / slices);
    for (let s = Math.floor(i * samples.length / slices); s < end; s++) peaks[i] = Math.max(peaks[i], Math.abs(samples[s]));
    if (performance.now() > until) {
      await new Promise(resolve => setTimeout(resolve));
      signal.throwIfAborted();
      until = performance.now() + 8;
    }
  }
  return { peaks, seconds: sound.duration };
}
