// Numbers as people read them.

/** 83.4 → "1:23"; an hour and more with hours. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = n => String(n).padStart(2, '0');
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** 83.4 → "1 min 23 s", 0.42 → "0.4 s", 10800 → "3 h 0 min". */
export function lasting(seconds) {
  if (seconds < 0.05) return '< 0.1 s';
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Bytes → "12.3 MB". */
export function bytes(count) {
  if (count < 1e6) return `${Math.max(1, Math.round(count / 1e3))} kB`;
  return count < 1e9 ? `${(count / 1e6).toFixed(1)} MB` : `${(count / 1e9).toFixed(2)} GB`;
}

// What formats is made when it is first needed: it takes milliseconds.
const once = make => { let made; return () => (made ??= make()); };
const names = once(() => new Intl.DisplayNames(['en'], { type: 'language' }));
const hours = once(() => new Intl.DateTimeFormat([], { hour: '2-digit', minute: '2-digit' }));
const days = once(() => new Intl.DateTimeFormat([], { day: 'numeric', month: 'short' }));

/** "es" → "Spanish"; what nobody knows stays as it is. */
export function language(code) {
  if (!code || code === 'und') return 'its language';
  try { return names().of(code); } catch { return code; }
}

/** The last part of an address, as a title. */
export function titleOf(address) {
  try {
    const url = new URL(address);
    if (url.pathname.includes('/uploads/')) return url.searchParams.get('name') || url.searchParams.get('filename') || 'Uploaded video';
    const last = url.pathname.split('/').filter(Boolean).pop();
    return last ? decodeURIComponent(last.replaceAll('+', ' ')) : url.host;
  } catch {
    return 'Video';
  }
}

/** A moment → "today 14:05" or "3 Nov". */
export function moment(time) {
  const date = new Date(time);
  const today = new Date().toDateString() === date.toDateString();
  return today ? `today ${hours().format(date)}` : days().format(date);
}
